import { inspect } from 'node:util'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { bizErrorState, isBizError, raise, type BizError } from '../../src/error/biz-error.ts'
import { catalog as http } from '../../src/catalogs/http.ts'
import { defineCatalog, defineErrors } from '../../src/error/define-catalog.ts'
import { factoryOf } from '../../src/error/factories.ts'

const definition = {
  name: 'shop',
  success: { code: 200, message: 'OK' },
  errors: {
    200: { status: 200, message: 'OK' },
    500: { status: 500, message: 'Internal' },
    1006: { status: 409, message: 'Username already exists' },
    GONE: { status: 410, message: 'Gone' },
    SOLD_OUT: { status: 409, message: 'Only {{left}} of {{product}} left' },
  },
} as const
const shop = defineCatalog(definition)
const { errors } = shop

/** The function in which an error was made, as its stack tells. */
function madeIn(error: Error): string | undefined {
  return /^\s+at (?:\w+\.)?(\w+) /m.exec(error.stack!)?.[1]
}

function shopkeeper(): BizError {
  return errors.GONE()
}

function customer(): BizError {
  return new shop.BizError('GONE')
}

function factoryTelling(facts: unknown): () => void {
  return Object.assign(() => {}, { [Symbol.for('bizerror.factory')]: facts })
}

afterEach(() => vi.unstubAllEnvs())

describe('errors', () => {
  test('make the errors of the catalog, by word and by number', () => {
    const made = [errors.GONE(), errors[1006](), errors.SOLD_OUT({ params: { left: 3, product: 'tea' } })]
    expect(
      made.map((error) => [error instanceof shop.BizError, error.key, error.code, error.message]),
    ).toEqual([
      [true, 'GONE', 'GONE', 'Gone'],
      [true, 1006, 1006, 'Username already exists'],
      [true, 'SOLD_OUT', 'SOLD_OUT', 'Only 3 of tea left'],
    ])
  })

  test('make the same as the constructor, whatever the throw adds', () => {
    const cause = new Error('no row')
    const options = {
      details: { id: 7 },
      cause,
      headers: { 'X-A': 'a' },
      status: 404,
      retryAfter: 2,
      as: 1006,
    } as const
    expect(bizErrorState(errors.GONE(options))).toEqual(bizErrorState(new shop.BizError('GONE', options)))
    expect(errors.GONE(options)).toEqual(new shop.BizError('GONE', options))
    expect(errors.GONE(options).cause).toBe(cause)
  })

  test('hold the errors alone: no success, and nothing that all objects have', () => {
    expect(Object.keys(errors)).toEqual(['500', '1006', 'GONE', 'SOLD_OUT'])
    expect(['toString', 'constructor', '__proto__'].filter((name) => name in errors)).toEqual([])
    expect(Object.isFrozen(errors)).toBe(true)
  })

  test('need no catalog before the dot', () => {
    const { GONE, 1006: taken } = errors
    expect([GONE().key, taken().key, Reflect.apply(GONE, undefined, []).key]).toEqual(['GONE', 1006, 'GONE'])
  })

  test('have a stack that starts where they were asked for, as with the constructor', () => {
    expect([madeIn(shopkeeper()), madeIn(customer())]).toEqual(['shopkeeper', 'customer'])
    expect(shopkeeper().stack).toMatch(/^BizError: Gone\n/)
  })

  test('have frames exactly when those of the constructor have them', () => {
    vi.stubEnv('NODE_ENV', 'production')
    const live = defineCatalog(definition)
    const made = [live.errors.GONE(), live.errors[500](), new live.BizError('GONE'), new live.BizError(500)]
    expect(made.map(({ stack }) => /\n\s+at /.test(stack!))).toEqual([false, true, false, true])
  })

  test('start at who asked for them in production too, where 5xx have frames', () => {
    vi.stubEnv('NODE_ENV', 'production')
    const live = defineCatalog(definition)
    const janitor = (): BizError => live.errors[500]()
    expect(madeIn(janitor())).toBe('janitor')
  })

  test('leave the limit of frames as it was', () => {
    const limit = Error.stackTraceLimit
    errors.GONE()
    expect(Error.stackTraceLimit).toBe(limit)
  })

  test.each([
    ['gone', undefined],
    ['zero', 0],
    ['no number', 'ten'],
  ])('are made where the limit of frames is %s', (_what, limit) => {
    const before = Error.stackTraceLimit
    Error.stackTraceLimit = limit as number
    try {
      expect(errors.GONE().message).toBe('Gone')
    } finally {
      Error.stackTraceLimit = before
    }
  })

  test('are made where an engine has no captureStackTrace', () => {
    const capture = vi.spyOn(Error, 'captureStackTrace')
    Object.assign(Error, { captureStackTrace: undefined })
    try {
      expect(errors.GONE().key).toBe('GONE')
    } finally {
      capture.mockRestore()
    }
  })

  test('tell what they make errors of, other copies of this package too', () => {
    expect([errors.GONE, errors[1006]].map(factoryOf)).toEqual([
      { catalog: shop, entry: shop.get('GONE') },
      { catalog: shop, entry: shop.get(1006) },
    ])
    const facts = Reflect.get(errors.GONE, Symbol.for('bizerror.factory')) as object
    expect(factoryOf(Object.assign(() => {}, { [Symbol.for('bizerror.factory')]: { ...facts } }))).toEqual(
      factoryOf(errors.GONE),
    )
    expect(inspect(errors.GONE)).toBe('[Function: GONE]')
  })

  test.each([
    [
      'no function',
      Object.assign({}, { [Symbol.for('bizerror.factory')]: { catalog: shop, entry: { key: 'GONE' } } }),
    ],
    ['a function of somebody else', () => {}],
    ['a class', shop.BizError],
    ['one that tells nothing', factoryTelling(undefined)],
    ['one whose catalog is none', factoryTelling({ catalog: {}, entry: { key: 'GONE' } })],
    ['one whose key the catalog has not', factoryTelling({ catalog: shop, entry: { key: 'NOPE' } })],
    ['one whose key is no code', factoryTelling({ catalog: shop, entry: { key: {} } })],
  ])('%s is no factory', (_what, value) => {
    expect(factoryOf(value)).toBeUndefined()
  })

  test('are functions whose name is the key, for a log that shows one that nobody called', () => {
    expect([errors.GONE.name, errors[1006].name]).toEqual(['GONE', '1006'])
  })
})

