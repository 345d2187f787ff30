import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { createInstance, type i18n as I18n, type Resource } from 'i18next'
import { describe, expect, test } from 'vitest'
import { bizErrorState } from '../../src/error/biz-error.ts'
import type { Catalog, Locales } from '../../src/catalog/catalog.ts'
import type { LocalizedTexts } from '../../src/answer/texts.ts'
import { catalog as http } from '../../src/catalogs/http.ts'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import type { Code } from '../../src/catalog/code.ts'
import { readOwn } from '../../src/guard/own.ts'
import { SetupError } from '../../src/guard/setup-error.ts'
import { createLocalize, type LocalizeOptions } from '../../src/locale/localize.ts'

const shop = defineCatalog({
  name: 'shop',
  errors: {
    1: { status: 404, message: 'Not here', title: 'Missing', action: 'Look elsewhere' },
    2: { status: 409, message: 'Only {{left}} of {{product}} left', action: 'Order {{left}}' },
    3: { status: 409, message: '{{count}} left' },
    4: { status: 404, message: 'Gone' },
    'a.b:c': { status: 404, message: 'Word' },
  },
})

interface Said {
  readonly code?: Code
  readonly params?: unknown
  /** The Accept-Language header. */
  readonly wants?: string
  /** The app's own choice. */
  readonly locale?: string
  readonly catalog?: Catalog
}

/** Sets up localization as an app does, and says errors as clients hear them. */
function setUp(options: Partial<LocalizeOptions> = {}): {
  readonly texts: (said?: Said) => LocalizedTexts
  readonly message: (said?: Said) => string
  readonly warnings: readonly string[]
} {
  const warnings: string[] = []
  const localize = createLocalize({
    catalog: shop,
    warn: (message) => void warnings.push(message),
    ...options,
  })
  function texts({
    code = 1,
    params,
    wants = 'de',
    locale,
    catalog = options.catalog ?? shop,
  }: Said = {}): LocalizedTexts {
    const { BizError } = catalog as typeof shop
    const state = bizErrorState(Reflect.construct(BizError, [code, { params }]))!
    return localize(state.catalog, state.entry, state.params, { acceptLanguage: wants, locale })
  }
  return { texts, message: (said) => texts(said).message, warnings }
}

/** Texts without title, description and action. */
function plain(locale: string, message: string): LocalizedTexts {
  return { locale, message, title: undefined, description: undefined, action: undefined }
}

async function appI18n(resources: Resource, options: object = {}): Promise<I18n> {
  const i18n = createInstance()
  await i18n.init({ resources, ...options })
  return i18n
}

const throwing = (): never => {
  throw new Error('hostile')
}

const notHere: LocalizedTexts = {
  locale: 'en',
  message: 'Not here',
  title: 'Missing',
  description: undefined,
  action: 'Look elsewhere',
}

const notHereAlone = plain('en', 'Not here')

function missing(locale: string, code: Code, instead = 'en', namespace = 'shop'): string {
  return `${locale}/${namespace} has no message for error ${code}; the one in ${instead} is sent`
}

