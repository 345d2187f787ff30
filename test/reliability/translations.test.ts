import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { createInstance } from 'i18next'
import { afterAll, describe, expect, test } from 'vitest'
import type { Locales } from '../../src/catalog/catalog.ts'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import type { HandlerOptions } from '../../src/handler/options.ts'
import { can, frameworks, frameworksInTurn, type Framework, type Route } from '../support/frameworks.ts'
import type { RawRequest } from '../support/raw.ts'
import { pipeline, serving } from '../support/apps.ts'
import { holds } from '../support/guarantees.ts'

const errors = {
  1: { status: 409, message: 'Taken' },
  2: { status: 409, message: 'Only {{left}} of {{product}} left' },
  3: { status: 409, message: 'From {{name}} to {{secretVar}}' },
  4: { status: 409, message: '{{lng}}/{{defaultValue}}/{{ns}}/{{context}}/{{count}}/{{replace}}' },
  5: { status: 409, message: 'Hello {{name}}' },
  'key.with_dots': { status: 409, message: 'Dotted' },
  500: { status: 500, message: 'Something broke' },
} as const
const shop = defineCatalog({ name: 'shop', errors })

type Options = Omit<HandlerOptions, 'catalog'>

/** A throw that types would refuse. */
function throws(code: number | string, params?: unknown): Route {
  return () => {
    throw Reflect.construct(shop.BizError, [code, { params }])
  }
}

/** Expects a text and its language, for a client that wants German. */
function says(
  title: string,
  route: Route,
  options: Options,
  message: string,
  locale = 'de',
  acceptLanguage = 'de',
): void {
  // The harness takes braces in an answer for an unfilled placeholder.
  if (message.includes('{{')) {
    test(title, async () => {
      for (const framework of frameworksInTurn()) {
        const { responses } = await asked(framework, options, route, [acceptLanguage])
        expect(spoken(responses), framework.name).toEqual([`${locale}: ${message}`])
      }
    })
    return
  }
  holds(
    title,
    {
      options: { catalog: shop, ...options },
      route,
      request: { headers: { 'Accept-Language': acceptLanguage } },
      secrets: ['function', 'hunter2'],
    },
    {
      status: 409,
      headers: { 'Content-Language': locale },
      body: expect.objectContaining({ message }) as object,
    },
  )
}

function german(texts: object): Options {
  return { locales: { de: { shop: texts } } }
}

const temporary: string[] = []
afterAll(() => {
  for (const folder of temporary) rmSync(folder, { recursive: true, force: true })
})

/** A folder of locales: contents by `<lng>`. */
function folderOf(files: Readonly<Record<string, string | Buffer>>, name = 'locales'): string {
  const root = mkdtempSync(join(tmpdir(), 'texts-'))
  temporary.push(root)
  const folder = join(root, name)
  mkdirSync(folder)
  for (const [locale, content] of Object.entries(files)) {
    mkdirSync(join(folder, locale))
    writeFileSync(join(folder, locale, 'shop.json'), content)
  }
  return folder
}

interface Warned {
  readonly responses: readonly string[]
  readonly warnings: readonly string[]
}

/** Asks one server several times, in several languages, and returns what it said and what it warned of. */
async function asked(
  framework: Framework,
  options: Options,
  route: Route,
  acceptLanguages: readonly string[],
): Promise<Warned> {
  const warnings: string[] = []
  const logger = {
    error: () => {},
    warn: (record: object, message: string) => warnings.push(`${message} ${JSON.stringify(record)}`),
  }
  const listener = framework.listener({
    options: { catalog: shop, logger, ...options },
    routes: { '/': route },
  })
  const responses = await serving(listener, (port) => pipeline(port, acceptLanguages.map(ask)))
  return { responses, warnings }
}

function ask(language: string): RawRequest {
  return { path: '/', headers: { 'Accept-Language': language } }
}

function spoken(responses: readonly string[]): readonly string[] {
  return responses.map((response) => {
    const [, language] = /^Content-Language: (.*)$/m.exec(response) ?? []
    const { message } = JSON.parse(response.slice(response.indexOf('\r\n\r\n'))) as { message: string }
    return `${language}: ${message}`
  })
}

