import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { writePage } from '../../src/answer/page.ts'
import type { EnvelopeMap, EnvelopeObject, ErrorDescription } from '../../src/catalog/envelope.ts'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import type { HandlerOptions } from '../../src/handler/options.ts'
import { anyText } from '../support/any-text.ts'
import { frameworks, listen, type Route } from '../support/frameworks.ts'
import { run, type Outcome, type Probe } from '../support/guarantees.ts'
import { send } from '../support/raw.ts'
import { onAll } from '../support/served.ts'
import { answers, record } from '../support/whole-answer.ts'
import { lowerCased, sentHeaders } from '../support/standard-answer.ts'

const silent = { error: () => {}, warn: () => {}, info: () => {} }

const JSON_TYPE = 'application/json; charset=utf-8'

/** The errors of one shop, in an envelope of its own. */
function shopIn(envelope: EnvelopeObject<never>) {
  return defineCatalog({
    name: 'shop',
    envelope: envelope as EnvelopeObject,
    modules: { orders: '10000-10099' },
    errors: {
      10001: { status: 404, title: 'Gone', message: 'No such product' },
      10002: { status: 409, parent: 10001, message: 'Only {{left}} left', notes: { team: 'stock' } },
      10003: { status: 401, message: 'Sign in' },
      10004: { status: 503, message: 'Closed', retryable: true, retryAfter: 30 },
      500: { status: 500, message: 'Broken' },
    },
    locales: {
      de: { shop: { 10001: { message: 'Kein solches Produkt' }, 10002: { message: 'Nur {{left}} da' } } },
    },
  })
}

/** WeChat's, with the id. */
const errcode: EnvelopeObject = {
  body: ({ code, message, requestId }) => ({ errcode: code, errmsg: `${message} rid: ${requestId}` }),
  success: { errcode: 0, errmsg: 'ok' },
}

function throwing(code: 10001 | 10002 | 10003 | 10004, options?: object, envelope = errcode): Probe {
  const shop = shopIn(envelope)
  const BizError = shop.BizError as new (key: number, options?: object) => Error
  return {
    options: { catalog: shop },
    route: () => {
      throw new BizError(code, options)
    },
  }
}

/** Runs a probe on every framework, and returns the one answer that all of them give. */
async function answerOf(probe: Probe): Promise<Outcome> {
  const outcomes = await Promise.all(frameworks.map((framework) => run(framework, probe)))
  for (const { raw, framework } of outcomes) expect(raw, framework).toBe(outcomes[0]!.raw)
  return outcomes[0]!
}

const warningsOf = ({ log }: Outcome): readonly string[] =>
  log.filter(([level]) => level === 'warn').map(([, , message]) => message)

