import type { RequestListener } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ApiError, createClient, type ClientOptions } from '../../src/client/index.ts'
import type { HandlerOptions } from '../../src/handler/options.ts'
import { failureOf } from '../support/failure-of.ts'
import { express5, listen } from '../support/frameworks.ts'
import { librariesOf } from './libraries.ts'
import { shop, soldOut } from './shop.ts'
import { told } from './told.ts'

/** What a server answers, what the front end knows of it, and what an error then tells. */
interface Case {
  readonly title: string
  readonly server: HandlerOptions | RequestListener
  readonly client?: ClientOptions
  readonly tells: Readonly<Record<string, unknown>>
}

const fields = [
  {
    path: 'items[0].n',
    pathSegments: ['items', 0, 'n'],
    code: 'too_large',
    message: 'Too large; maximum: 1',
    params: { max: 1 },
  },
]

/** What every envelope tells of `soldOut()`. */
const SOLD_OUT = {
  name: 'ApiError',
  status: 409,
  code: 10002,
  message: 'Only 1 of tea left',
  params: { left: 1, product: 'tea' },
  details: { warehouse: 'B', fields: expect.any(Array) },
  fields,
  errors: [{ code: 10003, message: 'This coupon has expired', fields: [] }],
  requestId: 'request-1',
  retryAfter: 7,
  locale: 'en',
}

/** What an error tells that nothing could be read of but its status. */
function unread(status: number): Case['tells'] {
  return { name: 'ApiError', status, message: `HTTP ${status}` }
}

/** Answers with a body of a type, whatever it is. */
function sends(
  status: number,
  type: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): RequestListener {
  return (_request, response) => {
    response.writeHead(status, { ...(type && { 'Content-Type': type }), ...headers })
    response.end(body)
  }
}

const own: HandlerOptions['envelope'] = {
  body: ({ code, message }) => ({ errcode: code, errmsg: message }),
}

const cases: readonly Case[] = [
  { title: 'flat', server: { envelope: 'flat' }, tells: SOLD_OUT },
  { title: 'nested', server: { envelope: 'nested' }, tells: SOLD_OUT },
  {
    title: 'composite, which the front end is told of',
    server: { envelope: 'composite' },
    client: { catalog: { envelope: 'composite' } },
    tells: { ...SOLD_OUT, parent: 100 },
  },
  { title: 'two-level', server: { envelope: 'two-level' }, tells: { ...SOLD_OUT, parent: 100 } },
  {
    title: 'problem',
    server: { envelope: 'problem' },
    tells: { ...SOLD_OUT, title: 'Sold out', action: 'Order less' },
  },
  {
    title: 'an envelope of its own, with `read`',
    server: { envelope: own },
    client: {
      read: (body) => {
        const { errcode: code, errmsg: message } = body as { errcode: number; errmsg: string }
        return { code, message }
      },
    },
    tells: {
      name: 'ApiError',
      status: 409,
      code: 10002,
      message: 'Only 1 of tea left',
      requestId: 'request-1',
      retryAfter: 7,
      locale: 'en',
    },
  },
  {
    title: 'HTTP 200, and the code of a success is known',
    server: { httpStatus: 200 },
    client: { catalog: { success: 0 } },
    tells: { ...SOLD_OUT, status: 200 },
  },
  {
    title: "a proxy's page",
    server: sends(502, 'text/html', '<html><h1>502 Bad Gateway</h1>', { 'Retry-After': '3' }),
    tells: { ...unread(502), retryAfter: 3 },
  },
  {
    title: 'a page that says it is JSON',
    server: sends(502, 'application/json', '<html><h1>502 Bad Gateway</h1>'),
    tells: unread(502),
  },
  {
    title: 'JSON that says it is a page',
    server: sends(404, 'text/html', '{"code":1,"message":"x"}'),
    tells: unread(404),
  },
  {
    title: 'no body',
    server: sends(503, '', '', { 'Retry-After': '3' }),
    tells: { ...unread(503), retryAfter: 3 },
  },
  { title: 'null', server: sends(500, 'application/json', 'null'), tells: unread(500) },
  { title: 'an array', server: sends(500, 'application/json', '[{"code":1}]'), tells: unread(500) },
  { title: 'a text', server: sends(500, 'application/json', '"code"'), tells: unread(500) },
  {
    title: 'half of some JSON',
    server: sends(500, 'application/json', '{"code":1,"mess'),
    tells: unread(500),
  },
  {
    title: 'a code that no catalog has',
    server: sends(418, 'application/json', '{"code":"__proto__","message":"Short and stout"}'),
    tells: { name: 'ApiError', status: 418, code: '__proto__', message: 'Short and stout' },
  },
]

const libraries = librariesOf(createClient()).map(({ name }) => name)

describe.each(cases)('$title', ({ server: given, client = {}, tells }) => {
  let url: string
  let close: () => void
  const all = librariesOf(createClient({ retry: false, ...client }))

  beforeAll(async () => {
    const listener =
      typeof given === 'function'
        ? given
        : express5.listener({
            options: { catalog: shop, reveal: { params: true }, logger: { error: () => {} }, ...given },
            routes: {
              '/': () => {
                throw soldOut()
              },
            },
          })
    const { port, server } = await listen(listener)
    url = `http://127.0.0.1:${port}/`
    close = () => {
      server.close()
      server.closeAllConnections()
    }
  })
  afterAll(() => close())

  test.each(libraries)('is the same error by %s', async (name) => {
    const { get } = all.find((library) => library.name === name)!
    const error = await failureOf(() => get(url, { 'X-Request-ID': 'request-1' }))
    expect(error).toBeInstanceOf(ApiError)
    expect(told(error)).toEqual(tells)
  })
})
