import assert from 'node:assert/strict'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { stripVTControlCharacters } from 'node:util'
import axios from 'axios'
import express from 'express'
import * as fc from 'fast-check'
import Fastify from 'fastify'
import got from 'got'
import { Hono } from 'hono'
import ky from 'ky'
import request from 'supertest'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { errorHandler } from '../../src/adapters/express/index.ts'
import { bizErrors as fastifyErrors } from '../../src/adapters/fastify/index.ts'
import { bizErrors as honoErrors } from '../../src/adapters/hono/index.ts'
import { createClient } from '../../src/client/index.ts'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import type { BizError } from '../../src/error/biz-error.ts'
import { describeError } from '../../src/handler/describe-error.ts'
import { assertBizError, bizError } from '../../src/testing/index.ts'
import '../../src/testing/vitest.ts'

const shop = defineCatalog({
  name: 'shop',
  errors: {
    NOT_FOUND: { code: 10001, status: 404, message: 'Product not found' },
    SOLD_OUT: { code: 10002, status: 409, message: 'Only {{left}} of {{product}} left' },
    HIDDEN: { code: 10001, status: 403, message: 'Product is not for sale here' },
    BUSY: { code: 10029, status: 429, message: 'Too many orders', retryAfter: 60 },
    INVALID: { code: 10003, status: 422, message: 'Please check your order' },
  },
  locales: {
    de: {
      shop: {
        NOT_FOUND: { message: 'Nicht gefunden' },
        SOLD_OUT: { message: 'Nur noch {{left}} von {{product}}' },
        HIDDEN: { message: 'Hier nicht im Angebot' },
        BUSY: { message: 'Zu viele Bestellungen' },
        INVALID: { message: 'Bitte Bestellung prüfen' },
      },
    },
  },
})
const { errors } = shop

const soldOut = (): BizError =>
  errors.SOLD_OUT({ params: { left: 3, product: 'tea' }, details: { seen: [1, 2] } })
const invalid = (): BizError =>
  errors.INVALID({
    fields: [{ path: 'items[0].n', code: 'too_small', params: { min: 1 } }],
    also: [errors.BUSY()],
  })
const routes: Readonly<Record<string, () => BizError>> = {
  '/sold-out': soldOut,
  '/invalid': invalid,
  '/busy': () => errors.BUSY(),
  '/hidden': () => errors.HIDDEN(),
}
const options = { catalog: shop, reveal: { params: true } } as const

const app = express()
const fastify = Fastify()
const hono = new Hono()
let server: Server
let origin: string

beforeAll(async () => {
  await fastify.register(fastifyErrors, options)
  honoErrors(hono, options)
  app.get('/', (_request, response) => void response.json({ id: 7 }))
  app.get(
    '/page',
    (_request, response) => void response.status(502).type('html').send('<h1>Bad gateway</h1>'),
  )
  app.get('/empty', (_request, response) => void response.status(404).end())
  for (const [path, make] of Object.entries(routes)) {
    app.get(path, () => {
      throw make()
    })
    fastify.get(path, () => {
      throw make()
    })
    hono.get(path, () => {
      throw make()
    })
  }
  app.use(errorHandler(options))
  server = app.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  server.close()
  await fastify.close()
})

const get = async (path: string): Promise<Response> =>
  fetch(`${origin}${path}`, { headers: { 'Accept-Language': 'de', Connection: 'close' } })

/** Returns what was thrown. */
async function thrownBy(run: () => unknown): Promise<unknown> {
  try {
    await run()
  } catch (error) {
    return error
  }
  throw new Error('Nothing was thrown')
}

/** The message of a failed assertion, without colors. */
async function failureOf(run: () => unknown): Promise<string> {
  return stripVTControlCharacters(((await thrownBy(run)) as Error).message)
}

