import { describe, expect, test } from 'vitest'
import { SetupError } from '../../src/guard/setup-error.ts'
import { formatError, maskError, type CurrentRequest } from '../../src/observe/graphql.ts'
import type { ErrorReport } from '../../src/report/report.ts'
import { serving } from '../support/apps.ts'
import { recorder } from '../support/served.ts'
import { apollo, SECRET, servers, shop, yoga, type GraphQLServer, type Setup } from './graphql-servers.ts'

interface Answer {
  readonly status: number
  readonly retryAfter: string | null
  readonly text: string
}

type Ask = (body: unknown, headers?: Readonly<Record<string, string>>) => Promise<Answer>

/** Serves a schema, in German, while `use` asks it. */
async function serve(
  { listener }: GraphQLServer,
  setup: Partial<Setup>,
  use: (ask: Ask) => Promise<void>,
): Promise<ReturnType<typeof recorder>> {
  const told = recorder()
  const app = await listener({ ...setup, options: { ...told.options, ...setup.options, catalog: shop } })
  await serving(app, async (port) => {
    await use(async (body, headers) => {
      const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          'Accept-Language': 'de-AT',
          'X-Request-ID': 'r-1',
          ...headers,
        },
        body: JSON.stringify(body),
      })
      const text = await response.text()
      return { status: response.status, retryAfter: response.headers.get('Retry-After'), text }
    })
  })
  return told
}

/** What a query is answered with. */
async function result(ask: Ask, query: string, variables?: object): Promise<unknown> {
  return JSON.parse((await ask({ query, variables })).text)
}

/** The first error of an answer. */
async function firstError(ask: Ask, query: string, variables?: object): Promise<unknown> {
  return ((await result(ask, query, variables)) as { readonly errors: readonly unknown[] }).errors[0]
}

const internal = {
  message: 'Bei uns ist etwas schiefgegangen',
  extensions: { code: 'INTERNAL', status: 500, retryable: false },
}

