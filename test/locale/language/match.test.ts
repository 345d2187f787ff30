import * as fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { matchLocale, parseLocale, type HeldLocale } from '../../../src/locale/language/match.ts'

function hold(tags: string): readonly HeldLocale[] {
  return tags
    .split(' ')
    .map((tag) => parseLocale(tag))
    .filter((locale) => locale !== undefined)
}

const table: readonly (readonly [range: string, held: string, found: string | undefined])[] = [
  // Chinese: the script decides, and a region means a script.
  ['zh-HK', 'zh-CN zh-TW', 'zh-TW'],
  ['zh-TW', 'zh-CN zh-TW', 'zh-TW'],
  ['zh-MO', 'zh-CN zh-TW', 'zh-TW'],
  ['zh-Hant', 'zh-CN zh-TW', 'zh-TW'],
  ['zh-Hant-HK', 'zh-CN zh-TW', 'zh-TW'],
  ['zh-CN', 'zh-CN zh-TW', 'zh-CN'],
  ['zh-SG', 'zh-CN zh-TW', 'zh-CN'],
  ['zh-Hans-CN', 'zh-CN zh-TW', 'zh-CN'],
  ['zh-Hans', 'zh-CN zh-TW', 'zh-CN'],
  ['zh', 'zh-CN zh-TW', 'zh-CN'],
  ['zH-hAnS', 'zh-Hans zh-Hant', 'zh-Hans'],
  ['zh-TW', 'zh-Hans zh-Hant', 'zh-Hant'],
  ['zh-HK', 'zh-CN', undefined],
  ['zh-CN', 'zh-TW', undefined],
  // Both ways to name Traditional Chinese are held.
  ['zh-TW', 'zh-Hant zh-TW', 'zh-TW'],
  ['zh-Hant', 'zh-Hant zh-TW', 'zh-Hant'],
  ['zh-Hant-TW', 'zh-Hant zh-TW', 'zh-TW'],
  ['zh-HK', 'zh-Hant zh-TW', 'zh-Hant'],
  ['zh-HK', 'zh-TW zh-HK zh-Hant', 'zh-HK'],
  // Serbian: Latin is not given to readers of Cyrillic.
  ['sr-RS', 'sr-Latn', undefined],
  ['sr', 'sr-Latn', undefined],
  ['sr-Cyrl', 'sr-Latn', undefined],
  ['sr-Latn-RS', 'sr-Latn', 'sr-Latn'],
  ['sr-ME', 'sr-Latn sr', 'sr-Latn'],
  ['sh', 'sr-Latn', 'sr-Latn'],
  // A region that is not held.
  ['pt-PT', 'pt-BR', 'pt-BR'],
  ['pt-PT', 'pt-BR pt-PT', 'pt-PT'],
  ['pt', 'pt-BR pt-PT', 'pt-BR'],
  ['pt', 'pt-PT pt', 'pt'],
  ['de-AT', 'de en', 'de'],
  ['DE-at', 'de en', 'de'],
  ['de-AT', 'de-DE de-CH de', 'de'],
  ['de-AT', 'de-CH de-DE', 'de-DE'],
  ['de-AT', 'de-LI de-CH', 'de-CH'],
  ['de', 'de-AT', 'de-AT'],
  ['en-GB', 'en en-GB', 'en-GB'],
  ['en-GB', 'en de', 'en'],
  ['en', 'en-GB en-US', 'en-US'],
  ['en-US', 'en-GB en', 'en'],
  ['en-US-u-ca-buddhist', 'en en-GB', 'en'],
  // The regions whose texts a reader takes (CLDR parentLocales).
  ['es-MX', 'es es-419', 'es-419'],
  ['es_MX', 'es es-419', 'es-419'],
  ['es-MX', 'es es-419 es-AR', 'es-419'],
  ['es-MX', 'es es-AR es-ES', 'es-AR'],
  ['es-MX', 'es es-ES', 'es'],
  ['es-419', 'es es-MX', 'es-MX'],
  ['es-SG', 'es es-419', 'es'],
  ['es-PT', 'es-ES es-419', 'es-ES'],
  ['es-CA', 'es-ES es-419', 'es-419'],
  ['en-AU', 'en en-001 en-GB', 'en-001'],
  ['en-AU', 'en en-GB en-US', 'en-GB'],
  ['en-AU', 'en en-CA en-GB en-IN', 'en-GB'],
  ['en-AU', 'en en-IN en-NZ', 'en-IN'],
  ['en-AT', 'en en-001 en-150', 'en-150'],
  ['en-AT', 'en en-US en-GB', 'en-GB'],
  ['en-PR', 'en-US en-GB', 'en-US'],
  ['en-001', 'en en-GB', 'en-GB'],
  ['pt-AO', 'pt pt-BR pt-PT', 'pt-PT'],
  ['pt-ES', 'pt pt-PT', 'pt-PT'],
  ['pt-UY', 'pt-BR pt-PT', 'pt-BR'],
  ['zh-MO', 'zh-Hant zh-HK zh-TW', 'zh-HK'],
  ['zh-Hant-MO', 'zh-Hant zh-Hant-HK', 'zh-Hant-HK'],
  ['ar-MA', 'ar-EG ar-TN', 'ar-TN'],
  ['fr-US', 'fr fr-CA fr-CH', 'fr'],
  ['nl-Latn', 'nl nl-NL nl-BE', 'nl'],
  // Norwegian.
  ['no', 'nb nn', 'nb'],
  ['no', 'nn', undefined],
  ['nb', 'no', 'no'],
  ['nb-NO', 'no nb', 'nb'],
  ['no', 'nb no', 'no'],
  ['nn', 'nb nn', 'nn'],
  ['nn', 'nb', undefined],
  // Codes that were replaced.
  ['iw', 'he', 'he'],
  ['he-IL', 'he', 'he'],
  ['in', 'id', 'id'],
  ['tl', 'fil', 'fil'],
  ['cmn-Hant', 'zh-TW', 'zh-TW'],
  // The tag itself, with what says nothing of its readers.
  ['de-1996', 'de de-1996', 'de-1996'],
  ['DE-1996', 'de de-1996', 'de-1996'],
  ['EN-GB-OXENDICT', 'en-GB en-GB-oxendict', 'en-GB-oxendict'],
  ['DE-1996', 'de-DE de-1996', 'de-1996'],
  ['iw', 'he he-IL', 'he'],
  ['sr-Cyrl-u-ca-gregory', 'sr-RS sr-Cyrl', 'sr-Cyrl'],
  // Nothing in common.
  ['fr', 'de en', undefined],
  ['ja', 'zh-CN', undefined],
  ['x-whatever', 'en', undefined],
  ['tlh', 'en', undefined],
  // No tags.
  ['', 'en', undefined],
  ['*', 'en', undefined],
  ['en_US', 'en', 'en'],
  ['en-', 'en', undefined],
  ['../../etc/passwd', 'en', undefined],
  ['__proto__', 'en', undefined],
  ['constructor', 'en', undefined],
  ['<script>', 'en', undefined],
  ['e', 'en', undefined],
  ['en-\u0000', 'en', undefined],
  ['en-!-de', 'en', undefined],
  ['en-!-ab', 'en', undefined],
  ['en-u-!a', 'en', undefined],
  ['en-!!!!!', 'en', undefined],
]

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'.split('')

