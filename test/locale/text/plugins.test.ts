import { createRequire } from 'node:module'
import {
  createInstance,
  type i18n as I18n,
  type I18nFormatModule,
  type InitOptions,
  type Module,
} from 'i18next'
import Fluent from 'i18next-fluent'
import Icu from 'i18next-icu'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { defineCatalog } from '../../../src/error/define-catalog.ts'
import { describeError } from '../../../src/handler/describe-error.ts'
import { errorHeaders, everywhere } from '../../support/answers.ts'
import { frameworks } from '../../support/frameworks.ts'
import { answersOn } from '../../support/stacks.ts'

// It is CommonJS, and has no types.
const Polyglot = createRequire(import.meta.url)('i18next-polyglot') as Module

const shop = defineCatalog({
  name: 'shop',
  errors: {
    SOLD_OUT: { status: 409, message: 'Only {{left}} of {{product}} left' },
    FEW: { status: 409, message: '{{count}} of {{product}} left' },
    LATE: { status: 409, message: 'Closed since {{when}}' },
    ODD: { status: 409, message: '{{lng}} {{ns}} {{context}} {{defaultValue}} {{postProcess}} {{replace}}' },
    GONE: { status: 409, message: 'Gone' },
  },
})

type Params = Readonly<Record<string, unknown>>

async function appWith(
  plugin: Module | (new () => Module),
  texts: object,
  more: InitOptions = {},
): Promise<I18n> {
  const i18n = createInstance()
  await i18n.use(plugin as Module).init({
    lng: 'de',
    ns: ['shop'],
    preload: ['de', 'he'],
    resources: { de: { shop: texts }, he: { shop: texts } },
    ...more,
  })
  return i18n
}

/** What an error is told as, and what is warned of. */
function told(
  i18n: I18n,
  key: string,
  params: Params,
  locale = 'de',
): { readonly message: string; readonly warnings: readonly string[] } {
  const warnings: string[] = []
  const logger = { error: () => {}, warn: (_record: object, text: string) => void warnings.push(text) }
  const error: unknown = Reflect.construct(shop.BizError, [key, { params }])
  const { message } = describeError(error, { catalog: shop, i18n, locale, logger })
  return { message, warnings: warnings.filter((warning) => !warning.startsWith('Error "')) }
}

const consoles = ['log', 'info', 'warn', 'error'] as const
let written: unknown[] = []
beforeEach(() => {
  written = []
  for (const name of consoles)
    vi.spyOn(console, name).mockImplementation((...args) => void written.push(args))
})
afterEach(() => {
  vi.restoreAllMocks()
  expect(written, 'nothing is written to the console').toEqual([])
})

/** Texts, params, and what is told in German. */
type Row = readonly [text: string, key: string, params: Params, message: string]

function tellsAll(plugin: Module | (new () => Module), rows: readonly Row[]): void {
  for (const [text, key, params, message] of rows) {
    test(`${text} is told as "${message}"`, async () => {
      expect(told(await appWith(plugin, { [key]: { message: text } }), key, params)).toEqual({
        message,
        warnings: [],
      })
    })
  }
}

const items = '{count, plural, =0 {nichts} one {# Stück} other {# Stücke}} {product}'
const select = '{product, select, tea {Tee} constructor {C} other {Anderes}}: {left}'