describe('localize', () => {
  test("says the entry's own texts, when there are no locales", () => {
    const { texts, warnings } = setUp()
    expect([texts(), texts({ code: 2, params: { left: 3, product: 'tea' } })]).toEqual([
      notHere,
      { ...plain('en', 'Only 3 of tea left'), action: 'Order 3' },
    ])
    expect(warnings).toEqual([])
  })

  test('says each text in the language of the client, where there is one', () => {
    const { texts } = setUp({
      locales: {
        de: { shop: { 1: { message: 'Nicht da', title: 'Fehlt', description: 'Weg', action: 'Suchen' } } },
      },
    })
    expect(texts()).toEqual({
      locale: 'de',
      message: 'Nicht da',
      title: 'Fehlt',
      description: 'Weg',
      action: 'Suchen',
    })
  })

  test('says the texts that a language lacks in the fallback, and names the language of the message', () => {
    const { texts, warnings } = setUp({ locales: { de: { shop: { 1: { message: 'Nicht da' } } } } })
    expect(texts()).toEqual({ ...notHere, locale: 'de', message: 'Nicht da' })
    expect(warnings).toEqual([])
  })

  test("takes the app's choice before the client's", () => {
    const locales = { de: { shop: { 4: { message: 'Weg' } } }, fr: { shop: { 4: { message: 'Parti' } } } }
    expect(setUp({ locales }).texts({ code: 4, locale: 'fr-CA', wants: 'de' })).toEqual(plain('fr', 'Parti'))
  })

  test("takes the app's texts before the catalog's, and those before the entry's", () => {
    const own = defineCatalog({
      name: 'own',
      locales: {
        en: { own: { 1: { message: 'Catalog, en' }, 2: { message: 'Catalog, en' } } },
        de: { own: { 1: { message: 'Katalog' }, 2: { message: 'Katalog' } } },
      },
      errors: {
        1: { status: 404, message: 'Entry' },
        2: { status: 404, message: 'Entry' },
        3: { status: 404, message: 'Entry' },
      },
    })
    const { texts } = setUp({ catalog: own, locales: { de: { own: { 1: { message: 'App' } } } } })
    const heard = [1, 2, 3].map((code) => [texts({ code }).message, texts({ code, wants: 'en' }).message])
    expect(heard).toEqual([
      ['App', 'Catalog, en'],
      ['Katalog', 'Catalog, en'],
      ['Entry', 'Entry'],
    ])
  })

  test('goes from the language of the client to the fallback, then to the entry, and warns once for each gap', () => {
    const locales = {
      de: { shop: { 4: { message: 'Weg' } } },
      fr: { shop: { 1: { message: 'Pas ici' }, 4: { message: 'Parti' } } },
    }
    const { message, warnings } = setUp({ locales, fallbackLocale: 'fr' })
    const once = (): readonly string[] => [
      message({ code: 4 }),
      message({ code: 1 }),
      message({ code: 2, params: { left: 1, product: 'x' } }),
      message({ code: 1, wants: 'nl' }),
      message({ code: 2, params: { left: 1, product: 'x' }, wants: 'nl' }),
      message({ code: 1, wants: 'en' }),
    ]
    const heard = ['Weg', 'Pas ici', 'Only 1 of x left', 'Pas ici', 'Only 1 of x left', 'Not here']
    expect([once(), once()]).toEqual([heard, heard])
    expect(warnings).toEqual([missing('de', 1, 'fr'), missing('de', 2), missing('fr', 2)])
  })

  test('warns once of a gap, whatever is sent instead', () => {
    const locales = { de: { shop: { 1: { message: 'Nicht da' } } }, fr: { shop: {} }, ja: { shop: {} } }
    const { texts, warnings } = setUp({ locales })
    const heard = ['fr', 'fr, de', 'fr, ja', 'fr'].map((wants) => texts({ wants }).locale)
    expect(heard).toEqual(['en', 'de', 'en', 'en'])
    expect(warnings).toEqual([missing('fr', 1)])
  })

  test("chooses among the languages of the error's own catalog", () => {
    const bills = defineCatalog({ name: 'bills', errors: { 1: { status: 404, message: 'No bill' } } })
    const locales = {
      de: { shop: { 4: { message: 'Weg' } } },
      fr: { bills: { 1: { message: 'Pas de facture' } } },
    }
    const { texts, warnings } = setUp({ locales })
    const wants = 'de, fr;q=0.5'
    expect([texts({ code: 4, wants }), texts({ catalog: bills, wants })]).toEqual([
      plain('de', 'Weg'),
      plain('fr', 'Pas de facture'),
    ])
    expect(warnings).toEqual([])
  })

  test('finds the texts of a code that holds dots and colons', () => {
    const { message } = setUp({ locales: { de: { shop: { 'a.b:c': { message: 'Wort' } } } } })
    expect(message({ code: 'a.b:c' })).toBe('Wort')
  })

  test("has this package's own texts for what a catalog has no code for", () => {
    const small = defineCatalog({ name: 'small', errors: { gone: { status: 410, message: 'Gone' } } })
    const localize = createLocalize({ catalog: small, warn: () => {} })
    const entry = small.forStatus(404)
    const heard = ['de', 'zh-HK', 'tlh'].map((acceptLanguage) =>
      localize(small, entry, {}, { acceptLanguage, locale: undefined }),
    )
    expect(heard).toEqual([
      plain('de', 'Nicht gefunden'),
      plain('zh-TW', '找不到資源'),
      plain('en', 'Not found'),
    ])
  })

  test("takes the app's own generic texts first", () => {
    const small = defineCatalog({ name: 'small', errors: { gone: { status: 410, message: 'Gone' } } })
    const localize = createLocalize({
      catalog: small,
      locales: { de: { http: { 404: { message: 'Nix da' } } } },
      warn: () => {},
    })
    const heard = [404, 500].map((status) =>
      localize(small, small.forStatus(status), {}, { acceptLanguage: 'de', locale: undefined }),
    )
    expect(heard).toEqual([plain('de', 'Nix da'), plain('de', 'Interner Serverfehler')])
  })

  test('says what another catalog has translated of the errors that come from it, behind its own', () => {
    const base = defineCatalog({
      name: 'base',
      errors: {
        GONE: { status: 410, message: 'Gone', title: 'Off' },
        TAKEN: { status: 409, message: 'Taken' },
        LATE: { status: 408, message: 'Late' },
      },
      locales: {
        de: {
          base: {
            GONE: { message: 'Weg', title: 'Fort' },
            TAKEN: { message: 'Vergeben' },
            LATE: { message: 'Zu spät' },
          },
        },
      },
    })
    const middle = defineCatalog({ name: 'middle', extends: base, errors: {} })
    const shop = defineCatalog({
      name: 'shop',
      extends: middle,
      errors: {
        // Another text, which nobody has translated, and another status of the same text.
        TAKEN: { status: 409, message: 'Sold' },
        LATE: { status: 425, message: 'Late' },
      },
      locales: { de: { shop: { GONE: { message: 'Ausverkauft' } } } },
    })
    const warnings: string[] = []
    const localize = createLocalize({ catalog: shop, warn: (message) => void warnings.push(message) })
    const heard = ['GONE', 'TAKEN', 'LATE'].map((key) => {
      const entry = shop.get(key as Code)!
      const { locale, message, title } = localize(
        shop,
        entry,
        {},
        { acceptLanguage: 'de', locale: undefined },
      )
      return [locale, message, title]
    })
    expect(heard).toEqual([
      ['de', 'Ausverkauft', 'Fort'],
      ['en', 'Sold', undefined],
      ['de', 'Zu spät', undefined],
    ])
    expect(warnings).toEqual(['de/shop has no message for error TAKEN; the one in en is sent'])
  })

  test("takes the app's translations of what a catalog extends, and warns of locales that hold neither's", () => {
    const base = defineCatalog({ name: 'base', errors: { GONE: { status: 410, message: 'Gone' } } })
    const shop = defineCatalog({ name: 'shop', extends: base, errors: {} })
    const heard = ['base', 'other'].map((namespace) => {
      const warnings: string[] = []
      const locales = { de: { [namespace]: { GONE: { message: 'Weg' } } } }
      const localize = createLocalize({
        catalog: shop,
        locales,
        warn: (message) => void warnings.push(message),
      })
      const { message } = localize(
        shop,
        shop.get('GONE' as Code)!,
        {},
        { acceptLanguage: 'de', locale: undefined },
      )
      return [message, warnings.length]
    })
    expect(heard).toEqual([
      ['Weg', 0],
      ['Gone', 1],
    ])
  })

  test('says no wrong language, when requests alternate', () => {
    const { texts } = setUp({ locales: { de: { shop: { 2: { message: '{{left}} von {{product}}' } } } } })
    const params = Array.from({ length: 200 }, (_, left) => ({ left, product: 'x' }))
    const heard = params.map((params) =>
      ['de', 'en'].map((wants) => texts({ code: 2, params, wants }).message),
    )
    expect(heard).toEqual(params.map(({ left }) => [`${left} von x`, `Only ${left} of x left`]))
  })

  test('refuses a fallback in which the catalog has no texts', () => {
    expect(() => setUp({ locales: { de: { shop: {} } }, fallbackLocale: 'fr' })).toThrow(
      new SetupError('Option fallbackLocale is "fr", in which catalog shop has no texts. It has: en, de.'),
    )
  })

  test('says the texts of a catalog in its own language, and generic ones in English', () => {
    const laden = defineCatalog({
      name: 'laden',
      sourceLocale: 'de',
      errors: { 1: { status: 404, message: 'Nicht da' } },
    })
    expect(setUp({ catalog: laden }).texts({ wants: 'ja' })).toEqual(plain('de', 'Nicht da'))
    const localize = createLocalize({ catalog: laden, warn: () => {} })
    const entry = laden.forStatus(404)
    const heard = ['en', 'bg'].map((acceptLanguage) =>
      localize(laden, entry, {}, { acceptLanguage, locale: undefined }),
    )
    expect(heard).toEqual([plain('en', 'Not found'), plain('de', 'Nicht gefunden')])
  })

  test('marks a text that its params leave blank', () => {
    const blank = defineCatalog({ name: 'blank', errors: { 1: { status: 409, message: '{{a}}' } } })
    const heard = ['', ' \n', 'x'].map((a) => setUp({ catalog: blank }).message({ params: { a } }))
    expect(heard).toEqual(['…', '…', 'x'])
  })

  test('refuses i18n beside locales', () => {
    expect(() => setUp({ i18n: createInstance(), locales: {} })).toThrow(
      new SetupError('Options i18n and locales are both given. Put the texts into one of them.'),
    )
  })

  test('warns of locales that hold no texts of the catalog', () => {
    expect(setUp({ locales: { de: { shopp: {} } } }).warnings).toEqual([
      "Option locales holds no texts of catalog shop: no { <lng>: { 'shop': … } }. Name them so, or give a path such as './locales/{{ns}}/{{lng}}.json'",
    ])
    expect(setUp({ catalog: http, locales: { de: { shop: {} } } }).warnings).toEqual([
      'Option locales holds no texts of catalog http, which serves where none is named. Name the catalog whose texts they are',
    ])
  })

  test("tells that a catalog's locales are those of another, at set-up and in a request", () => {
    const errors = { 1: { status: 404, message: 'Not here' } }
    const locales = { de: { other: { 1: { message: 'Nicht da' } } } }
    const astray = defineCatalog({ name: 'astray', errors, locales })
    const told = [
      "Catalog astray, locales holds no texts of it: no { <lng>: { 'astray': … } }. Name them so, or give a path such as './locales/{{ns}}/{{lng}}.json'",
    ]
    expect(setUp({ catalog: astray }).warnings).toEqual(told)
    const { texts, warnings } = setUp()
    expect([texts({ catalog: astray }), texts({ catalog: astray })]).toEqual([notHereAlone, notHereAlone])
    expect(warnings).toEqual(told)
  })

  test('refuses locales of the catalog that cannot be used', () => {
    const broken = defineCatalog({
      name: 'broken',
      locales: { de_AT: { broken: {} } },
      errors: { 1: { status: 404, message: 'x' } },
    })
    expect(() => createLocalize({ catalog: broken, warn: () => {} })).toThrow(
      new SetupError('Catalog broken, locales holds the language "de_AT". Rename it to "de-AT".'),
    )
  })

  test("says another catalog's entries, when its locales turn out to be unusable in a request", () => {
    const broken = defineCatalog({
      name: 'broken',
      locales: { de_AT: { broken: {} } },
      errors: { 1: { status: 404, message: 'x' } },
    })
    const { texts, warnings } = setUp()
    expect([texts({ catalog: broken }), texts({ catalog: broken })]).toEqual([
      plain('en', 'x'),
      plain('en', 'x'),
    ])
    expect(warnings).toEqual([
      'The locales of catalog broken cannot be used: SetupError: Catalog broken, locales holds the language "de_AT". Rename it to "de-AT".',
    ])
  })
})