const SUBJECTS: Readonly<Record<string, (path: string) => unknown>> = {
  'a BizError': (path) => routes[path]!(),
  'what describeError returns': (path) => describeError(routes[path]!(), { ...options, locale: 'de' }),
  'the same after a way through JSON': (path) =>
    JSON.parse(JSON.stringify(describeError(routes[path]!(), options))) as unknown,
  'an answer of supertest': (path) => request(app).get(path).set('Accept-Language', 'de'),
  'a Response of fetch': get,
  "a Response of Hono's request": (path) => hono.request(path, { headers: { 'Accept-Language': 'de' } }),
  "an answer of Fastify's inject": (path) => fastify.inject({ path, headers: { 'accept-language': 'de' } }),
  'an answer of axios': (path) => axios.get(origin + path, { validateStatus: () => true }),
  'an error of axios': (path) => thrownBy(() => axios.get(origin + path)),
  'an answer of got': (path) => got(origin + path, { retry: { limit: 0 }, throwHttpErrors: false }),
  'an answer of got, parsed': (path) =>
    got(origin + path, { retry: { limit: 0 }, throwHttpErrors: false, responseType: 'json' }),
  'an error of got': (path) => thrownBy(() => got(origin + path, { retry: { limit: 0 } })),
  'an error of ky': (path) => thrownBy(() => ky(origin + path, { retry: 0 })),
  'an ApiError': (path) => thrownBy(() => createClient({ retry: false }).fetch(origin + path)),
}

describe.each(Object.entries(SUBJECTS))('%s', (_what, subjectOf) => {
  test('is the error of its code and of its factory, and no other', async () => {
    const subject = await subjectOf('/sold-out')
    await expect(subject).toBeBizError(10002)
    await expect(subject).toBeBizError(errors.SOLD_OUT, { status: 409 })
    await expect(subject).not.toBeBizError(10001)
    await expect(subject).not.toBeBizError(errors.BUSY)
    await expect(subject).not.toBeBizError('10002')
    await expect(subject).not.toBeBizError(10002, { status: 404 })
    await assertBizError(subject, errors.SOLD_OUT)
    await expect(thrownBy(() => assertBizError(subject, 10001))).resolves.toBeInstanceOf(Error)
  })

  test('is compared in whatever else is expected', async () => {
    const subject = await subjectOf('/sold-out')
    await expect(subject).toBeBizError(10002, {
      message: /3/,
      params: { left: expect.anything() },
      details: { seen: [1, 2] },
      fields: [],
      errors: undefined,
    })
    for (const wrong of [
      { message: /4/ },
      { message: 'Only 3' },
      { params: { left: '4' } },
      { params: { left: expect.any(Boolean) } },
      { details: { seen: [1] } },
      { details: { seen: [1, 2, 3] } },
      { details: undefined },
      { fields: [{}] },
      { retryAfter: 60 },
      { action: expect.any(String) as string },
    ]) {
      await expect(subject, JSON.stringify(wrong)).not.toBeBizError(10002, wrong)
    }
  })

  test('tells its fields and further errors', async () => {
    const subject = await subjectOf('/invalid')
    await expect(subject).toBeBizError(errors.INVALID, {
      fields: [{ path: 'items[0].n', code: 'too_small', params: { min: expect.anything() } }],
      errors: [{ code: 10029 }],
    })
    await expect(subject).not.toBeBizError(errors.INVALID, { fields: [{ path: 'items[1].n' }] })
    await expect(subject).not.toBeBizError(errors.INVALID, { errors: [{ code: 10001 }] })
  })

  test('tells when to try again', async () => {
    await expect(await subjectOf('/busy')).toBeBizError(errors.BUSY, { retryAfter: 60 })
  })

  test('is told by its status from an error that shares its code', async () => {
    const subject = await subjectOf('/hidden')
    await expect(subject).toBeBizError(errors.HIDDEN)
    await expect(subject).toBeBizError(10001)
    await expect(subject).not.toBeBizError(errors.NOT_FOUND)
  })
})

describe('headers', () => {
  test('are compared by name in any case, of an answer and of a BizError', async () => {
    const subjects = [await request(app).get('/busy'), await get('/busy'), errors.BUSY()]
    for (const subject of subjects) {
      await expect(subject).toBeBizError(errors.BUSY, {
        headers: { 'RETRY-AFTER': 60, 'retry-after': /^\d+$/, 'X-None': undefined },
      })
      await expect(subject).not.toBeBizError(errors.BUSY, { headers: { 'Retry-After': '61' } })
      await expect(subject).not.toBeBizError(errors.BUSY, { headers: { 'X-None': expect.any(String) } })
    }
    await expect(subjects[1]).toBeBizError(errors.BUSY, {
      locale: 'de',
      headers: { 'Content-Language': 'de' },
    })
  })
})