describe('a text of i18next-icu', () => {
  tellsAll(Icu, [
    ['Noch {left} von {product}', 'SOLD_OUT', { left: 3, product: 'Tee' }, 'Noch 3 von Tee'],
    ['Noch {left, number} von {product}', 'SOLD_OUT', { left: 1234.5, product: 'Tee' }, 'Noch 1.234,5 von Tee'],
    ['Noch {left, number} von {product}', 'SOLD_OUT', { left: '1234', product: 'Tee' }, 'Noch 1.234 von Tee'],
    ['Noch {left, number} ({left}) {product}', 'SOLD_OUT', { left: '007', product: 'x' }, 'Noch 7 (007) x'],
    ['Noch {left, number, percent} {product}', 'SOLD_OUT', { left: 0.5, product: 'x' }, 'Noch 50\u00A0% x'],
    ['Noch {left, number, ::.00} {product}', 'SOLD_OUT', { left: 3, product: 'x' }, 'Noch 3,00 x'],
    [items, 'FEW', { count: 0, product: 'Tee' }, 'nichts Tee'],
    [items, 'FEW', { count: 1, product: 'Tee' }, '1 Stück Tee'],
    [items, 'FEW', { count: '1', product: 'Tee' }, '1 Stück Tee'],
    [items, 'FEW', { count: 1200, product: 'Tee' }, '1.200 Stücke Tee'],
    [items, 'FEW', { product: 'Tee' }, '… Stücke Tee'],
    [items, 'FEW', { count: 'viele', product: '{count}' }, '… Stücke {count}'],
    [select, 'SOLD_OUT', { left: 1, product: 'tea' }, 'Tee: 1'],
    [select, 'SOLD_OUT', { left: 1, product: 'constructor' }, 'C: 1'],
    [select, 'SOLD_OUT', { left: 1, product: 'toString' }, 'Anderes: 1'],
    [select, 'SOLD_OUT', { left: 1, product: '__proto__' }, 'Anderes: 1'],
    [select, 'SOLD_OUT', { left: {}, product: Number.NaN }, 'Anderes: …'],
    ['{count, selectordinal, one {#.} other {#te}} {product}', 'FEW', { count: 3, product: 'x' }, '3te x'],
    ['{count, plural, offset:1 one {# mehr} other {# mehr}} {product}', 'FEW', { count: 3, product: 'x' }, '2 mehr x'],
    ['Noch {left, number} von {product}', 'SOLD_OUT', { left: 'tea' }, 'Noch … von …'],
    ['Noch {left} von {product}', 'SOLD_OUT', {}, 'Noch … von …'],
    ["Noch {left} '{'{product}'}' <b>$t(x)</b>", 'SOLD_OUT', { left: '<i>', product: '$t(y)' }, 'Noch <i> {$t(y)} <b>$t(x)</b>'],
    ['Seit {when, date, ::yyyyMMdd}', 'LATE', { when: new Date(0) }, 'Seit 01.01.1970'],
    ['Seit {when, date, short}, {when}', 'LATE', { when: new Date(43_200_000) }, 'Seit 1.1.70, 1970-01-01T12:00:00.000Z'],
    ['Seit {when, date, short}', 'LATE', { when: 'gestern' }, 'Seit …'],
    ['Seit {when, time, short}', 'LATE', { when: Number.NaN }, 'Seit …'],
    ['Seit {when, date}', 'LATE', { when: Infinity }, 'Seit …'],
    ['Seit {when, number, ::currency/EUR}', 'LATE', { when: 10n ** 18n }, 'Seit 1.000.000.000.000.000.000,00\u00A0€'],
    ['{lng} {ns} {context} {defaultValue} {postProcess} {replace}', 'ODD', { lng: 'en', ns: 'x', context: 'c', defaultValue: 'd', postProcess: 'p', replace: 'r' }, 'en x c d p r'],
    ['Weg', 'GONE', {}, 'Weg'],
  ]) // prettier-ignore

  test('is filled over HTTP', async () => {
    const i18n = await appWith(Icu, { FEW: { message: items } })
    const route = (): never => {
      throw shop.errors.FEW({ params: { count: 1200, product: 'Tee' } })
    }
    const request = { headers: { 'Accept-Language': 'de' } }
    expect(await answersOn(frameworks, request, { '/': route }, { catalog: shop, i18n })).toEqual(
      everywhere({
        status: 409,
        headers: errorHeaders('de'),
        body: { code: 'FEW', message: '1.200 Stücke Tee' },
      }),
    )
  })

  test('isolates what it shows in a language that is written from the right', async () => {
    const i18n = await appWith(Icu, { FEW: { message: '{count, plural, one {x} other {# y}} {product}' } })
    expect(told(i18n, 'FEW', { count: 2000, product: 'tea (x)' }, 'he').message).toBe(
      '\u20682,000\u2069 y \u2068tea (x)\u2069',
    )
    expect(told(i18n, 'FEW', {}, 'he').message).toBe('\u2068…\u2069 y \u2068…\u2069')
  })

  test.each([
    ['Noch {lfet} von {product}', 'has {lfet} and lacks {left}'],
    ['Noch {left}', 'lacks {product}'],
    ['{left, plural, one {{product}} other {viele}}', 'lacks {product}'],
    ['{left, plural, one {{prodcut}} other {{product}}}', 'has {prodcut}'],
    ['Noch {left} von {toString} {product}', 'has {toString}'],
  ])('whose arguments differ is not sent: %s', async (text, why) => {
    const i18n = await appWith(Icu, { SOLD_OUT: { message: text } })
    expect(told(i18n, 'SOLD_OUT', { left: 3, product: 'tea' })).toEqual({
      message: 'Only 3 of tea left',
      warnings: [
        `The message of error SOLD_OUT in de/shop ${why}, and was not used. Write those of the catalog's text: {left}, {product}.`,
      ],
    })
  })

  test.each(['Noch {left', 'Noch {{left}} von {{product}}', '{left, plural, one {x}} {product}'])(
    'that is no message is not sent: %s',
    async (text) => {
      const i18n = await appWith(Icu, { SOLD_OUT: { message: text } })
      expect(told(i18n, 'SOLD_OUT', { left: 3, product: 'tea' })).toEqual({
        message: 'Only 3 of tea left',
        warnings: [
          expect.stringMatching(
            /^The message of error SOLD_OUT in de\/shop cannot be read by the plugin of the app's i18next, and was not used: [A-Z_]+$/,
          ),
        ],
      })
    },
  )

  test('is read in a language that the app names otherwise than Intl', async () => {
    const resources = { zh_CN: { shop: { FEW: '{count, plural, other {剩 # 件}} {product}' } } }
    const i18n = await appWith(Icu, {}, { resources })
    expect(told(i18n, 'FEW', { count: 1200, product: '茶' }, 'zh-CN')).toEqual({
      message: '剩 1,200 件 茶',
      warnings: [],
    })
  })

  test("has the app's own styles, and may be in any place", async () => {
    const plugin = new Icu({ formats: { number: { kilo: { style: 'unit', unit: 'kilogram' } } } })
    const texts = { SOLD_OUT: 'Noch {left, number, kilo} {product}', cart: { full: 'x' } }
    const i18n = await appWith(plugin as unknown as Module, texts, { keySeparator: '|' })
    expect(told(i18n, 'SOLD_OUT', { left: 3, product: 'Tee' }).message).toBe('Noch 3 kg Tee')
  })
})