describe("W01: an envelope of the app's own", () => {
  test('W01: is that of its catalog, with all headers of any answer', async () => {
    const outcome = await answerOf(throwing(10001))
    const body = { errcode: 10001, errmsg: 'No such product rid: probe-1' }
    expect([outcome.status, record(outcome.headers), outcome.body, outcome.log]).toEqual([
      404,
      lowerCased(sentHeaders(body)),
      JSON.stringify(body),
      [['info', expect.anything(), expect.anything()]],
    ])
  })

  answers(
    "W01: of the handler goes before the catalog's",
    {
      ...throwing(10001),
      options: {
        ...throwing(10001).options,
        envelope: { body: ({ code, message }) => ({ code, message, of: 'handler' }) },
      },
    },
    { status: 404, body: { code: 10001, message: 'No such product', of: 'handler' } },
  )

  onAll(
    "W01: is of the error's own catalog, where several live in one app",
    {
      options: { catalog: shopIn(errcode) },
      routes: {
        '/a': () => {
          throw shopIn({ body: ({ code }) => ({ a: code }) }).errors[10001]()
        },
        '/b': () => {
          throw shopIn({
            body: ({ code }) => ({ b: code }),
            contentType: 'application/vnd.b+json',
          }).errors[10001]()
        },
      },
    },
    async ({ port }) => {
      const responses = await Promise.all(
        ['/a', '/b', '/none'].map(async (path) =>
          fetch(`http://127.0.0.1:${port}${path}`, { headers: { 'X-Request-ID': 'r' } }),
        ),
      )
      const bodies = await Promise.all(
        responses.map(async (response) => [response.headers.get('Content-Type'), await response.json()]),
      )
      expect(bodies).toEqual([
        [JSON_TYPE, { a: 10001 }],
        ['application/vnd.b+json', { b: 10001 }],
        [JSON_TYPE, { errcode: 404, errmsg: 'Not found rid: r' }],
      ])
    },
  )

  test('W01: is told all that may be said of an error, in the words of its client', async () => {
    const seen: ErrorDescription[] = []
    const body: EnvelopeObject['body'] = (error, _request) => {
      seen.push(error)
      return { code: error.code }
    }
    const options = { params: { left: 3 }, details: { sku: 'x' }, retryAfter: 7 }
    const probe = throwing(10002, options, { body })
    await run(frameworks[0]!, { ...probe, request: { headers: { 'Accept-Language': 'de' } } })
    expect(seen.at(-1)).toStrictEqual({
      code: 10002,
      status: 409,
      message: 'Nur 3 da',
      locale: 'de',
      title: undefined,
      description: undefined,
      action: undefined,
      parent: 10001,
      retryable: false,
      retryAfter: 7,
      violatedPolicies: undefined,
      errors: undefined,
      details: { sku: 'x' },
      params: { left: 3 },
      requestId: 'probe-1',
      docs: undefined,
      catalog: 'shop',
      key: 10002,
      module: 'orders',
      parents: [10001],
      parentMessage: 'Kein solches Produkt',
      sourceMessage: 'Only 3 left',
      meta: undefined,
    })
    // For those who name them alone.
    expect(seen.at(-1)?.notes).toEqual({ team: 'stock' })
  })

  test('W01: is told the remarks of an entry where it names them alone, whatever else was asked before', async () => {
    const shop = shopIn({
      body: (error, _request) => ({ team: error.notes?.['team'], copied: { ...error } }),
    })
    const { body } = await answerOf({
      options: { catalog: shop, httpStatus: ({ status }) => status, docsUrl: ({ key }) => `/errors/${key}` },
      route: () => {
        throw shop.errors[10002]({ params: { left: 3 }, also: [shop.errors[10001]()] })
      },
    })
    const { team, copied } = JSON.parse(body) as { team: string; copied: object }
    expect([team, Object.hasOwn(copied, 'notes'), Object.hasOwn(copied, 'errors')]).toEqual([
      'stock',
      false,
      true,
    ])
  })

  for (const [what, envelope] of Object.entries<
    NonNullable<HandlerOptions<never, IncomingMessage>['envelope']>
  >({
    'a function': (_error, { headers }) => ({ id: headers['x-rpc'] }),
    'an object': { body: (_error, { headers }) => ({ id: headers['x-rpc'] }) },
    'a map': { 'application/json': (_error, { headers }) => ({ id: headers['x-rpc'] }) },
  })) {
    test(`W01: is told of each request, as ${what}`, async () => {
      const { options, route } = throwing(10001)
      for (const id of ['1', '2']) {
        const outcome = await answerOf({
          options: { ...options, envelope: envelope as never },
          route: route!,
          request: { headers: { 'X-RPC': id } },
        })
        expect(outcome.body).toBe(`{"id":"${id}"}`)
      }
    })
  }

  const XML = '<?xml version="1.0"?><Error><Code>10001</Code><RequestId>probe-1</RequestId></Error>'
  for (const [what, envelope] of Object.entries<NonNullable<HandlerOptions['envelope']>>({
    'a catalog may send': {
      body: ({ code, requestId }) => ({
        contentType: 'application/xml',
        text: `<?xml version="1.0"?><Error><Code>${code}</Code><RequestId>${requestId}</RequestId></Error>`,
      }),
    },
    'a function may send': ({ code, requestId }) => ({
      contentType: 'application/xml',
      text: `<?xml version="1.0"?><Error><Code>${code}</Code><RequestId>${requestId}</RequestId></Error>`,
    }),
  })) {
    test(`W01: ${what} text of another type`, async () => {
      const probe = throwing(10001)
      const outcome = await answerOf({ ...probe, options: { ...probe.options, envelope } })
      expect([
        outcome.body,
        outcome.headers.get('content-type'),
        outcome.headers.get('content-length'),
      ]).toEqual([XML, ['application/xml'], [String(XML.length)]])
    })
  }

  test('W01: has no control characters where it is XML, and no lone surrogates', async () => {
    const text = '<a>\0\x01\t\n\x0b\ud800😀\uffff</a>'
    const shown = '<a>\uFFFD\uFFFD\t\n\uFFFD\uFFFD😀\uFFFD</a>'
    const outcome = await answerOf(
      throwing(10001, undefined, { body: () => ({ contentType: 'text/xml; charset=utf-8', text }) }),
    )
    expect(outcome.body).toBe(shown)
    const plain = await answerOf(
      throwing(10001, undefined, { body: () => ({ contentType: 'text/plain', text }) }),
    )
    expect(plain.body).toBe(text.toWellFormed())
  })
})

