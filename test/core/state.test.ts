import { describe, expect, test } from 'vitest'
import { bizErrorState } from '../../src/core/biz-error.ts'
import { defineCatalog } from '../../src/core/define-catalog.ts'
import { adoptState, genericState, stateOf, type BizErrorState } from '../../src/core/state.ts'

const shop = defineCatalog({
  name: 'shop',
  codes: {
    1: { status: 404, message: 'Not here', retryAfter: 60 },
    2: { status: 409, message: '{{left}} of {{product}}' },
    503: { status: 503, message: 'Later', retryAfter: 30 },
  },
})

const bare: BizErrorState = {
  catalog: shop,
  entry: shop.get(1),
  code: 1,
  status: 404,
  params: {},
  details: undefined,
  headers: undefined,
  retryAfter: 60,
  as: undefined,
  unknownCode: undefined,
  unusable: [],
}

const throwing = (): never => {
  throw new Error('hostile')
}

describe('stateOf', () => {
  test('has what the entry says, and what the occurrence adds to it', () => {
    const details = { id: 7 }
    expect([
      stateOf(shop, 1, undefined),
      stateOf(shop, 1, { status: 410, details, headers: { 'X-A': 1 }, retryAfter: 1.5, as: 1, other: 1 }),
    ]).toStrictEqual([bare, { ...bare, status: 410, details, headers: { 'X-A': '1' }, retryAfter: 2, as: 1 }])
  })

  test('conceals as the generic code of the status what names no code that can stand for it', () => {
    for (const as of [2, 9999, {}, null, Symbol('as')]) {
      const state = stateOf(shop, 1, { as })
      expect([state.as, state.unusable]).toEqual([404, ['as']])
    }
  })

  const unusable: readonly (readonly [
    what: string,
    code: number,
    options: object,
    names: readonly string[],
  ])[] = [
    [
      'nothing, when all can be used',
      2,
      { params: { left: 3, product: '' }, headers: { 'X-A': '' }, retryAfter: 0 },
      [],
    ],
    ['a retryAfter that is none', 1, { retryAfter: -5 }, ['retryAfter']],
    ['a retryAfter that is null', 1, { retryAfter: null }, ['retryAfter']],
    [
      'headers that cannot be sent',
      1,
      { headers: { 'X-A': '日本', Vary: '*' } },
      ['headers.X-A', 'headers.Vary'],
    ],
    [
      'params that are missing or unreadable',
      2,
      { params: { product: {} } },
      ['params.left', 'params.product'],
    ],
    ['no param that the text does not name', 2, { params: { left: 1, product: 'x', other: {} } }, []],
    [
      'the beginning of a long name',
      1,
      { headers: { ['x'.repeat(99)]: '日' } },
      [`headers.${'x'.repeat(56)}`],
    ],
    [
      'ten of many',
      1,
      { headers: Object.fromEntries(Array.from({ length: 99 }, (_, index) => [`X-${index}`, null])) },
      Array.from({ length: 10 }, (_, index) => `headers.X-${index}`),
    ],
  ]
  for (const [what, code, options, names] of unusable) {
    test(`says what cannot be used: ${what}`, () => {
      expect(stateOf(shop, code, options).unusable).toEqual(names)
    })
  }
})

describe('genericState', () => {
  test('has the status that was asked for, and the meaning that the catalog gives it', () => {
    const later = { ...bare, entry: shop.get(503), code: 503, status: 503, retryAfter: 30 }
    const { code, entry } = shop.forStatus(418)
    expect([genericState(shop, 503), genericState(shop, 418)]).toStrictEqual([
      later,
      { ...later, entry, code, status: 418, retryAfter: undefined },
    ])
  })
})

describe('adoptState', () => {
  const foreign = {
    catalog: shop,
    entry: shop.get(2),
    code: 2,
    status: 409,
    params: { left: 1, product: 'x' },
  }

  test('takes a state of another version as it is, when it can be used', () => {
    const state = stateOf(shop, 2, {
      params: { left: 1, product: 'x' },
      details: 1,
      headers: { 'X-A': 'a' },
      as: 1,
    })
    expect(adoptState(state)).toStrictEqual(state)
  })

  test('makes a state of another version safe', () => {
    const hostile = {
      ...foreign,
      headers: { 'X-A': 'a\r\nb' },
      retryAfter: -1,
      params: { left: 1, product: '\u202E\uD800' },
    }
    expect(adoptState(hostile)).toStrictEqual({
      ...stateOf(shop, 2, { params: { left: 1, product: '\uFFFD' } }),
      headers: {},
      unusable: ['retryAfter', 'headers.X-A'],
    })
  })

  const none: readonly (readonly [what: string, state: unknown])[] = [
    ['nothing', undefined],
    ['a text', 'state'],
    ['an empty object', {}],
    ['no catalog', { ...foreign, catalog: undefined }],
    ['a catalog that cannot be asked', { ...foreign, catalog: { name: 'shop', locale: 'en' } }],
    ['a catalog without name', { ...foreign, catalog: { get: throwing, locale: 'en' } }],
    [
      'a catalog in no language',
      { ...foreign, catalog: { get: throwing, name: 'shop', locale: 'en\r\nX: y' } },
    ],
    ['no entry', { ...foreign, entry: undefined }],
    ['an entry without text', { ...foreign, entry: { namespace: 'shop', params: [] } }],
    ['an entry without namespace', { ...foreign, entry: { message: 'x', params: [] } }],
    ['an entry without params', { ...foreign, entry: { message: 'x', namespace: 'shop' } }],
    ['a code that is none', { ...foreign, code: {} }],
    ['a status that is none', { ...foreign, status: 302 }],
    ['a status that is a text', { ...foreign, status: '409' }],
  ]
  for (const [what, state] of none) {
    test(`is nothing for ${what}`, () => {
      expect(adoptState(state)).toBeUndefined()
    })
  }

  test('of what throws is nothing to those who ask', () => {
    const brand = Symbol.for('bizerror.BizError')
    const hostile = { ...foreign, catalog: { get: throwing, name: 'shop', locale: { toString: throwing } } }
    expect(bizErrorState({ [brand]: hostile })).toBeUndefined()
  })
})