const piece = '%{smart_count} Stück %{product} |||| %{smart_count} Stücke %{product}'

describe('a text of i18next-polyglot', () => {
  tellsAll(Polyglot, [
    ['Noch %{left} von %{product}', 'SOLD_OUT', { left: 3, product: 'Tee' }, 'Noch 3 von Tee'],
    ['Noch %{left} von %{product}', 'SOLD_OUT', { left: '$&', product: '%{left}' }, 'Noch $& von %{left}'],
    ['Noch %{left} von %{product}', 'SOLD_OUT', {}, 'Noch … von …'],
    [piece, 'FEW', { count: 1, product: 'Tee' }, '1 Stück Tee'],
    [piece, 'FEW', { count: '5', product: 'Tee' }, '5 Stücke Tee'],
    [piece, 'FEW', { product: 'Tee' }, '… Stücke Tee'],
    ['%{lng} %{ns} %{context} %{defaultValue} %{postProcess} %{replace}', 'ODD', { lng: 'en', ns: 'x', context: 'c', defaultValue: 'd', postProcess: 'p', replace: 'r' }, 'en x c d p r'],
  ]) // prettier-ignore

  test('whose placeholders differ is not sent', async () => {
    const i18n = await appWith(Polyglot, { SOLD_OUT: 'Noch %{lfet} {{left}}' })
    expect(told(i18n, 'SOLD_OUT', { left: 3, product: 'tea' })).toEqual({
      message: 'Only 3 of tea left',
      warnings: [
        "The message of error SOLD_OUT in de/shop has %{lfet} and lacks %{left}, %{product}, and was not used. Write those of the catalog's text: %{left}, %{product}.",
      ],
    })
  })

  test('isolates what it shows in a language that is written from the right', async () => {
    const i18n = await appWith(Polyglot, { SOLD_OUT: '%{left} - %{product}' })
    expect(told(i18n, 'SOLD_OUT', { left: '3', product: 'tea' }, 'he').message).toBe(
      '\u20683\u2069 - \u2068tea\u2069',
    )
  })
})

const amount = '{ $count ->\n  [one] ein Stück\n *[other] { $count } Stücke\n} { $product }'