describe('W02: an envelope that cannot be sent', () => {
  const circle: Record<string, unknown> = {}
  circle['self'] = circle
  const bodies: Readonly<Record<string, () => unknown>> = {
    throws() {
      throw new Error('secret-7')
    },
    'returns a Map': () => new Map([['code', 1]]),
    'returns a promise that rejects': () => Promise.reject(new Error('secret-7')),
    'is async': async () => ({ secret: 'secret-7' }),
    'returns a circle': () => circle,
    'returns a getter that throws': () =>
      Object.defineProperty({}, 'a', {
        enumerable: true,
        get() {
          throw new Error('secret-7')
        },
      }),
    'returns a megabyte': () => ({ text: 'secret-7'.repeat(131_072) }),
    'returns a megabyte of text': () => ({ contentType: 'text/plain', text: 'secret-7'.repeat(131_072) }),
    'returns null': () => null,
    'returns nothing': () => undefined,
    'returns a text without a type': () => 'secret-7',
    'returns a type with a line break': () => ({
      contentType: 'text/plain\r\nX-Secret: secret-7',
      text: 'x',
    }),
    'returns a type that is none': () => ({ contentType: 'secret-7', text: 'x' }),
    'returns another charset': () => ({ contentType: 'text/plain; charset=latin1', text: 'secret-7' }),
    'returns JSON that is none': () => ({ contentType: 'application/json', text: '{"secret-7":' }),
    'returns a text that cannot be read': () =>
      new Proxy(
        {},
        {
          ownKeys() {
            throw new Error('secret-7')
          },
        },
      ),
  }
  for (const [what, body] of Object.entries(bodies)) {
    test(`W02: because it ${what} gives way to the default, each time, and is told each time`, async () => {
      for (const probe of [
        throwing(10001, undefined, { body } as EnvelopeObject),
        throwing(10001, { details: {} }, {
          body: (_error: unknown, _request: unknown) => body(),
        } as EnvelopeObject),
      ]) {
        const outcomes = await Promise.all(
          frameworks.map((framework) => run(framework, { ...probe, secrets: ['secret-7'] })),
        )
        for (const outcome of outcomes) {
          expect([
            outcome.status,
            outcome.headers.get('content-type'),
            outcome.raw.includes('secret-7'),
          ]).toEqual([404, [JSON_TYPE], false])
          expect(JSON.parse(outcome.body)).toMatchObject({ code: 10001, message: 'No such product' })
          expect(warningsOf(outcome)).toEqual([
            expect.stringMatching(
              /^The envelope function (?:failed|returned no object that can be sent); the default/,
            ),
          ])
        }
      }
    })
  }

  onAll(
    'W02: is told again at each answer that it did not make',
    {
      options: {
        catalog: shopIn({
          body() {
            throw new Error('x')
          },
        }),
      },
      routes: {
        '/': () => {
          throw shopIn(errcode).errors[10001]()
        },
      },
    },
    async ({ port, log }) => {
      for (let n = 1; n <= 3; n++) {
        await send(port, { path: '/unknown' })
        expect(log.filter(([level]) => level === 'warn')).toHaveLength(n)
      }
    },
  )

  test('W02: a list is sent: there are APIs whose errors are one', async () => {
    const { body } = await answerOf(
      throwing(10001, undefined, { body: ({ code, message }) => [{ errorCode: code, message }] }),
    )
    expect(body).toBe('[{"errorCode":10001,"message":"No such product"}]')
  })

  test('W02: an object is never sent under a type in which a browser would run it', async () => {
    const outcome = await answerOf(
      throwing(10001, undefined, {
        contentType: 'text/html',
        body: () => ({ a: '<script>alert(1)</script>' }),
      }),
    )
    expect([outcome.headers.get('content-type'), outcome.body]).toEqual([
      [JSON_TYPE],
      '{"code":10001,"message":"No such product"}',
    ])
  })
})