describe('K. Missing texts', () => {
  const partial = {
    de: { shop: { 5: { message: 'Hallo {{name}}' } } },
    fr: { shop: { 1: { message: 'Pris' } } },
  }
  for (const framework of frameworksInTurn()) {
    test(`P-K01: a text that is missing in a language is that of the fallback, warned of once, on ${framework.name}`, async () => {
      const { responses, warnings } = await asked(
        framework,
        { locales: partial, fallbackLocale: 'fr' },
        throws(1),
        ['de', 'de-AT', 'de', 'fr', 'de'],
      )
      expect(spoken(responses)).toEqual(Array.from({ length: 5 }, () => 'fr: Pris'))
      expect(warnings).toEqual(['de/shop has no message for error 1; the one in fr is sent {}'])
    })

    test(`P-K01: texts with params are warned of once, too, on ${framework.name}`, async () => {
      const { responses, warnings } = await asked(
        framework,
        { locales: partial },
        throws(2, { left: 3, product: 'tea' }),
        ['de', 'de', 'fr', 'fr', 'en'],
      )
      expect(spoken(responses)).toEqual(Array.from({ length: 5 }, () => 'en: Only 3 of tea left'))
      expect(warnings).toHaveLength(2)
    })
  }

  says(
    'P-K02: a text that is missing everywhere is that of the catalog',
    throws(1),
    german({}),
    'Taken',
    'en',
  )
  says(
    'P-K02: the dots of a code are a path into the texts, too',
    throws('key.with_dots'),
    german({ key: { with_dots: { message: 'Punkte' } } }),
    'Punkte',
  )
  for (const code of ['<b>hunter2</b>', 'shop:1', '1.message', '1\u001Fmessage']) {
    holds(
      `P-K02: the code ${JSON.stringify(code)}, which no catalog can have, is the generic text and never the key`,
      {
        options: { catalog: shop, ...german({}) },
        route: throws(code),
        secrets: ['hunter2', 'shop:', '1.m'],
      },
      { status: 500, body: { code: 500, message: 'Something broke' } },
    )
  }
  test("P-K02: the key is not sent when the app's i18next has no text for it", async () => {
    const i18n = createInstance()
    await i18n.init({
      lng: 'de',
      resources: { de: { shop: {} } },
      saveMissing: true,
      parseMissingKeyHandler: (key) => `missing ${key}`,
    })
    for (const framework of frameworksInTurn()) {
      const { responses } = await asked(framework, { i18n }, throws(1), ['de'])
      expect(spoken(responses)).toEqual(['en: Taken'])
    }
  })
})

