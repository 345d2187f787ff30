import { inspect } from 'node:util'
import * as fc from 'fast-check'
import createError from 'http-errors'
import { describe, expect, test, vi } from 'vitest'
import { bizErrorState, isBizError, type BizError } from '../../src/error/biz-error.ts'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import { BizError as SecretsError } from '../../src/catalogs/secrets.ts'

const shop = defineCatalog({
  name: 'shop',
  success: { code: 200, message: 'OK' },
  errors: {
    200: { status: 200, message: 'OK' },
    500: { status: 500, message: 'Internal' },
    10001: { status: 404, message: 'Product not found' },
    10002: { status: 409, message: 'Only {{left}} of {{product}} left' },
    10029: { status: 429, message: 'Too many orders', retryAfter: 60 },
  },
})

/** Constructs as code without types can: with anything. */
function construct(code: unknown, options?: unknown): BizError {
  return Reflect.construct(shop.BizError, [code, options]) as BizError
}

/** What a handler that knows only http-errors sees. */
function face(error: BizError): object {
  const {
    name,
    message,
    key,
    code,
    status,
    statusCode,
    expose,
    headers,
    retryAfter,
    params,
    details,
    as,
    cause,
  } = error
  return {
    name,
    message,
    key,
    code,
    status,
    statusCode,
    expose,
    headers,
    retryAfter,
    params,
    details,
    as,
    cause,
  }
}

const plainFace = {
  name: 'BizError',
  message: 'Product not found',
  key: 10001,
  code: 10001,
  status: 404,
  statusCode: 404,
  expose: true,
  headers: {},
  retryAfter: undefined,
  params: {},
  details: undefined,
  as: undefined,
  cause: undefined,
}
const internalFace = {
  ...plainFace,
  message: 'Internal',
  key: 500,
  code: 500,
  status: 500,
  statusCode: 500,
  expose: false,
}

const throwing = (): never => {
  throw new Error('hostile')
}
const hostileProxy: unknown = new Proxy(
  {},
  { get: throwing, has: throwing, ownKeys: throwing, getPrototypeOf: throwing },
)
const revoked = Proxy.revocable({}, {})
revoked.revoke()

