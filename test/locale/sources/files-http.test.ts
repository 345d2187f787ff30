import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import type { Locales } from '../../../src/catalog/catalog.ts'
import { defineCatalog } from '../../../src/error/define-catalog.ts'
import type { HandlerOptions } from '../../../src/handler/options.ts'
import { SetupError } from '../../../src/guard/setup-error.ts'
import { errorHeaders, everywhere } from '../../support/answers.ts'
import { frameworks } from '../../support/frameworks.ts'
import { localeFolders } from '../../support/locale-files.ts'
import { answersOn } from '../../support/stacks.ts'

const folderOf = localeFolders()

const errors = {
  1006: { status: 409, message: 'Only {{count}} of {{product}} left', title: 'Few left' },
  'cart.empty': { status: 422, message: 'The cart is empty' },
} as const

const shop = defineCatalog({
  name: 'shop',
  errors,
  envelope: { body: ({ code, message, title }) => ({ code, message, title }) },
})

const FEW = 'Nur noch {{count}} von {{product}}'
const TITLE = 'Wenige übrig'
const EMPTY = 'Der Warenkorb ist leer'

const german = {
  1006: { message: FEW, title: TITLE },
  'cart.empty': { message: EMPTY },
}

/** Translators' files as users of i18next have them: where they lie, and what they hold. */
const layouts: Readonly<Record<string, readonly [path: string, files: Readonly<Record<string, unknown>>]>> = {
  'a folder a language': ['', { 'de/shop.json': german }],
  'a folder a catalog': ['{{ns}}/{{lng}}.json', { 'shop/de.json': german }],
  'one file a language, named by nobody but the app': ['errors.{{lng}}.json', { 'errors.de.json': german }],
  'a folder of each module': ['modules/{{ns}}/i18n/{{lng}}.json', { 'modules/shop/i18n/de.json': german }],
  'texts by code': ['', { 'de/shop.json': { 1006: FEW, '1006.title': TITLE, 'cart.empty': EMPTY } }],
  'plural forms of texts by code': [
    '',
    {
      'de/shop.json': {
        '1006_one': 'Nur noch eines',
        '1006_other': FEW,
        '1006.title': TITLE,
        'cart.empty': EMPTY,
      },
    },
  ],
  'plural forms of fields': [
    '',
    {
      'de/shop.json': {
        1006: { message_one: 'Nur noch eines', message_other: FEW, title: TITLE },
        'cart.empty': { message: EMPTY },
      },
    },
  ],
  'flat names of fields': [
    '{{lng}}.json',
    { 'de.json': { '1006.message': FEW, '1006.title': TITLE, 'cart.empty.message': EMPTY } },
  ],
  'nested names': [
    '',
    { 'de/shop.json': { 1006: { message: FEW, title: TITLE }, cart: { empty: { message: EMPTY } } } },
  ],
  'nested texts': ['', { 'de/shop.json': { 1006: { message: FEW, title: TITLE }, cart: { empty: EMPTY } } }],
  'YAML, nested, with keys that are numbers': [
    'config/locales/{{ns}}.{{lng}}.yml',
    {
      'config/locales/shop.de.yml': `# Übersetzung
1006:
  message: ${JSON.stringify(FEW)}
  title: ${TITLE}
cart:
  empty: >-
    Der Warenkorb
    ist leer
`,
    },
  ],
  'YAML by code, in a folder': [
    '',
    { 'de/shop.yaml': `1006: ${JSON.stringify(FEW)}\n1006.title: ${TITLE}\ncart.empty: ${EMPTY}\n` },
  ],
  'JSON5, with remarks': [
    '{{lng}}/{{ns}}.json5',
    {
      'de/shop.json5': `// Von Hand gepflegt
{
  '1006': { message: '${FEW}', title: '${TITLE}' },
  cart: { empty: '${EMPTY}', /* leer */ },
}`,
    },
  ],
  'what some tools export, with what is not translated yet': [
    'public/locales/{{lng}}/{{ns}}.json',
    {
      'public/locales/de/shop.json': {
        1006: { message: FEW, title: TITLE, description: '', action: null },
        cart: { empty: EMPTY, full: '' },
      },
    },
  ],
}

function asText(content: unknown): string {
  return typeof content === 'string' ? content : JSON.stringify(content)
}

