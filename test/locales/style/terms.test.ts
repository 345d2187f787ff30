import { expect, test } from 'vitest'
import { WITH_CATALOGS, WITH_COMMON_TEXTS } from '../languages.ts'
import { CATALOG_TERMS, COMMON_TERMS, TERMS } from './terms.ts'

const sources = { ...COMMON_TERMS, ...CATALOG_TERMS }

test('every language says how it translates each term that its texts hold', () => {
  expect(
    Object.fromEntries(Object.entries(TERMS).map(([locale, terms]) => [locale, Object.keys(terms)])),
  ).toEqual({
    ...Object.fromEntries(WITH_CATALOGS.map((locale) => [locale, Object.keys(sources)])),
    ...Object.fromEntries(WITH_COMMON_TEXTS.map((locale) => [locale, Object.keys(COMMON_TERMS)])),
    en: undefined,
  })
})
