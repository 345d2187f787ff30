import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, test } from 'vitest'
import { ENTRIES, type Entry } from '../../.build/entries.ts'
import manifest from '../../package.json' with { type: 'json' }

/** What footprint.mjs prints. */
interface Footprint {
  readonly names: Readonly<Record<string, readonly string[]>>
  readonly looked: number
  readonly changed: readonly string[]
  /** The files of other packages that were loaded, and are CommonJS as all of our dependencies can be. */
  readonly packages: readonly string[]
}

const run = promisify(execFile)

/** It stands on classes of Nest's. */
const NEST = 'bizerror/nest'

/** They are for those who have a package, and load it: a test runner, the API of OpenTelemetry. */
const FOR_A_PACKAGE = /^bizerror\/(?:testing\/(?:vitest|jest)|otel$)/

/** Every other name by which JavaScript of this package can be loaded. */
const NAMES = ENTRIES.map(({ name }) => name).filter((name) => name !== NEST && !FOR_A_PACKAGE.test(name))

const isCatalog = ({ name }: Entry): boolean => name.startsWith('bizerror/catalogs/')

const built = (file: string): object => ({
  import: `./dist/esm/${file}.js`,
  require: `./dist/cjs/${file}.cjs`,
})

/** A file of dist. */
const inDist = (path: string): URL => new URL(`../../dist/${path}`, import.meta.url)

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

