import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { headerValue, safeHeaders } from '../../src/guard/headers.ts'

/** Any text, lone surrogates included. */
const utf16 = fc.string({ unit: fc.nat({ max: 0xffff }).map((unit) => String.fromCharCode(unit)) })

const throwing = (): never => {
  throw new Error('hostile')
}

const revoked = Proxy.revocable({}, {})
revoked.revoke()

function leftOutOf(headers: object): readonly string[] {
  const names: string[] = []
  safeHeaders(headers, (name) => names.push(name))
  return names
}

describe('safeHeaders', () => {
  const table: readonly (readonly [what: string, headers: unknown, safe: object | undefined])[] = [
    [
      'keeps strings and finite numbers',
      { 'X-A': 'a', 'X-B': 2, 'X-C': -0.5 },
      { 'X-A': 'a', 'X-B': '2', 'X-C': '-0.5' },
    ],
    [
      'keeps an empty value, a tab and Latin-1',
      { 'X-A': '', 'X-B': 'a\tb', 'X-C': 'é' },
      { 'X-A': '', 'X-B': 'a\tb', 'X-C': 'é' },
    ],
    [
      'keeps an object without prototype',
      Object.assign(Object.create(null) as object, { 'X-A': 'a' }),
      { 'X-A': 'a' },
    ],
    [
      'leaves out values that split the response',
      {
        'X-A': 'a\r\nSet-Cookie: evil=1',
        'X-B': 'a\nb',
        'X-C': 'a\rb',
        'X-D': 'a\u0000',
        'X-E': '\u007F',
        'X-F': 'f',
      },
      { 'X-F': 'f' },
    ],
    ['leaves out values that are not Latin-1', { 'X-A': '日本', 'X-B': '\u0100', 'X-C': '\uD800' }, {}],
    [
      'leaves out values of more than 4 KiB',
      { 'X-A': 'a'.repeat(4096), 'X-B': 'b'.repeat(4097) },
      { 'X-A': 'a'.repeat(4096) },
    ],
    [
      'leaves out values that are no text',
      {
        'X-A': undefined,
        'X-B': null,
        'X-C': { a: 1 },
        'X-D': Symbol('d'),
        'X-E': NaN,
        'X-F': Infinity,
        'X-G': true,
        'X-H': ['h'],
        'X-I': 1n,
      },
      {},
    ],
    [
      'leaves out names that are no token',
      { 'X A': 'a', 'X-A:': 'a', '': 'a', 'X-\u00E9': 'a', 'X-A\r\n': 'a', 'X-B': 'b' },
      { 'X-B': 'b' },
    ],
    ['leaves out an own __proto__', JSON.parse('{"__proto__":"a","X-B":"b"}'), { 'X-B': 'b' }],
    [
      'leaves out what frames the message or describes another body, whatever its case',
      {
        'Content-Length': 3,
        'content-type': 'text/html',
        'CONTENT-ENCODING': 'gzip',
        'Content-Language': 'fr',
        'Content-Security-Policy': 'none',
        'Transfer-Encoding': 'chunked',
        'transfer-encoding': 'chunked',
        TE: 'a',
        Trailer: 'a',
        Upgrade: 'a',
        Connection: 'close',
        'Keep-Alive': 'a',
        ETag: 'a',
        'Last-Modified': 'a',
        Age: 1,
        Date: 'a',
        Expires: 'a',
        Host: 'a',
      },
      {},
    ],
    [
      'leaves out what others decide: cookies, redirects, caching, challenges, ids',
      {
        'Set-Cookie': 'a=1',
        'set-cookie': ['a=1', 'b=2'],
        Location: '/x',
        Refresh: '0; /x',
        'Cache-Control': 'public',
        Vary: '*',
        'WWW-Authenticate': 'Bearer error="user not found"',
        'Proxy-Authenticate': 'a',
        'Retry-After': '-5',
        'X-Request-ID': 'a',
        'X-Content-Type-Options': 'a',
      },
      {},
    ],
    [
      'leaves out a value whose getter throws',
      {
        get 'X-A'(): string {
          return throwing()
        },
        'X-B': 'b',
      },
      { 'X-B': 'b' },
    ],
    ['is empty for a Proxy that throws', new Proxy({}, { ownKeys: throwing }), {}],
    ['is empty for a Map, whose entries are no properties', new Map([['X-A', 'a']]), {}],
    ['is empty for Headers', new Headers({ 'X-A': 'a' }), {}],
    ['is nothing for a string', 'X-A: a', undefined],
    ['is empty for an array', ['X-A', 'a'], {}],
    ['is empty for a revoked Proxy', revoked.proxy, {}],
    ['is nothing for null', null, undefined],
    ['is nothing for undefined', undefined, undefined],
    ['is nothing for a function', throwing, undefined],
  ]
  for (const [what, headers, safe] of table) {
    test(what, () => {
      expect(safeHeaders(headers, () => {})).toStrictEqual(safe)
    })
  }

  test('keeps the first 32 that can be sent', () => {
    const many = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`X-${index}`, 'a']))
    const first = Object.fromEntries(Array.from({ length: 32 }, (_, index) => [`X-${index + 1}`, 'a']))
    expect(safeHeaders({ ...many, 'X-0': '日本' }, () => {})).toStrictEqual(first)
  })

  test('keeps what fits in 8 KiB', () => {
    const headers = { 'X-A': 'a'.repeat(4096), 'X-B': 'b'.repeat(4090), 'X-C': 'c' }
    expect(safeHeaders(headers, () => {})).toStrictEqual({ 'X-A': headers['X-A'], 'X-B': headers['X-B'] })
    expect(safeHeaders({ ...headers, 'X-B': 'b'.repeat(4091) }, () => {})).toStrictEqual({
      'X-A': headers['X-A'],
    })
  })

  test('tells which it left out', () => {
    const headers = { 'X-A': '日本', 'X-B': 'b', Vary: '*', 'X C': 'c', 'X-D': undefined }
    expect(leftOutOf(headers)).toEqual(['X-A', 'Vary', 'X C'])
  })

  test('tells every one that is more than 32, or beyond 8 KiB', () => {
    const names = Array.from({ length: 40 }, (_, index) => `X-${index}`)
    expect(leftOutOf(Object.fromEntries(names.map((name) => [name, 'a'])))).toEqual(names.slice(32))
    expect(leftOutOf({ 'X-A': 'a'.repeat(4096), 'X-B': 'b'.repeat(4091), 'X-C': 'c' })).toEqual([
      'X-B',
      'X-C',
    ])
  })

  test('returns nothing that a response refuses', () => {
    const request = new IncomingMessage(new Socket())
    const name = fc.oneof(
      utf16,
      fc.constantFrom('X-A', '__proto__', 'constructor', 'Set-Cookie', 'Content-Length', 'X A', 'X-\r\n'),
    )
    const value = fc.oneof(
      utf16,
      fc.string({ unit: fc.constantFrom('a', '\r', '\n', '\t', '\u0000', '\u007F', '\u00FF', '\u0100') }),
      fc.anything(),
    )
    fc.assert(
      fc.property(fc.dictionary(name, value), (headers) => {
        const response = new ServerResponse(request)
        const safe = safeHeaders(headers, () => {}) ?? {}
        for (const [key, text] of Object.entries(safe)) response.setHeader(key, text)
        response.writeHead(500, safe)
      }),
    )
  })
})

describe('headerValue', () => {
  test('is a text that fits, or nothing', () => {
    expect(['Bearer', 7, '', '日本', NaN, null].map((value) => headerValue(value))).toEqual([
      'Bearer',
      '7',
      '',
      undefined,
      undefined,
      undefined,
    ])
  })
})
