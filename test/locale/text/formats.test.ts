import { inspect } from 'node:util'
import { createInstance } from 'i18next'
import { describe, expect, test } from 'vitest'
import type { Params } from '../../../src/catalog/template.ts'
import { dateOf, prepareFormats } from '../../../src/locale/text/formats.ts'
import { createSource } from '../../../src/locale/sources/source.ts'

const { i18n } = createSource({}, 'Test')

/** A time as a text's formats get it. */
const at = (text: string): Date => dateOf(text)!

const EPOCH = '1970-01-01T00:00:00.000Z'
const BIG = '12345678901234567890'

const table: readonly (readonly [text: string, params: Params, prepared: object])[] = [
  // No format, or one that i18next does not have: the value as it is.
  ['{{n}}', { n: '12' }, { n: '12' }],
  ['{{n}}', { n: EPOCH }, { n: EPOCH }],
  ['{{n, uppercase}}', { n: 'x' }, { n: 'x' }],
  ['{{n, numbers}}', { n: 'x' }, { n: 'x' }],
  ['nothing', { n: 'x' }, { n: 'x' }],
  ['{{m, number}}', { n: 'x' }, { n: 'x' }],
  ['{{n, number', { n: 'x' }, { n: 'x' }],
  ['n, number}}', { n: 'x' }, { n: 'x' }],
  // A format of the app's: times as Dates, all else as it is.
  ['{{n, short}}', { n: EPOCH }, { n: at(EPOCH) }],
  ['{{n, MM/DD/YYYY}}', { n: EPOCH }, { n: at(EPOCH) }],
  ['{{n, short(a: 1), upper}}', { n: EPOCH }, { n: at(EPOCH) }],
  ['{{n, }}', { n: EPOCH }, { n: at(EPOCH) }],
  ...['12', '', 'x', '2026-01-01', '2026-02-30T00:00:00.000Z'].map(
    (n) => ['{{n, short}}', { n }, { n }] as const,
  ),
  ['{{n, short}}', { n: 12 }, { n: 12 }],
  ['{{n, short}}', { n: '…' }, {}],
  ['{{n, list-of}}', { n: 'x' }, { n: 'x' }],
  ['{{n, number.short}}', { n: '12' }, { n: '12' }],
  // Numbers.
  ['{{n, number}}', { n: 1.5 }, { n: 1.5 }],
  ['{{n, number}}', { n: '12' }, { n: 12 }],
  ['{{n, number}}', { n: '-1.50' }, { n: -1.5 }],
  ['{{n, number}}', { n: '9007199254740991' }, { n: 9_007_199_254_740_991 }],
  ['{{n, number}}', { n: BIG }, { n: 12_345_678_901_234_567_890n }],
  ['{{n, number}}', { n: `-${BIG}` }, { n: -12_345_678_901_234_567_890n }],
  ['{{n, number}}', { n: `${BIG}.0` }, { n: Number(BIG) }],
  ['{{n, number}}', { n: `0.${BIG}` }, { n: Number(`0.${BIG}`) }],
  ['{{n, number}}', { n: '9'.repeat(100) }, { n: BigInt('9'.repeat(100)) }],
  ['{{n, number}}', { n: '9'.repeat(101) }, {}],
  ['{{n, number}}', { n: `0.${'0'.repeat(101)}` }, {}],
  ...['', 'x', '…', '1e3', ' 1', '1 ', '.5', '1.', '1,5', '--1', '0x1', 'x1', '1x', 'Infinity'].map(
    (n) => ['{{n, number}}', { n }, {}] as const,
  ),
  ['{{n, number(minimumFractionDigits: 2)}}', { n: '1' }, { n: 1 }],
  ['{{n, currency(EUR)}}', { n: '1' }, { n: 1 }],
  ['{{n, relativetime(day)}}', { n: '1' }, { n: 1 }],
  ['{{n, relativetime}}', { n: 'x' }, {}],
  ['{{n, currency}}', { n: 'x' }, {}],
  // Times.
  ['{{n, datetime}}', { n: EPOCH }, { n: at(EPOCH) }],
  ['{{n, datetime}}', { n: '+010000-01-01T00:00:00.000Z' }, { n: at('+010000-01-01T00:00:00.000Z') }],
  ['{{n, datetime}}', { n: '-000001-01-01T00:00:00.000Z' }, { n: at('-000001-01-01T00:00:00.000Z') }],
  ['{{n, datetime}}', { n: 8.64e15 }, { n: 8.64e15 }],
  ['{{n, datetime}}', { n: -8.64e15 }, { n: -8.64e15 }],
  ['{{n, datetime}}', { n: 8.64e15 + 1 }, {}],
  ['{{n, datetime}}', { n: -8.64e15 - 1 }, {}],
  ...[
    '',
    '0',
    '1970-01-01',
    `x${EPOCH}`,
    `${EPOCH}x`,
    '70-01-01T00:00:00.000Z',
    '2026-02-30T00:00:00.000Z',
  ].map((n) => ['{{n, datetime}}', { n }, {}] as const),
  // A list is what no param is.
  ['{{n, list}}', { n: 'x' }, {}],
  // However it is written.
  ['{{ n , NUMBER }}', { n: '1' }, { n: 1 }],
  ['{{-n, number}}', { n: '1' }, { n: 1 }],
  ['{{ - n,number}}', { n: '1' }, { n: 1 }],
  ['{{a-n, number}}', { n: '1' }, { n: '1' }],
  // In several places.
  ['{{n}} of {{m, number}}', { n: '1', m: '2' }, { n: '1', m: 2 }],
  ['{{n}} {{n, number}}', { n: '1' }, { n: 1 }],
  ['{{n, number}} {{n}}', { n: '1' }, { n: 1 }],
  ['{{n, number}} {{n, number}}', { n: 'x' }, {}],
  ['{{n, number}} {{n, list}}', { n: 1 }, {}],
  ['{{n}} {{n, datetime}}', { n: EPOCH }, { n: at(EPOCH) }],
  ['{{n, datetime}} {{n, datetime}}', { n: EPOCH }, { n: at(EPOCH) }],
  ['{{n, short}} {{n, datetime}}', { n: EPOCH }, { n: at(EPOCH) }],
  ['{{n, short}} {{n, number}}', { n: EPOCH }, {}],
]

