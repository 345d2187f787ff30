import { describe, expect, test } from 'vitest'
import { bizErrorState } from '../../src/error/biz-error.ts'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import type { OptionsWithAnyParams } from '../../src/error/typed-codes.ts'
import {
  adoptState,
  statusState,
  conditionState,
  NO_PARAMS,
  thrownState,
  withRequiredHeaders,
  type BizErrorState,
} from '../../src/error/state.ts'

const shop = defineCatalog({
  name: 'shop',
  errors: {
    1: { status: 404, message: 'Not here', retryAfter: 60 },
    2: { status: 409, message: '{{left}} of {{product}}' },
    503: { status: 503, message: 'Later', retryAfter: 30 },
  },
})

const bare: BizErrorState = {
  catalog: shop,
  entry: shop.get(1),
  status: 404,
  params: {},
  details: undefined,
  message: undefined,
  fields: undefined,
  errors: undefined,
  headers: undefined,
  retryAfter: 60,
  retryable: false,
  violatedPolicies: undefined,
  as: undefined,
  condition: undefined,
  unknownKey: undefined,
  unusable: [],
}

const throwing = (): never => {
  throw new Error('hostile')
}

describe('thrownState', () => {
  test('has what the entry says, and what the occurrence adds to it', () => {
    const details = { id: 7 }
    expect([
      thrownState(shop, 1, undefined),
      thrownState(shop, 1, { status: 410, details, headers: { 'X-A': 1 }, retryAfter: 1.5, as: 1 }),
    ]).toStrictEqual([bare, { ...bare, status: 410, details, headers: { 'X-A': '1' }, retryAfter: 2, as: 1 }])
  })

  test('takes a wait as seconds, as a text, and as a Date', () => {
    const waits = [7, '10m', new Date(0)].map((retryAfter) => thrownState(shop, 1, { retryAfter }).retryAfter)
    expect(waits).toEqual([7, 600, 0])
  })

  test('has the one object for no params, by which a text that is always the same is known', () => {
    expect(thrownState(shop, 1, { details: 1 }).params).toBe(NO_PARAMS)
  })

  test.each([
    ['401: the catalog says how to log in', 401, { 'WWW-Authenticate': 'Basic' }, {}],
    ['403', 403, { 'WWW-Authenticate': 'Bearer scope="a"' }, { 'WWW-Authenticate': 'Bearer scope="a"' }],
    ['407', 407, { 'Proxy-Authenticate': 'Basic' }, { 'Proxy-Authenticate': 'Basic' }],
    ['a status that it does not belong to', 404, { 'Proxy-Authenticate': 'Basic' }, {}],
  ])('takes or leaves the header that belongs to a status, with %s', (_what, status, headers, taken) => {
    expect(thrownState(shop, 1, { status, headers }).headers).toEqual(taken)
  })

  test('knows every option that types have, and names what is none', () => {
    const every: Required<OptionsWithAnyParams<number>> = {
      details: 1,
      cause: new Error('x'),
      headers: {},
      status: 410,
      retryAfter: 1,
      violatedPolicies: ['a'],
      as: 1,
      params: {},
      also: [],
      fields: [],
    }
    expect(
      [every, { ...every, other: undefined }].map((given) => thrownState(shop, 1, given).unusable),
    ).toEqual([[], ['other']])
  })

  test('conceals as the generic code of the status what names no code that can stand for it', () => {
    for (const as of [2, 9999, {}, null, Symbol('as')]) {
      const state = thrownState(shop, 1, { as })
      expect([state.as, state.unusable]).toEqual([404, ['as']])
    }
  })

  test('has the names of 16 policies at most', () => {
    const names = Array.from({ length: 100_000 }, (_, index) => `policy-${index}`)
    expect([
      thrownState(shop, 1, { violatedPolicies: ['daily', 'hourly'] }).violatedPolicies,
      thrownState(shop, 1, { violatedPolicies: names }).violatedPolicies,
    ]).toEqual([['daily', 'hourly'], names.slice(0, 16)])
  })

  const unusable: readonly (readonly [
    what: string,
    code: number,
    options: object | undefined,
    names: readonly string[],
  ])[] = [
    [
      'nothing, when all can be used',
      2,
      { params: { left: 3, product: '' }, headers: { 'X-A': '' }, retryAfter: 0 },
      [],
    ],
    ['a status that is none', 1, { status: 302 }, ['status']],
    ['no status that is undefined', 1, { status: undefined }, []],
    ['headers that are a text', 1, { headers: 'X-A: a' }, ['headers']],
    ['headers in a Map', 1, { headers: new Map([['X-A', 'a']]) }, ['headers']],
    ['headers in a Headers', 1, { headers: new Headers({ 'X-A': 'a' }) }, ['headers']],
    ['no header that is named entries', 1, { headers: { entries: '3' } }, []],
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
    ['params where there are no options', 2, undefined, ['params.left', 'params.product']],
    ['policies that are none', 1, { violatedPolicies: 'daily' }, ['violatedPolicies']],
    ['policies without a name', 1, { violatedPolicies: ['', 7, 'a\r\nb', 'größe'] }, ['violatedPolicies']],
    ['no policy, when one has a name', 1, { violatedPolicies: ['daily', 7] }, []],
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
      expect(thrownState(shop, code, options).unusable).toEqual(names)
    })
  }
})