test('that there is nothing cannot be said of what has no room for it', async () => {
  const described = describeError(errors.BUSY(), { catalog: shop })
  expect(described).not.toBeBizError(errors.BUSY, { headers: { 'X-None': undefined } })
  expect(errors.BUSY()).toBeBizError(errors.BUSY, { headers: { 'X-None': undefined } })
  for (const none of [{ details: [] }, { params: [] }]) {
    expect(errors.BUSY()).not.toBeBizError(errors.BUSY, none as object)
  }
  expect(errors.BUSY()).toBeBizError(errors.BUSY, { fields: [], errors: [], details: undefined })
})

function customer(): void {
  assertBizError(soldOut(), 10001)
}

const order = (): Promise<never> => Promise.reject(soldOut())

const somebodyElses = (): void => {}

const CODES = { MISSING: { code: 4000, status: 400, message: 'Missing' } } as const

/** Serves one throw, and hands the answer over. */
async function answerOf(
  handler: Parameters<typeof errorHandler>[0] & object,
  thrown: unknown,
): Promise<request.Response> {
  const server = express()
  server.get('/', () => {
    throw thrown
  })
  server.use(errorHandler(handler))
  return request(server).get('/')
}

describe('an answer', () => {
  test.each(['flat', 'nested', 'composite', 'two-level', 'problem'] as const)(
    'is read in the envelope %s',
    async (envelope) => {
      const store = defineCatalog({
        name: 'store',
        envelope,
        errors: { ...CODES, NO_NAME: { code: 2130, parent: 'MISSING', status: 400, message: 'No name' } },
      })
      const answer = await answerOf({ catalog: store }, store.errors.NO_NAME())
      expect(answer).toBeBizError(store.errors.NO_NAME, { message: 'No name' })
      expect(answer).toBeBizError(2130)
      expect(answer).not.toBeBizError(store.errors.MISSING)
      const common = await answerOf({ catalog: store }, store.errors.MISSING())
      expect(common).toBeBizError(store.errors.MISSING, { parent: undefined })
      expect(common).not.toBeBizError(store.errors.NO_NAME)
    },
  )

  test('whose message begins as if it named a finer code has the code that was sent', () => {
    const response = { status: 409, headers: {}, data: { code: 10002, message: '(10001) gone' } }
    expect(response).toBeBizError(errors.SOLD_OUT, { message: '(10001) gone' })
    expect(response).not.toBeBizError(errors.NOT_FOUND)
    const also = [{ code: 10002, message: '(10001) gone' }]
    expect({ ...response, data: { code: 10029, message: 'Busy', errors: also } }).toBeBizError(errors.BUSY, {
      status: 409,
      errors: [{ code: 10002 }],
    })
  })

  test('of a handler that is composite where the catalog is not has the finer code', async () => {
    const store = defineCatalog({
      name: 'store',
      errors: { ...CODES, NO_NAME: { code: 2130, parent: 'MISSING', status: 400, message: 'No name' } },
    })
    const answer = await answerOf({ catalog: store, envelope: 'composite' }, store.errors.NO_NAME())
    expect(answer.body).toEqual({ code: 4000, message: '(2130) No name' })
    expect(answer).toBeBizError(store.errors.NO_NAME, { message: 'No name' })
  })

  test('is read in an envelope of its own by the read of its catalog', async () => {
    const store = defineCatalog({
      name: 'store',
      envelope: {
        body: ({ code, message }) => ({ err: { no: code, text: message } }),
        read: (body) => {
          const { no, text } = (body as { err: { no: number; text: string } }).err
          return { code: no, message: text }
        },
      },
      errors: CODES,
    })
    const answer = await answerOf({ catalog: store }, store.errors.MISSING())
    expect(answer).toBeBizError(store.errors.MISSING, { message: 'Missing' })
    expect(() => expect(answer).toBeBizError(4000)).toThrow(
      /Give shop\.errors\.KEY: its catalog knows its own\./,
    )
  })

  test('in an envelope of its own without a read cannot be read, which is said', async () => {
    const store = defineCatalog({
      name: 'store',
      envelope: { body: ({ code }) => ({ err: code }) },
      errors: CODES,
    })
    const answer = await answerOf({ catalog: store }, store.errors.MISSING())
    expect(await failureOf(() => assertBizError(answer, store.errors.MISSING))).toContain(
      '\n\nThe envelope of catalog store has no read. Give it one: (body) => ({ code }).\n\n',
    )
  })

  test('that is always 200 is an error by its code', async () => {
    const store = defineCatalog({ name: 'store', httpStatus: 200, errors: CODES })
    const answer = await answerOf({ catalog: store }, store.errors.MISSING())
    for (const error of [4000, store.errors.MISSING]) expect(answer).toBeBizError(error, { status: 200 })
    const success = express().get('/', (_request, response) => void response.json(store.ok({ id: 7 })))
    expect(await request(success).get('/')).not.toBeBizError(store.errors.MISSING)
  })

  test('that conceals an error is the other one', async () => {
    const answer = await answerOf({ catalog: shop }, errors.HIDDEN({ as: 'NOT_FOUND' }))
    expect(answer).toBeBizError(errors.NOT_FOUND)
    expect(answer).not.toBeBizError(errors.HIDDEN)
  })
})