/** Writes locale files into a new folder. */
function folder(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'bizerror-'))
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(root, file, '..'), { recursive: true })
    writeFileSync(join(root, file), text)
  }
  return root
}

describe('localize with a folder', () => {
  test('says what it can read, and warns once of each file that it cannot', () => {
    const root = folder({
      'de/shop.json': '\uFEFF{ "1": { "message": "Nicht da" } }',
      'fr/shop.json': '{ "1": { "message": "Pas',
      'ja/shop.json': '[{ "message": "x" }]',
    })
    const { message, warnings } = setUp({ locales: root })
    const wants = ['de', 'fr', 'ja', 'de', 'fr', 'ja']
    expect(wants.map((wants) => message({ wants }))).toEqual([
      'Nicht da',
      'Not here',
      'Not here',
      'Nicht da',
      'Not here',
      'Not here',
    ])
    expect(warnings).toEqual([
      expect.stringMatching(/^\/.*\/fr\/shop\.json was not read: .*JSON.*/) as unknown,
      `${join(root, 'ja/shop.json')} holds an array. Give an object of <key>: { message: … }.`,
    ])
    rmSync(root, { recursive: true })
  })

  test('reads each file once, and needs it no more', () => {
    const root = folder({ 'de/shop.json': '{ "1": { "message": "Nicht da" }, "4": { "message": "Weg" } }' })
    const { message } = setUp({ locales: root })
    const first = message()
    rmSync(root, { recursive: true })
    expect([first, message(), message({ code: 4 })]).toEqual(['Nicht da', 'Nicht da', 'Weg'])
  })

  test('says the entry, when a file is gone before it was read', () => {
    const root = folder({ 'de/shop.json': '{ "1": { "message": "Nicht da" } }' })
    const { message } = setUp({ locales: root })
    rmSync(root, { recursive: true })
    expect(message()).toBe('Not here')
  })
})

