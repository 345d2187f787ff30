import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Chooser } from '../../../src/locale/language/choose.ts'
import type { FallbackLocales } from '../../../src/locale/language/fallbacks.ts'

// Spied on, not replaced: how often a header is read shows what is remembered. Another file may have loaded it before.
vi.mock('../../../src/locale/language/accept-language.ts', { spy: true })
vi.resetModules()
const { preferredLanguages } = await import('../../../src/locale/language/accept-language.ts')
const { createChooser } = await import('../../../src/locale/language/choose.ts')
const { parseFallbacks } = await import('../../../src/locale/language/fallbacks.ts')

const TAGS = ['en', 'en-GB', 'de', 'fr', 'ja', 'zh-Hans', 'zh-Hant', 'pt-BR', 'ar']

/** Makes the choice of an app that has written `fallbackLocale`. */
function chooserOf(tags: readonly string[], locale: string, fallbackLocale?: FallbackLocales): Chooser {
  return createChooser(tags, { ...parseFallbacks(fallbackLocale), locale }, locale)
}

const { choose } = chooserOf(TAGS, 'en')

const table: readonly (readonly [acceptLanguage: string | undefined, chosen: string])[] = [
  [undefined, 'en'],
  ['', 'en'],
  ['*', 'en'],
  ['*;q=0', 'en'],
  ['en;q=0', 'en'],
  ['de', 'de'],
  ['de-AT', 'de'],
  ['DE-at', 'de'],
  ['en-US-u-ca-buddhist', 'en'],
  ['zH-hAnS', 'zh-Hans'],
  ['zh-TW', 'zh-Hant'],
  ['zh-CN', 'zh-Hans'],
  ['de;q=0.1,de;q=0.9,en;q=0.5', 'de'],
  ['tlh, nl, fr;q=0.1', 'fr'],
  ['tlh, *, de', 'en'],
  ['zh_TW', 'zh-Hant'],
  ['pt_BR;q=0.9, en;q=0.8', 'pt-BR'],
  // Near languages, after all that are named.
  ['gsw', 'de'],
  ['gsw, fr;q=0.1', 'fr'],
  ['gsw, *;q=0.5', 'de'],
  ['*, gsw', 'en'],
  ['yue, tlh', 'zh-Hant'],
  ['tlh', 'en'],
  // Languages behind the name of their family (RFC 5646, section 2.2.2).
  ['zh-cmn-Hans-CN', 'zh-Hans'],
  ['zh-cmn-Hant', 'zh-Hant'],
  ['zh-cmn', 'zh-Hans'],
  ['zh-yue-HK', 'zh-Hant'],
  ['zh-yue', 'zh-Hant'],
  ['ar-arz', 'ar'],
  ['de-bar', 'en'],
  ['../../etc/passwd', 'en'],
  ['__proto__, constructor', 'en'],
  ['x-whatever', 'en'],
]

describe('a chooser', () => {
  beforeEach(() => {
    vi.mocked(preferredLanguages).mockClear()
  })

  for (const [acceptLanguage, chosen] of table) {
    test(`chooses ${chosen} for ${acceptLanguage === undefined ? 'no header' : `"${acceptLanguage}"`}`, () => {
      expect(choose({ locale: undefined, acceptLanguage })).toBe(chosen)
    })
  }

  test("takes the app's choice first", () => {
    expect(choose({ locale: 'fr-CA', acceptLanguage: 'de' })).toBe('fr')
  })

  test("takes the app's choice as ICU writes it", () => {
    expect(choose({ locale: 'zh_TW', acceptLanguage: 'de' })).toBe('zh-Hant')
  })

  for (const locale of ['nl', '', '*', '../../x']) {
    test(`leaves it to the client when the app chooses "${locale}"`, () => {
      expect(choose({ locale, acceptLanguage: 'de' })).toBe('de')
    })
  }

  test('takes the fallback, even one that is not held, when nothing matches', () => {
    expect(chooserOf(['de'], 'nl').choose({ locale: 'en', acceptLanguage: 'fr' })).toBe('nl')
  })

  test('passes over what is held under no tag', () => {
    expect(chooserOf(['dev_', '', 'de'], 'en').choose({ locale: undefined, acceptLanguage: 'de' })).toBe('de')
  })

  test('reads a header that it remembers no second time', () => {
    const { choose: fresh } = chooserOf(TAGS, 'en')
    const chosen = ['de', 'fr', 'de', 'de'].map((acceptLanguage) =>
      fresh({ locale: undefined, acceptLanguage }),
    )
    expect(chosen).toEqual(['de', 'fr', 'de', 'de'])
    expect(vi.mocked(preferredLanguages).mock.calls).toEqual([['de'], ['fr']])
  })

  test('remembers at most 2000 headers', () => {
    const { choose: fresh } = chooserOf(TAGS, 'en')
    const headers = Array.from(
      { length: 2001 },
      (_, index) => `de;q=0.5, en;q=0.${index % 1000}${index < 1000 ? '' : ' '}${index < 2000 ? '' : ' '}`,
    )
    for (const acceptLanguage of headers.slice(0, 2000)) fresh({ locale: undefined, acceptLanguage })
    for (const acceptLanguage of headers.slice(0, 2000)) fresh({ locale: undefined, acceptLanguage })
    expect(vi.mocked(preferredLanguages).mock.calls.length).toBe(2000)
    fresh({ locale: undefined, acceptLanguage: headers[2000] })
    fresh({ locale: undefined, acceptLanguage: headers[0] })
    expect(vi.mocked(preferredLanguages).mock.calls.length).toBe(2002)
  })

  test('reads a header once more for a text that the chosen language lacks, and remembers that too', () => {
    const { choose, alternatives } = chooserOf(TAGS, 'en')
    const wanted = { locale: undefined, acceptLanguage: 'de, fr' }
    const heard = [choose(wanted), alternatives(wanted), choose(wanted), alternatives(wanted)]
    expect(heard).toEqual(['de', ['fr', 'en'], 'de', ['fr', 'en']])
    expect(vi.mocked(preferredLanguages).mock.calls).toEqual([['de, fr'], ['de, fr']])
  })

  test('remembers no header of more than 256 characters', () => {
    const { choose: fresh } = chooserOf(TAGS, 'en')
    const [short, long] = ['de'.padEnd(256, ' '), 'de'.padEnd(257, ' ')]
    for (const acceptLanguage of [short, short, long, long]) fresh({ locale: undefined, acceptLanguage })
    expect(vi.mocked(preferredLanguages).mock.calls).toEqual([[short], [long], [long]])
  })
})

