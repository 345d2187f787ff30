import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listen } from '../support/frameworks.ts'
import { linkApart } from './link-apart.ts'
import { moduleOf, pageOf } from './pages.ts'
import { replay } from './replay.ts'
import { readExchanges } from './transcript.ts'

const folder = mkdtempSync('test/docs/recipes-')
afterAll(() => rmSync(folder, { recursive: true }))

const seeing = join(folder, 'seeing-errors')

beforeAll(async () => {
  mkdirSync(seeing)
  for (const { path, code } of pageOf('seeing-errors').fences) {
    writeFileSync(join(seeing, path), moduleOf(code))
  }
  linkApart(folder)
  // As one build for all of them: it starts in a part of the time in which tsx compiles all sources.
  await build({
    entryPoints: [
      { in: 'test/docs/recipe-process.ts', out: 'recipe-process' },
      ...readdirSync(seeing).map((file) => ({ in: join(seeing, file), out: basename(file, '.ts') })),
    ],
    outdir: join(folder, 'built'),
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    // They say where they are, and load packages when they are needed.
    external: ['locales/index.cjs', 'src/*.cjs'].map((file) => join(process.cwd(), file)),
    logLevel: 'error',
  })
})

const builtAs = (file: string): string => join(folder, 'built', `${basename(file, '.ts')}.mjs`)

/** Runs a block of the page in a process of its own, since these libraries patch others for good. */
async function run(recipe: string, block: string, env: NodeJS.ProcessEnv = {}): Promise<readonly unknown[]> {
  const script = [builtAs('recipe-process.ts'), recipe, builtAs(block)]
  const { stdout } = await promisify(execFile)(process.execPath, script, { env: { ...process.env, ...env } })
  const lines = stdout.split('\n').filter((line) => line !== '')
  return lines.map((line) => JSON.parse(line) as unknown)
}

const [UNSET, ERROR] = [0, 2]

test('Q06: with what the guide has for OpenTelemetry the span is marked, and as failed for a 5xx alone', async () => {
  expect(await run('opentelemetry', 'app.ts')).toEqual([
    ['/orders', UNSET, null, 'shop', '10002'],
    ['/stock', ERROR, 'shop.10500', 'shop', '10500'],
  ])
})

test("Q07: with the guide's set-up Sentry gets the server's faults, each once, grouped and tagged, and nothing else", async () => {
  const captured: unknown[] = []
  const { port, server } = await listen((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      for (const line of Buffer.concat(chunks).toString().split('\n').filter(Boolean)) {
        const { exception, tags, fingerprint } = JSON.parse(line) as Event
        for (const { type, value } of exception?.values ?? [])
          captured.push([`${type}: ${value}`, tags, fingerprint])
      }
      response.end('{}')
    })
  })
  await run('sentry', 'app.ts', { SENTRY_DSN: `http://key@127.0.0.1:${port}/1` })
  server.close()
  expect(captured).toEqual([
    [
      'TypeError: Cannot read properties of undefined',
      {
        'bizerror.catalog': 'shop',
        'bizerror.code': '10500',
        'http.route': '/stock',
        request_id: 'id-of-stock',
      },
      ['bizerror', 'shop', '10500', '{{ default }}'],
    ],
  ])
})

interface Event {
  readonly exception?: { readonly values: readonly { readonly type: string; readonly value: string }[] }
  readonly tags?: object
  readonly fingerprint?: readonly string[]
}

interface Line {
  readonly level: number
  readonly msg: string
  readonly req: { readonly id: string }
  readonly requestId?: string
  readonly code?: number
  readonly err?: { readonly type: string; readonly message: string }
}

test("S04: with the guide's set-up pino-http has one id for all lines of a request, and the error of a 5xx", async () => {
  const pino = pageOf('seeing-errors').fences.find(({ code }) => code.includes("from 'pino-http'"))!
  const lines = (await run('pino-http', pino.path)) as Line[]
  const told = lines.map(({ level, msg, req, requestId, code, err }) => [
    level,
    msg,
    req.id,
    requestId,
    code,
    err && `${err.type}: ${err.message}`,
  ])
  const [conflict, fault] = ['id-of-conflict', 'id-of-fault']
  expect(told).toEqual([
    [30, 'Username already exists', conflict, conflict, 1006, 'BizError: Username already exists'],
    [30, 'request completed', conflict, undefined, undefined, undefined],
    [50, 'boom', fault, fault, 500, 'TypeError: boom'],
    [30, 'request errored', fault, undefined, undefined, 'TypeError: boom'],
  ])
})

test('a bundle of the built package that was made as the guide has it answers far from all files', async () => {
  const { fences, data } = pageOf('recipes')
  const { code, after } = fences.find((fence) => fence.code.includes("from 'bizerror/locales/"))!
  const source = join(folder, 'bundled')
  for (const [path, json] of data) {
    mkdirSync(dirname(join(source, path)), { recursive: true })
    writeFileSync(join(source, path), json)
  }
  const listening = 'const server = app.listen(0, () => process.send?.(server.address()))\n'
  writeFileSync(join(source, 'server.ts'), code + listening)
  const far = mkdtempSync(join(tmpdir(), 'bizerror-bundle-'))
  const outfile = join(far, 'server.cjs')
  await build({
    entryPoints: [join(source, 'server.ts')],
    bundle: true,
    platform: 'node',
    logLevel: 'error',
    // The package as it is built, and not the sources that tests use.
    tsconfigRaw: {},
    outfile,
  })
  const server = spawn(process.execPath, [outfile], {
    cwd: far,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  try {
    const [{ port }] = (await once(server, 'message')) as [{ port: number }]
    const exchanges = readExchanges(after)
    expect(exchanges).toHaveLength(2)
    for (const exchange of exchanges) expect(await replay(port, exchange)).toEqual(exchange.answer)
  } finally {
    server.kill()
    rmSync(far, { recursive: true })
  }
})