describe("localize with the app's i18next", () => {
  test('says its texts, and no others of its settings', async () => {
    const i18n = await appI18n(
      { de: { shop: { 1: { message: 'Nicht da' } }, translation: { key: 'Text' } } },
      { lng: 'fr', fallbackLng: 'de', keySeparator: false, nsSeparator: '.', returnNull: true },
    )
    const { texts, warnings } = setUp({ i18n })
    expect([texts(), texts({ wants: 'fr' }), texts({ code: 4, wants: 'fr' })]).toEqual([
      { ...notHere, locale: 'de', message: 'Nicht da' },
      notHere,
      plain('en', 'Gone'),
    ])
    expect([warnings, i18n.language, i18n.t('key')]).toEqual([[], 'fr', 'Text'])
  })

  test('shows params as they are, although i18next escapes them by default', async () => {
    const i18n = await appI18n({ de: { shop: { 2: { message: '{{left}} von {{- product}}' } } } })
    const { message } = setUp({ i18n })
    expect(message({ code: 2, params: { left: '<&"/>', product: '$t(key) {{left}}' } })).toBe(
      '<&"/> von $t(key) {{left}}',
    )
  })

  test('passes over a text that is too long to be sent, and says so once', async () => {
    const i18n = await appI18n({
      de: { shop: { 1: { message: 'Nicht da' }, 4: { message: 'x'.repeat(2049) } } },
    })
    const { message, warnings } = setUp({ i18n })
    expect([message({ code: 4 }), message({ code: 4 })]).toEqual(['Gone', 'Gone'])
    expect(warnings).toEqual([
      'The message of error 4 in de/shop has 2049 characters, and was not used. Write at most 2048.',
    ])
  })

  test('says a text of 2,048 characters', async () => {
    const text = 'x'.repeat(2048)
    const i18n = await appI18n({ de: { shop: { 4: { message: text } } } })
    expect(setUp({ i18n }).message({ code: 4 })).toBe(text)
  })

  for (const [what, broken] of [
    ['throws', throwing],
    ['rejects', () => Promise.reject(new Error('late'))],
  ] as const) {
    test(`says the entry where t of the instance ${what}`, async () => {
      const i18n = await appI18n({ de: { shop: { 4: { message: 'Weg' } } } })
      const { message } = setUp({ i18n: Object.assign(i18n, { t: broken }) })
      expect(message({ code: 4 })).toBe('Gone')
    })
  }

  test('fills in what the app has for all of its texts, and lets its formats be', async () => {
    const i18n = await appI18n(
      { de: { shop: { 2: { message: '{{brand}}: {{left, stars}} von {{product}}' } } } },
      { interpolation: { defaultVariables: { brand: 'Laden' } } },
    )
    i18n.services.formatter!.add('stars', (value: unknown) => `*${String(value)}*`)
    const { message } = setUp({ i18n })
    expect(message({ code: 2, params: { left: 3, product: 'Tee' } })).toBe('Laden: *3* von Tee')
  })

  test('reports no missing key to its handlers', async () => {
    const reported: unknown[] = []
    const i18n = await appI18n(
      { de: { shop: {} } },
      { saveMissing: true, missingKeyHandler: (...args: unknown[]) => void reported.push(args) },
    )
    expect([setUp({ i18n }).message(), reported]).toEqual(['Not here', []])
  })

  for (const [name, wants, tag] of [
    ['zh_CN', 'zh-SG', 'zh-CN'],
    ['zh-hant', 'zh-HK', 'zh-Hant'],
    ['pt_br', 'pt', 'pt-BR'],
  ] as const) {
    test(`finds the language that the app calls ${name}`, async () => {
      const i18n = await appI18n({ [name]: { shop: { 4: { message: 'x' } } } })
      expect(setUp({ i18n }).texts({ code: 4, wants })).toEqual(plain(tag, 'x'))
    })
  }

  test('says texts that are added, changed or removed later', async () => {
    const i18n = await appI18n({ de: { shop: { 4: { message: 'eins' } } } })
    const { message } = setUp({ i18n })
    const heard = [message({ code: 4 }), message({ code: 4, wants: 'fr' })]
    i18n.addResourceBundle('de', 'shop', { 4: { message: 'zwei' } }, true, true)
    i18n.addResourceBundle('fr', 'shop', { 4: { message: 'deux' } })
    heard.push(message({ code: 4 }), message({ code: 4, wants: 'fr' }))
    i18n.addResource('de', 'shop', '4.message', 'drei')
    heard.push(message({ code: 4 }))
    i18n.removeResourceBundle('de', 'shop')
    heard.push(message({ code: 4 }))
    expect(heard).toEqual(['eins', 'Gone', 'zwei', 'deux', 'drei', 'Gone'])
  })

  for (const [what, resources, said] of [
    [
      'has no namespace of the catalog',
      { de: { translation: { key: 'Text' } } },
      "Option i18n holds no texts of catalog shop: no { <lng>: { 'shop': … } }. Name the namespace as the catalog, and load it with the others (ns)",
    ],
    [
      'has no key of the catalog in it',
      { de: { shop: { title: 'Laden', E1: { message: 'Nicht da' } } } },
      'Option i18n, de.shop has no key of an error: it has "title", "E1". Write { <key>: { message: … } }.',
    ],
  ] as const) {
    test(`tells, once it is initialized, that it ${what}`, async () => {
      const early = createInstance()
      const first = setUp({ i18n: early })
      expect(first.warnings).toEqual([])
      await early.init({ resources })
      const second = setUp({ i18n: await appI18n(resources) })
      expect([first.warnings, second.warnings]).toEqual([[said], [said]])
    })
  }

  test('says texts that a backend has loaded', async () => {
    const i18n = await appI18n({ de: { shop: { 4: { message: 'eins' } } } })
    const { message } = setUp({ i18n })
    const heard = [message({ code: 4 })]
    Object.assign(i18n.store.data['de']!, { shop: { 4: { message: 'zwei' } } })
    heard.push(message({ code: 4 }))
    i18n.emit('loaded', {})
    heard.push(message({ code: 4 }))
    expect(heard).toEqual(['eins', 'eins', 'zwei'])
  })

  test('says the entry until the app has initialized it, then its texts', async () => {
    const i18n = createInstance()
    const { message } = setUp({ i18n })
    const before = message()
    await i18n.init({ resources: { de: { shop: { 1: { message: 'Nicht da' } } } } })
    expect([before, message()]).toEqual(['Not here', 'Nicht da'])
  })
})

