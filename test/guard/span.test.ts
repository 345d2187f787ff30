import { describe, expect, test } from 'vitest'
import { spanMilliseconds, spanSeconds } from '../../src/guard/span.ts'
import { defineCatalog } from '../../src/error/define-catalog.ts'

describe('a span of time', () => {
  test.each([
    [0, 0],
    [1.5, 1.5],
    ['100ms', 0.1],
    ['29000ms', 29],
    ['30s', 30],
    ['10m', 600],
    ['1h', 3600],
    ['7d', 604_800],
  ])('%j is %d seconds', (span, seconds) => {
    expect([spanSeconds(span), spanMilliseconds(span)]).toEqual([seconds, seconds * 1000])
  })

  test.each([
    NaN,
    Infinity,
    '',
    '10',
    '1.5h',
    '-1s',
    '1 h',
    ' 1h',
    '1h ',
    '1H',
    '10M',
    '10min',
    '+1s',
    '1e3s',
    '0x1s',
    '1_000s',
    '1,5s',
    '٣s',
    '１s',
    '1234567890s',
    Symbol('1s'),
    new String('1s'),
    new Date(60),
    true,
    '1w',
    '1h\n',
    'day',
    10n,
    null,
    undefined,
    {},
    ['1s'],
  ])('%s is none', (span) => {
    expect([spanSeconds(span), spanMilliseconds(span)]).toEqual([undefined, undefined])
  })
})

describe('retryAfter', () => {
  const shop = defineCatalog({
    name: 'shop',
    errors: {
      1: { status: 503, message: 'Later', retryAfter: '10m' },
      2: { status: 503, message: 'Soon', retryAfter: '1500ms' },
    },
  })

  test('of an entry may be a text, which is rounded up to whole seconds', () => {
    expect([...shop].map(({ retryAfter }) => retryAfter)).toEqual([600, 2])
    expect([new shop.BizError(1).retryAfter, new shop.BizError(1).headers]).toEqual([
      600,
      { 'Retry-After': '600' },
    ])
  })

  test('of a throw may be a text', () => {
    expect(
      (['100ms', '30s', '10m', '1h'] as const).map(
        (retryAfter) => new shop.BizError(1, { retryAfter }).retryAfter,
      ),
    ).toEqual([1, 30, 600, 3600])
  })

  test.each(['soon', '1.5h', '-1s', '10 m'])(
    'of a throw that is no span, %j, is that of the entry',
    (given) => {
      const error: unknown = Reflect.construct(shop.BizError, [1, { retryAfter: given }])
      expect(error).toMatchObject({ retryAfter: 600 })
    },
  )
})