describe('K. Files', () => {
  const french = JSON.stringify({ 1: { message: 'Pris' } })
  const broken: Readonly<Record<string, readonly [content: string | Buffer, position: RegExp]>> = {
    'truncated in a text': ['{"1": {"message": "Verge', /position \d+/],
    'truncated between texts': ['{"1": {"message": "Vergeben"},', /position \d+|end of JSON/],
    empty: ['', /end of JSON/],
    'one character': ['{', /position 1|end of JSON/],
    'an array': ['[{"1": {"message": "Vergeben"}}]', /holds an array/],
    null: ['null', /holds null/],
    'a text': ['"Vergeben"', /holds "Vergeben"/],
    'a page': ['<!doctype html>', /not valid JSON/],
    'nested 200,000 deep': ['['.repeat(200_000), /position \d+|end of JSON|call stack/],
    'with a comma too many': ['{"1": {"message": "Vergeben",}}', /position \d+/],
  }
  for (const [what, [content, position]] of Object.entries(broken)) {
    for (const framework of frameworksInTurn()) {
      test(`P-K03: a file that is ${what} costs its language alone, and is warned of once, on ${framework.name}`, async () => {
        const locales = folderOf({ de: content, fr: french })
        const { responses, warnings } = await asked(framework, { locales }, throws(1), [
          'de',
          'fr',
          'en',
          'de',
        ])
        expect(spoken(responses)).toEqual(['en: Taken', 'fr: Pris', 'en: Taken', 'en: Taken'])
        expect(warnings.filter((warning) => warning.includes(join(locales, 'de', 'shop.json')))).toHaveLength(
          1,
        )
        expect(warnings[0]).toMatch(position)
        expect(warnings, 'nothing more is said of a language that is known to be broken').toHaveLength(1)
      })
    }
  }

  says(
    'P-K03: a file with a byte order mark is read',
    throws(1),
    { locales: folderOf({ de: '\uFEFF{"1": {"message": "Vergeben"}}' }) },
    'Vergeben',
  )
  for (const framework of frameworksInTurn()) {
    test(`P-K03: a file that has gone since the start costs its language alone on ${framework.name}`, async () => {
      const locales = folderOf({ de: '{"1": {"message": "Vergeben"}}', fr: french })
      const listener = framework.listener({
        options: { catalog: shop, locales, logger: { error: () => {} } },
        routes: { '/': throws(1) },
      })
      rmSync(join(locales, 'de'), { recursive: true })
      await serving(listener, async (port) => {
        expect(spoken(await pipeline(port, ['de', 'fr', 'de'].map(ask)))).toEqual([
          'en: Taken',
          'fr: Pris',
          'en: Taken',
        ])
      })
    })

    if (!can(framework.name, 'be set up at once')) continue
    test(`P-K03: a folder that takes the place of a file costs its language alone on ${framework.name}`, async () => {
      const locales = folderOf({ de: '{}', fr: french })
      const warnings: string[] = []
      const listener = framework.listener({
        options: {
          catalog: shop,
          locales,
          logger: { error: () => {}, warn: (_record, message) => warnings.push(message) },
        },
        routes: { '/': throws(1) },
      })
      rmSync(join(locales, 'de', 'shop.json'))
      mkdirSync(join(locales, 'de', 'shop.json'))
      const responses = await serving(listener, (port) => pipeline(port, ['de', 'fr'].map(ask)))
      expect(spoken(responses)).toEqual(['en: Taken', 'fr: Pris'])
      expect(warnings[0]).toContain(join(locales, 'de', 'shop.json'))
    })
  }
  test('P-K03: a file of 20,000 codes is read', async () => {
    const texts = Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [n, { message: `Text ${n}` }]))
    const locales = folderOf({ de: JSON.stringify(texts) })
    // Whoever answers: the file is read at set-up.
    const { responses } = await asked(frameworks[0]!, { locales }, throws(1), ['de'])
    expect(spoken(responses)).toEqual(['de: Text 1'])
  })

  const hostile = `{
    "__proto__": {"1": {"message": "polluted"}, "message": "polluted", "polluted": "polluted"},
    "constructor": {"prototype": {"polluted": "polluted", "message": "polluted"}},
    "1": {"__proto__": {"message": "polluted"}, "constructor": {"prototype": {"message": "polluted"}}},
    "2": {"__proto__": {"polluted": "polluted"}, "message": "Noch {{left}} von {{product}}"}
  }`
  for (const [what, locales] of Object.entries<Locales>({
    'a file': folderOf({ de: hostile }),
    resources: { de: { shop: JSON.parse(hostile) as object, ['__proto__']: JSON.parse(hostile) as object } },
    'a namespace __proto__': JSON.parse(`{"de": {"__proto__": ${hostile}, "shop": ${hostile}}}`) as Locales,
  })) {
    says(`P-K04: __proto__ and constructor in ${what} are no texts`, throws(1), { locales }, 'Taken', 'en')
    says(
      `P-K04: the other texts of ${what} are used`,
      throws(2, { left: 3, product: 'Tee' }),
      { locales },
      'Noch 3 von Tee',
    )
  }
  test('P-K04: nothing has been polluted', () => {
    expect(({} as Record<string, unknown>)['polluted']).toBe(undefined)
    expect(({} as Record<string, unknown>)['message']).toBe(undefined)
    expect(([] as unknown as Record<string, unknown>)['polluted']).toBe(undefined)
  })
})

