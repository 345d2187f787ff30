import { expect, test } from 'vitest'
import { isRightToLeft } from '../../src/answer/direction.ts'

test.each([
  'ar',
  'he',
  'iw',
  'ur',
  'fa',
  'dv',
  'yi',
  'nqo',
  'ff-Adlm',
  'syr',
  'sam',
  'mid',
  'az-Arab',
  'pa-PK',
])('%s is written from the right', (locale) => {
  expect(isRightToLeft(locale)).toBe(true)
})

test.each(['en', 'de-CH', 'zh-Hant', 'az', 'ff', 'not a tag', ''])('%j is not', (locale) => {
  expect(isRightToLeft(locale)).toBe(false)
})