async function answersIn(
  locales: Locales,
  warnings: string[] = [],
  on = frameworks,
): Promise<readonly object[]> {
  const options = {
    catalog: shop,
    locales,
    logger: { error: () => {}, warn: (_: object, message: string) => void warnings.push(message) },
  }
  const request = { headers: { 'Accept-Language': 'de' } }
  const failures = [
    () => shop.errors[1006]({ params: { count: 3, product: 'Tee' } }),
    () => shop.errors['cart.empty'](),
  ]
  const answers: object[] = []
  for (const fail of failures) {
    const route = (): never => {
      throw fail()
    }
    answers.push(await answersOn(on, request, { '/': route }, options))
  }
  return answers
}

const expected = [
  everywhere({
    status: 409,
    headers: errorHeaders('de'),
    body: { code: 1006, message: 'Nur noch 3 von Tee', title: TITLE },
  }),
  everywhere({
    status: 422,
    headers: errorHeaders('de'),
    body: { code: 'cart.empty', message: EMPTY },
  }),
]

test.each(Object.entries(layouts))('files in %s are read, by their path or URL', async (_, [path, files]) => {
  const folder = folderOf(
    Object.fromEntries(Object.entries(files).map(([file, content]) => [file, asText(content)])),
  )
  const warnings: string[] = []
  expect(await answersIn(join(folder, path), warnings)).toEqual(expected)
  // A URL becomes a path before any framework is asked.
  const [first] = frameworks
  const byUrl = await answersIn(new URL(`./${path}`, `${pathToFileURL(folder).href}/`), warnings, [first!])
  expect(byUrl).toEqual(expected.map((answers) => ({ [first!.name]: answers[first!.name] })))
  expect(warnings).toEqual([])
})

test.each([
  [
    'a folder',
    (language: string) =>
      folderOf({ 'de/shop.json': asText(german), [`${language}/shop.json`]: asText(german) }),
  ],
  [
    'files',
    (language: string) =>
      `${folderOf({ 'de.json': asText(german), [`${language}.json`]: asText(german) })}/{{lng}}.json`,
  ],
  ['resources', (language: string) => ({ de: { shop: german }, [language]: { shop: german } })],
] as const)('a language that no client can ask for is told, in %s', async (_, localesWith) => {
  for (const framework of frameworks) {
    for (const language of ['english', 'und', 'zh_CN']) {
      const setUp = (): unknown =>
        framework.listener({ options: { catalog: shop, locales: localesWith(language) }, routes: {} })
      expect(setUp, `${framework.name}, ${language}`).toThrow(SetupError)
      expect(setUp).toThrow(`holds the language "${language}"`)
    }
  }
  const warnings: string[] = []
  expect(await answersIn(localesWith('jp'), warnings)).toEqual(expected)
  expect(new Set(warnings)).toEqual(
    new Set([expect.stringMatching(/jp\b.* is in the language "jp", .*Japan\. Rename it to "ja"\.$/)]),
  )
  // Once for each handler.
  expect(warnings).toHaveLength(expected.length * frameworks.length)
})

test('a language that no client can ask for costs no answer of a catalog that is first met in a request', async () => {
  const warnings: string[] = []
  const other = defineCatalog({ name: 'other', errors })
  const late = defineCatalog({
    name: 'late',
    errors,
    locales: { jp: { late: german }, de: { late: german } },
  })
  const request = { headers: { 'Accept-Language': 'de' } }
  const logger = { error: () => {}, warn: (_: object, message: string) => void warnings.push(message) }
  const route = (): never => {
    throw late.errors['cart.empty']()
  }
  expect(await answersOn(frameworks, request, { '/': route }, { catalog: other, logger })).toEqual(
    expected[1],
  )
  expect(warnings.filter((warning) => warning.includes('"jp"'))).toHaveLength(frameworks.length)
})

function throwingEmpty(): never {
  throw shop.errors['cart.empty']()
}

