import { readFileSync } from 'node:fs'
import express from 'express'
import { describe, expect, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { catalog as cdn } from '../../src/catalogs/cdn.ts'
import { catalog as cloudWaf } from '../../src/catalogs/cloud-waf.ts'
import { catalog as gateway } from '../../src/catalogs/gateway.ts'
import { catalog as secrets } from '../../src/catalogs/secrets.ts'
import { requiredField } from '../../src/guard/required-headers.ts'
import { HANDLER_CHECKS } from '../../src/handler/options.ts'
import {
  defineCatalog,
  errorHandler,
  type BizErrorOptions,
  type CatalogDefinition,
  type EntryDefinition,
  type EnvelopeName,
} from '../../src/index.ts'
import type { CooldownOptions } from '../../src/rate-limit/cooldown.ts'
import type { RateLimitOptions } from '../../src/rate-limit/options.ts'
import type { PostgresStoreOptions } from '../../src/rate-limit/stores/postgres/postgres-store.ts'
import type { RedisStoreOptions } from '../../src/rate-limit/stores/redis/redis-store.ts'
import type { StoreContractOptions } from '../../src/testing/store-contract.ts'
import { listen } from '../support/frameworks.ts'
import { PARTS, PICTURE, picture, withGeneratedPart } from './generated.ts'
import { pageOf } from './pages.ts'

type Row = readonly string[]

/** The tables of a page, in order, each without its head. */
function tablesOf(page: string): readonly (readonly Row[])[] {
  const tables = pageOf(page).text.match(/(?:^\|.*\|\n)+/gm) ?? []
  return tables.map((table) => table.trim().split('\n').slice(2).map(cellsOf))
}

function cellsOf(row: string): Row {
  return row
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replace(/^`(.*)`$/, '$1'))
}

/** A table that begins with the names of options: all of them, which the compiler knows, and no others. */
interface NamingTable {
  readonly of: string
  readonly page: string
  readonly index: number
  readonly names: Readonly<Record<string, true>>
}

function naming<TOptions>(
  of: string,
  page: string,
  index: number,
  names: Readonly<Record<keyof TOptions, true>>,
): NamingTable {
  return { of, page, index, names }
}

const NAMING: readonly NamingTable[] = [
  naming<EntryDefinition>('the fields of an entry', 'catalog', 0, {
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
  }),
  naming<CatalogDefinition>('the fields of a catalog', 'catalog', 1, {
    name: true,
    errors: true,
    extends: true,
    status: true,
    retired: true,
    modules: true,
    envelope: true,
    httpStatus: true,
    success: true,
    sourceLocale: true,
    locales: true,
    foreign: true,
    challenge: true,
    stack: true,
  }),
  naming<BizErrorOptions & { readonly params: unknown }>('the options of a throw', 'throwing', 0, {
    params: true,
    details: true,
    fields: true,
    also: true,
    cause: true,
    headers: true,
    status: true,
    retryAfter: true,
    violatedPolicies: true,
    as: true,
  }),
  naming<RateLimitOptions>('the options of rateLimit', 'rate-limits', 0, {
    policies: true,
    catalog: true,
    key: true,
    ipv6Prefix: true,
    cost: true,
    skip: true,
    countIf: true,
    store: true,
    timeout: true,
    fallback: true,
    headers: true,
    exposeHeaders: true,
    logger: true,
    onStateChange: true,
  }),
  naming<CooldownOptions>('the options of cooldown', 'rate-limits', 3, {
    window: true,
    timeZone: true,
    name: true,
    store: true,
    timeout: true,
    fallback: true,
    onStateChange: true,
    logger: true,
  }),
  naming<PostgresStoreOptions>('the options of postgresStore', 'postgres-limits', 0, {
    table: true,
    timeout: true,
  }),
  naming<RedisStoreOptions>('the options of redisStore', 'redis-limits', 0, { prefix: true, timeout: true }),
  naming<StoreContractOptions>('the options of storeContract', 'own-store', 0, {
    shared: true,
    without: true,
  }),
  {
    of: 'the options of errorHandler',
    page: 'options',
    index: 0,
    names: Object.fromEntries(Object.keys(HANDLER_CHECKS).map((name) => [name, true])),
  },
  {
    of: 'the runtime dependencies',
    page: 'stability',
    index: 1,
    names: Object.fromEntries(Object.keys(manifest.dependencies).map((name) => [name, true])),
  },
]