describe('a param that a Date was made text of', () => {
  test('is that Date for formats, and the same text in every other place', () => {
    const date = at(EPOCH)
    expect([date instanceof Date, date.getTime()]).toEqual([true, 0])
    expect([String(date), ['', date].join(''), JSON.stringify(date)]).toEqual([EPOCH, EPOCH, `"${EPOCH}"`])
  })

  test.each([0, '', '0', '1970-01-01', '2026-02-30T00:00:00.000Z', '2026-01-01T24:00:00.000Z', 'x'])(
    'is not %j',
    (value) => {
      expect(dateOf(value)).toBeUndefined()
    },
  )
})

describe('params of', () => {
  for (const [text, params, prepared] of table) {
    test(`"${text}" that are ${inspect(params)} are prepared as ${inspect(prepared)}`, () => {
      expect(prepareFormats(i18n, text)(params)).toStrictEqual(prepared)
    })
  }

  test('a text in the syntax of the app are prepared as well', async () => {
    const app = createInstance()
    await app.init({ interpolation: { prefix: '<', suffix: '>', formatSeparator: '|' } })
    const params = { n: '1', m: '1' }
    expect(prepareFormats(app, '<n|number> {{m, number}}')(params)).toEqual({ n: 1, m: '1' })
  })

  test('a text of an app that formats every value hold times as Dates', async () => {
    const app = createInstance()
    await app.init({ interpolation: { alwaysFormat: true } })
    expect(prepareFormats(app, '{{n}}')({ n: EPOCH })).toStrictEqual({ n: at(EPOCH) })
  })

  test('a text of an instance that is not ready are prepared in the default syntax', () => {
    const app = createInstance()
    expect(prepareFormats(app, '{{n, number}}')({ n: '1' })).toEqual({ n: 1 })
  })
})
