import { createInstance, type InitOptions } from 'i18next'
import { describe, expect, test } from 'vitest'
import { defineCatalog } from '../../../src/error/define-catalog.ts'
import { errorHandler } from '../../../src/adapters/express/error-handler.ts'
import { parseFallbacks } from '../../../src/locale/language/fallbacks.ts'
import type { ErrorDescription } from '../../../src/catalog/envelope.ts'
import { errorHeaders, everywhere, type Answer } from '../../support/answers.ts'
import { frameworks } from '../../support/frameworks.ts'
import { answersOn } from '../../support/stacks.ts'

const tongues = defineCatalog({
  name: 'tongues',
  errors: {
    TAKEN: { status: 409, message: 'taken in en', action: 'act in en' },
    LEFT: { status: 409, message: '{{left}} left in en' },
  },
})

/** Texts of some languages, by what each says: `{ de: 'TAKEN.message LEFT.message' }`. */
function textsIn(held: Readonly<Record<string, string>>): Record<string, { tongues: object }> {
  return Object.fromEntries(
    Object.entries(held).map(([locale, paths]) => {
      const texts: Record<string, Record<string, string>> = {}
      for (const path of paths.split(' ').filter(Boolean)) {
        const [key = '', field = ''] = path.split('.')
        texts[key] = { ...texts[key], [field]: `${field}${key === 'LEFT' ? ' {{left}}' : ''} in ${locale}` }
      }
      return [locale, { tongues: texts }]
    }),
  )
}

const ALL = 'TAKEN.message TAKEN.action LEFT.message'
const locales = textsIn({
  de: ALL,
  'de-AT': '',
  fr: 'TAKEN.message',
  ja: ALL,
  'zh-HK': 'TAKEN.action',
  'zh-TW': 'TAKEN.message LEFT.message',
})

const silent = { error: () => {} }

const withAction = {
  body: ({ message, action }: ErrorDescription) => ({ message, action }),
  success: (data: unknown) => ({ data }),
}

function taken(): never {
  throw tongues.errors.TAKEN()
}

function fails(): never {
  throw new Error('hostile')
}

function wanting(acceptLanguage: string): RequestInit {
  return { headers: { 'Accept-Language': acceptLanguage } }
}

function takenIn(locale: string): Answer {
  return {
    status: 409,
    headers: errorHeaders(locale),
    body: { code: 'TAKEN', message: `message in ${locale}` },
  }
}

/** What is sent for a header: the languages of the header Content-Language, the message and the action. */
const rows: readonly (readonly [acceptLanguage: string, locale: string, action: string])[] = [
  ['de', 'de', 'de'],
  ['de-AT', 'de', 'de'],
  ['de-AT, ja;q=0.5', 'de', 'de'],
  ['fr, ja;q=0.5', 'fr', 'ja'],
  ['fr', 'fr', 'en'],
  ['zh-HK', 'zh-TW', 'zh-HK'],
  ['zh-HK, ja;q=0.5', 'ja', 'zh-HK'],
  ['it', 'en', 'en'],
]

describe('a text that a language lacks', () => {
  test.each(rows)('is sent, for %s, in %s, and the action in %s', async (acceptLanguage, locale, action) => {
    const options = { catalog: tongues, locales, envelope: withAction, logger: silent }
    expect(await answersOn(frameworks, wanting(acceptLanguage), { '/': taken }, options)).toEqual(
      everywhere({
        status: 409,
        headers: errorHeaders(locale),
        body: {
          message: locale === 'en' ? 'taken in en' : `message in ${locale}`,
          action: action === 'en' ? 'act in en' : `action in ${action}`,
        },
      }),
    )
  })

  test('is sent with its params from the next language', async () => {
    const route = (): never => {
      throw tongues.errors.LEFT({ params: { left: 3 } })
    }
    const options = { catalog: tongues, locales, logger: silent }
    expect(await answersOn(frameworks, wanting('zh-HK'), { '/': route }, options)).toEqual(
      everywhere({
        status: 409,
        headers: errorHeaders('zh-TW'),
        body: { code: 'LEFT', message: 'message 3 in zh-TW' },
      }),
    )
  })
})

