import { expect, test } from 'vitest'
import { WITH_CATALOGS, WITH_COMMON_TEXTS } from '../languages.ts'
import { rule } from './rule.ts'
import { CATALOG_TERMS, COMMON_TERMS, TERMS, UNMISTAKABLE } from './terms.ts'

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

rule('one term has one translation', {
  faults: ({ locale, text, source }) =>
    Object.entries(TERMS[locale]!).flatMap(([term, translation]) =>
      sources[term]!.test(source) && !new RegExp(translation, 'iu').test(text) ? [term] : [],
    ),
  finds: [
    ['de', 'Ungültiger Request', 'Bad request'],
    ['es', 'Tiempo de espera entre códigos', 'Email Code Cooldown'],
    ['fr', 'Le nom de domaine figure sur la liste noire', 'The domain name is on the blacklist'],
  ],
})

rule('a translation that stands for one term stands for no other', {
  faults: ({ locale, text, source }) =>
    UNMISTAKABLE.filter((term) => {
      const translation = TERMS[locale]![term]
      return (
        translation !== undefined && !sources[term]!.test(source) && new RegExp(translation, 'iu').test(text)
      )
    }),
  finds: [
    ['es', 'Tiempo de espera entre códigos', 'Email Code Cooldown'],
    ['de', 'Nicht auf der Sperrliste', 'Not in whitelist'],
  ],
})