function letters(count: number): fc.Arbitrary<string> {
  return fc.string({ unit: fc.constantFrom(...LETTERS), minLength: count, maxLength: count })
}

/** Ranges in whose language or script a holder of en and zh-TW has nothing. */
function strange(region: string): readonly string[] {
  return ['tlh', 'fr', 'zh-Hans', 'zh-Latn'].map((tag) => `${tag}-${region}`)
}

describe('matchLocale', () => {
  for (const [range, held, found] of table) {
    test(`finds ${found ?? 'nothing'} for "${range}" among ${held}`, () => {
      expect(matchLocale(range, hold(held))).toBe(found)
    })
  }

  test('finds nothing where nothing is held', () => {
    expect(matchLocale('en', [])).toBeUndefined()
  })

  test('does not depend on the order of what is held', () => {
    const tags = [
      'en',
      'en-GB',
      'en-AU',
      'de',
      'de-AT',
      'zh-Hant',
      'zh-TW',
      'zh-HK',
      'zh-CN',
      'pt-BR',
      'pt-PT',
      'no',
      'nb',
    ]
    const ranges = [...tags, 'en-NZ', 'de-CH', 'zh', 'zh-MO', 'zh-SG', 'pt', 'pt-AO', 'nn']
    fc.assert(
      fc.property(fc.shuffledSubarray(tags), fc.constantFrom(...ranges), (held, range) => {
        const found = matchLocale(range, hold(held.join(' ')))
        expect(matchLocale(range, hold(held.toSorted().join(' ')))).toBe(found)
        if (held.includes(range)) expect(found).toBe(range)
      }),
    )
  })

  test('finds one exactly when one is held in the same language and script', () => {
    const tag = fc
      .tuple(
        fc.oneof(fc.constantFrom('zh', 'sr', 'en', 'no', 'sh', 'iw', 'cmn'), letters(2), letters(3)),
        fc.option(fc.oneof(fc.constantFrom('Hans', 'hant', 'Latn', 'Cyrl'), letters(4)), { nil: undefined }),
        fc.option(fc.oneof(fc.constantFrom('TW', 'hk', 'ME', 'UK', '419', '840'), letters(2)), {
          nil: undefined,
        }),
        fc.option(fc.constantFrom('valencia', '1996', 'u-ca-buddhist', 'x-app'), { nil: undefined }),
      )
      .map((subtags) => subtags.filter((subtag) => subtag !== undefined).join('-'))
      // Sign languages are known by their region (sgn-US), and und is no language.
      .filter((candidate) => !/^(?:sgn|und)(?:-|$)/.test(candidate) && parseLocale(candidate) !== undefined)
    const held = hold('en zh-TW sr-Latn nb he pt-BR')
    fc.assert(
      fc.property(tag, (range) => {
        const wanted = parseLocale(range)!
        const readable = held.find(
          ({ language, script }) => language === wanted.language && script === wanted.script,
        )
        expect(matchLocale(range, held)).toBe(readable?.tag)
      }),
    )
  })

  test('takes no range apart in whose language or script nothing is held', () => {
    const held = hold('en zh-TW')
    for (const range of strange('XA')) matchLocale(range, held)
    const takenApart = vi.spyOn(Intl, 'Locale')
    try {
      expect(strange('XB').map((range) => matchLocale(range, held))).toEqual(
        strange('XB').map(() => undefined),
      )
      expect(takenApart).not.toHaveBeenCalled()
    } finally {
      takenApart.mockRestore()
    }
  })

  test('takes nothing apart that begins with no language of two or three letters', () => {
    const held = hold('en zh-TW')
    const takenApart = vi.spyOn(Intl, 'Locale')
    try {
      const ranges = ['english', '1en', 'en1', 'e', 'english-GB']
      expect(ranges.map((range) => matchLocale(range, held))).toEqual(ranges.map(() => undefined))
      expect(takenApart).not.toHaveBeenCalled()
    } finally {
      takenApart.mockRestore()
    }
  })

  test('answers for any text', () => {
    const held = hold('en de zh-TW')
    const subtag = fc.string({ unit: fc.constantFrom('a', 'e', 'Z', '1', '-', '_', '*'), maxLength: 20 })
    fc.assert(
      fc.property(fc.oneof(fc.string(), subtag), (range) => {
        expect(['en', 'de', 'zh-TW', undefined]).toContain(matchLocale(range, held))
      }),
    )
  })
})

