import { STATUS_CODES } from 'node:http'
import { bodyParser } from '@koa/bodyparser'
import createError from 'http-errors'
import type Koa from 'koa'
import { describe, expect, test } from 'vitest'
import * as koaFace from '../../src/adapters/koa/index.ts'
import { BizError } from '../../src/catalogs/cloud-waf.ts'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import { SetupError } from '../../src/guard/setup-error.ts'
import { koaCallback, koas, optionsOf, type Framework } from '../support/frameworks.ts'
import type { RawRequest } from '../support/raw.ts'
import { holds, throws, type Expected } from '../support/guarantees.ts'
import { STATUS_TEXTS } from '../../src/catalog/http-status.ts'

const bad: Expected = {
  status: 400,
  body: { code: 400, message: 'Bad request (JSON parse fail / missing required field)' },
}
const conflict: Expected = { status: 409, body: { code: 409, message: 'Conflict (e.g. duplicate create)' } }
/** The code of a class with the text of the status, where there is one. */
function generic(status: number): Expected {
  if (!Object.hasOwn(STATUS_TEXTS, status)) return { ...(status < 500 ? bad : internal), status }
  const message = STATUS_TEXTS[status as keyof typeof STATUS_TEXTS]
  return status === 400 ? bad : { status, body: { code: status < 500 ? 400 : 500, message } }
}

const internal: Expected = { status: 500, body: { code: 500, message: 'Internal server error' } }

const shop = defineCatalog({
  name: 'shop',
  errors: {
    418: { status: 418, message: 'No coffee here' },
    451: { status: 451, message: 'Not in your country' },
    499: { status: 499, message: 'You went away' },
    599: { status: 599, message: 'The network timed out' },
  },
})