describe('a plural form', () => {
  const polish = {
    message_one: '{{count}} plik',
    message_few: '{{count}} pliki',
    message_many: '{{count}} plików',
    message_other: '{{count}} pliku',
  }
  const arabic = {
    message_zero: 'صفر',
    message_one: 'واحد',
    message_two: 'اثنان',
    message_few: '{{count}} قليل',
    message_many: '{{count}} كثير',
    message_other: '{{count}} آخر',
  }
  const table: readonly (readonly [language: string, forms: object, count: number, message: string])[] = [
    ['pl', polish, 0, '0 plików'],
    ['pl', polish, 1, '1 plik'],
    ['pl', polish, 2, '2 pliki'],
    ['pl', polish, 5, '5 plików'],
    ['pl', polish, 22, '22 pliki'],
    ['pl', polish, 1.5, '1.5 pliku'],
    ['ar', arabic, 0, 'صفر'],
    ['ar', arabic, 1, 'واحد'],
    ['ar', arabic, 2, 'اثنان'],
    ['ar', arabic, 3, '\u20683\u2069 قليل'],
    ['ar', arabic, 11, '\u206811\u2069 كثير'],
    ['ar', arabic, 100, '\u2068100\u2069 آخر'],
    ['ja', { message_other: '残り{{count}}件' }, 1, '残り1件'],
    ['de', { message: 'Noch {{count}}' }, 1, 'Noch 1'],
  ]
  for (const [language, forms, count, message] of table) {
    test(`of ${language} is "${message}" for ${count}`, () => {
      const { texts, warnings } = setUp({ locales: { [language]: { shop: { 3: forms } } } })
      expect([texts({ code: 3, params: { count }, wants: language }), warnings]).toEqual([
        plain(language, message),
        [],
      ])
    })
  }

  test('that a language lacks is taken from the fallback', () => {
    const { texts, warnings } = setUp({ locales: { pl: { shop: { 3: { message_one: '{{count}} plik' } } } } })
    expect(texts({ code: 3, params: { count: 5 }, wants: 'pl' })).toEqual(plain('en', '5 left'))
    expect(warnings).toEqual([missing('pl', 3)])
  })
})