describe('is', () => {
  const gone: unknown = errors.GONE()

  test('tells the errors of a catalog from all others, and narrows', () => {
    const key: 'GONE' | 1006 | undefined = shop.is(gone, 'GONE', 1006) ? gone.key : undefined
    expect(key).toBe('GONE')
    const other = defineCatalog({ name: 'other', errors: { GONE: { status: 410, message: 'Gone' } } })
    const values = [gone, errors[1006](), other.errors.GONE(), new Error('Gone'), undefined, { key: 'GONE' }]
    expect(values.map((value) => shop.is(value))).toEqual([true, true, false, false, false, false])
    expect(values.map((value) => shop.is(value, 'GONE'))).toEqual([true, false, false, false, false, false])
    expect(values.map((value) => shop.is(value, 1006, 'GONE'))).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ])
  })

  test('tells a number from its digits', () => {
    const is: (error: unknown, ...keys: unknown[]) => boolean = shop.is as never
    expect([is(errors[1006](), 1006), is(errors[1006](), '1006')]).toEqual([true, false])
  })

  test('is false for what stands for a key that the catalog does not have', () => {
    const small = defineCatalog({ name: 'small', errors: { GONE: { status: 410, message: 'Gone' } } })
    const unknown: unknown = Reflect.construct(small.BizError, ['NOPE'])
    expect([isBizError(unknown), small.is(unknown)]).toEqual([true, false])
  })

  test('is false for the generic error of another catalog, in the catalog that has its text', () => {
    const small = defineCatalog({ name: 'small', errors: { 1: { status: 410, message: 'Gone' } } })
    const unknown: unknown = Reflect.construct(small.BizError, ['NOPE'])
    expect([bizErrorState(unknown)?.entry.namespace, http.is(unknown)]).toEqual(['http', false])
  })

  test('knows the same catalog in a second copy of this package', async () => {
    vi.resetModules()
    const second = await import('../../src/error/define-catalog.ts')
    const copy = second.defineCatalog(definition)
    expect([
      copy.is(gone, 'GONE'),
      shop.is(copy.errors.GONE(), 'GONE'),
      shop.is(copy.errors.GONE(), 1006),
    ]).toEqual([true, true, false])
  })

  test('needs no catalog before the dot', () => {
    const { is } = shop
    expect(is(gone)).toBe(true)
  })
})

describe('raise', () => {
  test('throws what it is given, as it is', () => {
    const gone = errors.GONE()
    const found: Readonly<Record<string, string>> = { ann: 'Ann' }
    const find = (id: string): string => found[id] ?? raise(gone)
    expect(find('ann')).toBe('Ann')
    expect(() => find('bob')).toThrow(gone)
  })
})

describe('defineErrors', () => {
  test('returns a part of a catalog as it is, to be defined with others', () => {
    const part = { SOLD: { status: 409, message: '{{left}} left', title: 'Sold', retryable: true } } as const
    expect(defineErrors(part)).toBe(part)
    const parts = defineCatalog({
      name: 'parts',
      errors: [defineErrors(part), defineErrors({ 7: { status: 404, message: 'No' } })],
    })
    const sold = parts.errors.SOLD({ params: { left: 3 }, as: 7 })
    expect([sold.message, parts.errors[7]().message, parts.get('SOLD').title]).toEqual([
      '3 left',
      'No',
      'Sold',
    ])
  })
})
