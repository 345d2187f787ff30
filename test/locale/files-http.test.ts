import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { defineCatalog } from '../../src/error/define-catalog.ts'
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

async function answersIn(locales: string | URL): Promise<readonly object[]> {
  const warnings: string[] = []
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
  expect(warnings).toEqual([])
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
  expect(await answersIn(join(folder, path))).toEqual(expected)
  expect(await answersIn(new URL(`./${path}`, `${pathToFileURL(folder).href}/`))).toEqual(expected)
})
