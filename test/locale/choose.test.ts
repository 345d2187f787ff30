import { beforeEach, describe, expect, test, vi } from 'vitest'

// Spied on, not replaced: how often a header is read shows what is remembered. Another file may have loaded it before.
vi.mock('../../src/locale/accept-language.ts', { spy: true })
vi.resetModules()
const { preferredLanguages } = await import('../../src/locale/accept-language.ts')
const { createChooser } = await import('../../src/locale/choose.ts')

const TAGS = ['en', 'en-GB', 'de', 'fr', 'ja', 'zh-Hans', 'zh-Hant', 'pt-BR', 'ar']
const choose = createChooser(TAGS, 'en')

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
    expect(createChooser(['de'], 'nl')({ locale: 'en', acceptLanguage: 'fr' })).toBe('nl')
  })

  test('passes over what is held under no tag', () => {
    expect(createChooser(['dev_', '', 'de'], 'en')({ locale: undefined, acceptLanguage: 'de' })).toBe('de')
  })

  test('reads a header that it remembers no second time', () => {
    const fresh = createChooser(TAGS, 'en')
    const chosen = ['de', 'fr', 'de', 'de'].map((acceptLanguage) =>
      fresh({ locale: undefined, acceptLanguage }),
    )
    expect(chosen).toEqual(['de', 'fr', 'de', 'de'])
    expect(vi.mocked(preferredLanguages).mock.calls).toEqual([['de'], ['fr']])
  })

  test('remembers at most 2000 headers', () => {
    const fresh = createChooser(TAGS, 'en')
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

  test('remembers no header of more than 256 characters', () => {
    const fresh = createChooser(TAGS, 'en')
    const [short, long] = ['de'.padEnd(256, ' '), 'de'.padEnd(257, ' ')]
    for (const acceptLanguage of [short, short, long, long]) fresh({ locale: undefined, acceptLanguage })
    expect(vi.mocked(preferredLanguages).mock.calls).toEqual([[short], [long], [long]])
  })
})
