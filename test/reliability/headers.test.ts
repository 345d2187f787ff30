import { get, type IncomingHttpHeaders } from 'node:http'
import { describe, expect, test } from 'vitest'
import { BizError } from '../../src/catalogs/cloud-waf.ts'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import { frameworks, listen, type Route } from '../support/frameworks.ts'
import type { Outcome } from '../support/guarantees.ts'
import { answers } from '../support/whole-answer.ts'

const conflict = { code: 1006, message: 'Username already exists' }
const internal = { code: 500, message: 'Internal server error' }

const ops = defineCatalog({
  name: 'ops',
  errors: { 50300: { status: 503, message: 'Under maintenance' } },
})
const unavailable = { code: 50300, message: 'Under maintenance' }

// Options that come from data which no compiler has seen.
function biz(options: object): unknown {
  return new BizError(1006, options)
}

function late(retryAfter: unknown): unknown {
  return Reflect.construct(ops.BizError, [50300, { retryAfter }])
}

function throws(make: () => unknown): Route {
  return () => {
    throw make()
  }
}

/** Whether some line of the log names what was left out. */
function names(part: string): (outcome: Outcome) => void {
  return ({ framework, log }) => expect(JSON.stringify(log), `${framework} logs ${part}`).toContain(part)
}

describe('D. Headers we write', () => {
  for (const [name, value] of Object.entries({
    'a line break': 'a\r\nSet-Cookie: evil=1',
    'a bare LF': 'a\nSet-Cookie: evil=1',
    'a NUL': 'a\0b',
    'a character beyond Latin-1': '日本',
    'a DEL': 'a\x7fb',
  })) {
    answers(
      `P-D01: a header value with ${name} is left out and logged by its name`,
      { route: throws(() => biz({ headers: { 'X-A': value, 'X-B': 'kept' } })), secrets: ['evil=1'] },
      { status: 409, body: conflict, headers: { 'X-B': 'kept' }, also: names('X-A') },
    )
  }

  answers(
    'P-D01: bad header values of a foreign error are left out with all its others',
    {
      route: throws(() =>
        Object.assign(new Error('secret-7'), { headers: { 'X-A': 'a\r\nSet-Cookie: evil=1', 'X-B': '1' } }),
      ),
      secrets: ['evil=1', 'secret-7'],
    },
    { status: 500, body: internal },
  )

  for (const name of ['X A:', '', '__proto__', 'X-A:', 'X\r\nY', 'é', 'X-A\0']) {
    const headers = JSON.parse(`{${JSON.stringify(name)}: "v", "X-B": "kept"}`) as object
    answers(
      `P-D02: the header name ${JSON.stringify(name)} is left out`,
      { route: throws(() => biz({ headers })) },
      { status: 409, body: conflict, headers: { 'X-B': 'kept' } },
    )
  }

  for (const [name, value] of Object.entries({
    undefined: undefined,
    null: null,
    'an object': { a: 1 },
    'an array': ['a', 'b'],
    'a Symbol': Symbol('a'),
    NaN: Number.NaN,
    Infinity: Infinity,
    'a BigInt': 1n,
    'a boolean': true,
    'a function': () => 'a',
    'an object that becomes a string': { toString: () => 'a' },
  })) {
    answers(
      `P-D03: ${name} as a header value is left out`,
      { route: throws(() => biz({ headers: { 'X-A': value, 'X-B': 7 } })) },
      { status: 409, body: conflict, headers: { 'X-B': '7' } },
    )
  }

  for (const [name, headers] of Object.entries({
    'a string': 'X-A: b',
    'an array': ['x-a', 'b'],
    'an array of pairs': [['x-a', 'b']],
    'a Map': new Map([['X-A', 'b']]),
    Headers: new Headers({ 'X-A': 'b' }),
    'a number': 7,
    null: null,
    'a function': () => ({ 'X-A': 'b' }),
    'a revoked Proxy': revoked(),
  })) {
    answers(
      `P-D04: headers that are ${name} are ignored`,
      { route: throws(() => biz({ headers })) },
      { status: 409, body: conflict },
    )
  }

  answers(
    'P-D05: a header whose getter throws is left out',
    {
      route: throws(() =>
        biz({
          headers: {
            get 'X-A'(): string {
              throw new Error('secret-7')
            },
            'X-B': 'kept',
          },
        }),
      ),
      secrets: ['secret-7'],
    },
    { status: 409, body: conflict, headers: { 'X-B': 'kept' } },
  )

  answers(
    'P-D05: headers that cannot be listed are ignored',
    {
      route: throws(() =>
        biz({
          headers: new Proxy(
            {},
            {
              ownKeys: () => {
                throw new Error('secret-7')
              },
            },
          ),
        }),
      ),
      secrets: ['secret-7'],
    },
    { status: 409, body: conflict },
  )

  const many = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`X-${index}`, 'v']))
  answers(
    'P-D06: of 5,000 headers the first 32 are sent',
    { route: throws(() => biz({ headers: many })) },
    { status: 409, body: conflict, headers: Object.fromEntries(Object.entries(many).slice(0, 32)) },
  )

  answers(
    'P-D06: a header value of more than 4 KiB is left out, not cut',
    {
      route: throws(() =>
        biz({ headers: { 'X-Long': 'a'.repeat(4097), 'X-Fits': 'a'.repeat(4096), 'X-B': 'kept' } }),
      ),
    },
    { status: 409, body: conflict, headers: { 'X-Fits': 'a'.repeat(4096), 'X-B': 'kept' } },
  )

  // Node's own client reads 16 KiB of head, others less.
  for (const { name, listener } of frameworks) {
    test(`P-D06: a client can read the answer however much the headers hold, on ${name}`, async () => {
      const headers = Object.fromEntries(
        Array.from({ length: 5000 }, (_, index) => [`X-${index}`, 'a'.repeat(4000)]),
      )
      const { port, server } = await listen(
        listener({
          options: { logger: { error: () => {} } },
          routes: { '/': throws(() => biz({ headers })) },
        }),
      )
      try {
        const answer = await new Promise<{ status: number | undefined; headers: IncomingHttpHeaders }>(
          (resolve, reject) => {
            get({ port, host: '127.0.0.1', path: '/', agent: false }, (response) => {
              response.resume()
              resolve({ status: response.statusCode, headers: response.headers })
            }).on('error', reject)
          },
        )
        expect(answer.status).toBe(409)
        expect(answer.headers['x-0']).toBe('a'.repeat(4000))
      } finally {
        server.close()
      }
    })
  }

  for (const [name, value] of [
    ['Content-Length', '3'],
    ['Transfer-Encoding', 'chunked'],
    ['Content-Type', 'text/html'],
    ['Content-Encoding', 'gzip'],
    ['content-length', '3'],
    ['Connection', 'keep-alive'],
    ['Trailer', 'X-A'],
    ['Upgrade', 'h2c'],
    ['Proxy-Connection', 'keep-alive'],
    ['HTTP2-Settings', 'AAMAAABkAAQAAP__'],
    ['Content-Range', 'bytes */10'],
    ['Proxy-Authenticate', 'Basic'],
    ['Location', 'https://evil.example/'],
    ['Cache-Control', 'public'],
    ['Vary', '*'],
    ['Content-Language', 'fr'],
    ['X-Content-Type-Options', 'none'],
    ['X-Request-ID', 'mine'],
    ['Retry-After', '-5'],
    ['WWW-Authenticate', 'Basic'],
  ] as const) {
    answers(
      `P-D07: ${name} of an error is ignored`,
      { route: throws(() => biz({ headers: { [name]: value } })) },
      { status: 409, body: conflict },
    )
  }

  for (const [name, retryAfter, seconds] of [
    ['30', 30, '30'],
    ['0', 0, '0'],
    ['1.2, rounded up', 1.2, '2'],
    ['the digits "30"', '30', '30'],
    ['a Date 30 s ahead', () => new Date(Date.now() + 29_500), '30'],
    ['a Date in the past', () => new Date(0), '0'],
    ['10^10, cut to one year', 1e10, '31536000'],
    ['a Date in the far future, cut to one year', () => new Date(8.64e15), '31536000'],
  ] as const) {
    answers(
      `P-D08: retryAfter ${name}, is Retry-After ${seconds}`,
      {
        route: throws(() => late(typeof retryAfter === 'function' ? retryAfter() : retryAfter)),
      },
      { status: 503, body: unavailable, headers: { 'Retry-After': seconds } },
    )
  }

  for (const [name, retryAfter] of Object.entries({
    '-5': -5,
    NaN: Number.NaN,
    Infinity: Infinity,
    '1e21': 1e21,
    '"abc"': 'abc',
    null: null,
    'an invalid Date': new Date(Number.NaN),
    'an object': {},
  })) {
    answers(
      `P-D08: retryAfter ${name} is left out and logged`,
      { route: throws(() => late(retryAfter)) },
      { status: 503, body: unavailable, also: names('retryAfter') },
    )
  }

  answers(
    'P-D09: what described the lost success is removed or replaced',
    {
      route: (_request, response) => {
        response.setHeader('Content-Encoding', 'gzip')
        response.setHeader('Content-Disposition', 'attachment')
        response.setHeader('ETag', '"1"')
        response.setHeader('Last-Modified', new Date(0).toUTCString())
        response.setHeader('Content-Range', 'bytes 0-9/10')
        response.setHeader('Accept-Ranges', 'bytes')
        response.setHeader('Content-Location', '/a')
        response.setHeader('Content-MD5', 'a')
        response.setHeader('Digest', 'sha-256=a')
        response.setHeader('Repr-Digest', 'sha-256=:a:')
        response.setHeader('Expires', new Date(1e13).toUTCString())
        response.setHeader('Age', '7')
        response.setHeader('Cache-Control', 'public')
        response.setHeader('Content-Type', 'text/html')
        response.setHeader('Content-Length', 999)
        throw new BizError(1006)
      },
    },
    { status: 409, body: conflict },
  )

  const forBrowsers = {
    'Access-Control-Allow-Origin': 'https://shop.example',
    'Access-Control-Allow-Credentials': 'true',
    'Access-Control-Expose-Headers': 'X-Request-ID',
    'X-RateLimit-Limit': '100',
    'X-RateLimit-Remaining': '7',
    'X-RateLimit-Reset': '1700000000',
    'Strict-Transport-Security': 'max-age=31536000',
    'X-Request-ID': 'by-the-app',
    'X-Own': 'app',
  }
  for (const [name, thrown, status, body] of [
    ['a BizError', () => new BizError(1006), 409, conflict],
    ['a foreign error', () => new Error('x'), 500, internal],
  ] as const) {
    answers(
      `P-D10: what the app set for the browser stays, and Vary is merged, for ${name}`,
      {
        needs: 'prepare a response',
        route: (_request, response) => {
          for (const [header, value] of Object.entries(forBrowsers)) response.setHeader(header, value)
          response.setHeader('Vary', 'Origin')
          throw thrown()
        },
      },
      { status, body, headers: { ...forBrowsers, Vary: 'Origin, Accept-Language' } },
    )
  }

  answers(
    "P-D11: Content-Language is the language of our text, not the app's",
    {
      route: (_request, response) => {
        response.setHeader('Content-Language', 'fr')
        throw new BizError(1006)
      },
    },
    { status: 409, body: conflict },
  )

  for (const cookies of [['a=1', 'b=2'], 'a=1']) {
    answers(
      `P-D12: Set-Cookie ${JSON.stringify(cookies)} of an error is left out`,
      { route: throws(() => biz({ headers: { 'Set-Cookie': cookies, 'set-cookie': cookies } })) },
      { status: 409, body: conflict },
    )
  }

  answers(
    'P-D13: a success that was prepared goes; cookies, links and Clear-Site-Data stay',
    {
      needs: 'prepare a response',
      route: (_request, response) => {
        response.statusCode = 201
        response.statusMessage = 'Created'
        response.setHeader('Location', '/users/1')
        response.setHeader('Refresh', '0; url=/users/1')
        response.setHeader('Link', '</style.css>; rel=preload')
        response.setHeader('Set-Cookie', ['a=1', 'b=2'])
        response.setHeader('Clear-Site-Data', '"cookies"')
        throw new BizError(1006)
      },
    },
    {
      status: 409,
      body: conflict,
      headers: {
        Link: '</style.css>; rel=preload',
        'Set-Cookie': 'a=1 | b=2',
        'Clear-Site-Data': '"cookies"',
      },
      also: ({ raw }) => expect(raw.split('\r\n')[0]).toBe('HTTP/1.1 409 Conflict'),
    },
  )

  for (const [name, before, after] of [
    ['*', '*', '*'],
    ['an array', ['Origin', 'Accept-Encoding'], 'Origin, Accept-Encoding, Accept-Language'],
    ['an array that holds it', ['Origin', 'accept-language'], 'Origin, accept-language'],
    ['accept-language in lower case', 'accept-language', 'accept-language'],
    ['Accept-Language among others', 'Origin,ACCEPT-LANGUAGE , Cookie', 'Origin,ACCEPT-LANGUAGE , Cookie'],
    ['a * among others', 'Origin, *', 'Origin, *'],
    ['a name that only holds it', 'X-Accept-Language', 'X-Accept-Language, Accept-Language'],
    ['empty', '', 'Accept-Language'],
  ] as const) {
    answers(
      `P-D14: Vary has no duplicate where the app set ${name}`,
      {
        needs: 'prepare a response',
        route: (_request, response) => {
          response.setHeader('vary', before as string | readonly string[])
          throw new BizError(1006)
        },
      },
      { status: 409, body: conflict, headers: { Vary: after } },
    )
  }

  answers(
    'P-D15: X-Powered-By that the app removed stays away, and its Content-Security-Policy is not weakened',
    {
      needs: 'prepare a response',
      route: (_request, response) => {
        response.setHeader('Content-Security-Policy', "default-src 'none'")
        response.removeHeader('X-Powered-By')
        throw new BizError(1006)
      },
    },
    { status: 409, body: conflict, headers: { 'Content-Security-Policy': "default-src 'none'" } },
  )
})

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy
}
