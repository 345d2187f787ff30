import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import * as fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Catalog, CatalogDefinition } from '../../src/catalog/catalog.ts'
import type { Code } from '../../src/catalog/code.ts'
import { CONDITIONS, type Condition } from '../../src/catalog/condition.ts'
import type { Entry, EntryDefinition } from '../../src/catalog/entry.ts'
import { catalog as cdn } from '../../src/catalogs/cdn.ts'
import { catalog as cloudWaf } from '../../src/catalogs/cloud-waf.ts'
import { catalog as gateway } from '../../src/catalogs/gateway.ts'
import { catalog as secrets } from '../../src/catalogs/secrets.ts'
import type { TypedCatalog } from '../../src/error/define-catalog.ts'

type Defined = TypedCatalog<unknown>

/** What the tests use of the entry point. */
interface Build {
  readonly defineCatalog: (definition: CatalogDefinition) => Defined
}

const ROOT = new URL('../../', import.meta.url)
const BROWSER = 'dist/browser/catalog.js'
const SERVER = 'dist/esm/catalog.js'

let browser: Build
let server: Build

beforeAll(async () => {
  if (!existsSync(new URL(BROWSER, ROOT))) {
    throw new Error('There is no whole dist to test. Run `npm run build` first.')
  }
  ;[browser, server] = (await Promise.all(
    [BROWSER, SERVER].map((file) => import(new URL(file, ROOT).href)),
  )) as [Build, Build]
})

// Stryker disable BooleanLiteral: the names alone are read.
const MEMBERS: Readonly<Record<keyof EntryDefinition, true>> = {
  code: true,
  status: true,
  message: true,
  title: true,
  description: true,
  action: true,
  module: true,
  parent: true,
  retryable: true,
  retryAfter: true,
  challenge: true,
  headers: true,
  meta: true,
  deprecated: true,
  examples: true,
  notes: true,
}
// Stryker restore BooleanLiteral

function membersOf(entry: Entry): EntryDefinition {
  const members = (Object.keys(MEMBERS) as (keyof EntryDefinition)[]).map((name) => [name, entry[name]])
  return Object.fromEntries(members) as unknown as EntryDefinition
}

/** Writes a catalog down again. */
function definitionOf(catalog: Catalog): CatalogDefinition {
  const { name, status, retired, envelope, httpStatus, success, sourceLocale, foreign, challenge } = catalog
  return {
    name,
    errors: Object.fromEntries([...catalog].map((entry) => [entry.key, membersOf(entry)])),
    retired,
    modules: Object.fromEntries(
      [...catalog.modules].map(([module, { ranges, status: common, title, description }]) => [
        module,
        {
          ...(ranges.length > 0 && { range: ranges.map((range) => range.join('-')).join(', ') }),
          ...(common !== undefined && { status: common }),
          ...(title !== undefined && { title }),
          ...(description !== undefined && { description }),
        },
      ]),
    ),
    envelope,
    success,
    sourceLocale,
    foreign,
    ...(status !== undefined && { status }),
    ...(httpStatus !== undefined && { httpStatus }),
    ...(challenge !== undefined && { challenge }),
  }
}