describe('a param in a translated text', () => {
  /** Code 2 in German, with params that no type allows. */
  const german = '{{left}} von {{product}}'
  const table: readonly (readonly [what: string, text: string, params: unknown, message: string])[] = [
    ['is shown as it is', german, { left: 3, product: 'Tee' }, '3 von Tee'],
    [
      'is no template',
      german,
      { left: '{{product}} {{- product}}', product: '{{left}}' },
      '{{product}} {{- product}} von {{left}}',
    ],
    [
      'is no command',
      german,
      { left: '$t(shop)', product: '$t(left, {"lng": "en"})' },
      '$t(shop) von $t(left, {"lng": "en"})',
    ],
    ['is no pattern of replacement', german, { left: '$&', product: "$1$`$'" }, "$& von $1$`$'"],
    ['is not escaped', german, { left: 'Tom & "Jerry"', product: "<b>'/" }, 'Tom & "Jerry" von <b>\'/'],
    ['that is missing is an ellipsis', german, { left: 3 }, '3 von …'],
    ['that is null is an ellipsis', german, { left: null, product: undefined }, '… von …'],
    [
      'that is a BigInt or a boolean is a word',
      german,
      { left: 12345678901234567890n, product: false },
      '12345678901234567890 von false',
    ],
    [
      'that is a Date is its ISO text',
      german,
      { left: new Date(0), product: new Date(NaN) },
      '1970-01-01T00:00:00.000Z von …',
    ],
    [
      'that is a Symbol, an object or a function is an ellipsis',
      german,
      { left: Symbol('x'), product: throwing },
      '… von …',
    ],
    [
      'whose toString throws is an ellipsis',
      german,
      { left: { toString: throwing }, product: Object.create(null) as object },
      '… von …',
    ],
    ['that cannot be read is an ellipsis', german, new Proxy({}, { get: throwing }), '… von …'],
    ['of 1 MB is cut', german, { left: 1, product: 'x'.repeat(1_000_000) }, `1 von ${'x'.repeat(1024)}…`],
    ['cannot reorder the text', german, { left: 1, product: '\u202Eeet' }, '1 von eet'],
    [
      'has the number format of the language',
      '{{left, number}} von {{product}}',
      { left: 1234.5, product: 'x' },
      '1.234,5 von x',
    ],
    ['may stand twice', '{{left}} {{left}} {{product}}', { left: 1, product: '{{left}}' }, '1 1 {{left}}'],
  ]
  for (const [what, text, params, message] of table) {
    test(what, () => {
      expect(
        setUp({ locales: { de: { shop: { 2: { message: text } } } } }).message({ code: 2, params }),
      ).toBe(message)
    })
  }

  test('is a value whatever its name', () => {
    const names = [
      'lng',
      'lngs',
      'ns',
      'defaultValue',
      'context',
      'replace',
      'interpolation',
      'postProcess',
      'returnObjects',
    ]
    const text = names.map((name) => `{{${name}}}`).join(' ')
    const odd = defineCatalog({ name: 'odd', errors: { 1: { status: 409, message: text } } })
    const { texts } = setUp({ catalog: odd, locales: { de: { odd: { 1: { message: `de ${text}` } } } } })
    const params = Object.fromEntries(names.map((name) => [name, name === 'lng' ? 'en' : `<${name}>`]))
    expect(texts({ params })).toEqual(
      plain(
        'de',
        'de en <lngs> <ns> <defaultValue> <context> <replace> <interpolation> <postProcess> <returnObjects>',
      ),
    )
  })

  for (const [what, text, message] of [
    ['', 'נשארו {{left}} מתוך {{product}}', 'נשארו \u20681234.5\u2069 מתוך \u2068tea (x)\u2069'],
    [
      ' with a format',
      'נשארו {{left, number}} מתוך {{product}}',
      'נשארו \u20681,234.5\u2069 מתוך \u2068tea (x)\u2069',
    ],
  ] as const) {
    test(`is isolated in a text that is written from the right${what}`, () => {
      const { texts } = setUp({ locales: { he: { shop: { 2: { message: text, action: 'x {{left}}' } } } } })
      const params = { left: 1234.5, product: 'tea (x)' }
      expect(texts({ code: 2, params, wants: 'he' })).toEqual({
        ...plain('he', message),
        action: 'x \u20681234.5\u2069',
      })
    })
  }

  test('named count asks for a plural form when it is a number, or the digits of one', () => {
    const locales = { de: { shop: { 3: { message: 'Noch {{count}}', message_one: 'Noch eines' } } } }
    const { message } = setUp({ locales })
    expect(
      [1, '1', 1n, 'one', 'x1', '1x', '0'.repeat(15) + '1', '000000000000001'].map((count) =>
        message({ code: 3, params: { count } }),
      ),
    ).toEqual([
      'Noch eines',
      'Noch eines',
      'Noch eines',
      'Noch one',
      'Noch x1',
      'Noch 1x',
      'Noch 0000000000000001',
      'Noch eines',
    ])
  })
})

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== ''
}