describe('a BizError', () => {
  test('carries what its entry says, when the throw adds nothing', () => {
    expect(face(new shop.BizError(10001))).toStrictEqual(plainFace)
  })

  test('carries what the throw adds', () => {
    const cause = new Error('no row')
    const error = new shop.BizError(10002, {
      params: { left: 3, product: 'tea' },
      details: { id: 7 },
      cause,
      headers: { 'X-Left': 3 },
      status: 410,
      retryAfter: 1.2,
      as: 10001,
    })
    expect(face(error)).toStrictEqual({
      name: 'BizError',
      message: 'Only 3 of tea left',
      key: 10002,
      code: 10002,
      status: 410,
      statusCode: 410,
      expose: false,
      headers: { 'X-Left': '3', 'Retry-After': '2' },
      retryAfter: 2,
      params: { left: 3, product: 'tea' },
      details: { id: 7 },
      as: 10001,
      cause,
    })
  })

  test('is an Error of its catalog, with a stack that starts where it was made', () => {
    const error = new shop.BizError(10001)
    expect([error instanceof Error, error instanceof shop.BizError, String(error)]).toEqual([
      true,
      true,
      'BizError: Product not found',
    ])
    expect(error.stack).toMatch(/^BizError: Product not found\n\s+at .*biz-error\.test\.ts/)
  })

  test('carries its headers where there is no Retry-After', () => {
    expect(new shop.BizError(10001, { headers: { 'X-Left': 3 } }).headers).toEqual({ 'X-Left': '3' })
  })

  test('has a name that can be changed and is not listed, as other errors have', () => {
    const prototype: unknown = Object.getPrototypeOf(shop.BizError.prototype)
    expect(Object.getOwnPropertyDescriptor(prototype, 'name')).toEqual({
      ...Object.getOwnPropertyDescriptor(TypeError.prototype, 'name'),
      value: 'BizError',
    })
  })

  test('is read once, when it is made', () => {
    const error = new shop.BizError(10001)
    expect(bizErrorState(error)).toBe(bizErrorState(error))
  })

  test('has no own cause when none is given', () => {
    expect(Object.hasOwn(new shop.BizError(10001), 'cause')).toBe(false)
  })

  test('takes the status 200 of an idempotent endpoint', () => {
    expect(new shop.BizError(10001, { status: 200 }).status).toBe(200)
  })

  for (const status of [0, 100, 204, 302, 399, 600, 404.5, NaN, '410', null]) {
    test(`has the status of its entry when it is given ${inspect(status)}`, () => {
      expect(construct(10001, { status }).status).toBe(404)
    })
  }

  test('has the Retry-After of its entry when it is given none that can be sent', () => {
    const retryAfters = [undefined, -1, 0].map((retryAfter) => construct(10029, { retryAfter }).headers)
    expect(retryAfters).toEqual([{ 'Retry-After': '60' }, { 'Retry-After': '60' }, { 'Retry-After': '0' }])
  })

  const unknown: readonly (readonly [what: string, code: unknown, shown: string])[] = [
    ['a number', 999_999, '999999'],
    ['undefined', undefined, 'undefined'],
    ['null', null, 'null'],
    ['NaN', NaN, 'NaN'],
    ['a negative number', -1, '-1'],
    ['a fraction', 1.5, '1.5'],
    ['an empty string', '', '""'],
    ['a word', 'nope', '"nope"'],
    ['a quoted number', '10001', '"10001"'],
    ['__proto__', '__proto__', '"__proto__"'],
    ['constructor', 'constructor', '"constructor"'],
    ['toString', 'toString', '"toString"'],
    ['a Symbol', Symbol('code'), 'Symbol(code)'],
    ['a BigInt', 10001n, '10001'],
    ['an object', {}, 'an object'],
    ['a Proxy that throws', hostileProxy, 'an object'],
  ]
  for (const [what, code, shown] of unknown) {
    test(`becomes the internal error and keeps only the code, when its catalog does not have it: ${what}`, () => {
      const error = construct(code, { details: { id: 7 }, headers: { 'X-A': 'a' }, status: 404, as: 10001 })
      expect(face(error)).toStrictEqual(internalFace)
      expect(bizErrorState(error)?.unknownKey).toBe(shown)
    })
  }

  test('becomes the internal error when the code is that of the success, even with status 200', () => {
    const error = construct(200, { status: 200 })
    expect(face(error)).toStrictEqual(internalFace)
    expect(bizErrorState(error)?.unknownKey).toBe('200')
  })

  test('becomes a generic internal error in a catalog without one', () => {
    const small = defineCatalog({ name: 'small', errors: { gone: { status: 410, message: 'Gone' } } })
    const error = Reflect.construct(small.BizError, ['nope']) as BizError
    expect(face(error)).toStrictEqual({
      ...internalFace,
      message: 'Internal server error',
      key: 'internal_server_error',
      code: 'internal_server_error',
    })
  })

  const hostileOptions: readonly (readonly [what: string, options: unknown])[] = [
    ['null', null],
    ['a string', 'details'],
    ['a number', 7],
    ['a Symbol', Symbol('options')],
    ['an array', [1]],
    ['a Proxy that throws', hostileProxy],
    ['a revoked Proxy', revoked.proxy],
    [
      'getters that throw',
      Object.defineProperties(
        {},
        Object.fromEntries(
          ['params', 'details', 'cause', 'headers', 'status', 'retryAfter', 'as'].map((key) => [
            key,
            { get: throwing },
          ]),
        ),
      ),
    ],
    ['values of the wrong type', { params: 7, headers: 'X: y', status: {}, retryAfter: 'soon' }],
  ]
  for (const [what, options] of hostileOptions) {
    test(`is made as if without options, when they are ${what}`, () => {
      expect(face(construct(10001, options))).toStrictEqual(plainFace)
    })
  }

  const hostileParams: readonly (readonly [what: string, params: unknown])[] = [
    ['missing', undefined],
    ['null', null],
    ['an array', ['tea']],
    ['a Proxy that throws', hostileProxy],
    ['objects and functions', { left: { valueOf: () => 3 }, product: () => 'tea' }],
    ['null and undefined', { left: null, product: undefined }],
    ['a Symbol and an invalid Date', { left: Symbol('3'), product: new Date(NaN) }],
    ['numbers that are none', { left: NaN, product: Infinity }],
  ]
  for (const [what, params] of hostileParams) {
    test(`has an ellipsis for each placeholder, when params are ${what}`, () => {
      const { message, status } = construct(10002, { params })
      expect({ message, status }).toEqual({ message: 'Only … of … left', status: 409 })
    })
  }

  test('keeps only the params that its message names', () => {
    class Product {
      readonly left = 3
      readonly secret = 'hunter2'
      get product(): string {
        return 'tea'
      }
    }
    expect(construct(10002, { params: new Product() }).params).toEqual({ left: 3, product: 'tea' })
    expect(construct(10001, { params: new Product() }).params).toEqual({})
  })

  test('can be made from anything', () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withNullPrototype: true,
      withSparseArray: true,
      withTypedArray: true,
    })
    const options = fc.oneof(
      anything,
      fc.record(
        {
          params: anything,
          details: anything,
          cause: anything,
          headers: anything,
          status: anything,
          retryAfter: anything,
          as: anything,
        },
        { requiredKeys: [] },
      ),
    )
    const code = fc.oneof(anything, fc.constantFrom(10001, 10002, 10029, 500, 200))
    fc.assert(
      fc.property(code, options, (code, options) => {
        const error = construct(code, options)
        expect(isBizError(error)).toBe(true)
        expect(error.status === 200 || (error.status >= 400 && error.status <= 599)).toBe(true)
        expect(error.message).toMatch(/^(?:Internal|Product not found|Only .* of .* left|Too many orders)$/su)
      }),
    )
  })
})

