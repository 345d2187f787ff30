import Router from '@koa/router'
import express from 'express'
import httpAssert from 'http-assert'
import createError from 'http-errors'
import type Koa from 'koa'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import * as koaFace from '../../src/adapters/koa/index.ts'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import type { HandlerOptions } from '../../src/handler/options.ts'
import { frameworks, koaCallback, koas, listen } from '../support/frameworks.ts'
import { run, throws, type Outcome } from '../support/guarantees.ts'
import { send } from '../support/raw.ts'
import { recorder } from '../support/served.ts'
import { answers } from '../support/whole-answer.ts'

const shop = defineCatalog({
  name: 'shop',
  challenge: 'Bearer',
  errors: {
    SOLD_OUT: { code: 7, status: 409, message: 'Only {{left}} left', meta: { isBusiness: true } },
    'a/b': { status: 404, message: 'Not here' },
    LOGIN: { code: 9, status: 401, message: 'Sign in' },
    BROKEN: { code: 500, status: 500, message: 'Broken' },
  },
  locales: { de: { shop: { SOLD_OUT: { message: 'Nur {{left}} da' } } } },
})
const soldOut = throws(shop.errors.SOLD_OUT({ params: { left: 3 } }))
const message = 'Only 3 left'

async function answerOf(probe: Parameters<typeof run>[1]): Promise<Outcome> {
  const outcomes = await Promise.all(frameworks.map((framework) => run(framework, probe)))
  for (const { raw, framework } of outcomes) expect(raw, framework).toBe(outcomes[0]!.raw)
  return outcomes[0]!
}

const warningsOf = ({ log }: Outcome): readonly string[] =>
  log.filter(([level]) => level === 'warn').map(([, , text]) => text)