test('whatever else it is given, it is not the error', () => {
  fc.assert(
    fc.property(fc.anything({ withMap: true, withNullPrototype: true, withBigInt: true }), (value) => {
      expect(value).not.toBeBizError(errors.BUSY)
      expect(() => assertBizError(value, errors.BUSY)).toThrow(/^Expected code: 10029 \(errors\.BUSY\)\n/)
    }),
  )
})

describe('a failure', () => {
  test('shows what was expected, what came, and the answer as a whole', async () => {
    const subject = await request(app).get('/sold-out')
    expect(
      await failureOf(() => assertBizError(subject, errors.NOT_FOUND, { status: 404, message: /not found/ })),
    ).toBe(`Expected code: 10001 (errors.NOT_FOUND)
Received code: 10002 (errors.SOLD_OUT)

Expected status: 404
Received status: 409

Expected message: /not found/
Received message: 'Only 3 of tea left'

Received: HTTP 409, application/json; charset=utf-8
{
  "code": 10002,
  "message": "Only 3 of tea left",
  "details": {
    "seen": [
      1,
      2
    ]
  },
  "params": {
    "left": 3,
    "product": "tea"
  }
}`)
  })

  test('names matchers as test runners do, within other values too', async () => {
    const expected = {
      details: { seen: [expect.any(String), 2] },
      locale: expect.stringContaining('de') as string,
    }
    const failure = await failureOf(() => assertBizError(soldOut(), 10002, expected))
    expect(failure.replace(/\n {4}at [^]*/, '')).toBe(`Expected details: { seen: [ Any<String>, 2 ] }
Received details: { seen: [ 1, 2 ] }

Expected locale: StringContaining 'de'
Received locale: none

Received: BizError: Only 3 of tea left`)
  })

  test.each<
    readonly [what: string, subject: () => unknown, error: Parameters<typeof bizError>[0], words: RegExp]
  >([
    [
      'of a success says that it is one',
      () => request(app).get('/'),
      10001,
      /Received code: none\n\nThe answer is a success\.\n\nReceived: HTTP 200, application\/json; charset=utf-8\n\{\n {2}"id": 7\n\}$/,
    ],
    [
      'of an answer without a body says so',
      () => request(app).get('/empty'),
      10001,
      /\n\nThe answer has no body\.\n\nReceived: HTTP 404$/,
    ],
    [
      "of a proxy's page shows it",
      () => request(app).get('/page'),
      10001,
      /\n\nReceived: HTTP 502, text\/html; charset=utf-8\n<h1>Bad gateway<\/h1>$/,
    ],
    [
      'of a key says which code it has',
      soldOut,
      'SOLD_OUT',
      /\n\n'SOLD_OUT' is its key\. Give the code, or errors\.SOLD_OUT\.\n\n/,
    ],
    [
      'of what may be a key, of an answer, says what to give for one',
      () => request(app).get('/sold-out'),
      'SOLD_OUT',
      /\n\nThe code is a number\. If 'SOLD_OUT' is a key, give errors\.SOLD_OUT\.\n\n/,
    ],
    [
      'of a text that looks like the number says so',
      soldOut,
      '10002',
      /\n\nA code that is a number is not the same as a text\.\n\n/,
    ],
    [
      'of a key that the catalog has not names it',
      () => new shop.BizError('SOLDOUT' as 'BUSY'),
      errors.SOLD_OUT,
      /\n\nCatalog shop has no error "SOLDOUT", so this one was made\.\n\n/,
    ],
    [
      'of another error shows that',
      () => new TypeError('Cannot read'),
      10002,
      /\n\nThis is no error of a catalog, and no HTTP answer with status and headers\.\n\nReceived: TypeError: Cannot read\n/,
    ],
    ['of nothing says none', () => undefined, 10002, /\n\nReceived: none$/],
    [
      "of another catalog's error names both",
      () => defineCatalog({ name: 'bar', errors: CODES }).errors.MISSING(),
      errors.SOLD_OUT,
      /^Expected error: shop SOLD_OUT\nReceived error: bar MISSING\n\n/,
    ],
  ])('%s', async (_what, subjectOf, error, words) => {
    const subject = await subjectOf()
    expect(await failureOf(() => assertBizError(subject, error))).toMatch(words)
    expect(subject).not.toBeBizError(error)
  })

  test('shows no more than the start of a long body', async () => {
    const long = { status: 500, headers: {}, body: 'x'.repeat(9_000) }
    expect(await failureOf(() => assertBizError(long, 1))).toMatch(/\nx{2000}… and 7000 more$/)
  })

  test('of not shows what was not to come', async () => {
    expect(await failureOf(() => expect(errors.BUSY()).not.toBeBizError(errors.BUSY))).toMatch(
      /^expect\(received\)\.not\.toBeBizError\(errors\.BUSY\)\n\nExpected: not errors\.BUSY\n\nReceived: BizError: Too many orders\n/,
    )
  })

  test('starts its stack where it was asked for', async () => {
    expect(((await thrownBy(customer)) as Error).stack).toMatch(/\n {4}at customer /)
  })
})

