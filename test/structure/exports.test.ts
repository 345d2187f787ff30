import { execFile } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }

/** What footprint.mjs prints. */
interface Footprint {
  readonly names: Readonly<Record<string, readonly string[]>>
  readonly looked: number
  readonly changed: readonly string[]
}

const run = promisify(execFile)

/** Every name by which JavaScript of this package can be loaded. */
function entryPoints(): readonly string[] {
  return Object.entries(manifest.exports)
    .filter(([, target]) => typeof target === 'object')
    .flatMap(([path]) => (path.includes('*') ? expand(path) : [path]))
    .map((path) => path.replace('.', manifest.name))
    .sort()
}

function expand(path: string): readonly string[] {
  const files = readdirSync(new URL(`../../src/${path.replace('*', '')}`, import.meta.url))
  return files.map((file) => path.replace('*', file.replace(/\.ts$/, '')))
}

/** Loads modules in a process of their own, where this package's name means what is in dist. */
async function load(format: 'esm' | 'cjs', modules: readonly string[]): Promise<Footprint> {
  const script = fileURLToPath(new URL('footprint.mjs', import.meta.url))
  const { NODE_OPTIONS: _, ...env } = process.env
  const { stdout, stderr } = await run(process.execPath, [script, format, ...modules], {
    env,
    timeout: 20_000,
  })
  expect(stderr).toBe('')
  return JSON.parse(stdout) as Footprint
}

describe('the built package', () => {
  let esm: Footprint
  let cjs: Footprint

  beforeAll(async () => {
    const built = ['esm', 'cjs'].every((format) =>
      existsSync(new URL(`../../dist/${format}/index.js`, import.meta.url)),
    )
    if (!built) throw new Error('There is no whole dist to test. Run `npm run build` first.')
    ;[esm, cjs] = await Promise.all([load('esm', entryPoints()), load('cjs', entryPoints())])
  })

  test('exports these names at run time', () => {
    expect(esm.names).toMatchInlineSnapshot(`
      {
        "bizerror": [
          "BizError",
          "SetupError",
          "asyncHandler",
          "defineCatalog",
          "describeError",
          "errorHandler",
          "isBizError",
          "notFound",
          "relayed",
          "requestId",
          "requestIdOf",
        ],
        "bizerror/catalogs/cdn": [
          "BizError",
          "catalog",
        ],
        "bizerror/catalogs/cloud-waf": [
          "BizError",
          "catalog",
        ],
        "bizerror/catalogs/gateway": [
          "BizError",
          "catalog",
        ],
        "bizerror/catalogs/secrets": [
          "BizError",
          "catalog",
        ],
        "bizerror/express": [
          "asyncHandler",
          "errorHandler",
          "notFound",
          "requestId",
          "requestIdOf",
        ],
        "bizerror/koa": [
          "errorHandler",
          "rateLimit",
          "requestId",
          "requestIdOf",
        ],
        "bizerror/rate-limit": [
          "KeyFailure",
          "addressKey",
          "cooldown",
          "limitHandler",
          "memoryStore",
          "rateLimit",
          "redisStore",
          "setRateLimit",
        ],
      }
    `)
  })

  test('exports the same names from CJS as from ESM', () => {
    expect(cjs.names).toEqual(esm.names)
  })

  test('changes nothing that others can see when it is imported', () => {
    expect(esm.changed).toEqual([])
    expect(esm.looked).toBeGreaterThan(1000)
  })

  test('changes nothing that others can see when it is required', () => {
    expect(cjs.changed).toEqual([])
    expect(cjs.looked).toBeGreaterThan(1000)
  })
})

test('a footprint shows what a module changes', async () => {
  const changes = [
    'Array.prototype.last = () => {}',
    'Error.stackTraceLimit = 50',
    'Error.prepareStackTrace = () => {}',
    'globalThis.leak = 1',
    'process.env.LEAK = 1',
    'process.on("uncaughtException", () => {})',
  ]
  const { changed } = await load('esm', [`data:text/javascript,${encodeURIComponent(changes.join(';'))}`])
  expect(changed.toSorted()).toEqual([
    'Array.prototype.last',
    'Error.prepareStackTrace',
    'Error.stackTraceLimit',
    'globalThis.leak',
    'process._eventsCount',
    'process.env.LEAK',
    'process.on uncaughtException',
  ])
})