/** Every member that a definition and its errors can have. */
const WHOLE: CatalogDefinition = {
  name: 'whole',
  status: 400,
  retired: [1007],
  modules: {
    stock: '2000-2999, -5',
    users: { range: '3000-3999', status: 404, title: 'Users', description: 'All' },
  },
  envelope: {
    body: ({ code }) => ({ error: code }),
    success: { ok: true },
    read: (body) => body as { readonly code: unknown },
    contentType: 'application/vnd.shop+json',
    schema: { type: 'object' },
  },
  httpStatus: ({ status }) => status,
  success: { code: 'OK', message: 'Done' },
  sourceLocale: 'en-gb',
  locales: { de: { whole: {} } },
  foreign: { byStatus: { 404: 'USER_GONE' }, byCondition: { conflict: 2001 } },
  challenge: 'Bearer',
  stack: 'never',
  errors: [
    {
      OK: { status: 200, message: 'Done' },
      2000: {
        status: 409,
        message: 'Only {{left}} of {{ - product, upper }} left',
        title: 'Sold out: {{product}}',
      },
      2001: { parent: 2000, message: 'Sold', retryable: true, retryAfter: '90s', examples: [{}] },
      LATER: {
        code: -5,
        status: 503,
        message: 'Later',
        description: 'Much',
        action: 'Wait',
        headers: { 'X-Shop': 'a', 'cache-control': 'no-store' },
        meta: { a: [1, { b: null }] },
        notes: { de: 'Später' },
        deprecated: { use: 2001 },
      },
    },
    {
      USER_GONE: { code: 3001, message: 'Gone', challenge: 'Basic', deprecated: true },
      USER_LEFT: { parent: 'USER_GONE', module: 'users', code: 3001, message: 'Left', retryAfter: 5 },
    },
  ],
}

const DEFINITIONS: Readonly<Record<string, (build: Build) => Defined>> = {
  cdn: (build) => build.defineCatalog(definitionOf(cdn)),
  'cloud-waf': (build) => build.defineCatalog(definitionOf(cloudWaf)),
  gateway: (build) => build.defineCatalog(definitionOf(gateway)),
  secrets: (build) => build.defineCatalog(definitionOf(secrets)),
  'with every member': (build) => build.defineCatalog(WHOLE),
  'that extends one': (build) =>
    build.defineCatalog({
      name: 'further',
      extends: build.defineCatalog(WHOLE),
      foreign: { byStatus: { 410: 'MORE' } },
      errors: { MORE: { parent: 2001, message: 'More' }, USER_GONE: { message: 'Gone for good' } },
    }),
  'that extends one of another build': (build) =>
    build.defineCatalog({
      name: 'mixed',
      extends: (build === browser ? server : browser).defineCatalog(WHOLE),
      errors: { MORE: { parent: 2001, message: 'More' } },
    }),
  'in words': (build) =>
    build.defineCatalog({
      name: 'words',
      envelope: 'problem',
      errors: { gone: { status: 410, message: 'Gone' } },
    }),
}

const STATUSES = Array.from({ length: 200 }, (_, index) => 400 + index)
const DATA = [undefined, null, 'a', [1], { a: 1, code: 2 }, new Date(0)]

/** An entry and an error hold their catalog, which is another in each build. */
function shown(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (name, member: unknown) => {
      if (name === 'catalog' || name === 'extends') return (member as Catalog | undefined)?.name
      return member === undefined ? 'undefined' : typeof member === 'function' ? 'a function' : member
    }) ?? 'null',
  )
}

function entryShown(entry: Entry | undefined): unknown {
  if (entry === undefined) return undefined
  const { key, namespace, isSuccess, params, parents } = entry
  return { key, namespace, isSuccess, params, parents, ...membersOf(entry), isFrozen: Object.isFrozen(entry) }
}

function catalogShown(catalog: Defined): unknown {
  const { name, size, modules, envelope, httpStatus, success, sourceLocale, locales, foreign } = catalog
  return shown({
    name,
    size,
    modules: [...modules],
    envelope,
    httpStatus,
    success,
    sourceLocale,
    locales,
    foreign,
    members: Object.keys(catalog),
    extends: catalog.extends,
    status: catalog.status,
    retired: catalog.retired,
    challenge: catalog.challenge,
    framesFrom: catalog.framesFrom,
    entries: [...catalog].map(entryShown),
    byCode: [...catalog].map(({ code }) => catalog.byCode(code).map(({ key }) => key)),
    byStatus: STATUSES.map((given) => {
      const { key, code, status, message, namespace, title } = catalog.forStatus(given)
      return [key, code, status, message, namespace, title]
    }),
    byCondition: (Object.keys(CONDITIONS) as Condition[]).map(
      (condition) => catalog.forCondition(condition)?.key,
    ),
    bodies: DATA.map((data) => catalog.ok(data)),
    factories: Object.keys(catalog.errors),
  })
}