describe('K. Values are data', () => {
  const secretive = german({
    secret: 'hunter2',
    3: { message: 'Von {{name}} nach {{secretVar}}' },
    5: { message: 'Hallo {{name}}' },
  })
  const templates = [
    '{{secretVar}}',
    '$t(secret)',
    '{{secretVar}} $t(secret)',
    '$t(secret, {"name": "{{secretVar}}"})',
    '{{- secretVar}}',
    '{{name}}',
    '{{name, uppercase}}',
    '${secretVar}',
    '$& $1 $$ $`',
    '<%= secretVar %>',
  ]
  for (const name of templates) {
    says(
      `P-K05: the param value ${name} is shown as it is in a translation`,
      throws(3, { name, secretVar: 'X' }),
      secretive,
      `Von ${name} nach X`,
    )
    says(
      `P-K05: the param value ${name} is shown as it is in a text of the catalog`,
      throws(3, { name, secretVar: 'X' }),
      secretive,
      `From ${name} to X`,
      'en',
      'en',
    )
    says(
      `P-K05: the param value ${name} is shown as it is beside a param that the text does not name`,
      throws(5, { name, secretVar: 'hunter2', secret: 'hunter2' }),
      secretive,
      `Hallo ${name}`,
    )
  }
  test("P-K05: the app's i18next cannot be made to resolve a value", async () => {
    const i18n = createInstance()
    await i18n.init({
      lng: 'de',
      interpolation: { skipOnVariables: false, escapeValue: true },
      resources: { de: { shop: { secret: 'hunter2', 3: { message: 'Von {{name}} nach {{secretVar}}' } } } },
    })
    for (const framework of frameworksInTurn()) {
      let thrown = 0
      const route: Route = (...request) =>
        throws(3, { name: templates[thrown++ % templates.length], secretVar: 'X' })(...request)
      const { responses } = await asked(
        framework,
        { i18n },
        route,
        templates.map(() => 'de'),
      )
      expect(spoken(responses)).toEqual(templates.map((name) => `de: Von ${name} nach X`))
    }
  })

  const optionLike = { lng: 'fr', defaultValue: 'D', ns: 'http', context: 'c', count: 'two', replace: 'r' }
  const asTexts = { 4: { message: '{{lng}}|{{defaultValue}}|{{ns}}|{{context}}|{{count}}|{{replace}}' } }
  says(
    'P-K06: params named like options of i18next are values',
    throws(4, optionLike),
    { locales: { de: { shop: asTexts }, fr: { shop: { 4: { message: 'wrong' } } } } },
    'fr|D|http|c|two|r',
  )
  says(
    'P-K06: params named like options of i18next are values in a text of the catalog',
    throws(4, optionLike),
    german({}),
    'fr/D/http/c/two/r',
    'en',
  )
  const notNamed = {
    ...optionLike,
    name: 'Eva',
    lngs: ['fr'],
    fallbackLng: 'fr',
    returnObjects: true,
    returnDetails: true,
    joinArrays: '',
    postProcess: 'x',
    interpolation: { prefix: 'H' },
    keySeparator: '.',
    nsSeparator: ':',
    nest: true,
    skipInterpolation: true,
    ordinal: true,
  }
  says(
    'P-K06: params that the text does not name are no options',
    throws(5, notNamed),
    { locales: { de: { shop: { 5: { message: 'Hallo {{name}}', message_c: 'wrong' } } }, fr: { shop: {} } } },
    'Hallo Eva',
  )

  for (const [what, options, message, locale] of [
    ['a translation', german({ 2: { message: 'Noch {{left}} von {{product}}' } }), 'Noch … von Tee', 'de'],
    ['a text of the catalog', german({}), 'Only … of Tee left', 'en'],
  ] as const) {
    says(
      `P-K07: a param that ${what} needs and the throw does not give is shown as …`,
      throws(2, { product: 'Tee' }),
      options,
      message,
      locale,
    )
  }
  says(
    'P-K07: a translation that names what the catalog does not is not sent',
    throws(2, { left: 3, product: 'Tee' }),
    german({ 2: { message: 'Noch {{left}} {{ nope }}{{- never}}{{no, number}} von {{product}}' } }),
    'Only 3 of Tee left',
    'en',
  )
  for (const framework of frameworksInTurn()) {
    test(`P-K07: a missing param is named in the log on ${framework.name}`, async () => {
      const records: string[] = []
      const take = (record: object, message: string) => records.push(JSON.stringify([record, message]))
      const logger = { error: take, warn: take, info: take }
      await asked(framework, { logger }, throws(3, { name: 'Eva' }), ['en'])
      expect(records.join('\n')).toContain('secretVar')
    })
  }

  const throwing = {
    get name(): string {
      throw new Error('hunter2')
    },
  }
  const shown: Readonly<Record<string, readonly [params: unknown, text: string]>> = {
    null: [{ name: null }, '…'],
    undefined: [{ name: undefined }, '…'],
    'a number': [{ name: 3.5 }, '3.5'],
    'a large number': [{ name: 1e21 }, '1e+21'],
    NaN: [{ name: NaN }, '…'],
    Infinity: [{ name: -Infinity }, '…'],
    '-0': [{ name: -0 }, '0'],
    'a boolean': [{ name: false }, 'false'],
    'a BigInt': [{ name: 10n ** 30n }, `1${'0'.repeat(30)}`],
    'a Symbol': [{ name: Symbol('hunter2') }, '…'],
    'a Date': [{ name: new Date(0) }, '1970-01-01T00:00:00.000Z'],
    'an invalid Date': [{ name: new Date(NaN) }, '…'],
    'an object': [{ name: { hunter2: 1 } }, '…'],
    'an array': [{ name: ['hunter2'] }, '…'],
    'a function': [{ name: () => 'hunter2' }, '…'],
    'a class': [
      {
        name: class {
          readonly hunter2 = 1
        },
      },
      '…',
    ],
    'an object whose toString throws': [
      {
        name: {
          toString() {
            throw new Error('hunter2')
          },
        },
      },
      '…',
    ],
    'an object with toString, toJSON and valueOf': [
      { name: { toString: () => 'hunter2', toJSON: () => 'hunter2', valueOf: () => 'hunter2' } },
      '…',
    ],
    'a getter that throws': [throwing, '…'],
    'an empty text': [{ name: '' }, ''],
    'half a character': [{ name: 'a\uD83D' }, 'a\uFFFD'],
    'text that turns the direction': [{ name: 'a\u202Eb\u2066c\u200Fd' }, 'abcd'],
  }
  for (const [what, [params, text]] of Object.entries(shown)) {
    const greeting = german({ 5: { message: 'Hallo {{name}}' } })
    const title = `P-K08: ${what} as a param is shown as ${JSON.stringify(text)}`
    says(`${title} in a translation`, throws(5, params), greeting, `Hallo ${text}`)
    says(`${title} in a text of the catalog`, throws(5, params), greeting, `Hello ${text}`, 'en', 'en')
  }

  const long = 'x'.repeat(1_048_576)
  says(
    'P-K09: a param of 1 MB is cut after 1,024 characters',
    throws(5, { name: long }),
    german({ 5: { message: 'Hallo {{name}}' } }),
    `Hallo ${'x'.repeat(1024)}…`,
  )
  says(
    'P-K09: a param of 1 MB is cut in a text of the catalog',
    throws(5, { name: `${'x'.repeat(1023)}😀${long}` }),
    german({}),
    `Hello ${'x'.repeat(1023)}\uFFFD…`,
    'en',
  )

  const wrong: Readonly<Record<string, unknown>> = {
    'an object': { message: { text: 'Vergeben' } },
    'an array': { message: ['Vergeben'] },
    'a number': { message: 7 },
    null: { message: null },
    true: { message: true },
    'an empty text': { message: '' },
    'a blank text': { message: ' \n ' },
  }
  for (const [what, entry] of Object.entries(wrong)) {
    says(
      `P-K10: ${what} in the place of a text is no text`,
      throws(1),
      { locales: folderOf({ de: JSON.stringify({ 1: entry }) }) },
      'Taken',
      'en',
    )
  }
  for (const [what, entry] of Object.entries({ blank: ' ', array: [], number: 7, null: null })) {
    says(
      `P-K10: ${what} in the place of a code's texts is no text`,
      throws(1),
      german({ 1: entry }),
      'Taken',
      'en',
    )
  }
  says(
    "P-K10: a text in the place of a code's texts is its message",
    throws(1),
    german({ 1: 'Vergeben' }),
    'Vergeben',
  )
  test('P-K10: a number in the place of a namespace or a language is refused at creation', () => {
    for (const locales of [
      { de: { shop: 7 } },
      { de: { shop: null } },
      { de: null },
      { de: 7 },
      { de: [] },
    ]) {
      for (const { listener } of frameworksInTurn('be set up at once')) {
        const create = () =>
          listener({ options: { catalog: shop, locales: locales as unknown as Locales }, routes: {} })
        expect(create).toThrow(/^Option locales, de/)
      }
    }
  })

  // i18next would follow these. To us they are text: nothing in a text is a command.
  for (const text of ['$t(1.message)', 'a $t(1\u001Fmessage) b', '$t(1.message, {"x": "$t(1.message)"})']) {
    says(
      `P-K11: the text ${JSON.stringify(text)} does not call itself`,
      throws(1),
      german({ 1: { message: text } }),
      text,
    )
  }

  const quoted = 'Tom & "Jerry" <b>\'s</b> / 1'
  says(
    'P-K12: characters that HTML would escape are sent as they are in a translation',
    throws(5, { name: quoted }),
    german({ 5: { message: 'Hallo {{name}}' } }),
    `Hallo ${quoted}`,
  )
  says(
    'P-K12: characters that HTML would escape are sent as they are in a text of the catalog',
    throws(5, { name: quoted }),
    german({}),
    `Hello ${quoted}`,
    'en',
  )

  for (const framework of frameworksInTurn()) {
    test(`P-K13: 200 interleaved requests in two languages are each answered in theirs on ${framework.name}`, async () => {
      const i18n = createInstance()
      await i18n.init({ lng: 'en', resources: { de: { shop: { 5: { message: 'Hallo {{name}}' } } } } })
      let turns = 0
      const route: Route = async () => {
        // What a naive app does to its shared i18next meanwhile.
        const turn = turns++
        await i18n.changeLanguage(turn % 3 === 0 ? 'en' : 'de')
        await delay(turn % 5)
        return throws(5, { name: 'Eva' })({} as never, {} as never)
      }
      const listener = framework.listener({ options: { catalog: shop, i18n }, routes: { '/': route } })
      const languages = Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? 'en' : 'de'))
      const requests = languages.map(ask)
      await serving(listener, async (port) => {
        const connections = Array.from({ length: 10 }, () => pipeline(port, requests))
        for (const responses of await Promise.all(connections)) {
          expect(spoken(responses)).toEqual(
            languages.map((language) => (language === 'en' ? 'en: Hello Eva' : 'de: Hallo Eva')),
          )
        }
      })
    })
  }
})