describe('statusState', () => {
  test('has the status that was asked for, and the meaning that the catalog gives it', () => {
    const later = { ...bare, entry: shop.get(503), status: 503, retryAfter: 30 }
    const entry = shop.forStatus(418)
    expect([statusState(shop, 503), statusState(shop, 418)]).toStrictEqual([
      later,
      { ...later, entry, status: 418, retryAfter: undefined },
    ])
  })
})

describe('conditionState', () => {
  const conditions = defineCatalog({
    name: 'conditions',
    errors: {
      1: { status: 422, message: 'Invalid' },
      2: { status: 429, message: 'Later', retryAfter: 60 },
      3: { status: 409, message: 'Taken', retryable: true },
    },
    foreign: { byCondition: { 'validation-failed': 1, 'rate-limited': 2, 'already-exists': 3 } },
  })
  const generic = (code: number, status: number): BizErrorState => {
    const entry = conditions.get(code)!
    return { ...statusState(conditions, status), entry, status, retryAfter: entry.retryAfter }
  }

  test('has the code, status and wait of a condition, and is retryable when it or the code is', () => {
    expect([
      conditionState(conditions, { condition: 'validation-failed' }),
      conditionState(conditions, { condition: 'rate-limited' }),
      conditionState(conditions, { condition: 'already-exists' }),
      conditionState(conditions, { condition: 'write-conflict' }),
    ]).toStrictEqual([
      { ...generic(1, 422), condition: 'validation-failed' },
      { ...generic(2, 429), condition: 'rate-limited', retryable: true },
      { ...generic(3, 409), condition: 'already-exists', retryable: true },
      { ...statusState(conditions, 409), condition: 'write-conflict', retryable: true },
    ])
  })

  test('has the status of an error that has nothing else, and what that stands for; 500 without', () => {
    expect([
      conditionState(conditions, { condition: undefined, status: 429 }),
      conditionState(conditions, { condition: undefined, status: 418 }),
      conditionState(conditions, { condition: undefined }),
    ]).toStrictEqual([
      { ...generic(2, 429), condition: 'rate-limited', retryable: true },
      statusState(conditions, 418),
      statusState(conditions, 500),
    ])
  })

  test.each([
    [7.2, 8],
    ['9', 9],
    [new Date(0), 0],
    ['soon', 60],
    [-1, 60],
    [undefined, 60],
  ])('waits, for a Retry-After of %j, %i seconds', (retryAfter, seconds) => {
    expect(conditionState(conditions, { condition: 'rate-limited', retryAfter }).retryAfter).toBe(seconds)
  })

  test.each([
    ['the status of the condition', 400, { ...generic(1, 422), condition: 'validation-failed' }],
    ['the status of its code', 422, { ...generic(1, 422), condition: 'validation-failed' }],
    ['500, which says nothing', 500, { ...generic(1, 422), condition: 'validation-failed' }],
    [
      'another, which the app chose',
      429,
      { ...generic(2, 429), condition: 'validation-failed', retryable: false },
    ],
  ] as const)('has, for a condition with %s, what that means', (_what, status, expected) => {
    expect(conditionState(conditions, { condition: 'validation-failed', status })).toStrictEqual(expected)
  })

  test('takes nothing that all objects have', () => {
    Reflect.defineProperty(Object.prototype, 'retryAfter', { value: 9, configurable: true })
    try {
      expect(conditionState(conditions, { condition: 'write-conflict' }).retryAfter).toBeUndefined()
    } finally {
      Reflect.deleteProperty(Object.prototype, 'retryAfter')
    }
  })

  test('keeps the fields', () => {
    const fields = [{ path: 'name', code: 'required' as const }]
    expect(conditionState(conditions, { condition: 'validation-failed', fields }).fields).toBe(fields)
  })
})