/** What the files of a build load. */
function namesIn(format: string): ReadonlySet<string> {
  const code = readdirSync(inDist(format))
    .filter((file) => /\.c?js$/.test(file))
    .map((file) => readFileSync(inDist(`${format}/${file}`), 'utf8'))
  const loaded = code.join('\n').matchAll(/(?:^import |\sfrom |require\()"(?<name>.+?)"/gm)
  return new Set(Array.from(loaded, ({ groups }) => groups!['name']!))
}

test('package.json exports every entry point that tsconfig.json names, in both formats', () => {
  const others = ENTRIES.filter((entry) => !isCatalog(entry))
  expect(manifest.exports).toEqual({
    ...Object.fromEntries(others.map(({ name, file }) => [name.replace('bizerror', '.'), built(file)])),
    // Hosts of servers that know the condition `browser` as well know `worker`.
    './catalog': {
      worker: { import: './dist/esm/catalog.js' },
      browser: {
        import: { types: './dist/esm/catalog.d.ts', default: './dist/browser/catalog.js' },
      },
      ...built('catalog'),
    },
    './catalogs/*': built('catalogs-*'),
    './locales/*.json': './dist/locales/*.json',
    './schema/*.json': './dist/schema/*.json',
    './package.json': './package.json',
  })
  expect(ENTRIES.filter(isCatalog)).toHaveLength(5)
})

describe('the built package', () => {
  let esm: Footprint
  let cjs: Footprint

  beforeAll(async () => {
    const built = ['esm/index.js', 'cjs/index.cjs'].every((file) => existsSync(inDist(file)))
    if (!built) throw new Error('There is no whole dist to test. Run `npm run build` first.')
    ;[esm, cjs] = await Promise.all([load('esm', NAMES), load('cjs', NAMES)])
  })

  test('exports these names at run time', () => {
    expect(esm.names).toMatchInlineSnapshot(`
      {
        "bizerror": [
          "BizError",
          "SetupError",
          "asyncHandler",
          "bizErrors",
          "currentRequest",
          "defineCatalog",
          "defineErrors",
          "describeError",
          "errorHandler",
          "isBizError",
          "notFound",
          "raise",
          "rateLimit",
          "recognize",
          "reference",
          "relayed",
          "requestId",
          "requestIdOf",
        ],
        "bizerror/adapter": [
          "SENT",
          "createResponder",
          "factsOf",
          "isStale",
        ],
        "bizerror/catalog": [
          "defineCatalog",
          "defineErrors",
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
        "bizerror/catalogs/http": [
          "BizError",
          "catalog",
        ],
        "bizerror/catalogs/secrets": [
          "BizError",
          "catalog",
        ],
        "bizerror/client": [
          "ApiError",
          "axiosErrors",
          "axiosRetryOptions",
          "createClient",
          "createReader",
          "gotErrors",
          "kyErrors",
          "ofetchErrors",
          "openapiFetchErrors",
          "pathSegments",
        ],
        "bizerror/contract": [
          "clientCatalog",
          "createAnswers",
          "createDump",
          "diff",
          "generateClient",
          "openapi",
          "parseDump",
          "writeDump",
        ],
        "bizerror/express": [
          "asyncHandler",
          "bizErrors",
          "currentRequest",
          "errorHandler",
          "notFound",
          "rateLimit",
          "reference",
          "requestId",
          "requestIdOf",
        ],
        "bizerror/fastify": [
          "bizErrors",
          "clientErrorHandler",
          "currentRequest",
          "errorHandler",
          "frameworkErrors",
          "genReqId",
          "notFound",
          "rateLimit",
          "reference",
          "requestId",
          "requestIdOf",
        ],
        "bizerror/graphql": [
          "formatError",
          "maskError",
        ],
        "bizerror/hono": [
          "bizErrors",
          "currentRequest",
          "errorHandler",
          "notFound",
          "rateLimit",
          "reference",
          "requestId",
          "requestIdOf",
        ],
        "bizerror/koa": [
          "bizErrors",
          "currentRequest",
          "errorHandler",
          "notFound",
          "rateLimit",
          "reference",
          "requestId",
          "requestIdOf",
        ],
        "bizerror/prom": [
          "promCounter",
        ],
        "bizerror/rate-limit": [
          "KeyFailure",
          "addressKey",
          "cooldown",
          "createLimiter",
          "limitHandler",
          "memoryStore",
          "postgresStore",
          "postgresStoreSql",
          "redisStore",
          "setRateLimit",
        ],
        "bizerror/sentry": [
          "sentry",
          "shouldHandleError",
        ],
        "bizerror/testing": [
          "assertBizError",
          "bizError",
          "storeContract",
        ],
        "bizerror/testing/coverage": [
          "coverageFile",
        ],
        "bizerror/web": [
          "begun",
          "currentRequest",
          "readJson",
          "reference",
          "requestIdOf",
          "toResponse",
          "withErrors",
        ],
      }
    `)
  })

  test('exports the same names from CJS as from ESM', () => {
    expect(cjs.names).toEqual(esm.names)
  })

  test('loads no other package before one is needed', () => {
    expect([esm.packages, cjs.packages]).toEqual([[], []])
    const names = new Set([...namesIn('esm'), ...namesIn('cjs')])
    expect([...names].filter((name) => !/^(?:node:|\.)/.test(name)).sort()).toEqual([
      '@jest/globals',
      '@opentelemetry/api',
      'vitest',
    ])
    expect(names).toContain('../dependencies.cjs')
    // See src/adapters/node/http.ts. The command line is an ES module alone.
    expect(namesIn('cjs')).not.toContain('node:http')
  })

  test.each(['esm', 'cjs'] as const)(
    'of Nest exports these names, and changes what Nest itself does (%s)',
    async (format) => {
      const ours = await load(format, [NEST])
      expect(ours.names[NEST]).toEqual([
        'BIZ_ERRORS_OPTIONS',
        'BizErrorsFilter',
        'BizErrorsModule',
        'currentRequest',
        'nestLogger',
        'rateLimit',
        'reference',
        'requestId',
        'requestIdOf',
        'validationException',
      ])
      const nests = await load(format, ['@nestjs/common', '@nestjs/core', 'rxjs'])
      expect(ours.changed.toSorted()).toEqual(nests.changed.toSorted())
      const isNests = (file: string): boolean => nests.packages.includes(file)
      expect(ours.packages.filter((file) => !isNests(file))).toEqual([])
    },
  )

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