describe('fallbackLocale by language', () => {
  const fallbackLocale = { 'zh-HK': ['ja', 'zh-TW'], nl: 'de', default: 'fr' }

  test.each([
    ['zh-HK', 'ja'],
    ['nl-BE', 'de'],
    ['nl, fr;q=0.1', 'fr'],
    ['it', 'fr'],
    ['*', 'fr'],
  ])('sends %s a text in %s', async (acceptLanguage, locale) => {
    const options = { catalog: tongues, locales, fallbackLocale, logger: silent }
    expect(await answersOn(frameworks, wanting(acceptLanguage), { '/': taken }, options)).toEqual(
      everywhere(takenIn(locale)),
    )
  })

  for (const [fallbackLocale, said] of [
    ['it', 'Option fallbackLocale is "it", in which'],
    [{ default: 'it' }, 'Option fallbackLocale, default is "it", in which'],
    [{ 'zh-HK': ['ja', 'it'] }, 'Option fallbackLocale, zh-HK is "it", in which'],
    [{ 'zh-HK': 'not a tag' }, 'Option fallbackLocale, zh-HK is "not a tag", in which'],
  ] as const) {
    test(`says at set-up that ${JSON.stringify(fallbackLocale)} names a language without texts`, () => {
      expect(() => errorHandler({ catalog: tongues, locales, fallbackLocale, logger: silent })).toThrow(
        `${said} catalog tongues has no texts. It has: en, de, de-AT, fr, ja, zh-HK, zh-TW.`,
      )
    })
  }

  // The last ones could be tags, of languages that nobody has registered.
  test.each(['the others', '', '*', '__proto__', 'Default', 'german', 'root'])(
    'says at set-up that the key "%s" is no language',
    (key) => {
      const fallbackLocale = Object.fromEntries([[key, 'de']])
      const options = { catalog: tongues, locales, logger: silent, fallbackLocale }
      expect(() => errorHandler(options)).toThrow(
        `Option fallbackLocale holds the language "${key}". Use BCP 47 tags such as 'zh-HK', and default.`,
      )
    },
  )

  test.each(['zh-HK', 'zh_HK', 'zh-Hant-HK', 'zh-Hant', 'zh'])('may call a language %s', async (key) => {
    const fallbackLocale = { [key]: 'ja' }
    const options = { catalog: tongues, locales, fallbackLocale, logger: silent }
    expect(await answersOn(frameworks, wanting('zh-HK'), { '/': taken }, options)).toEqual(
      everywhere(takenIn('ja')),
    )
  })
})

describe("an app's fallbackLng", () => {
  const withoutFrench = { de: ALL, 'de-CH': '', ja: ALL, 'zh-HK': '', 'zh-TW': ALL }
  const rows: readonly (readonly [
    said: string,
    fallbackLng: NonNullable<InitOptions['fallbackLng']>,
    string,
    string,
  ])[] = [
    ['a map', { 'zh-HK': ['ja'], default: ['de'] }, 'zh-HK', 'ja'],
    ['a map, of a language that is not held', { nl: ['ja'] }, 'nl', 'ja'],
    ['a map, but for the language itself', { 'de-CH': ['ja'] }, 'de-CH', 'de'],
    ['the default of a map', { default: ['ja'] }, 'zh-HK', 'zh-TW'],
    ['a function', (code) => (code === 'zh-HK' ? ['ja'] : []), 'zh-HK', 'ja'],
    ['a function that fails', (code) => (code === undefined ? [] : fails()), 'zh-HK', 'zh-TW'],
    ['no fallback', false, 'zh-HK', 'zh-TW'],
    ['names as ICU writes them', { zh_HK: ['zh_TW'] }, 'zh-HK', 'zh-TW'],
  ]

  test.each(rows)('is heeded: %s', async (_, fallbackLng, acceptLanguage, locale) => {
    const i18n = createInstance()
    await i18n.init({ resources: textsIn(withoutFrench), fallbackLng })
    const options = { catalog: tongues, i18n, logger: silent }
    expect(await answersOn(frameworks, wanting(acceptLanguage), { '/': taken }, options)).toEqual(
      everywhere(takenIn(locale)),
    )
  })

  test('is asked before our fallback, where no language of the client has the text', async () => {
    const i18n = createInstance()
    await i18n.init({ resources: textsIn({ 'de-CH': '', ja: ALL }), fallbackLng: 'ja' })
    const options = { catalog: tongues, i18n, logger: silent }
    expect(await answersOn(frameworks, wanting('de-CH'), { '/': taken }, options)).toEqual(
      everywhere(takenIn('ja')),
    )
  })
})

test('fallbacks are no members that all objects have', () => {
  const { of, last } = parseFallbacks({})
  expect([of('constructor'), of('toString'), of('default'), last]).toEqual([[], [], [], []])
})