const lines: readonly [wants: string, held: string, line: string, fallbackLocale?: FallbackLocales][] = [
  // The languages that the client names, in its order, each with those that CLDR takes its texts from.
  ['fr, de', 'de fr en', 'fr de en'],
  ['de-AT, fr', 'de de-AT fr en', 'de-AT de fr en'],
  ['es-MX', 'es es-419 es-MX en', 'es-MX es-419 es en'],
  ['en-AU, de', 'en en-001 en-AU en-GB de', 'en-AU en-001 en de en-GB'],
  ['fr;q=0.5, de', 'de fr en', 'de fr en'],
  // Then what its readers read besides.
  ['zh-HK', 'en zh-CN zh-HK zh-TW', 'zh-HK zh-TW en'],
  ['zh-HK, ja', 'en ja zh-HK zh-TW', 'zh-HK ja zh-TW en'],
  ['de', 'de de-CH en', 'de de-CH en'],
  ['gsw, fr', 'de en fr', 'fr de en'],
  ['da', 'da en nb', 'da nb en'],
  ['zh_HK', 'en zh-HK zh-TW', 'zh-HK zh-TW en'],
  // What the app says goes before what we know, and its last word before the fallback.
  ['zh-HK', 'en ja zh-HK zh-TW', 'zh-HK ja zh-TW en', { 'zh-HK': ['ja'] }],
  ['zh-Hant-HK', 'en ja zh-HK', 'zh-HK ja en', { 'zh-HK': 'ja' }],
  ['zh-HK', 'en ja zh-HK', 'zh-HK ja en', { 'zh-Hant': 'ja' }],
  ['de-CH', 'de de-CH en fr', 'de-CH de fr en', { 'de-CH': ['it', 'fr'] }],
  ['gsw', 'de en fr', 'fr de en', { gsw: 'fr' }],
  ['gsw, en', 'de en fr', 'en fr de', { gsw: 'fr' }],
  ['ja', 'de en fr ja', 'ja fr en', { de: 'fr', default: ['fr', 'en'] }],
  // Nobody asks for what stands behind any language.
  ['fr, *, de', 'de en fr', 'fr en'],
  ['*', 'de en fr', 'en'],
  ['tlh', 'de en fr', 'en'],
]

for (const [wants, held, line, fallbackLocale] of lines) {
  const rules = fallbackLocale === undefined ? '' : ` by ${JSON.stringify(fallbackLocale)}`
  test(`a text for "${wants}" is looked for, among ${held}, in ${line}${rules}`, () => {
    const { choose, alternatives } = chooserOf(held.split(' '), 'en', fallbackLocale)
    const wanted = { locale: undefined, acceptLanguage: wants }
    expect([choose(wanted), ...alternatives(wanted)].join(' ')).toBe(line)
  })
}

test('a text that even the fallback lacks is looked for in the language of the catalog', () => {
  const fallbacks = { ...parseFallbacks({ default: ['fr', 'ja'] }), locale: 'fr' }
  const { alternatives } = createChooser(['de', 'en', 'fr', 'ja'], fallbacks, 'en')
  expect(alternatives({ locale: undefined, acceptLanguage: 'de' }).join(' ')).toBe('fr ja en')
})

test("a text for the app's own choice is looked for in that, then in what the client names", () => {
  const { choose, alternatives } = chooserOf(['de', 'en', 'fr', 'ja', 'nb'], 'en')
  const lines = [['ja'], ['tlh', 'ja'], ['ja', 'fr'], 'ja', 'nn'].map((locale) => {
    const wanted = { locale, acceptLanguage: 'de' }
    return [choose(wanted), ...alternatives(wanted)].join(' ')
  })
  expect(lines).toEqual(['ja de en', 'ja de en', 'ja fr de en', 'ja de en', 'nb de en'])
})
