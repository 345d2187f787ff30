// What `npm run fuzz` found, smallest form of each.
import { describe, expect, test } from 'vitest'
import { BizError } from '../../src/catalogs/cloud-waf.ts'
import { holds } from '../support/guarantees.ts'

const taken = { code: 1006, message: 'Username already exists' }
const internal = { code: 500, message: 'Internal server error' }
const brand = Symbol.for('bizerror.BizError')

const throwing = (): never => {
  throw new Error('secret-7')
}

function revoked(target: object): object {
  const { proxy, revoke } = Proxy.revocable(target, {})
  revoke()
  return proxy
}

describe('Found by the fuzzer', () => {
  const OPTIONS = ['details', 'cause', 'headers', 'status', 'retryAfter', 'params', 'as'] as const
  for (const [name, value] of Object.entries({
    'a revoked Proxy': revoked({}),
    'a revoked Proxy of an array': revoked([]),
    'a Proxy that throws on everything': new Proxy(
      {},
      { get: throwing, has: throwing, ownKeys: throwing, getPrototypeOf: throwing },
    ),
  })) {
    test(`Found-01: constructing a BizError does not throw when an option is ${name}`, () => {
      for (const option of OPTIONS) {
        const error = Reflect.construct(BizError, [1006, { [option]: value }])
        expect([error.code, error.status, error.headers], option).toEqual([1006, 409, {}])
      }
    })

    test(`Found-03: constructing a BizError does not throw when the code is ${name}`, () => {
      const error = Reflect.construct(BizError, [value])
      expect([error.code, error.status]).toEqual([500, 500])
    })

    holds(
      `Found-01: a BizError whose headers are ${name} is answered without them`,
      {
        route: () => {
          throw Reflect.construct(BizError, [1006, { headers: value }])
        },
        secrets: ['secret-7'],
      },
      { status: 409, body: taken },
    )
  }

  // What another version of the package, or none, may keep behind the brand.
  const state = {
    catalog: { get: () => undefined, name: 'other', sourceLocale: 'en' },
    entry: { message: 'From elsewhere', namespace: 'other', params: [], key: 404, code: 404, status: 404 },
    status: 404,
    params: {},
  }
  const elsewhere = { code: 404, message: 'From elsewhere' }
  const brands: readonly (readonly [
    name: string,
    state: object | (() => object),
    status: number,
    body: object,
  ])[] = [
    ['is whole', state, 404, elsewhere],
    ['has status 1000', { ...state, status: 1000 }, 500, internal],
    ['has status 302', { ...state, status: 302 }, 500, internal],
    ['has a BigInt for a code', { ...state, entry: { ...state.entry, code: 404n } }, 500, internal],
    [
      'has headers that cannot be sent',
      { ...state, headers: { 'bad name': 'secret-7', 'X-Bad': 'a\r\nX-Evil: secret-7', 'X-Number': {} } },
      404,
      elsewhere,
    ],
    ['has headers of an answer', { ...state, headers: { 'Set-Cookie': 'secret-7' } }, 404, elsewhere],
    [
      'has headers that cannot be read',
      { ...state, headers: new Proxy({}, { get: throwing, ownKeys: throwing }) },
      404,
      elsewhere,
    ],
    ['has a Symbol for Retry-After', { ...state, retryAfter: Symbol('secret-7') }, 404, elsewhere],
    [
      'names an envelope after a member of Object.prototype',
      { ...state, catalog: { ...state.catalog, envelope: 'toString' } },
      404,
      elsewhere,
    ],
    [
      'has a catalog that throws',
      { ...state, as: 500, catalog: { ...state.catalog, get: throwing } },
      500,
      internal,
    ],
    [
      'has a catalog with a sourceLocale that is none',
      { ...state, catalog: { ...state.catalog, sourceLocale: 'no locale\r\n' } },
      500,
      internal,
    ],
    [
      'has params that cannot be read',
      {
        ...state,
        entry: { ...state.entry, message: 'From {{where}}', params: ['where'] },
        params: new Proxy({}, { get: throwing, ownKeys: throwing }),
      },
      404,
      { code: 404, message: 'From …' },
    ],
    ['is good at the first reading alone', fickle(state), 404, elsewhere],
  ]
  for (const [name, behind, status, body] of brands) {
    holds(
      `Found-02: an error whose state from another copy ${name} is answered`,
      {
        route: () => {
          throw Object.assign(new Error('secret-7'), { [brand]: isMaker(behind) ? behind() : behind })
        },
        secrets: ['secret-7', 'X-Evil'],
      },
      { status, body },
    )
  }
})

/** A state whose status can be sent when it is read for the first time after a throw, and never again. */
function fickle(state: object): () => object {
  return () => {
    let readings = 0
    return Object.defineProperty({ ...state }, 'status', { get: () => (readings++ === 0 ? 404 : 1000) })
  }
}

function isMaker(state: object): state is () => object {
  return typeof state === 'function'
}
