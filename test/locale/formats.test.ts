import { inspect } from 'node:util'
import { createInstance } from 'i18next'
import { describe, expect, test } from 'vitest'
import type { Params } from '../../src/catalog/template.ts'
import { prepareFormats } from '../../src/locale/formats.ts'
import { createSource } from '../../src/locale/source.ts'

const { i18n } = createSource({}, 'Test')

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
  ['{{n, datetime}}', { n: EPOCH }, { n: new Date(0) }],
  ['{{n, datetime}}', { n: '+010000-01-01T00:00:00.000Z' }, { n: new Date('+010000-01-01T00:00:00.000Z') }],
  ['{{n, datetime}}', { n: '-000001-01-01T00:00:00.000Z' }, { n: new Date('-000001-01-01T00:00:00.000Z') }],
  ['{{n, datetime}}', { n: 8.64e15 }, { n: 8.64e15 }],
  ['{{n, datetime}}', { n: -8.64e15 }, { n: -8.64e15 }],
  ['{{n, datetime}}', { n: 8.64e15 + 1 }, {}],
  ['{{n, datetime}}', { n: -8.64e15 - 1 }, {}],
  ...['', '0', '1970-01-01', `x${EPOCH}`, `${EPOCH}x`, '70-01-01T00:00:00.000Z'].map(
    (n) => ['{{n, datetime}}', { n }, {}] as const,
  ),
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
  ['{{n}} {{n, datetime}}', { n: EPOCH }, { n: EPOCH }],
  ['{{n, datetime}} {{n, datetime}}', { n: EPOCH }, { n: new Date(0) }],
]

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

  test('a text of an instance that is not ready are prepared in the default syntax', () => {
    const app = createInstance()
    expect(prepareFormats(app, '{{n, number}}')({ n: '1' })).toEqual({ n: 1 })
  })
})