describe('a translation', () => {
  for (const [what, text] of [
    ['an object', { text: 'x' }],
    ['an array', ['x']],
    ['7', 7],
    ['true', true],
  ] as const) {
    test(`that is ${what} counts as missing, and is told`, () => {
      const { message, warnings } = setUp({ locales: { de: { shop: { 1: { message: text } } } } })
      expect([message(), warnings]).toEqual([
        'Not here',
        [`Option locales, de.shop, 1.message is ${what}. Write a text.`, missing('de', 1)],
      ])
    })
  }

  for (const [what, text] of [
    ['null', null],
    ['empty', ''],
    ['blank', ' \n'],
  ] as const) {
    test(`that is ${what} counts as missing`, () => {
      const { message, warnings } = setUp({ locales: { de: { shop: { 1: { message: text } } } } })
      expect([message(), warnings]).toEqual(['Not here', [missing('de', 1)]])
    })
  }

  test('refers to no other one', () => {
    const { message } = setUp({
      locales: { de: { shop: { 1: { message: '$t(1.message) $t(4)' }, 4: { message: 'Weg' } } } },
    })
    expect(message()).toBe('$t(1.message) $t(4)')
  })

  test('is a text of its own or that of the entry, and never a key, whatever the resources hold', () => {
    const text = fc.string().map((text) => text.replaceAll('{', ''))
    const value = fc.oneof(text, fc.jsonValue())
    const name = fc.constantFrom(
      'message',
      'message_one',
      'message_other',
      'title',
      '1',
      '__proto__',
      'constructor',
    )
    const texts = fc.oneof(value, fc.dictionary(name, value))
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('1', 'message', '1.message', '__proto__'), texts),
        (bundle) => {
          const locales: Locales = { de: { shop: bundle } }
          const own = readOwn(bundle, '1')
          const places = [readOwn(own, 'message'), own, readOwn(bundle, '1.message')]
          const forms = [readOwn(own, 'message_other')]
          const expected = [...places, ...forms].find(isText) ?? 'Not here'
          fc.pre(!expected.includes('{{'))
          expect(setUp({ locales }).message()).toBe(expected)
        },
      ),
    )
  })
})
