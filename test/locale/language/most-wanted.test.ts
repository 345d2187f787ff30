import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { mostWanted } from '../../../src/locale/language/most-wanted.ts'

test.each([
  ['de-AT,de;q=0.9,en;q=0.5', 'de-AT'],
  ['en;q=0.1, ja;q=0.9', 'ja'],
  ['zh_tw', 'zh-TW'],
  ['ZH-hant', 'zh-Hant'],
  ['de;q=0, fr', 'fr'],
  ['x, fr;q=0.3', 'fr'],
  ['de-1, fr;q=0.3', 'fr'],
  [`${'x-'.repeat(200)}, pt`, 'pt'],
  [`ko, ${'en-US, '.repeat(100)}`, 'ko'],
])('of %s, the language that is wanted most is %s', (header, tag) => {
  expect(mostWanted(header)).toBe(tag)
})

test.each(['', '*', '*, de;q=0.5', 'de;q=0', ';;;', 'de-', 'i-klingon;q=x', undefined])(
  'of %s, none is',
  (header) => {
    expect(mostWanted(header)).toBeUndefined()
  },
)

test('of any header it is a tag that Intl takes, or nothing', () => {
  const part = fc.constantFrom(
    'de',
    '-',
    '_',
    ',',
    ';',
    'q=',
    '0',
    '1.5',
    'x',
    'u',
    '*',
    ' ',
    'hant',
    'TW',
    '419',
  )
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(part).map((parts) => parts.join('')),
      ),
      (header) => {
        const tag = mostWanted(header)
        if (tag !== undefined) expect(Intl.getCanonicalLocales(tag)).toEqual([tag])
      },
    ),
  )
})
