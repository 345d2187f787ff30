// The cloud-waf example as an edge function: bundled as it is deployed, and served by the runtime of Workers.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { replay } from '../../docs/replay.ts'
import { readExchanges, shownOn } from '../../docs/transcript.ts'
import { say } from '../../support/printed.ts'
import { bundled } from '../web/project.ts'
import { started, type Started } from '../web/started.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const WORKERD = fileURLToPath(new URL('../node_modules/.bin/workerd', import.meta.url))

/** As Cloudflare tells of a client: https://developers.cloudflare.com/fundamentals/reference/http-headers/ */
const CLIENT = { 'CF-Blob': '{}', 'CF-Connecting-IP': '203.0.113.9' }

const { status, error } = spawnSync(WORKERD, ['--version'])
if (status === 0) {
  describe('examples/cloud-waf answers as its README shows on workerd', served)
} else {
  say(
    `DID NOT RUN: the edge function of the examples on workerd, which is not installed, or does not run (${error ?? status}).`,
  )
  if (process.env['CI']) test('workerd is installed', () => expect(status).toBe(0))
}

function served(): void {
  const readme = readFileSync(join(ROOT, 'examples/cloud-waf/README.md'), 'utf8')
  const exchanges = readExchanges(shownOn('hono', readme))
  const folder = mkdtempSync(join(tmpdir(), 'bizerror-edge-'))
  let server: Started

  beforeAll(async () => {
    const worker = await bundled(ROOT, {
      entryPoints: ['examples/cloud-waf/on-hono.ts'],
      format: 'esm',
      platform: 'browser',
      conditions: ['workerd', 'worker', 'browser'],
      // What users import is what was built.
      tsconfigRaw: {},
    })
    writeFileSync(join(folder, 'worker.mjs'), worker)
    cpSync(fileURLToPath(new URL('edge.capnp', import.meta.url)), join(folder, 'edge.capnp'))
    server = await started(WORKERD, ['serve', 'edge.capnp', '--control-fd=1'], folder)
  }, 60_000)
  afterAll(async () => {
    await server.stop()
    rmSync(folder, { recursive: true })
  })

  test('the README shows more than ten exchanges', () => {
    expect(exchanges.length).toBeGreaterThan(10)
  })

  for (const { request, answer } of exchanges) {
    test(JSON.stringify(request), async () => {
      const sent = { ...request, headers: { ...request.headers, ...CLIENT } }
      expect(await replay(server.port, { request: sent, answer })).toEqual(answer)
    })
  }

  test('it has all of its texts with it, and nothing to warn of', () => {
    expect(server.printed()).toMatch(/^\{"event":"listen",[^\n]*\}\n$/)
  })
}
