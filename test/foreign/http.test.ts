import createError from 'http-errors'
import { describe, expect, test } from 'vitest'
import { httpStatus } from '../../src/foreign/http.ts'

const throwing = (): never => {
  throw new Error('hostile')
}

function withStatus(status: unknown): Error {
  return Object.assign(new Error('x'), { status })
}

const table: readonly (readonly [what: string, thrown: unknown, status: number | undefined])[] = [
  ['an http-error', createError(409), 409],
  ['a plain object with a status', { status: 404, message: '/srv/x.js' }, 404],
  ['a plain object with a statusCode', { statusCode: 422 }, 422],
  ['a frozen error', Object.freeze(withStatus(404)), 404],
  ['a URIError of a router', Object.assign(new URIError('x'), { status: 400, statusCode: 400 }), 400],
  ['the first of two that is valid: statusCode', { status: 200, statusCode: 422 }, 422],
  ['the first of two that is valid: status', { status: 404, statusCode: 500 }, 404],
  [
    'the second, when the first cannot be read',
    Object.defineProperty({ statusCode: 503 }, 'status', { get: throwing }),
    503,
  ],
  ...[400, 407, 418, 421, 451, 499, 500, 511, 599].map(
    (status) => [`${status}`, withStatus(status), status] as const,
  ),
  ...[
    200,
    204,
    205,
    304,
    100,
    101,
    103,
    302,
    399,
    600,
    999,
    1000,
    1e21,
    -1,
    0,
    NaN,
    Infinity,
    400.5,
    404.0000001,
  ].map((status) => [`${status}, which is no status of errors`, withStatus(status), undefined] as const),
  ['a string', withStatus('404'), undefined],
  ['a BigInt', withStatus(404n), undefined],
  ['a Symbol', withStatus(Symbol('404')), undefined],
  ['an object that becomes a number', withStatus({ valueOf: () => 404 }), undefined],
  ['a boxed number', withStatus(Object(404)), undefined],
  [
    'an error of boom, which is not trusted',
    { isBoom: true, output: { statusCode: 404, payload: {} } },
    undefined,
  ],
  ['an Error', new Error('x'), undefined],
  ['a system error', Object.assign(new Error('x'), { code: 'ENOENT', errno: -2 }), undefined],
  ['an AbortError', new DOMException('x', 'AbortError'), undefined],
  ['a thrown number', 404, undefined],
  ['a thrown string', '404', undefined],
  ['a function with a status', Object.assign(() => 1, { status: 404 }), undefined],
  ['null', null, undefined],
  ['undefined', undefined, undefined],
  ['an object without prototype', Object.create(null), undefined],
  ['a Proxy that throws', new Proxy({}, { get: throwing }), undefined],
]

describe('httpStatus', () => {
  for (const [what, thrown, status] of table) {
    test(`is ${status} for ${what}`, () => {
      expect(httpStatus(thrown)).toBe(status)
    })
  }
})
