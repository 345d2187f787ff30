import { describe, expect, test } from 'vitest'
import { WITH_CATALOGS, WITH_COMMON_TEXTS } from '../languages.ts'
import { byLocale, english, isVendorText } from '../texts.ts'
import { rule } from './rule.ts'
import { CATALOG_TERMS, COMMON_TERMS, SAID_OF_SEVERAL, TERMS, UNMISTAKABLE } from './terms.ts'

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

/** The source texts that a language translates in more than one way; those of titles, which may be nouns, apart. */
function divergent(locale: string, texts: ReadonlyMap<string, string>): ReadonlySet<string> {
  const translations = new Map<string, string>()
  const found = new Set<string>()
  for (const [key, text] of texts) {
    if (isVendorText(locale, key)) continue
    const source = english.get(key)!
    const kind = `${source.toLowerCase()} ${key.endsWith('/title') && !key.startsWith('fields.json/')}`
    const first = translations.get(kind)
    if (first === undefined) translations.set(kind, text)
    else if (first !== text) found.add(source)
  }
  return found
}

describe('one source text has one translation', () => {
  for (const [locale, texts] of byLocale) {
    if (locale === 'en') continue
    test(`${locale} keeps to it`, () => {
      expect([...divergent(locale, texts)].filter((source) => !(source in SAID_OF_SEVERAL))).toEqual([])
    })
  }

  test('but for a few that stand for several things, each of which some language needs', () => {
    const needed = [...byLocale].flatMap(([locale, texts]) => Array.from(divergent(locale, texts)))
    expect([...new Set(needed)].sort()).toEqual(Object.keys(SAID_OF_SEVERAL).sort())
  })

  test('finds two translations', () => {
    const texts: readonly [key: string, text: string][] = [
      ['cdn.json/4300/message', 'Kein Zugriff'],
      ['http.json/403/message', 'Zugriff verweigert'],
      ['http.json/404/message', 'Nicht gefunden'],
    ]
    expect(divergent('de', new Map(texts))).toEqual(new Set(['Access denied']))
  })
})