/** A shop that notes what its envelope was called for. */
function counting(body: EnvelopeObject<never>['body']) {
  const calls: unknown[] = []
  const shop = shopIn({
    body: Object.defineProperty(
      (error: ErrorDescription, request: never) => {
        calls.push(error.code)
        return body(error, request)
      },
      'length',
      { value: body.length },
    ),
  })
  return { calls, shop }
}

/** What a route of a shop answers to requests of these ids. */
async function bodies(
  shop: ReturnType<typeof shopIn>,
  route: Route,
  ids: readonly string[],
  headers: Readonly<Record<string, string>> = {},
): Promise<readonly string[]> {
  const { port, server } = await listen(
    frameworks[0]!.listener({ options: { catalog: shop, logger: silent }, routes: { '/': route } }),
  )
  const found: string[] = []
  for (const id of ids) {
    const raw = await send(port, { path: '/', headers: { 'X-Request-ID': id, ...headers } })
    const [head = '', body = ''] = raw.split('\r\n\r\n')
    expect(head).toContain(`Content-Length: ${Buffer.byteLength(body)}`)
    found.push(body)
  }
  server.close()
  server.closeAllConnections()
  return found
}

/** How often it is tried whether another request id can be filled in. */
const TRIALS = 3

describe('W03: a body that is always the same', () => {
  for (const [what, told] of Object.entries<(id: string) => object>({
    once: (id) => ({ id }),
    twice: (id) => ({ id, again: `${id}/${id}` }),
    'not at all': () => ({}),
  })) {
    test(`W03: is made beforehand, though it holds the request id ${what}`, async () => {
      const { calls, shop } = counting(({ code, requestId }) => ({ code, ...told(requestId!) }))
      const ids = ['a', '10001', 'x-3', 'Root=1-6;b|c@d#e/f~g+h']
      expect(
        await bodies(
          shop,
          () => {
            throw shop.errors[10001]()
          },
          ids,
        ),
      ).toEqual(ids.map((id) => JSON.stringify({ code: 10001, ...told(id) })))
      expect(calls.filter((code) => code === 10001)).toHaveLength(TRIALS)
    })
  }

  for (const [what, told] of Object.entries<(id: string) => unknown>({
    'in capitals': (id) => id.toUpperCase(),
    'cut off': (id) => id.slice(0, 3),
    'as its length': (id) => id.length,
    'as a part of an address': (id) => encodeURIComponent(id),
    'as it is, and in capitals': (id) => [id, id.toUpperCase()],
    'in its second part': (id) => id.split('-')[1] ?? null,
    'as the number of its parts': (id) => id.split('-').length,
    'only where it is a UUID': (id) => (/^[\da-f-]{36}$/.test(id) ? id : null),
  })) {
    test(`W03: is made each time where it holds the request id ${what}`, async () => {
      const { calls, shop } = counting(({ requestId }) => ({ id: told(requestId!) }))
      const ids = ['abcdef', 'ab:cd', '6f1c2f6e-6d5c-4a53-9f7d-2f4ce1d5a111']
      expect(
        await bodies(
          shop,
          () => {
            throw shop.errors[10001]()
          },
          ids,
        ),
      ).toEqual(ids.map((id) => JSON.stringify({ id: told(id) })))
      expect(calls.filter((code) => code === 10001)).toHaveLength(TRIALS + ids.length)
    })
  }

  test('W03: cannot write on what all answers share', async () => {
    const { shop } = counting(({ requestId, notes }: ErrorDescription) => {
      Object.assign(notes!, { team: requestId })
      return { notes }
    })
    const route = (): never => {
      throw new shop.BizError(10002, { params: { left: 1 } })
    }
    const flat = '{"code":10002,"message":"Only 1 left"}'
    expect([await bodies(shop, route, ['a', 'b']), shop.get(10002)?.notes]).toEqual([
      [flat, flat],
      { team: 'stock' },
    ])
  })

  test('W03: cannot write on what the same error tells when it is thrown again', async () => {
    const { shop } = counting(
      ({ requestId, details, params, parents, violatedPolicies }: ErrorDescription) => {
        const told = structuredClone({ details, params, parents, violatedPolicies })
        for (const each of [details, params, parents, violatedPolicies])
          Object.assign(each as object, [requestId])
        return told
      },
    )
    const error = new shop.BizError(10002, {
      params: { left: 1 },
      details: ['d'],
      violatedPolicies: ['hour'],
    })
    const route = (): never => {
      throw error
    }
    const told = '{"details":["d"],"params":{"left":1},"parents":[10001],"violatedPolicies":["hour"]}'
    expect(await bodies(shop, route, ['a', 'b'])).toEqual([told, told])
  })

  test('W03: is made each time where one error is told the request id otherwise than others', async () => {
    const { shop } = counting(({ code, requestId }) => ({
      id: code === 10001 ? requestId!.slice(0, 3) : requestId,
    }))
    const ids = ['abcdef', 'ghijkl']
    const found = await bodies(
      shop,
      () => {
        throw shop.errors[10001]()
      },
      ids,
    )
    expect(found).toEqual(['{"id":"abc"}', '{"id":"ghi"}'])
  })

  test('W03: is made once for each throw that says when to come back', async () => {
    const { calls, shop } = counting(({ code, retryAfter }) => ({ code, retryAfter }))
    let seconds = 0
    const found = await bodies(shop, () => {
      throw shop.errors[10001]({ retryAfter: ++seconds })
    }, ['a', 'b', 'c'])
    expect(found).toEqual([1, 2, 3].map((retryAfter) => JSON.stringify({ code: 10001, retryAfter })))
    expect(calls.filter((code) => code === 10001)).toHaveLength(3)
  })

  test('W03: has no request where it names none', async () => {
    const { shop } = counting((...given) => ({ request: given[1] === undefined }))
    const found = await bodies(shop, () => {
      throw shop.errors[10001]({ details: { sku: 1 } })
    }, ['a', 'b'])
    expect(found).toEqual(Array(2).fill('{"request":true}'))
  })

  test('W03: is made each time where it looks at the request, or counts', async () => {
    const seen: string[] = []
    let count = 0
    const { shop } = counting((_error, request: IncomingMessage) => {
      seen.push(request.headers['x-request-id'] as string)
      return { count: ++count }
    })
    await bodies(shop, () => {
      throw shop.errors[10001]()
    }, ['a', 'b'])
    expect(seen.filter((id) => id !== undefined)).toEqual(['a', 'b'])
  })

  test('W03: never shows what belongs to another answer', async () => {
    // All that a description holds.
    const shop = shopIn({ body: (error) => ({ ...error }) })
    let thrown: Error | undefined
    const { port, server } = await listen(
      frameworks[0]!.listener({
        options: {
          catalog: shop,
          logger: silent,
          docsUrl: ({ locale }) => (locale === 'de' ? '/docs/de' : '/docs/en'),
        },
        routes: {
          '/': () => {
            throw thrown!
          },
        },
      }),
    )
    const occurrence = fc.record({
      key: fc.constantFrom<10001 | 10003 | 10004>(10001, 10003, 10004),
      locale: fc.constantFrom('de', 'en'),
      id: fc.constantFrom('a', 'b', 'shop', '10001', 'null'),
      status: fc.constantFrom(undefined, 200, 410, 500),
      retryAfter: fc.constantFrom(undefined, 0, 5, 30),
      details: fc.constantFrom(undefined, { sku: 1 }),
      violatedPolicies: fc.constantFrom(undefined, ['day']),
    })
    await fc.assert(
      fc.asyncProperty(
        occurrence,
        async ({ key, locale, id, status, retryAfter, details, violatedPolicies }) => {
          thrown = new shop.BizError(key, { status, retryAfter, details, violatedPolicies })
          const raw = await send(port, {
            path: '/',
            headers: { 'X-Request-ID': id, 'Accept-Language': locale },
          })
          const is401 = key === 10003
          const german = locale === 'de' && key === 10001
          const entry = shop.get(key)
          const message = german ? 'Kein solches Produkt' : entry.message
          const language = german ? 'de' : 'en'
          expect(JSON.parse(raw.slice(raw.indexOf('\r\n\r\n')))).toEqual(
            JSON.parse(
              JSON.stringify({
                code: key,
                status: status ?? entry.status,
                message,
                locale: language,
                title: entry.title,
                retryable: entry.retryable,
                retryAfter: (is401 ? undefined : retryAfter) ?? entry.retryAfter,
                violatedPolicies: is401 ? undefined : violatedPolicies,
                details: is401 ? undefined : details,
                requestId: id,
                docs: `/docs/${language}`,
                catalog: 'shop',
                key,
                module: 'orders',
                sourceMessage: entry.message,
              }),
            ),
          )
        },
      ),
      { numRuns: 100 },
    )
    server.close()
    server.closeAllConnections()
  })
})