describe('withRequiredHeaders', () => {
  const state = statusState(shop, 405)

  test('has the header of the status, where the error brings it, and no other', () => {
    const error = Object.assign(new Error('x'), { headers: { Allow: 'GET', 'X-A': 'a' } })
    expect(withRequiredHeaders(state, error)).toStrictEqual({ ...state, headers: { Allow: 'GET' } })
  })

  test('leaves the state as it is, where the error brings none', () => {
    expect(withRequiredHeaders(state, new Error('x'))).toBe(state)
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
    const state = thrownState(shop, 2, {
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
      ...thrownState(shop, 2, { params: { left: 1, product: '\uFFFD' } }),
      headers: {},
      unusable: ['retryAfter', 'headers.X-A'],
    })
  })

  test('keeps the names of what was unusable, of bounded number and length', () => {
    const unusable = [
      'headers.X-A',
      7,
      'x'.repeat(99),
      ...Array.from({ length: 99 }, (_, index) => `a${index}`),
    ]
    const adopted = [unusable, 'headers', undefined].map(
      (unusable) => adoptState({ ...foreign, unusable })?.unusable,
    )
    const seven = Array.from({ length: 7 }, (_, index) => `a${index}`)
    expect(adopted).toEqual([['headers.X-A', 'x'.repeat(64), ...seven], [], []])
  })

  test('keeps the code that was asked for, as a text of bounded length', () => {
    const codes = ['"x"', 'y'.repeat(99), 7, {}].map(
      (unknownKey) => adoptState({ ...foreign, unknownKey })?.unknownKey,
    )
    expect(codes).toEqual(['"x"', 'y'.repeat(64), '7', 'an object'])
    expect(adoptState({ ...foreign, unknownKey: '"x"' })).toStrictEqual({
      ...adoptState(foreign),
      unknownKey: '"x"',
    })
  })

  test('keeps the status 200 of an idempotent endpoint', () => {
    expect(adoptState({ ...foreign, status: 200 })?.status).toBe(200)
  })

  test('takes a catalog in any language', () => {
    const catalog = { get: throwing, name: 'shop', sourceLocale: 'zh-Hant-TW' }
    expect(adoptState({ ...foreign, catalog })?.catalog).toBe(catalog)
  })

  test('is what is asked of an object that bears the mark of this package', () => {
    expect(bizErrorState({ [Symbol.for('bizerror.BizError')]: foreign })).toStrictEqual(adoptState(foreign))
  })

  const none: readonly (readonly [what: string, state: unknown])[] = [
    ['nothing', undefined],
    ['a text', 'state'],
    ['an empty object', {}],
    ['no catalog', { ...foreign, catalog: undefined }],
    ['a catalog that cannot be asked', { ...foreign, catalog: { name: 'shop', sourceLocale: 'en' } }],
    ['a catalog without name', { ...foreign, catalog: { get: throwing, sourceLocale: 'en' } }],
    [
      'a catalog in no language',
      { ...foreign, catalog: { get: throwing, name: 'shop', sourceLocale: 'en\r\nX: y' } },
    ],
    [
      'a catalog whose language begins with something else',
      { ...foreign, catalog: { get: throwing, name: 'shop', sourceLocale: 'x: en' } },
    ],
    ['no entry', { ...foreign, entry: undefined }],
    ['an entry without text', { ...foreign, entry: { namespace: 'shop', params: [] } }],
    ['an entry without namespace', { ...foreign, entry: { message: 'x', params: [] } }],
    ['an entry without params', { ...foreign, entry: { message: 'x', namespace: 'shop' } }],
    ['an entry whose code is none', { ...foreign, entry: { ...shop.get(1), code: {} } }],
    ['an entry without key', { ...foreign, entry: { ...shop.get(1), key: undefined } }],
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
    const hostile = {
      ...foreign,
      catalog: { get: throwing, name: 'shop', sourceLocale: { toString: throwing } },
    }
    expect(bizErrorState({ [brand]: hostile })).toBeUndefined()
  })
})
