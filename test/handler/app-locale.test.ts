import { describe, expect, test } from 'vitest'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import { createAppLocale, type AppLocale } from '../../src/handler/app-locale.ts'
import { errorHeaders, everywhere } from '../support/answers.ts'
import { frameworks } from '../support/frameworks.ts'
import { answersOn } from '../support/stacks.ts'

const tongues = defineCatalog({
  name: 'tongues',
  errors: { TAKEN: { status: 409, message: 'in en' } },
  locales: Object.fromEntries(
    ['de', 'fr', 'ja'].map((locale) => [locale, { tongues: { TAKEN: { message: `in ${locale}` } } }]),
  ),
})

/** Asks for the language of several requests, in which the app chooses one thing after another. */
function asked(...chosen: readonly unknown[]): {
  readonly heard: readonly unknown[]
  readonly told: readonly string[]
} {
  const told: string[] = []
  const localeOf = createAppLocale(
    (request) => request as AppLocale,
    (message) => void told.push(message),
  )
  return { heard: chosen.map(localeOf), told }
}

const REMEDY = "Return a BCP 47 tag such as 'de', a list of them, or undefined"

describe("the app's choice of language", () => {
  for (const [chosen, locale] of [
    ['fr', 'fr'],
    ['fr_CA', 'fr'],
    [['vi', 'ja', 'fr'], 'ja'],
    [['vi'], 'de'],
    [[], 'de'],
    [false, 'de'],
    [Promise.resolve('fr'), 'de'],
    [{ lng: 'fr' }, 'de'],
  ] as const) {
    test(`of ${JSON.stringify(chosen)} has a client of German answered in ${locale}`, async () => {
      const route = (): never => {
        throw tongues.errors.TAKEN()
      }
      const request = { headers: { 'Accept-Language': 'de' } }
      const options = { catalog: tongues, locale: () => chosen as AppLocale }
      expect(await answersOn(frameworks, request, { '/': route }, options)).toEqual(
        everywhere({
          status: 409,
          headers: errorHeaders(locale),
          body: { code: 'TAKEN', message: `in ${locale}` },
        }),
      )
    })
  }

  test('is what was returned, where that can be understood', () => {
    const { heard, told } = asked('de', 'zh_TW', ['de', 'fr'], '*', undefined, null, false, '')
    expect(heard).toEqual(['de', 'zh_TW', ['de', 'fr'], '*', undefined, undefined, undefined, undefined])
    expect(told).toEqual([])
  })

  test('has no more than 32 tags', () => {
    expect(asked(Array.from({ length: 1000 }, () => 'de')).heard).toEqual([
      Array.from({ length: 32 }, () => 'de'),
    ])
  })

  for (const [value, shown] of [
    [7, '7'],
    [true, 'true'],
    [{ lng: 'de' }, 'an object'],
    ['english', '"english"'],
    ['de-DE,de;q=0.9', '"de-DE,de;q=0.9"'],
    ['../../etc/passwd', '"../../etc/passwd"'],
  ] as const) {
    test(`is told, once, to be none where it is ${shown}`, () => {
      const { heard, told } = asked(value, value, [value, 'de'])
      expect(heard).toEqual([undefined, undefined, ['de']])
      expect(told).toEqual([`The locale function returned ${shown}; Accept-Language was used. ${REMEDY}`])
    })
  }

  test('is told, once, to be none in a list, of which the others are heeded', () => {
    const { heard, told } = asked(['de', 7, 'english'], ['fr', null])
    expect(heard).toEqual([['de'], ['fr']])
    expect(told).toEqual([`The locale function returned a list with 7; that was left out. ${REMEDY}`])
  })

  test('is told, once, to be a promise, whose rejection ends nothing', async () => {
    const { heard, told } = asked(Promise.reject(new Error('late')), Promise.resolve('de'))
    await Promise.resolve()
    expect(heard).toEqual([undefined, undefined])
    expect(told).toEqual([
      'The locale function returned a promise; Accept-Language was used. Look the language up in a middleware before, and return it at once',
    ])
  })

  test('is none where asking for it throws, which is told each time', () => {
    const told: unknown[] = []
    const failure = new Error('no session')
    const localeOf = createAppLocale(
      () => {
        throw failure
      },
      (message, error) => void told.push([message, error]),
    )
    expect([localeOf({}), localeOf({})]).toEqual([undefined, undefined])
    const warning = ['The locale function failed; Accept-Language was used', failure]
    expect(told).toEqual([warning, warning])
  })
})