describe.each(servers)('errors on $name', (server) => {
  test('a BizError is its code and its text in the language of the client, and the log knows field and request', async () => {
    const contexts: unknown[] = []
    const options = {
      onReport: (report: ErrorReport, request: CurrentRequest | undefined) =>
        contexts.push([report.code, request]),
    }
    const { log } = await serve(server, { options }, async (ask) => {
      expect(await result(ask, '{ p: product(id: 7) tea }')).toEqual({
        errors: [
          {
            message: 'Produkt 7 nicht gefunden',
            locations: [{ line: 1, column: 3 }],
            path: ['p'],
            extensions: { code: 'PRODUCT_NOT_FOUND', status: 404, retryable: false, details: { id: 7 } },
          },
        ],
        data: { p: null, tea: 'green' },
      })
    })
    expect(contexts).toEqual([
      ['PRODUCT_NOT_FOUND', { requestId: 'r-1', locale: 'de-AT', traceId: undefined }],
    ])
    const record = {
      code: 'PRODUCT_NOT_FOUND',
      method: 'graphql',
      route: 'product',
      requestId: 'r-1',
      locale: 'de',
    }
    expect(log).toMatchObject([['info', record, 'Product 7 not found']])
  })

  test('what a resolver fails with is recognized, and tells nothing of the server', async () => {
    const { log } = await serve(server, {}, async (ask) => {
      for (const field of ['fault', 'thrownText', 'bare', 'upstream', 'color', 'nothing']) {
        const answer = await ask({ query: `{ ${field} }` })
        expect(answer.text, field).not.toContain('ECONNREFUSED')
        const { errors } = JSON.parse(answer.text) as { readonly errors: readonly object[] }
        expect(errors, field).toEqual([{ ...internal, locations: [{ line: 1, column: 3 }], path: [field] }])
      }
      expect(await firstError(ask, '{ stock }')).toMatchObject({
        message: 'Das Lager antwortet nicht',
        extensions: { code: 'WAREHOUSE_DOWN', status: 503, retryable: true, retryAfter: 30 },
      })
    })
    expect(log.map(([level, { code, route }]) => [level, code, route])).toEqual([
      ['error', 'INTERNAL', 'fault'],
      ['error', 'INTERNAL', 'thrownText'],
      ['error', 'INTERNAL', 'bare'],
      ['error', 'INTERNAL', 'upstream'],
      ['error', 'INTERNAL', 'color'],
      ['error', 'INTERNAL', 'nothing'],
      ['error', 'WAREHOUSE_DOWN', 'stock'],
    ])
    expect(log[0]![2]).toBe(SECRET)
  })

  test('an error of which nothing can be read is the generic one', async () => {
    const { log } = await serve(server, {}, async (ask) => {
      const { text } = await ask({ query: '{ untouchable }' })
      expect(text).not.toContain('ECONNREFUSED')
      expect(text).toContain(internal.message)
    })
    expect(log).toMatchObject([['error', { code: 'INTERNAL' }, SECRET]])
  })

  test('the name of an operation, which is any that its client chooses, is no route', async () => {
    const { log } = await serve(server, {}, async (ask) => {
      expect(await firstError(ask, 'query Anything { operation }')).toMatchObject(internal)
    })
    expect(log.map(([, { code, route }]) => [code, route])).toEqual([['INTERNAL', undefined]])
  })

  test('errors that were thrown together are told together', async () => {
    await serve(server, {}, async (ask) => {
      expect(await firstError(ask, '{ both }')).toMatchObject({
        message: 'Nur noch 3 da',
        extensions: {
          code: 'SOLD_OUT',
          status: 409,
          errors: [
            { message: 'Produkt 7 nicht gefunden', code: 'PRODUCT_NOT_FOUND', status: 404, retryable: false },
          ],
        },
      })
    })
  })

  test('an error to which the app gave a code itself passes, and nobody is told of it', async () => {
    const { log } = await serve(server, {}, async (ask) => {
      expect(await firstError(ask, '{ forbidden }')).toMatchObject({
        message: 'Not yours',
        extensions: { code: 'FORBIDDEN' },
      })
    })
    expect(log).toEqual([])
  })

  test('errors of the request itself pass, and nobody is told of them', async () => {
    const { log } = await serve(server, {}, async (ask) => {
      expect(await firstError(ask, '{')).toMatchObject({
        message: 'Syntax Error: Expected Name, found <EOF>.',
      })
      expect(await firstError(ask, '{ nowhere }')).toMatchObject({
        message: 'Cannot query field "nowhere" on type "Query".',
      })
      expect(await firstError(ask, 'query ($q: Quantity) { order(quantity: $q) }', { q: 'x' })).toMatchObject(
        {
          message: 'Variable "$q" got invalid value "x"; Expected type "Quantity". not a number',
        },
      )
      expect((await ask({})).text).toMatch(/query string|POST body missing|Missing query/)
      expect((await ask({ query: 7 })).text).toMatch(/must be strings|Invalid query|to be a string/)
    })
    expect(log).toEqual([])
  })

  test('a BizError of a scalar is told, where a variable does not fit', async () => {
    await serve(server, {}, async (ask) => {
      const query = 'query ($q: Quantity) { order(quantity: $q) }'
      expect(await firstError(ask, query, { q: 101 })).toEqual({
        message: 'Höchstens 100',
        locations: [{ line: 1, column: 8 }],
        extensions: { code: 'TOO_MANY', status: 400, retryable: false },
      })
    })
  })

  test('the language is that of the option locale, which is given the current request', async () => {
    const asked: unknown[] = []
    const options = {
      locale: (request: CurrentRequest | undefined) => {
        asked.push(request?.locale)
        return ['fr', 'de']
      },
    }
    await serve(server, { options }, async (ask) => {
      const answer = await ask({ query: '{ product(id: 7) }' }, { 'Accept-Language': 'en' })
      expect(answer.text).toContain('Produkt 7 nicht gefunden')
    })
    expect(asked).toEqual(['en'])
  })
})

test.each([apollo, yoga])('each of a batch is told of its own error, on $name', async (server) => {
  const { log } = await serve(server, {}, async (ask) => {
    const { text } = await ask([{ query: '{ product(id: 1) }' }, { query: '{ product(id: 2) }' }])
    const results = JSON.parse(text) as readonly {
      readonly errors: readonly { readonly message: string }[]
    }[]
    expect(results.flatMap(({ errors }) => errors.map(({ message }) => message))).toEqual([
      'Produkt 1 nicht gefunden',
      'Produkt 2 nicht gefunden',
    ])
  })
  expect(log).toHaveLength(2)
})

function failing(error: unknown): () => never {
  return () => {
    throw error
  }
}