describe('W06: the status of an answer', () => {
  test('W06: is what a function of the error says, of the handler before that of the catalog', async () => {
    const business = defineCatalog({
      name: 'business',
      httpStatus: ({ meta, status }) => (meta?.['isBusiness'] === true ? 200 : status),
      errors: {
        1: { status: 409, message: 'Sold out', meta: { isBusiness: true } },
        2: { status: 503, message: 'Closed' },
      },
    })
    const statuses: number[] = []
    for (const [error, options] of [
      [business.errors[1](), {}],
      [business.errors[2](), {}],
      [business.errors[1](), { httpStatus: () => 418 }],
      [business.errors[2](), { httpStatus: 200 }],
    ] as const) {
      const { status, reports } = await answerOf({
        options: { catalog: business, ...options },
        route: throws(error),
      })
      statuses.push(status)
      expect(reports[0]?.status).toBe(status)
    }
    expect(statuses).toEqual([200, 503, 418, 200])
  })

  test("W06: is of the error's own catalog, and has its own code and body whatever the function says", async () => {
    const always = defineCatalog({
      name: 'always',
      httpStatus: 200,
      envelope: 'problem',
      errors: { 1: { status: 409, message: 'Taken' } },
    })
    const { status, body } = await answerOf({ options: { catalog: shop }, route: throws(always.errors[1]()) })
    expect([status, JSON.parse(body)]).toEqual([
      200,
      { type: 'about:blank', title: 'Taken', status: 200, detail: 'Taken', code: 1, request_id: 'probe-1' },
    ])
  })

  const nonsense: Readonly<Record<string, () => unknown>> = {
    throws() {
      throw new Error('secret-7')
    },
    'returns nothing': () => undefined,
    'returns a status of successes': () => 204,
    'returns a fraction': () => 404.5,
    'returns a text': () => '404',
    'returns no status': () => 600,
    'returns a promise that rejects': () => Promise.reject(new Error('secret-7')),
  }
  for (const [what, httpStatus] of Object.entries(nonsense)) {
    test(`W06: is the error's own where the function ${what}, and that is told`, async () => {
      const outcome = await answerOf({
        options: { catalog: shop, httpStatus: httpStatus as () => number },
        route: soldOut,
        secrets: ['secret-7'],
      })
      expect([outcome.status, outcome.body, warningsOf(outcome)]).toEqual([
        409,
        JSON.stringify({ code: 7, message }),
        [expect.stringMatching(/^httpStatus (?:failed|returned .*); the error's own status was sent$/)],
      ])
    })
  }
})

describe('W06: the documentation of an error', () => {
  answers(
    'W06: is what a function of the error says',
    {
      options: {
        catalog: shop,
        envelope: 'problem',
        docsUrl: ({ key, locale }) => `https://x.y/${locale}/${key}`,
      },
      route: soldOut,
      request: { headers: { 'Accept-Language': 'de' } },
    },
    {
      status: 409,
      body: {
        type: 'https://x.y/de/SOLD_OUT',
        title: 'Nur 3 da',
        status: 409,
        detail: 'Nur 3 da',
        code: 7,
        request_id: 'probe-1',
      },
      headers: {
        'Content-Type': 'application/problem+json',
        'Content-Language': 'de',
        Link: '<https://x.y/de/SOLD_OUT>; rel="help"',
      },
    },
  )

  test('W06: is asked for once for each answer, and is in no answer for which there is none', async () => {
    const asked: unknown[] = []
    const outcome = await answerOf({
      options: {
        catalog: shop,
        envelope: 'problem',
        docsUrl({ code }) {
          asked.push(code)
          return undefined
        },
      },
      route: soldOut,
    })
    expect([asked, outcome.headers.has('link'), warningsOf(outcome)]).toEqual([[7, 7, 7, 7], false, []])
  })

  const wrong: Readonly<Record<string, () => unknown>> = {
    throws() {
      throw new Error('secret-7')
    },
    'returns a script': () => 'javascript:alert("secret-7")',
    'returns a line break': () => '/a\r\nX-Secret: secret-7',
    'returns a user': () => 'https://user:secret-7@x.y/',
    'returns a blank': () => '/secret-7 secret-7',
    'returns another host by its path': () => '//secret-7/',
    'returns what no header has room for': () => `/${'secret-7'.repeat(1000)}`,
    'returns a number': () => 7,
    'returns a promise that rejects': () => Promise.reject(new Error('secret-7')),
  }
  for (const [what, docsUrl] of Object.entries(wrong)) {
    test(`W06: is left out where the function ${what}, and that is told once`, async () => {
      const { options, log } = recorder()
      for (const { listener } of frameworks.slice(0, 1)) {
        const { port, server } = await listen(
          listener({
            options: { ...options, catalog: shop, docsUrl: docsUrl as () => string },
            routes: { '/': soldOut },
          }),
        )
        for (let n = 0; n < 3; n++) {
          const raw = await send(port, { path: '/' })
          expect(raw).toContain('HTTP/1.1 409')
          expect(raw).not.toMatch(/secret-7|^Link/m)
        }
        server.close()
        server.closeAllConnections()
      }
      expect(log.filter(([level]) => level === 'warn').map(([, , text]) => text)).toEqual([
        expect.stringMatching(
          /^docsUrl (?:failed|returned .*); errors were sent without their documentation$/,
        ),
      ])
    })
  }
})

describe('W07: params', () => {
  const reveal = { params: true }
  const params = { left: 3 }
  for (const [envelope, body] of [
    ['flat', { code: 7, message, details: { a: 1 }, params }],
    ['nested', { error: { code: 7, message, request_id: 'probe-1', details: { a: 1 }, params } }],
    ['composite', { code: 7, message, details: { a: 1 }, params }],
    ['two-level', { code: 7, sub_code: null, message, data: { a: 1 }, params }],
    [
      'problem',
      {
        type: 'about:blank',
        title: message,
        status: 409,
        detail: message,
        code: 7,
        request_id: 'probe-1',
        details: { a: 1 },
        params,
      },
    ],
  ] as const) {
    const headers = envelope === 'problem' ? { 'Content-Type': 'application/problem+json' } : {}
    answers(
      `W07: stand beside details in ${envelope}`,
      {
        options: { catalog: shop, envelope, reveal },
        route: throws(shop.errors.SOLD_OUT({ params: { left: 3 }, details: { a: 1 } })),
      },
      { status: 409, body, headers },
    )
  }

  answers(
    'W07: are not told where the app does not say so',
    { options: { catalog: shop }, route: soldOut },
    { status: 409, body: { code: 7, message } },
  )
  answers(
    'W07: are not told of a concealed error',
    {
      options: { catalog: shop, reveal, conceal: [{ errors: ['SOLD_OUT'], as: 'a/b' }] },
      route: soldOut,
    },
    { status: 404, body: { code: 'a/b', message: 'Not here' } },
  )
})

const own = (error: Error, members: object = {}): Error =>
  Object.assign(error, { status: 409, expose: true }, members)
/** As http-errors marks what it is given. */
const wrapped = (error: Error): Error => createError(409, error)

describe('W07: the message of a foreign error', () => {
  const options: HandlerOptions = { catalog: shop, reveal: { foreignMessages: true } }
  const generic = 'Conflict'
  const text = 'The name is taken'
  class AppError extends Error {
    status = 409
    expose = true
  }
  class Shown extends Error {
    readonly status = 409
    get expose(): boolean {
      return true
    }
  }
  const asserted = (): unknown => {
    try {
      httpAssert(false, 409, text)
    } catch (error) {
      return error
    }
    return undefined
  }
  const pg = Object.assign(new Error('duplicate key value secret-7'), {
    name: 'error',
    code: '23505',
    severity: 'ERROR',
    schema: 'public',
    table: 'users',
    constraint: 'users_name_key',
    detail: 'Key (name)=(secret-7) already exists.',
  })

  const table: readonly (readonly [what: string, error: unknown, sent: string])[] = [
    ['of http-errors', createError(409, text), text],
    ['of a class of http-errors', new createError.Conflict(text), text],
    ['of http-assert', asserted(), text],
    ['that the app marked', own(new Error(text)), text],
    ['of a class of the app', new AppError(text), text],
    ['of a class of the app with a getter', new Shown(text), text],
    ['below another error', new Error('secret-7', { cause: createError(409, text) }), text],
    ['with a code of its own', createError(409, text, { code: 'TAKEN' }), text],
    ['without a message', createError(409), generic],
    ['whose message is blank', createError(409, ' \n '), generic],
    ['that is not made to be shown', Object.assign(new Error('secret-7'), { status: 409 }), generic],
    ['that says it is not', createError(409, 'secret-7', { expose: false }), generic],
    [
      'whose mark is no boolean',
      Object.assign(new Error('secret-7'), { status: 409, expose: 'yes' }),
      generic,
    ],
    ['that wraps a fault of the language', wrapped(new SyntaxError('secret-7')), generic],
    [
      'that wraps a file that is not there',
      wrapped(Object.assign(new Error('/srv/secret-7'), { code: 'ENOENT', syscall: 'open' })),
      generic,
    ],
    ['that wraps what a database said', wrapped(pg), generic],
    [
      'whose message cannot be read',
      own(
        Object.defineProperty(new Error('x'), 'message', {
          get() {
            throw new Error('secret-7')
          },
        }),
      ),
      generic,
    ],
    [
      'whose message is no text',
      own(Object.assign(new Error('x'), { message: { secret: 'secret-7' } })),
      generic,
    ],
    ['with controls', createError(409, 'a\r\nb\0c\u2028d'), 'a b c d'],
    ['with what reorders text', createError(409, 'a\u202Eb\u2066c'), 'abc'],
    ['with half a pair', createError(409, 'a\ud800'), 'a\uFFFD'],
    ['of a megabyte', createError(409, 'a'.repeat(1_048_576)), `${'a'.repeat(1024)}…`],
    ['with a placeholder', createError(409, 'Hello {{name}}'), 'Hello {{name}}'],
  ]
  for (const [what, error, sent] of table) {
    test(`W07: ${what} is ${sent === generic ? 'ours' : 'its own'}`, async () => {
      const { status, body, headers, raw } = await answerOf({
        options,
        route: throws(error),
        secrets: ['secret-7'],
      })
      expect([status, JSON.parse(body), headers.get('content-language')]).toEqual([
        409,
        { code: 409, message: sent },
        ['en'],
      ])
      expect(raw).not.toContain('secret-7')
    })
  }

  test('W07: is ours where the app does not say otherwise', async () => {
    const { body } = await answerOf({
      options: { catalog: shop },
      route: throws(createError(409, 'secret-7')),
    })
    expect(JSON.parse(body)).toEqual({ code: 409, message: generic })
  })

  for (const status of [401, 500, 503]) {
    test(`W07: of a ${status} is never told`, async () => {
      const error = createError(status, 'secret-7', { expose: true })
      const { raw } = await answerOf({ options, route: throws(error) })
      expect(raw).toContain(`HTTP/1.1 ${status}`)
      expect(raw).not.toContain('secret-7')
    })
  }

  test('W07: is not told of a concealed error, nor where a rule says what it is', async () => {
    for (const more of [
      { conceal: { 409: 'a/b' } },
      { identify: { when: Error, error: 'a/b' } },
    ] satisfies HandlerOptions[]) {
      const { raw } = await answerOf({
        options: { ...options, ...more },
        route: throws(createError(409, 'secret-7')),
      })
      expect(raw).toContain('{"code":"a/b","message":"Not here"}')
    }
  })

  test('W07: is in the language of the catalog, whatever the client reads', async () => {
    const laden = defineCatalog({
      name: 'laden',
      sourceLocale: 'de',
      errors: { 409: { status: 409, title: 'Konflikt', message: 'Geht nicht' } },
      locales: { fr: { laden: { 409: { title: 'Conflit', message: 'Impossible' } } } },
    })
    const { headers, body } = await answerOf({
      options: { ...options, catalog: laden, envelope: 'problem' },
      route: throws(createError(409, 'Der Name ist vergeben')),
      request: { headers: { 'Accept-Language': 'fr' } },
    })
    expect([headers.get('content-language'), JSON.parse(body)]).toMatchObject([
      ['de'],
      { title: 'Konflikt', detail: 'Der Name ist vergeben' },
    ])
  })

  test('W07: that quotes what the client sent is never told', async () => {
    const { port, server } = await listen(frameworks[0]!.listener({ options, routes: {} }))
    const raw = await send(port, {
      method: 'POST',
      path: '/',
      headers: { 'Content-Type': 'application/json' },
      body: '{"password":secret-7}',
    })
    const charset = await send(port, {
      method: 'POST',
      path: '/',
      headers: { 'Content-Type': 'application/json; charset=secret-7' },
      body: '{}',
    })
    server.close()
    server.closeAllConnections()
    expect([raw.slice(0, 12), charset.slice(0, 12)]).toEqual(['HTTP/1.1 400', 'HTTP/1.1 415'])
    expect(raw + charset).not.toContain('secret-7')
  })

  test.each(koas)(
    "W07: is kept from ctx.throw and ctx.assert of %s, and the app's fields have our texts",
    async (_name, Version) => {
      const app: Koa = new Version()
      const router = new Router()
      router.get('/throw', (ctx) => ctx.throw(409, text))
      router.get('/assert', (ctx) => ctx.assert(false, 409, text))
      router.get('/plain', (ctx) => ctx.throw(409))
      router.get('/zod', (ctx) => ctx.throw(422, z.object({ a: z.string() }).safeParse({}).error!))
      app.use(koaFace.errorHandler({ ...options, logger: { error() {}, warn() {}, info() {} } }))
      app.use(router.routes())
      const { port, server } = await listen(koaCallback(app))
      const bodies = await Promise.all(
        ['/throw', '/assert', '/plain', '/zod'].map(async (path) =>
          (await fetch(`http://127.0.0.1:${port}${path}`)).json(),
        ),
      )
      server.close()
      server.closeAllConnections()
      expect(bodies).toMatchObject([
        { message: text },
        { message: text },
        { message: generic },
        { message: 'Unprocessable content', details: { fields: [{ path: 'a' }] } },
      ])
    },
  )

  test('W07: is kept on an Express app that had none of our errors before', async () => {
    const { errorHandler } = await import('../../src/adapters/express/index.ts')
    const app = express()
    app.get('/', (_request, _response, next) => next(createError(404, 'No such user')))
    app.use(errorHandler({ reveal: { foreignMessages: true }, logger: { error() {}, warn() {}, info() {} } }))
    const { port, server } = await listen(app)
    const response = await fetch(`http://127.0.0.1:${port}/`)
    server.close()
    server.closeAllConnections()
    expect([response.status, await response.json()]).toEqual([404, { code: 404, message: 'No such user' }])
  })
})