// Unicode Bidirectional Algorithm (UAX #9): FSI … PDI keeps a param from reordering what stands around it.
function isolated(value: string): string {
  return `\u2068${value}\u2069`
}

describe('K. Where the files are', () => {
  const taken = JSON.stringify({ 1: { message: 'Vergeben' } })
  const odd = folderOf({ de: taken }, 'a b#c%20d%zz é 语 [x] {y} \'"')
  says(
    'P-K14: a path with blanks, #, %, quotes and other letters is read',
    throws(1),
    { locales: odd },
    'Vergeben',
  )
  says('P-K14: a file URL of such a path is read', throws(1), { locales: pathToFileURL(odd) }, 'Vergeben')
  const sealed = folderOf({ de: taken })
  for (const path of [join(sealed, 'de', 'shop.json'), join(sealed, 'de'), sealed]) {
    chmodSync(path, path.endsWith('.json') ? 0o444 : 0o555)
  }
  afterAll(() => {
    for (const path of [sealed, join(sealed, 'de')]) chmodSync(path, 0o755)
  })
  says('P-K14: a folder that cannot be written is read', throws(1), { locales: sealed }, 'Vergeben')
})

describe('K. Direction', () => {
  const arabic = 'لم يتبق سوى {{left}} من {{product}}'
  const hebrew = 'נותרו רק {{left}} מתוך {{- product}}'
  for (const [locale, text] of [
    ['ar', arabic],
    ['he', hebrew],
    ['fa', arabic],
  ] as const) {
    says(
      `P-K15: params in ${locale} stand in isolates`,
      throws(2, { left: 3, product: 'Tea (C++)' }),
      { locales: { [locale]: { shop: { 2: { message: text } } } } },
      text.replace('{{left}}', isolated('3')).replace(/\{\{-? ?product\}\}/, isolated('Tea (C++)')),
      locale,
      locale,
    )
  }
  says(
    'P-K15: params in a language that is written from the left stand as they are',
    throws(2, { left: 3, product: 'שוקו' }),
    german({ 2: { message: 'Noch {{left}} von {{product}}' } }),
    'Noch 3 von שוקו',
  )
})