describe('parseLocale', () => {
  test('takes a tag apart, with what is likely added', () => {
    expect(['zh-hk', 'no', 'en-x-private', 'sr-Latn-RS'].map((tag) => parseLocale(tag))).toEqual([
      {
        tag: 'zh-HK',
        language: 'zh',
        script: 'Hant',
        region: 'HK',
        likelyRegion: 'TW',
        regions: ['HK'],
        isAlike: true,
      },
      {
        tag: 'no',
        language: 'nb',
        script: 'Latn',
        region: undefined,
        likelyRegion: 'NO',
        regions: [],
        isAlike: false,
      },
      {
        tag: 'en-x-private',
        language: 'en',
        script: 'Latn',
        region: undefined,
        likelyRegion: 'US',
        regions: [],
        isAlike: true,
      },
      {
        tag: 'sr-Latn-RS',
        language: 'sr',
        script: 'Latn',
        region: 'RS',
        likelyRegion: 'RS',
        regions: ['RS'],
        isAlike: false,
      },
    ])
  })

  test('knows a language of which no script is likely', () => {
    expect(parseLocale('tlh')).toEqual({
      tag: 'tlh',
      language: 'tlh',
      script: '',
      region: undefined,
      likelyRegion: undefined,
      regions: [],
      isAlike: false,
    })
  })

  test('takes nothing apart that is no tag', () => {
    const takenApart = vi.spyOn(Intl, 'Locale')
    try {
      const names = ['', '!en', 'en!', 'en-', 'e', '../../de', 'en-GB!']
      expect(names.map((name) => parseLocale(name))).toEqual(names.map(() => undefined))
      expect(takenApart).not.toHaveBeenCalled()
    } finally {
      takenApart.mockRestore()
    }
  })
})