describe('B. Status', () => {
  const notForErrors = [200, 204, 205, 304, 100, 101, 103, 302, 399, 600, 999, 1000, 1e21, -1, 0]
  for (const status of [...notForErrors, Number.NaN, Number.POSITIVE_INFINITY, 400.5, 404.000_000_1]) {
    const id = Number.isInteger(status) || !Number.isFinite(status) ? 'P-B01' : 'P-B02'
    const headers = { Location: 'https://evil.example/secret-7', 'X-Evil': 'secret-7' }
    for (const [name, members] of Object.entries({
      status: { status },
      statusCode: { statusCode: status },
      both: { status, statusCode: status },
    })) {
      holds(
        `${id}: a foreign error with ${name} ${status} is the generic 500, without its headers`,
        {
          route: throws(Object.assign(new Error('secret-7'), { headers, expose: true, ...members })),
          secrets: ['secret-7'],
        },
        { ...internal, headers: { Location: null, 'X-Evil': null } },
      )
    }
    // 200 is allowed: idempotent endpoints answer a code that way.
    if (status !== 200) {
      holds(
        `${id}: a BizError with status ${status} keeps the status of its code`,
        {
          route: () => {
            throw new BizError(1006, { status, headers: { Location: headers.Location } })
          },
          secrets: ['secret-7'],
        },
        {
          status: 409,
          body: { code: 1006, message: 'Username already exists' },
          headers: { Location: null },
        },
      )
    }
  }

  for (const [name, status] of Object.entries({
    'the string 404': '404',
    'the BigInt 404n': 404n,
    'a Symbol': Symbol('404'),
    'an object that becomes 404': { valueOf: () => 404, toString: () => '404' },
    'a boxed 404': Object(404) as unknown,
    'an array of 404': [404],
    null: null,
    true: true,
  })) {
    holds(
      `P-B03: ${name} is no status: generic 500`,
      { route: throws(Object.assign(new Error('x'), { status })) },
      internal,
    )
    holds(
      `P-B03: ${name} is no status: a BizError keeps that of its code`,
      {
        route: () => {
          throw Reflect.construct(BizError, [1006, { status }])
        },
      },
      { status: 409, body: { code: 1006, message: 'Username already exists' } },
    )
  }

  for (const { code, status, message } of shop) {
    holds(
      `P-B04: status ${status} of an entry is sent as given, with a harmless reason phrase`,
      {
        route: () => {
          throw Reflect.construct(shop.BizError, [code])
        },
      },
      {
        status,
        body: { code, message },
        also: ({ raw }) =>
          expect(raw.split('\r\n')[0]).toBe(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'unknown'}`),
      },
    )
  }

  holds(
    'P-B05: http-errors: the status counts, the message does not, though it is exposed',
    {
      route: throws(
        createError(409, 'secret-7', { expose: true, headers: { 'X-Bob': 'secret-7' }, details: 'secret-7' }),
      ),
      secrets: ['secret-7'],
    },
    conflict,
  )
  for (const [name, error, status, message] of [
    ['a status that the catalog has no code for', createError(409, 'secret-7'), 409, 'Conflict'],
    ['a 5xx of its own', createError(502, 'secret-7', { expose: true }), 502, 'Bad gateway'],
    ['a status without a generic text', createError(431, 'secret-7'), 431, 'Request header fields too large'],
  ] as const) {
    holds(
      `P-B05: http-errors, ${name}: the generic text of the status`,
      { options: { catalog: shop }, route: throws(error), secrets: ['secret-7'] },
      { status, body: { code: status, message } },
    )
  }
  const json = { 'Content-Type': 'application/json' }
  const posts: readonly (readonly [string, Partial<RawRequest>, number])[] = [
    ['malformed JSON', { headers: json, body: '{"password":secret-7}' }, 400],
    [
      'an unknown content encoding',
      { headers: { ...json, 'Content-Encoding': 'secret-7' }, body: '{}' },
      415,
    ],
  ]
  for (const [name, request, status] of posts) {
    holds(
      `P-B05: body-parser, ${name}: ${status} and the generic text`,
      {
        ...(status === 415 && { needs: 'look at an encoding' }),
        request: { method: 'POST', ...request },
        secrets: ['secret-7', 'JSON at', 'ecret'],
      },
      generic(status),
    )
  }
  holds(
    "P-B05: Koa's ctx.throw: the status counts, the message does not, though it is exposed",
    { secrets: ['secret-7'] },
    conflict,
    koaThatThrows((context) =>
      context.throw(409, 'secret-7', { expose: true, headers: { 'X-Bob': 'secret-7' } }),
    ),
  )
  holds(
    "P-B05: Koa's ctx.assert: the status counts, the message does not",
    { secrets: ['secret-7'] },
    conflict,
    koaThatThrows((context) => context.assert(false, 409, 'secret-7')),
  )

  for (const [name, members, status] of [
    ['status 200, statusCode 422', { status: 200, statusCode: 422 }, 422],
    ['status 422, statusCode 200', { status: 422, statusCode: 200 }, 422],
    ['status "409", statusCode 422', { status: '409', statusCode: 422 }, 422],
    ['status 422, statusCode 409', { status: 422, statusCode: 409 }, 422],
    ['status 400.5, statusCode 422', { status: 400.5, statusCode: 422 }, 422],
  ] as const) {
    holds(
      `P-B06: ${name}: the first that is valid is taken`,
      { route: throws(Object.assign(new Error('x'), members)) },
      generic(status),
    )
  }

  // Where no catalog can be made, there is no server to ask.
  const entry = { status: 404, message: 'Not there' }
  for (const [name, errors, message] of [
    [
      'status "404"',
      { 1006: { status: '404', message: 'x' } },
      'Catalog shop, error 1006 has status "404", expected an integer from 400 to 599, or 200 for an error that is answered with it.',
    ],
    [
      'status 99',
      { 1006: { status: 99, message: 'x' } },
      'Catalog shop, error 1006 has status 99, expected an integer from 400 to 599, or 200 for an error that is answered with it.',
    ],
    [
      'status 600',
      { 1006: { status: 600, message: 'x' } },
      'Catalog shop, error 1006 has status 600, expected an integer from 400 to 599, or 200 for an error that is answered with it.',
    ],
    [
      'status 404.5',
      { 1006: { status: 404.5, message: 'x' } },
      'Catalog shop, error 1006 has status 404.5, expected an integer from 400 to 599, or 200 for an error that is answered with it.',
    ],
    [
      'no status',
      { 1006: { message: 'x' } },
      'Catalog shop, error 1006 has no status. Give it an integer from 400 to 599, or set the status of its parent, its module or the catalog.',
    ],
    [
      'the same code in two parts',
      [{ 1006: entry }, { 1006: entry }],
      'Catalog shop defines error 1006 twice. Remove one of the two.',
    ],
    [
      'the same code in two spellings',
      [{ 1006: entry }, { '01006': entry }],
      'Catalog shop defines the key "01006". Use a whole number such as 1006, or a word such as \'TOKEN_EXPIRED\'. If clients are to see "01006", name it and give it code: "01006".',
    ],
    [
      'the same word in two cases',
      { gone: entry, Gone: entry },
      'Catalog shop defines error "Gone" twice. Remove one of the two.',
    ],
  ] as const) {
    test(`P-B07: a catalog with ${name} is refused when it is made, naming the code`, () => {
      expect(() => Reflect.apply(defineCatalog, undefined, [{ name: 'shop', errors }]) as unknown).toThrow(
        new SetupError(message),
      )
    })
  }
  test('P-B07: a catalog whose success code has an error status is refused when it is made', () => {
    expect(() => defineCatalog({ name: 'shop', errors: { 0: { status: 404, message: 'x' } } })).toThrow(
      new SetupError(
        'Catalog shop, error 0 has status 404, but 0 is the code of the success, whose status is 200. If it is an error, set success: { code, message } of the catalog to another code.',
      ),
    )
  })

  for (const status of [407, 421, 511]) {
    holds(
      `P-B08: status ${status} of a foreign error is kept`,
      { route: throws(createError(status, 'secret-7')), secrets: ['secret-7'] },
      {
        ...generic(status),
        headers: { 'Proxy-Authenticate': null },
        also: ({ raw }) => expect(raw.split('\r\n')[0]).toBe(`HTTP/1.1 ${status} ${STATUS_CODES[status]}`),
      },
    )
    holds(
      `P-B08: status ${status} of a throw is kept`,
      {
        route: () => {
          throw new BizError(1006, { status })
        },
      },
      { status, body: { code: 1006, message: 'Username already exists' } },
    )
  }

  // The status of a response that was not sent says nothing about the error.
  for (const status of [503, 404, 201, 204, 304]) {
    holds(
      `P-B09: status ${status} set before an ordinary Error is thrown does not count: generic 500`,
      {
        route: (_request, response) => {
          response.statusCode = status
          response.statusMessage = 'secret-7'
          throw new Error('x')
        },
        secrets: ['secret-7'],
      },
      {
        ...internal,
        also: ({ raw }) => expect(raw.split('\r\n')[0]).toBe('HTTP/1.1 500 Internal Server Error'),
      },
    )
  }
  for (const status of [503, 201, 204, 304]) {
    holds(
      `P-B09: status ${status} set on Koa's context before an ordinary Error is thrown does not count`,
      {},
      internal,
      koaThatThrows((context) => {
        context.status = status
        context.body = status === 201 ? 'secret-7' : null
        throw new Error('x')
      }),
    )
  }
})

/** Koa apps whose only route is a middleware with Koa's own context. */
function koaThatThrows(middleware: (context: Koa.Context) => unknown): readonly Framework[] {
  return koas.map(([name, Version]) => ({
    name,
    listener({ options, routes }) {
      const app = new Version()
      app.use(koaFace.errorHandler(optionsOf({ routes, ...(options && { options }) })))
      app.use(koaFace.requestId())
      app.use(bodyParser())
      app.use((context) => {
        const route = routes[context.path]
        return route ? route(context.req, context.res) : middleware(context)
      })
      return koaCallback(app)
    },
  }))
}
