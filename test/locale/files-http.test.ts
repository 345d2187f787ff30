import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import type { Locales } from '../../src/catalog/catalog.ts'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import { SetupError } from '../../src/guard/setup-error.ts'
import { errorHeaders, everywhere } from '../support/answers.ts'
import { frameworks } from '../support/frameworks.ts'
import { localeFolders } from '../support/locale-files.ts'
import { answersOn } from '../support/stacks.ts'

const folderOf = localeFolders()

const errors = {
  1006: { status: 409, message: 'Only {{count}} of {{product}} left' },
  'cart.empty': { status: 422, message: 'The cart is empty' },
} as const

const shop = defineCatalog({ name: 'shop', errors })

/** The texts of the catalog as `{ <key>: { message } }`. */
const german = {
  1006: { message: 'Nur noch {{count}} von {{product}}' },
  'cart.empty': { message: 'Der Warenkorb ist leer' },
}
const json = JSON.stringify(german)

/** Layouts of translators' files: where they lie, and what they hold. */
const layouts: Readonly<Record<string, readonly [path: string, files: Readonly<Record<string, string>>]>> = {
  'a folder a language': ['', { 'de/shop.json': json }],
  'a folder a catalog': ['{{ns}}/{{lng}}.json', { 'shop/de.json': json }],
  'one file a language, named by nobody but the app': ['errors.{{lng}}.json', { 'errors.de.json': json }],
  'a folder of each module': ['modules/{{ns}}/i18n/{{lng}}.json', { 'modules/shop/i18n/de.json': json }],
}

async function answersIn(locales: Locales, warnings: string[] = []): Promise<readonly object[]> {
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
    answers.push(await answersOn(frameworks, request, { '/': route }, options))
  }
  return answers
}

const expected = [
  everywhere({
    status: 409,
    headers: errorHeaders('de'),
    body: { code: 1006, message: 'Nur noch 3 von Tee' },
  }),
  everywhere({
    status: 422,
    headers: errorHeaders('de'),
    body: { code: 'cart.empty', message: 'Der Warenkorb ist leer' },
  }),
]

test.each(Object.entries(layouts))('files in %s are read, by their path or URL', async (_, [path, files]) => {
  const folder = folderOf(files)
  const warnings: string[] = []
  expect(await answersIn(join(folder, path), warnings)).toEqual(expected)
  expect(await answersIn(new URL(`./${path}`, `${pathToFileURL(folder).href}/`), warnings)).toEqual(expected)
  expect(warnings).toEqual([])
})

test.each([
  ['a folder', (language: string) => folderOf({ 'de/shop.json': json, [`${language}/shop.json`]: json })],
  [
    'files',
    (language: string) => `${folderOf({ 'de.json': json, [`${language}.json`]: json })}/{{lng}}.json`,
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