const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'

const xml = ({ code }: ErrorDescription): string => `<error code="${code}"/>`

describe('W04: a map by media type', () => {
  const envelope: EnvelopeMap = {
    'application/json': 'flat',
    'text/html': 'page',
    'application/xml': xml,
    'text/plain': { body: ({ message }) => ({ contentType: 'text/plain; charset=utf-8', text: message }) },
  }
  const HTML = 'text/html; charset=utf-8'
  const XML = 'application/xml; charset=utf-8'
  for (const [accept, type] of [
    [undefined, JSON_TYPE],
    ['*/*', JSON_TYPE],
    ['application/json, text/plain, */*', JSON_TYPE],
    [BROWSER, HTML],
    ['text/html', HTML],
    ['text/html;level=1', HTML],
    ['text/*', HTML],
    ['text/html;q=0.5, application/xml', XML],
    ['application/xml;q=0.5, text/html;q=0.4', XML],
    ['text/plain', 'text/plain; charset=utf-8'],
    ['image/png', JSON_TYPE],
    ['text/html;q=0', JSON_TYPE],
    ['application/json;q=0, text/html;q=0.1', HTML],
    ['nonsense', JSON_TYPE],
  ] as const) {
    test(`W04: answers Accept ${accept} as ${type}, and HEAD with the same head`, async () => {
      const probe = throwing(10001)
      const request = { headers: accept === undefined ? {} : { Accept: accept } }
      const outcome = await answerOf({ ...probe, options: { ...probe.options, envelope }, request })
      const head = await answerOf({
        ...probe,
        options: { ...probe.options, envelope },
        request: { ...request, method: 'HEAD' },
      })
      expect([outcome.status, record(outcome.headers)]).toMatchObject([
        404,
        {
          'content-type': type,
          vary: 'Accept-Language, Accept',
          'content-length': String(Buffer.byteLength(outcome.body)),
          'x-content-type-options': 'nosniff',
          'cache-control': 'no-store',
        },
      ])
      expect(outcome.headers.has('content-security-policy')).toBe(type === HTML)
      expect([record(head.headers), head.body]).toEqual([record(outcome.headers), ''])
      expect(warningsOf(outcome)).toEqual([])
    })
  }

  test('W04: a text under JSON is JSON, and an object under HTML is none', async () => {
    const probe = throwing(10001)
    for (const [map, body, warned] of [
      [{ 'application/json': () => '{"a":1}' }, '{"a":1}', 0],
      [{ 'application/json': () => '{"a":' }, '{"code":10001,"message":"No such product"}', 1],
      [{ 'text/html': () => ({ a: '<script>' }) }, '{"code":10001,"message":"No such product"}', 1],
      [{ 'text/html': () => '<p>Gone</p>' }, '<p>Gone</p>', 0],
      [{ 'text/csv': { body: () => 'a,b' } }, 'a,b', 0],
    ] as const) {
      const outcome = await answerOf({
        ...probe,
        options: { ...probe.options, envelope: map as EnvelopeMap },
      })
      expect([outcome.body, warningsOf(outcome).length]).toEqual([body, warned])
    }
  })
})

