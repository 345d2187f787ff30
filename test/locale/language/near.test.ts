import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseLocale, type HeldLocale } from '../../../src/locale/language/match.ts'
import { createNear } from '../../../src/locale/language/near.ts'

function nearAmong(tags: string): (range: string) => string | undefined {
  return createNear(tags.split(' ').map((tag) => parseLocale(tag) as HeldLocale))
}

const table: readonly (readonly [range: string, held: string, found: string | undefined])[] = [
  ['nn', 'en nb', 'nb'],
  ['nn-NO', 'en no', 'no'],
  ['da', 'en nb', 'nb'],
  ['nb', 'en da', 'da'],
  // Danish is nearer to Bokmål than Nynorsk is.
  ['nb', 'nn da', 'da'],
  ['gsw', 'en de', 'de'],
  ['gsw', 'de de-AT de-CH', 'de-CH'],
  ['gsw-LI', 'de-DE de-LI', 'de-LI'],
  ['lb', 'de fr', 'de'],
  ['yue', 'zh-CN zh-TW', 'zh-TW'],
  ['yue', 'zh-CN zh-Hant zh-HK', 'zh-HK'],
  ['yue-Hans', 'zh-CN zh-TW', 'zh-CN'],
  ['yue_HK', 'zh-Hant', 'zh-Hant'],
  ['ca', 'en es', 'es'],
  ['gl-ES', 'es-419 es-ES', 'es-ES'],
  ['be', 'en ru', 'ru'],
  ['sk', 'cs en', 'cs'],
  ['ms', 'id en', 'id'],
  ['arz', 'ar', 'ar'],
  // Never in another script, and never the other way round where it is not said so.
  ['yue', 'zh-CN', undefined],
  ['uz', 'ru', undefined],
  ['hi', 'ur', undefined],
  ['es', 'ca', undefined],
  ['de', 'gsw', undefined],
  ['fr', 'de en', undefined],
  ['', 'en', undefined],
  ['*', 'en', undefined],
  ['__proto__', 'en', undefined],
]

describe('a near language', () => {
  for (const [range, held, found] of table) {
    test(`of "${range}" is ${found ?? 'none'} among ${held}`, () => {
      expect(nearAmong(held)(range)).toBe(found)
    })
  }

  test('is none or held, whatever is asked for', () => {
    const held = 'en de zh-TW ru ar'
    const near = nearAmong(held)
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.stringMatching(/^[a-z]{2,3}(-[A-Za-z]{4})?(_[A-Z]{2})?$/)),
        (range) => {
          expect([...held.split(' '), undefined]).toContain(near(range))
        },
      ),
    )
  })
})
