import axios from 'axios'
import Boom from '@hapi/boom'
import createError from 'http-errors'
import jwt from 'jsonwebtoken'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { recognize } from '../../src/index.ts'
import { catalog, BizError } from '../../src/catalogs/cloud-waf.ts'
import { failureOf } from '../support/failure-of.ts'

describe('recognize', () => {
  const known: readonly (readonly [what: string, make: () => unknown, expected: object | undefined])[] = [
    ['a ZodError', () => z.string().parse(7), { condition: 'validation-failed' }],
    ['a token that is none', () => jwt.verify('x.y.z', 'secret'), { condition: 'token-invalid' }],
    [
      'a token that has expired',
      () => jwt.verify(jwt.sign({ exp: 1 }, 'secret'), 'secret'),
      { condition: 'token-expired' },
    ],
    ['an http-error', () => Promise.reject(createError(404, 'x')), { condition: 'not-found' }],
    ['an http-error of a status without a word', () => Promise.reject(createError(418)), undefined],
    ['a boom', () => Promise.reject(Boom.tooManyRequests()), { condition: 'rate-limited' }],
    [
      'a server that cannot be reached',
      () => axios.get('http://127.0.0.1:1/', { proxy: false }),
      { condition: 'upstream-failed' },
    ],
    [
      'what a foreign error was caused by',
      () => Promise.reject(new Error('x', { cause: createError(409) })),
      { condition: 'conflict' },
    ],
    ['an Error that nobody knows', () => Promise.reject(new Error('x')), undefined],
    ['a fault of the server that has a status', () => Promise.reject(createError(500)), undefined],
    ['a BizError', () => Promise.reject(new BizError(1006)), undefined],
    [
      'what was caused by a BizError',
      () => Promise.reject(Object.assign(new Error('x', { cause: new BizError(1006) }), { status: 404 })),
      undefined,
    ],
    ['an error of PostgreSQL', () => Promise.reject(postgres({})), { condition: 'already-exists' }],
    [
      'what an error of PostgreSQL tells of its place',
      () => Promise.reject(postgres({ constraint: 'users_name_key', column: 'name', table: 'users' })),
      { condition: 'already-exists', constraint: 'users_name_key', column: 'name' },
    ],
    [
      'no place that is no name',
      () => Promise.reject(postgres({ constraint: { toString: () => 'x' }, column: 'x'.repeat(1_000) })),
      { condition: 'already-exists' },
    ],
  ]
  for (const [what, make, expected] of known) {
    test(`tells ${what}`, async () => {
      expect(recognize(await failureOf(make))).toStrictEqual(expected)
    })
  }

  test('returns undefined for whatever else is thrown, however hostile', () => {
    const hostile = new Proxy(
      {},
      {
        get: () => {
          throw new Error('trap')
        },
      },
    )
    for (const thrown of [null, undefined, 0, '', 'x', 1n, Symbol('x'), [], {}, () => 1, hostile, catalog]) {
      expect(recognize(thrown)).toBeUndefined()
    }
  })
})

function postgres(told: object): Error {
  return Object.assign(new Error('duplicate key'), { code: '23505', severity: 'ERROR' }, told)
}
