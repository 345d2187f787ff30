import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, test } from 'vitest'
import { built } from '../support/built.ts'

interface Probed {
  readonly requests: number
  readonly answers: readonly {
    readonly framework: string
    readonly envelope: string
    readonly path: string
    readonly raw: string
  }[]
  /** What pino wrote. */
  readonly lines: readonly string[]
  readonly stderr: string
}

const root = fileURLToPath(new URL('../..', import.meta.url))
const script = built(new URL('leak-probe.ts', import.meta.url))
const environments = [undefined, 'development', 'test', 'production']

async function probe(environment: string | undefined): Promise<Probed> {
  const { NODE_ENV: _ours, ...env } = process.env
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [script], {
    cwd: root,
    env: environment === undefined ? env : { ...env, NODE_ENV: environment },
    maxBuffer: 100_000_000,
  })
  return { ...(JSON.parse(stdout) as Omit<Probed, 'stderr'>), stderr }
}

// What the app set for the browser stays.
const APP_COOKIE = /^Set-Cookie: sid=hidden-app-cookie\r$/m
const LEAK = /(?:canary|hidden)[\w-]*|node_modules| {4}at |\.[jt]s:\d/gi
// Express 5 has each of six envelopes, the others two.
const APPS = 6 + 3 * 2

describe('Secrets stay inside', () => {
  const probed = new Map<string | undefined, Probed>()
  beforeAll(async () => {
    const results = await Promise.all(environments.map(probe))
    for (const [index, result] of results.entries()) probed.set(environments[index], result)
  }, 60_000)

  for (const environment of environments) {
    const where = environment === undefined ? 'without NODE_ENV' : `under NODE_ENV=${environment}`

    test(`no canary is in any part of an answer, ${where}`, () => {
      const { answers, requests } = probed.get(environment)!
      expect(answers).toHaveLength(requests * APPS)
      const leaks = new Set<string>()
      for (const { framework, envelope, path, raw } of answers) {
        expect(raw, 'every request is answered with an error').toMatch(/^HTTP\/1\.1 [45]\d\d /)
        for (const [leak] of raw.replace(APP_COOKIE, '').matchAll(LEAK)) {
          leaks.add(`${leak}: ${framework}, ${envelope}, ${path.split('?')[0]}`)
        }
      }
      expect([...leaks]).toEqual([])
    })

    test(`no credential is in the log, ${where}`, () => {
      const { stderr, lines } = probed.get(environment)!
      for (const log of [stderr, lines.join('')]) {
        // The message of what was thrown is there, so this is the log.
        expect(log).toContain('canary-message')
        const lines = log.trimEnd().split('\n')
        expect(lines.filter((line) => line.includes('hidden-'))).toEqual([])
        expect(lines.filter((line) => !('msg' in (JSON.parse(line) as object)))).toEqual([])
      }
    })

    if (environment !== undefined) {
      test(`the answers are the same as without NODE_ENV, ${where}`, () => {
        expect(probed.get(environment)!.answers).toEqual(probed.get(undefined)!.answers)
      })
    }
  }
})