test.each(NAMING)('a table names $of, all of them and no others', ({ page, index, names }) => {
  // Options that have one meaning share a row.
  const named = tablesOf(page)[index]!.flatMap(([name]) => name!.split('`, `'))
  expect(named).toEqual(Object.keys(names))
})

describe('the table of envelopes shows what each answers', () => {
  /** What the table shows of each: the code that is thrown, and the common code that it refines. */
  const thrown: Readonly<Record<EnvelopeName, readonly [code: number | string, parent?: number]>> = {
    flat: [1006],
    nested: ['secret_not_found'],
    composite: [2130, 4000],
    'two-level': [42901, 429],
    problem: [1006],
  }
  const rows = new Map(tablesOf('envelopes')[0]!.map(([name = '', shown = '']) => [name, shown]))

  test('and no others', () => {
    expect([...rows.keys()]).toEqual(Object.keys(thrown))
  })

  test.each(Object.entries(thrown))('%s', async (name, [code, parent]) => {
    const common = parent === undefined ? {} : { [parent]: { status: 400, message: 'common' } }
    const definition: CatalogDefinition = {
      name: 'shown',
      envelope: name as EnvelopeName,
      errors: { ...common, [code]: { status: 400, message: '…', action: '…', parent } },
    }
    const catalog = defineCatalog(definition)
    const app = express()
    app.get('/', () => {
      throw new catalog.BizError(code)
    })
    app.use(errorHandler({ catalog }))
    const { port, server } = await listen(app)
    const response = await fetch(`http://127.0.0.1:${port}`)
    const body = await response.text()
    server.close()
    if (name === 'problem') {
      const members = [
        ...rows
          .get(name)!
          .split(':')[1]!
          .matchAll(/`(\w+)`/g),
      ].map(([, member]) => member)
      expect(Object.keys(JSON.parse(body) as object)).toEqual(members)
      return
    }
    const shown = rows.get(name)!.match(/\{.*\}/)![0]
    expect(body.replace(/"request_id":"[^"]*"/, '"request_id":"…"')).toBe(shown)
  })
})

test('the table of reference catalogs says how many errors each has, and in which envelope', () => {
  const shown = tablesOf('reference-catalogs')[0]!.map(([entry, , count, envelope]) => [
    entry,
    count,
    envelope!.match(/^`([\w-]+)`/)![1],
  ])
  const catalogs = [cloudWaf, cdn, gateway, secrets]
  expect(shown).toEqual(
    catalogs.map(({ name, size, envelope }) => [`bizerror/catalogs/${name}`, String(size), envelope]),
  )
})

test('the table of headers that HTTP asks for has each status that asks for one, with its header', () => {
  const shown = tablesOf('headers')[1]!.flatMap(([status, header]) =>
    /^\d+$/.test(status!) ? [[Number(status), header!.match(/^`?([\w-]+)/)![1]]] : [],
  )
  const asking = Array.from({ length: 200 }, (_, index) => 400 + index).flatMap((status) => {
    const field = requiredField(status)
    return field === undefined ? [] : [[status, field.name]]
  })
  expect(shown).toEqual(asking)
})

test.each(Object.keys(PARTS))(
  'what stands under "%s" is what the source says (npm run docs)',
  async (name) => {
    const { text } = pageOf(PARTS[name]!.page)
    expect(await withGeneratedPart(name, text)).toBe(text)
  },
)

test('the picture of the benchmarks shows the figures that were saved (npm run docs)', () => {
  expect(readFileSync(PICTURE, 'utf8')).toBe(picture())
})