function tags(text: string): readonly string[] {
  return text.match(/<[^>]*>/g) ?? []
}

describe('W05: a page', () => {
  const html = defineCatalog({
    name: 'pages',
    errors: {
      1: { status: 409, title: 'Taken & gone', message: '{{name}} is taken', action: 'Choose "another"' },
      2: { status: 404, message: 'Not here' },
    },
    locales: {
      ar: { pages: { 2: { message: 'غير موجود' } } },
      he: { pages: { 2: { message: 'לא נמצא' } } },
      de: { pages: { 2: { message: 'Nicht hier' } } },
    },
  })
  const options = { catalog: html, envelope: { 'application/json': 'flat', 'text/html': 'page' } } as const

  function page(route: Route, headers: Readonly<Record<string, string>> = {}, more: HandlerOptions = {}) {
    return answerOf({
      options: { ...options, ...more },
      route,
      request: { headers: { Accept: BROWSER, ...headers } },
    })
  }

  const notHere: Route = () => {
    throw new html.BizError(2)
  }

  test('W05: is text alone, whatever the params are', async () => {
    const outcome = await page(
      () => {
        throw new html.BizError(1, { params: { name: `<script>alert(1)</script>" onload='x'&amp;` } })
      },
      {},
      { docsUrl: "/docs/?a='&b=" },
    )
    expect(outcome.status).toBe(409)
    expect(outcome.body).toContain(
      '<p>&lt;script&gt;alert(1)&lt;/script&gt;&quot; onload=&#39;x&#39;&amp;amp; is taken</p>',
    )
    expect(outcome.body).toContain('<h1>Taken &amp; gone</h1>')
    expect(outcome.body).toContain('<p>Choose &quot;another&quot;</p>')
    expect(outcome.body).toContain('<a rel="help" href="/docs/?a=&#39;&amp;b=1">')
    expect(outcome.body).toContain('<code>1</code> <code>probe-1</code>')
    expect(outcome.body).not.toMatch(/<(?:script|img|link|iframe)|javascript:/i)
  })

  test('W05: holds no tag that is not ours, whatever the text', async () => {
    const about = { status: 400, locale: 'en', retryable: false }
    const ours = tags(
      writePage({ ...about, code: 'c', message: 'm', title: 't', action: 'a', requestId: 'r' }),
    )
    fc.assert(
      fc.property(anyText(), anyText(), anyText(), anyText(), (code, message, title, action) => {
        const texts = [title, message, action]
        fc.pre(new Set(texts).size === 3)
        const page = writePage({ ...about, code, message, title, action, requestId: 'r' })
        expect(tags(page)).toEqual(ours)
        expect(page).not.toContain('\0')
      }),
    )
  })

  test('W05: lets nothing run, load, frame or be sent, and its style is let in by the hash of it', async () => {
    const { headers, body } = await page(notHere)
    const style = /<style>(.*)<\/style>/s.exec(body)![1]!
    const hash = createHash('sha256').update(style).digest('base64')
    expect(headers.get('content-security-policy')).toEqual([
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    ])
  })

  for (const [locale, direction, message] of [
    ['en', 'ltr', 'Not here'],
    ['de', 'ltr', 'Nicht hier'],
    ['ar', 'rtl', 'غير موجود'],
    ['he', 'rtl', 'לא נמצא'],
  ] as const) {
    test(`W05: is in the language of its reader, ${locale}, from its side`, async () => {
      const { body, headers } = await page(notHere, { 'Accept-Language': locale })
      expect(headers.get('content-language')).toEqual([locale])
      expect(body.split('\n')[1]).toBe(`<html lang="${locale}" dir="${direction}">`)
      expect(body).toContain(`<title>404 ${message}</title>`)
      expect(body).toContain(`<h1>${message}</h1>\n<footer dir="ltr"><code>2</code>`)
    })
  }

  test('W05: has no status in its title that says success', async () => {
    const { body } = await page(notHere, {}, { httpStatus: 200 })
    expect(body).toContain('<title>Not here</title>')
  })

  test('W05: is no way around what every 401 and 500 is', async () => {
    const bodies = await Promise.all(
      [new Error('secret-7'), Object.assign(new Error('secret-7'), { status: 500, expose: true })].map(
        async (error) => {
          const { body } = await page(() => {
            throw error
          })
          return body
        },
      ),
    )
    expect(bodies[0]).toBe(bodies[1])
    expect(bodies[0]).not.toContain('secret-7')
  })
})