/** Everything that an error tells. */
function errorShown(catalog: Defined, key: Code, options: unknown): unknown {
  const BizError = catalog.BizError as unknown as new (key: Code, options: unknown) => Error
  const error = new BizError(key, options)
  const state = Reflect.get(error, Symbol.for('bizerror.BizError')) as { readonly entry: Entry }
  return shown({
    members: Object.entries(error),
    name: error.name,
    message: error.message,
    state: { ...state, entry: entryShown(state.entry) },
    is: [catalog.is(error), catalog.is(error, 2001 as never), catalog.is(new Error('a'))],
  })
}

const option = fc.oneof(
  fc.anything(),
  fc.constantFrom(
    '90s',
    404,
    200,
    5,
    2001,
    'LATER',
    ['a'],
    { left: 1, product: 'tea' },
    { 'X-A': 'b', Allow: 'GET' },
  ),
  fc.array(
    fc.record({
      path: fc.string(),
      code: fc.constantFrom('too_short', 'a'),
      params: fc.constant({ min: 3 }),
    }),
  ),
)
const options = fc.record(
  Object.fromEntries(
    ['fields', 'also', 'headers', 'status', 'retryAfter', 'violatedPolicies', 'as', 'params', 'other'].map(
      (name) => [name, option],
    ),
  ),
  { requiredKeys: [] },
)

describe('the build for browsers', () => {
  test.each(Object.keys(DEFINITIONS))('makes the same catalog as the build for servers: %s', (name) => {
    const define = DEFINITIONS[name]!
    expect(catalogShown(define(browser))).toEqual(catalogShown(define(server)))
  })

  test('makes the same errors as the build for servers, whatever is thrown', () => {
    const [ours, theirs] = [browser.defineCatalog(WHOLE), server.defineCatalog(WHOLE)]
    const key = fc.constantFrom<Code>(2000, 2001, 'LATER', 'USER_GONE', 'OK', 'NONE')
    fc.assert(
      fc.property(key, options, (thrown, given) => {
        expect(errorShown(ours, thrown, given)).toEqual(errorShown(theirs, thrown, given))
      }),
    )
  })

  test('knows an error of the build for servers, and the other way round', () => {
    const [ours, theirs] = [browser.defineCatalog(WHOLE), server.defineCatalog(WHOLE)]
    const thrown = [ours, theirs].map(({ errors }) => (errors as Record<Code, () => unknown>)['LATER']!())
    for (const catalog of [ours, theirs])
      expect(thrown.map((error) => catalog.is(error))).toEqual([true, true])
  })

  test('leaves the checks of definitions to the server, and ends with a wrong one as well', () => {
    const errors = { A: { parent: 'B', status: 700, message: 'a' }, B: { parent: 'A', message: 'b' } }
    expect(() => server.defineCatalog({ name: 'Wrong', errors })).toThrow('A catalog has the name "Wrong"')
    expect(browser.defineCatalog({ name: 'Wrong', errors }).get('A')?.parents).toEqual(['B'])
    expect(readFileSync(new URL(BROWSER, ROOT), 'utf8')).not.toContain('SetupError')
  })

  test.each([
    ['browser', [], BROWSER],
    ['browser', ['worker'], SERVER],
    ['browser', ['workerd', 'worker', 'browser'], SERVER],
    ['node', [], SERVER],
  ] as const)(
    'is what bundlers for the platform %s with the conditions %j take: %s',
    async (platform, conditions, file) => {
      const { metafile } = await build({
        absWorkingDir: fileURLToPath(ROOT),
        stdin: { contents: "export * from 'bizerror/catalog'", resolveDir: fileURLToPath(ROOT) },
        // Not its paths, which lead to the sources.
        tsconfigRaw: {},
        bundle: true,
        write: false,
        metafile: true,
        format: 'esm',
        platform,
        conditions: [...conditions],
      })
      expect(Object.keys(metafile.inputs).filter((input) => input.endsWith('/catalog.js'))).toEqual([file])
    },
  )
})
