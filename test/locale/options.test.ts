import { pathToFileURL } from 'node:url'
import { createInstance } from 'i18next'
import { describe, expect, test } from 'vitest'
import { LOCALE_CHECKS } from '../../src/locale/options.ts'

const i18n = createInstance()

const options: readonly (readonly [
  option: keyof typeof LOCALE_CHECKS,
  remedy: string,
  valid: readonly unknown[],
  invalid: readonly unknown[],
])[] = [
  [
    'locales',
    "a folder that holds <lng>/<catalog>.json, a path such as './locales/{{ns}}/{{lng}}.json', or { <lng>: { <catalog>: texts } }",
    ['locales', '', {}, pathToFileURL('/locales')],
    [7, null, undefined, [], true, () => ({}), new URL('https://x.y/locales')],
  ],
  [
    'i18n',
    'an i18next instance',
    [i18n, { t: () => '', exists: () => true }],
    [{ t: () => '' }, { exists: () => true }, { t: 't', exists: 'exists' }, {}, null, 'i18n', () => ''],
  ],
  [
    'i18nKey',
    'a function of the entry and the field, which returns a key',
    [() => 'key', createInstance().t],
    ['key', {}, null, undefined, 7],
  ],
  [
    'fallbackLocale',
    'a BCP 47 tag, or { <tag>: [<tag>, …], default: <tag> }',
    ['de', 'zh-Hant-TW', { 'zh-HK': ['zh-TW'], default: 'en' }, {}],
    [7, null, undefined, ['de'], { default: 7 }, { 'zh-HK': [] }, { 'zh-HK': ['zh-TW', null] }, () => 'de'],
  ],
]

describe('the option', () => {
  for (const [option, remedy, valid, invalid] of options) {
    test(`${option} can be what its remedy says, and nothing else`, () => {
      const [isValid, said] = LOCALE_CHECKS[option]
      expect(said).toBe(remedy)
      expect(valid.map(isValid)).toEqual(valid.map(() => true))
      expect(invalid.map(isValid)).toEqual(invalid.map(() => false))
    })
  }
})