test('a fault in the syntax of a file costs its language alone, and is told with its place', async () => {
  const folder = folderOf({
    'de/shop.yaml': '1006: *gone\n',
    'fr/shop.yaml': '1006:\n  message: a: b\n',
    'ja/shop.json5': '{ 1006: "x" }',
    'es/shop.json': '{ "1006": "x", }',
  })
  for (const framework of frameworks) {
    const warnings: string[] = []
    const logger = { error: () => {}, warn: (_: object, message: string) => void warnings.push(message) }
    const options = { catalog: shop, locales: folder, logger }
    const request = { headers: { 'Accept-Language': 'de, fr, ja, es' } }
    const answers = await answersOn([framework], request, { '/': throwingEmpty }, options)
    expect(answers[framework.name]?.body).toEqual({ code: 'cart.empty', message: 'The cart is empty' })
    expect(warnings, framework.name).toEqual([
      `${join(folder, 'de/shop.yaml')} was not read: Unresolved alias (the anchor must be set before the alias): gone`,
      `${join(folder, 'fr/shop.yaml')} was not read: Nested mappings are not allowed in compact mappings at line 2, column 12`,
      `${join(folder, 'ja/shop.json5')} was not read: JSON5: invalid character '1' at 1:3`,
      expect.stringMatching(/es.shop\.json was not read: .*JSON/),
    ])
  }
})

const unusable = {
  ...german,
  'cart.empty': { message: 'Der Warenkorb ist leer', titl: 'Leer' },
  cart: { empty: { mesage: 'x' } },
}
const faults = [
  'cart.empty holds "titl". Did you mean title?',
  'cart.empty holds "mesage". Did you mean message?',
]

test('what a file holds and cannot be used is told when it is first read', async () => {
  const folder = folderOf({ 'de/shop.json': JSON.stringify(unusable) })
  const warnings: string[] = []
  expect(await answersIn(folder, warnings)).toEqual(expected)
  const told = faults.map((fault) => `${join(folder, 'de', 'shop.json')}, ${fault}`)
  expect(new Set(warnings)).toEqual(new Set(told))
  expect(warnings).toHaveLength(told.length * expected.length * frameworks.length)
})

test.each([
  [Promise.resolve('Weg'), 'was given a promise. Wait for it, and give what it resolves to.'],
  [() => 'Weg', 'is a function. Write a text, or { message: … }.'],
  [new Map([['message', 'Weg']]), 'was given a Map, or what can be iterated as well. Give a plain object.'],
])('what is nothing as JSON is refused in resources: %o', (value, fault) => {
  for (const framework of frameworks) {
    for (const [texts, key] of [
      [{ 1006: value }, '1006'],
      [{ 1006: { message: value } }, '1006.message'],
    ] as const) {
      const options = { catalog: shop, locales: { de: { shop: texts } } } as unknown as HandlerOptions
      expect(() => framework.listener({ options, routes: {} })).toThrow(
        `Option locales, de.shop.${key} ${fault}`,
      )
    }
  }
})

test('what resources hold and cannot be used is told at set-up', () => {
  for (const framework of frameworks) {
    const warnings: string[] = []
    const logger = { error: () => {}, warn: (_: object, message: string) => void warnings.push(message) }
    const locales = { de: { shop: unusable }, fr: { shop: { 1006: 7, other: 7 } } }
    framework.listener({ options: { catalog: shop, locales, logger }, routes: {} })
    expect(warnings, framework.name).toEqual([
      ...faults.map((fault) => `Option locales, de.shop, ${fault}`),
      'Option locales, fr.shop, 1006 is 7. Write a text, or { message: … }.',
    ])
  }
})

test.each([
  ['de/shop.yaml', 'de:\n  cart.empty: Leer', 'they stand in "de". Write what it holds in its place.'],
  ['de/shop.json', '{ "shop": { "cart": { "empty": "Leer" } } }', 'they stand in "shop". Write what it holds in its place.'],
  ['de/shop.json5', "{ cartEmpty: 'Leer' }", 'it has "cartEmpty". Write { <key>: { message: … } }.'],
])('that %s has no key of an error is told', async (path, text, fault) => {
  const folder = folderOf({ [path]: text })
  for (const framework of frameworks) {
    const warnings: string[] = []
    const logger = { error: () => {}, warn: (_: object, message: string) => void warnings.push(message) }
    const options = { catalog: shop, locales: folder, logger }
    const request = { headers: { 'Accept-Language': 'de' } }
    const answers = await answersOn([framework], request, { '/': throwingEmpty }, options)
    expect(answers[framework.name]?.body).toEqual({ code: 'cart.empty', message: 'The cart is empty' })
    expect(warnings, framework.name).toEqual([
      `${join(folder, path)} has no key of an error: ${fault}`,
      'de/shop has no message for error cart.empty; the one in en is sent',
    ])
  }
}) // prettier-ignore