describe('bizError', () => {
  test('passes or fails for supertest', async () => {
    await request(app)
      .get('/sold-out')
      .expect(409)
      .expect(bizError(errors.SOLD_OUT, { details: { seen: [1, 2] } }))
    const failure = await thrownBy(() => request(app).get('/sold-out').expect(bizError(errors.BUSY)))
    expect((failure as Error).message).toMatch(
      /^Expected code: 10029 \(errors\.BUSY\)\nReceived code: 10002 \(errors\.SOLD_OUT\)\n/,
    )
    expect((failure as Error).stack).toContain('biz-error.test.ts')
  })

  test('passes or fails for node:assert', async () => {
    await assert.rejects(order(), bizError(errors.SOLD_OUT))
    await expect(assert.rejects(order(), bizError(10001))).rejects.toThrow(
      /^Expected code: 10001\nReceived code: 10002\n/,
    )
    assert.throws(() => {
      throw soldOut()
    }, bizError(10002))
  })

  test('is a matcher within what others compare', () => {
    const next = vi.fn()
    next(soldOut())
    expect(next).toHaveBeenCalledWith(bizError(errors.SOLD_OUT))
    expect(next).not.toHaveBeenCalledWith(bizError(errors.BUSY))
    expect([soldOut()]).toEqual([bizError(10002, { status: 409 })])
    expect([soldOut()]).not.toEqual([bizError(10002, { status: 404 })])
    expect([bizError(10002)]).toEqual([soldOut()])
    expect([somebodyElses]).toEqual([somebodyElses])
    expect(() => {
      throw soldOut()
    }).toThrow(bizError(errors.SOLD_OUT))
    expect(() => {
      throw soldOut()
    }).not.toThrow(bizError(errors.BUSY))
    expect(String(bizError(errors.SOLD_OUT))).toBe('bizError(errors.SOLD_OUT)')
  })
})

describe('toBeBizError', () => {
  test('is a matcher within what others compare', () => {
    expect({ error: soldOut() }).toEqual({ error: expect.toBeBizError(errors.SOLD_OUT) as unknown })
    expect({ error: soldOut() }).toEqual({ error: expect.not.toBeBizError(10001) as unknown })
    expect({ error: soldOut() }).not.toEqual({ error: expect.toBeBizError(10001) as unknown })
    expect(() => {
      throw soldOut()
    }).toThrow(expect.toBeBizError(10002))
  })

  test('waits for what is thrown or read later', async () => {
    await expect(Promise.reject(soldOut())).rejects.toBeBizError(errors.SOLD_OUT)
    await expect(get('/sold-out')).resolves.toBeBizError(errors.SOLD_OUT)
    const response = await get('/sold-out')
    const promise: Promise<void> = expect(response).toBeBizError(errors.BUSY)
    expect(await failureOf(() => promise)).toContain('Received code: 10002 (errors.SOLD_OUT)')
    expect(await response.json()).toMatchObject({ code: 10002 })
  })
})