describe('a BizError for those who know only http-errors', () => {
  test('is an HttpError', () => {
    expect(createError.isHttpError(new shop.BizError(10001))).toBe(true)
  })

  for (const [status, expose] of [
    [404, true],
    [499, true],
    [500, false],
    [503, false],
  ] as const) {
    test(`has expose ${expose} with status ${status}`, () => {
      expect(new shop.BizError(10001, { status }).expose).toBe(expose)
    })
  }

  test('does not expose the text that `as` hides', () => {
    expect(new shop.BizError(10001, { as: 10029 }).expose).toBe(false)
  })

  test('shows a logger its code and status, and no body made for clients', () => {
    const error = new shop.BizError(10002, {
      params: { left: 3, product: 'tea' },
      cause: new Error('no row'),
    })
    expect(JSON.stringify(error)).toBe(
      '{"key":10002,"code":10002,"status":409,"params":{"left":3,"product":"tea"},"headers":{}}',
    )
    expect('toJSON' in error).toBe(false)
  })
})

describe('isBizError', () => {
  const error = new shop.BizError(10001)

  test('is true for an error of any catalog', () => {
    expect([isBizError(error), isBizError(new SecretsError('token_expired'))]).toEqual([true, true])
  })

  test('is true for an error of a second copy of this package', async () => {
    vi.resetModules()
    const second = await import('../../src/error/define-catalog.ts')
    const copy = second.defineCatalog({ name: 'copy', errors: { 1: { status: 404, message: 'Other' } } })
    const other: unknown = new copy.BizError(1)
    expect([
      second.defineCatalog === defineCatalog,
      isBizError(other),
      bizErrorState(other)?.catalog,
    ]).toEqual([false, true, copy])
  })

  test('is true for a subclass, whose code is the one at construction', () => {
    // Without types: a constructor whose arguments depend on the code cannot be extended in TypeScript.
    const Base = shop.BizError as unknown as new (code: number) => BizError
    class Odd extends Base {
      constructor() {
        super(10001)
        let reads = 0
        Object.defineProperty(this, 'code', { get: () => (reads += 1) })
      }

      override toString(): string {
        throw new Error('hostile')
      }
    }
    const odd = new Odd()
    expect([isBizError(odd), shop.is(odd, 10001), bizErrorState(odd)?.entry.code]).toEqual([
      true,
      true,
      10001,
    ])
  })

  const symbol = Symbol.for('bizerror.BizError')
  const state = bizErrorState(error)
  test('is true for an error of another copy, whose state tells its version', () => {
    const told: unknown = Reflect.get(error, symbol)
    expect(told).toEqual({ ...state, version: 1 })
    expect(isBizError({ [symbol]: told })).toBe(true)
  })

  const lookAlikes: readonly (readonly [what: string, value: unknown])[] = [
    ['nothing', undefined],
    ['null', null],
    ['a string', 'BizError'],
    ['a function', shop.BizError],
    ['the prototype of BizErrors', shop.BizError.prototype],
    ['an Error with the name', Object.assign(new Error('x'), { name: 'BizError', code: 10001 })],
    ['an object with every property', { ...face(error), isBizError: true }],
    ['the JSON of one', JSON.parse(JSON.stringify(error))],
    ['a structured clone of one', structuredClone(error)],
    ['an http-error', createError(404)],
    ['a Proxy of an object', new Proxy(Object.assign({}, error), {})],
    ['a Proxy that answers every question', new Proxy({}, { get: () => hostileProxy })],
    ['a Proxy that throws', hostileProxy],
    ['the mark with nothing behind it', { [symbol]: true }],
    ['a function with the mark', Object.assign(() => {}, { [symbol]: state })],
    ['the mark with half a state behind it', { [symbol]: { ...state, entry: { message: 'x' } } }],
    [
      'the mark with a catalog that is none',
      { [symbol]: { ...state, catalog: { name: 'shop', sourceLocale: 'en' } } },
    ],
    ['the mark with a status that is none', { [symbol]: { ...state, status: '404' } }],
  ]
  for (const [what, value] of lookAlikes) {
    test(`is false for ${what}`, () => {
      expect(isBizError(value)).toBe(false)
    })
  }
})