test.each([
  [apollo, { status: 500, retryAfter: null }],
  // As no field was asked for, nothing is lost by a status of its own.
  [yoga, { status: 429, retryAfter: '30' }],
] as const)('what fails in the context is told as well, on $0.name', async (server, answered) => {
  const limited = { context: failing(shop.errors.SLOW_DOWN()) }
  await serve(server, limited, async (ask) => {
    const { text, ...rest } = await ask({ query: '{ tea }' })
    expect(rest).toEqual(answered)
    expect(JSON.parse(text)).toEqual({
      errors: [
        {
          message: 'Zu viele Anfragen',
          extensions: { code: 'SLOW_DOWN', status: 429, retryable: false, retryAfter: 30 },
        },
      ],
    })
  })
  for (const thrown of [new Error(SECRET), SECRET]) {
    const { log } = await serve(server, { context: failing(thrown) }, async (ask) => {
      const { status, text } = await ask({ query: '{ tea }' })
      expect([status, JSON.parse(text)]).toEqual([500, { errors: [internal] }])
    })
    expect(log).toMatchObject([
      ['error', { code: 'INTERNAL', requestId: 'r-1' }, expect.stringContaining(SECRET)],
    ])
  }
})

test('a subscription of GraphQL Yoga is told of what ends it, and of what a field of it fails with', async () => {
  const { log } = await serve(yoga, {}, async (ask) => {
    const ended = await ask({ query: 'subscription { ticks }' }, { Accept: 'text/event-stream' })
    expect(eventsOf(ended)).toEqual([
      { data: { ticks: 1 } },
      {
        errors: [
          {
            message: 'Produkt 2 nicht gefunden',
            locations: [{ line: 1, column: 1 }],
            extensions: { code: 'PRODUCT_NOT_FOUND', status: 404, retryable: false },
          },
        ],
      },
    ])
    const failed = await ask({ query: 'subscription { broken }' }, { Accept: 'text/event-stream' })
    expect(eventsOf(failed)).toEqual([
      {
        data: { broken: null },
        errors: [{ ...internal, locations: [{ line: 1, column: 16 }], path: ['broken'] }],
      },
    ])
  })
  expect(log.map(([, { code, requestId }]) => [code, requestId])).toEqual([
    ['PRODUCT_NOT_FOUND', 'r-1'],
    ['INTERNAL', 'r-1'],
  ])
})

function eventsOf({ text }: Answer): readonly unknown[] {
  return Array.from(
    text.matchAll(/^data: (?<json>\{.+\})$/gm),
    ({ groups }) => JSON.parse(groups!['json']!) as unknown,
  )
}

describe('what a server would not hand over', () => {
  const silent = { catalog: shop, locale: () => 'de', logger: { error() {}, warn() {}, info() {} } }

  test.each([
    undefined,
    null,
    'text',
    7,
    {},
    new Proxy(
      {},
      {
        get: () => {
          throw new Error('trap')
        },
      },
    ),
  ])('is the generic 500: %#', (value) => {
    expect(maskError(silent)(value).message).toBe(internal.message)
    expect(formatError(silent)({ message: SECRET }, value)).toEqual(internal)
  })

  test('an error that is wrapped in a circle ends', () => {
    const error = { [Symbol.toStringTag]: 'GraphQLError', message: SECRET, path: ['a'], originalError: {} }
    error.originalError = error
    expect(() => maskError(silent)(error)).not.toThrow()
  })
})

function unknownOption(caller: string): SetupError {
  return new SetupError(`${caller} has no "catalogue". Did you mean catalog?`)
}

test('a mistake in the options is told at once', () => {
  const catalogue = { catalogue: shop } as object
  expect(() => formatError(catalogue)).toThrow(unknownOption('formatError'))
  expect(() => maskError(catalogue)).toThrow(unknownOption('maskError'))
})

test.each(['formatError', 'maskError'])('%s says so where it is given to a server uncalled', (name) => {
  const make = { formatError, maskError }[name] as (given: object) => unknown
  const mistake = new SetupError(`${name} was mounted uncalled; call it: ${name}({ catalog })`)
  for (const given of [new TypeError(SECRET), { message: SECRET, path: ['a'], extensions: {} }]) {
    expect(() => make(given)).toThrow(mistake)
  }
})

test('that nobody says which languages clients read is told once', () => {
  const { options, log } = recorder()
  const format = formatError({ catalog: shop, ...options })
  const formatted = format({ message: '' }, shop.errors.SLOW_DOWN())
  format({ message: '' }, shop.errors.SLOW_DOWN())
  expect(formatted.message).toBe('Too many requests')
  expect(log.filter(([level]) => level === 'warn').map(([, , message]) => message)).toEqual([
    'formatError does not know which languages its clients read. Mount requestId({ context: true }) before GraphQL, or give formatError the option locale',
  ])
})