describe('what cannot be compared is told, whether or not it should be the error', () => {
  test.each<
    readonly [what: string, subject: () => unknown, error: unknown, expected: unknown, message: string]
  >([
    [
      'a promise',
      () => request(app).get('/busy'),
      1,
      undefined,
      'A promise was given to the matcher. Wait for it: expect(await …).',
    ],
    [
      'a code that is undefined',
      soldOut,
      (errors as { SOLDOUT?: unknown }).SOLDOUT,
      undefined,
      'toBeBizError was called with undefined. Give a code, or shop.errors.KEY.',
    ],
    [
      'a function that makes no errors',
      soldOut,
      () => {},
      undefined,
      'toBeBizError was called with a function. Give a code, or shop.errors.KEY.',
    ],
    [
      'an error in place of its function',
      soldOut,
      soldOut(),
      undefined,
      'toBeBizError was called with an error that was made. Give the function that makes it: errors.SOLD_OUT, without a call.',
    ],
    [
      'a status in second place',
      soldOut,
      10002,
      409,
      'toBeBizError was called with 409 in second place. Give what else is expected: { status, message, details, … }.',
    ],
    [
      'a member that there is not',
      soldOut,
      10002,
      { mesage: 'x' },
      'toBeBizError has no "mesage". Did you mean message?',
    ],
    [
      'headers that are no record',
      soldOut,
      10002,
      { headers: new Map() },
      'toBeBizError, headers was given a Map, or what can be iterated as well. Give a plain object.',
    ],
  ])('%s', (_what, subjectOf, error, expected, message) => {
    const subject = { value: subjectOf() }
    const refused = expect.objectContaining({ name: 'SetupError', message }) as Error
    const compare = (not: boolean) => () => {
      const { value } = subject
      const assertion = not ? expect(value).not : expect(value)
      assertion.toBeBizError(error as number, expected as object)
    }
    expect(compare(false)).toThrow(refused)
    expect(compare(true)).toThrow(refused)
  })

  test('a Response whose body has been read', async () => {
    const response = await get('/sold-out')
    await response.text()
    for (const assertion of [expect(response), expect(response).not]) {
      expect(() => void assertion.toBeBizError(10002)).toThrow(
        /^The body of the Response has been read already\. /,
      )
    }
  })

  test.each([
    [
      'a body alone',
      { code: 10002, message: 'Sold out' },
      /\n\nThis is a body alone\. Give the whole answer, which has status and headers\.\n\nReceived: \{ code: 10002/,
    ],
    ['the body of the envelope nested', { error: { code: 10002 } }, /This is a body alone\./],
    [
      'a function that nobody has called',
      () => errors.BUSY(),
      /This is a function, which nobody calls\. Write expect\(…\)\.toThrow/,
    ],
  ])('%s', async (_what, value, words) => {
    expect(() => expect(value).toBeBizError(10002)).toThrow(words)
    expect(() => expect(value).not.toBeBizError(10002)).toThrow(words)
    expect([value]).toEqual([expect.not.toBeBizError(10002)])
    await expect(Promise.reject(value)).rejects.not.toBeBizError(10002)
  })

  test('a Response where nobody can wait', async () => {
    const response = await get('/busy')
    expect(() => bizError(errors.BUSY)(response)).toThrow(
      /^bizError cannot wait for the body of a Response\. /,
    )
    expect(() => expect([response]).toEqual([expect.toBeBizError(errors.BUSY)])).toThrow(
      /^expect\.toBeBizError cannot wait for the body of a Response\. /,
    )
    expect(() => expect([response]).toEqual([expect.not.toBeBizError(errors.BUSY)])).toThrow(/cannot wait/)
  })

  test('that jest has no expect yet', async () => {
    await expect(import('../../src/testing/jest.ts')).rejects.toThrow(
      /^bizerror\/testing\/jest found no global expect\. Name it in setupFilesAfterEnv, not in setupFiles; /,
    )
  })

  test('a member of bizError, when it is made', () => {
    expect(() => bizError(10002, { stauts: 409 } as object)).toThrow(
      'bizError has no "stauts". Did you mean status?',
    )
  })
})