describe('a text of i18next-fluent', () => {
  tellsAll(Fluent as unknown as new () => Module, [
    ['Noch { $left } von {$product}', 'SOLD_OUT', { left: 3, product: 'Tee' }, 'Noch 3 von Tee'],
    ['Noch { NUMBER($left, minimumFractionDigits: 2) } von {$product}', 'SOLD_OUT', { left: '1234', product: '{ $left }' }, 'Noch 1.234,00 von { $left }'],
    ['Noch { NUMBER($left) } von {$product}', 'SOLD_OUT', { left: 'tea' }, 'Noch … von …'],
    ['Noch { $left } von {$product}', 'SOLD_OUT', {}, 'Noch … von …'],
    [amount, 'FEW', { count: 1, product: 'Tee' }, 'ein Stück Tee'],
    [amount, 'FEW', { count: 5, product: 'Tee' }, '5 Stücke Tee'],
    [amount, 'FEW', { product: 'Tee' }, '… Stücke Tee'],
    ['Seit { DATETIME($when, year: "numeric", timeZone: "UTC") }', 'LATE', { when: new Date(0) }, 'Seit 1970'],
    ['Seit { DATETIME($when) }', 'LATE', { when: 'gestern' }, 'Seit …'],
    ['{$lng} {$ns} {$context} {$defaultValue} {$postProcess} {$replace}', 'ODD', { lng: 'en', ns: 'x', context: 'c', defaultValue: 'd', postProcess: 'p', replace: 'r' }, 'en x c d p r'],
  ]) // prettier-ignore

  test('whose variables differ is not sent', async () => {
    const i18n = await appWith(Fluent as unknown as new () => Module, {
      SOLD_OUT: 'Noch { $lfet } {$product}',
    })
    expect(told(i18n, 'SOLD_OUT', { left: 3, product: 'tea' })).toEqual({
      message: 'Only 3 of tea left',
      warnings: [
        "The message of error SOLD_OUT in de/shop has { $lfet } and lacks { $left }, and was not used. Write those of the catalog's text: { $left }, { $product }.",
      ],
    })
  })

  test('may be the value of a message that has attributes', async () => {
    const texts = { GONE: { val: 'Weg', title: 'Fort' }, SOLD_OUT: { val: 'Noch { $left } { $product }' } }
    const i18n = await appWith(Fluent as unknown as new () => Module, texts)
    expect([told(i18n, 'GONE', {}), told(i18n, 'SOLD_OUT', { left: 3, product: 'Tee' })]).toEqual([
      { message: 'Weg', warnings: [] },
      { message: 'Noch 3 Tee', warnings: [] },
    ])
  })

  test('of a language that it was not made for is not sent, which is said', async () => {
    const i18n = await appWith(Fluent as unknown as new () => Module, { GONE: 'Weg' }, { preload: ['de'] })
    expect(told(i18n, 'GONE', {}, 'he')).toEqual({
      message: 'Gone',
      warnings: [
        "The message of error GONE in he/shop cannot be read by the plugin of the app's i18next, and was not used: no message GONE was made of he; name it in preload",
      ],
    })
  })
})

/** A plugin that nobody has seen: it shows `<name>`, of the options or of what replaces. */
const angles = {
  type: 'i18nFormat',
  name: 'angles',
  parse: (text: string, options: { readonly lng: string; readonly replace: Params } & Params) =>
    text.replaceAll(
      /<(\w+)>/g,
      (_, name: string) => `${String(options[name])}/${String(options.replace[name])}`,
    ),
} as unknown as I18nFormatModule

describe('a text of any other plugin', () => {
  tellsAll(angles, [
    ['Noch <left> von <product>', 'SOLD_OUT', { left: 3, product: '<left>' }, 'Noch 3/3 von <left>/<left>'],
    ['Noch <left> von <product>', 'SOLD_OUT', {}, 'Noch …/… von …/…'],
    ['<lng> <ns>', 'ODD', { lng: 'en', ns: 'x' }, 'de/en shop/x'],
  ])

  test.each([
    ['throws', () => { throw new Error('x') }],
    ['returns no text', () => ({ secret: 1 })],
    ['rejects', () => Promise.reject(new Error('x'))],
  ])('is an ellipsis where it %s', async (_, parse) => {
    const i18n = await appWith({ ...angles, parse } as unknown as Module, { GONE: 'Weg' })
    expect(told(i18n, 'GONE', {})).toEqual({ message: '…', warnings: [] })
  }) // prettier-ignore
})

describe("the separators of the app's i18next", () => {
  test.each<readonly [options: InitOptions, texts: object, message: string]>([
    [{ keySeparator: '|' }, { 'FEW|message': '{{count}} {{product}}' }, '2 Tee'],
    [{ keySeparator: false }, { 'FEW.message': '{{count}} {{product}}' }, '2 Tee'],
    [{ keySeparator: false }, { FEW: { message: '{{count}} {{product}}' } }, '2 Tee'],
    [{ keySeparator: '::', nsSeparator: '||' }, { 'FEW::message': '{{count}} {{product}}' }, '2 Tee'],
    [
      { pluralSeparator: '-' },
      { FEW: { 'message-one': 'x', 'message-other': '{{count}} {{product}}' } },
      '2 Tee',
    ],
    [{ pluralSeparator: '-' }, { 'FEW-other': '{{count}} {{product}}' }, '2 Tee'],
    [{ pluralSeparator: '-' }, { FEW_other: '{{count}} {{product}}' }, '2 Tee'],
    [{ contextSeparator: '_', keySeparator: '_' }, { FEW_message: '{{count}} {{product}}' }, '2 Tee'],
  ])('%j, for %j', async (options, texts, message) => {
    const i18n = createInstance()
    await i18n.init({ lng: 'de', resources: { de: { shop: texts } }, ...options })
    const route = (): never => {
      throw shop.errors.FEW({ params: { count: 2, product: 'Tee' } })
    }
    const request = { headers: { 'Accept-Language': 'de' } }
    expect(await answersOn(frameworks, request, { '/': route }, { catalog: shop, i18n })).toEqual(
      everywhere({ status: 409, headers: errorHeaders('de'), body: { code: 'FEW', message } }),
    )
  })
})
