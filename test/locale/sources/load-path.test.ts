import { rmSync } from 'node:fs'
import { chdir, cwd } from 'node:process'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { defineCatalog } from '../../../src/error/define-catalog.ts'
import { SetupError, show } from '../../../src/guard/setup-error.ts'
import { keysOf } from '../../../src/locale/sources/keys.ts'
import { createLayout } from '../../../src/locale/sources/load-path.ts'
import { createSource } from '../../../src/locale/sources/source.ts'
import { localeFolders } from '../../support/locale-files.ts'

const folderOf = localeFolders()

const shop = defineCatalog({ name: 'shop', errors: { 1: { status: 409, message: 'One' } } })

/** The languages of two namespaces, and the files, without the folder that they are in. */
function found(folder: string, path: string, own = 'shop'): object {
  const { filesOf } = createLayout(join(folder, path), 'Option locales', own)
  return Object.fromEntries(
    ['shop', 'http'].map((namespace) => [
      namespace,
      Object.fromEntries(
        [...filesOf(namespace)].map(([locale, file]) => [
          locale,
          relative(folder, file).replaceAll('\\', '/'),
        ]),
      ),
    ]),
  )
}

const layouts: readonly (readonly [
  path: string,
  files: readonly string[],
  expected: { readonly shop: object; readonly http: object },
])[] = [
  [
    '{{lng}}/{{ns}}.json',
    ['de/shop.json', 'zh-TW/shop.json', 'de/http.json', 'README.md'],
    { shop: { de: 'de/shop.json', 'zh-TW': 'zh-TW/shop.json' }, http: { de: 'de/http.json' } },
  ],
  [
    '{{ns}}/{{lng}}.json',
    ['shop/de.json', 'shop/pt-BR.json', 'shop/.de.json', 'shop/._fr.json', 'shop/de.json~'],
    { shop: { de: 'shop/de.json', 'pt-BR': 'shop/pt-BR.json' }, http: {} },
  ],
  [
    '{{ns}}.{{lng}}.json',
    ['shop.de.json', 'http.fr.json'],
    { shop: { de: 'shop.de.json' }, http: { fr: 'http.fr.json' } },
  ],
  ['{{lng}}.{{ns}}.json', ['de.shop.json'], { shop: { de: 'de.shop.json' }, http: {} }],
  [
    '{{lng}}/i18n/{{ns}}_{{lng}}.json',
    ['de/i18n/shop_de.json', 'fr/i18n/shop_de.json'],
    { shop: { de: 'de/i18n/shop_de.json' }, http: {} },
  ],
  [
    '{{lng}}-{{lng}}.json',
    ['de-de.json', 'de-fr.json', 'zh-TW-zh-TW.json'],
    { shop: { de: 'de-de.json', 'zh-TW': 'zh-TW-zh-TW.json' }, http: {} },
  ],
  [
    '{{lng}}/{{ns}}.yaml',
    ['de/shop.yaml', 'fr/shop.yml', 'fr/shop.json'],
    { shop: { de: 'de/shop.yaml' }, http: {} },
  ],
  // Without the name of a catalog, they are the app's own.
  [
    '{{ lng }}/errors.json',
    ['de/errors.json', 'fr/other.json'],
    { shop: { de: 'de/errors.json' }, http: {} },
  ],
  ['errors.{{lng}}.JSON', ['errors.de.JSON'], { shop: { de: 'errors.de.JSON' }, http: {} }],
  [
    'modules/{{ns}}/{{lng}}/texts.json',
    ['modules/http/de/texts.json'],
    { shop: {}, http: { de: 'modules/http/de/texts.json' } },
  ],
]

describe('a path with {{lng}}', () => {
  test.each(layouts)('finds the files of %s', (path, files, expected) => {
    const folder = folderOf(Object.fromEntries(files.map((file) => [file, '{}'])))
    expect(found(folder, path)).toEqual(expected)
  })

  test('refuses two files of one language, in a folder, and names both', () => {
    const folder = folderOf({
      'de/shop.yml': '',
      'de/shop.json': '{}',
      'fr/shop.json5': '{}',
      'ja/shop.yaml': '',
    })
    const { filesOf } = createLayout(folder, 'Option locales', 'shop')
    const [json, yml] = ['json', 'yml'].map((extension) => join(folder, 'de', `shop.${extension}`))
    expect(() => filesOf('shop')).toThrow(
      new SetupError(`${json} and ${yml} are of the same language. Put their texts into one.`),
    )
    rmSync(json!)
    expect([...filesOf('shop').keys()].toSorted()).toEqual(['de', 'fr', 'ja'])
  })

  test('is the same as a URL, which writes braces otherwise', () => {
    const folder = folderOf({ 'de/errors.json': '{ "1": { "message": "Eins" } }' })
    const url = new URL('./{{lng}}/errors.json', `${pathToFileURL(folder).href}/`)
    expect(url.href).toContain('%7B%7Blng%7D%7D')
    const source = createSource(url, 'Option locales', 'shop')
    expect([source.locales('shop'), source.load('shop', 'de', keysOf(shop, 'shop'))]).toEqual([['de'], []])
    expect(source.i18n.getResourceBundle('de', 'shop')).toEqual({ 1: { message: 'Eins' } })
  })

  test('stays what it was when the working directory changes', () => {
    const folder = folderOf({ 'de/shop.json': '{ "1": { "message": "Eins" } }' })
    const before = cwd()
    const sources = ['', '{{lng}}/{{ns}}.json'].map((path) =>
      createSource(`${relative(before, folder)}/${path}`, 'Option locales'),
    )
    chdir(folder)
    try {
      expect(sources.map((source) => source.locales('shop'))).toEqual([['de'], ['de']])
    } finally {
      chdir(before)
    }
  })

  test('says where it would have had texts', () => {
    const folder = folderOf({ 'de/shop.json': '{}' })
    const places = [folder, `${folder}/{{ns}}/{{lng}}.json`].map((path) =>
      createSource(path, 'Option locales').placeOf('shop'),
    )
    expect(places).toEqual(['<lng>/shop.json', `${folder}/shop/<lng>.json`])
  })

  test('refuses a file of a misnamed language, and not one of another name', () => {
    const folder = folderOf({ 'shop/zh_TW.json': '{}', 'http/de.json': '{}' })
    const path = join(folder, '{{ns}}/{{lng}}.json')
    const { filesOf } = createLayout(path, 'Option locales', 'shop')
    expect(() => filesOf('shop')).toThrow(
      new SetupError(`Path ${show(path)} holds the language "zh_TW". Rename it to "zh-TW".`),
    )
    expect([...filesOf('http').keys()]).toEqual(['de'])
  })

  const startsAt = `a relative path starts at ${show(cwd())}`
  test.each([
    [
      './{{locale}}/{{ns}}.json',
      ', which holds {{locale}}. Write {{lng}} for the language and {{ns}} for the catalog.',
    ],
    [
      './{{lng}}/{{toString}}.json',
      ', which holds {{toString}}. Write {{lng}} for the language and {{ns}} for the catalog.',
    ],
    ['./{{ns}}.json', ', which names no language. Write {{lng}} where it stands.'],
    ['./{{lng}}/{{ns}}', '. Let it end in .json, .json5, .yaml, .yml.'],
    ['./{{lng}}/{{ns}}.po', '. Let it end in .json, .json5, .yaml, .yml.'],
    [
      './nowhere/{{lng}}.json',
      `, and ${show(`${join(cwd(), 'nowhere')}/`)} is no folder. Make it; ${startsAt}.`,
    ],
  ])('is refused when it is %s', (path, problem) => {
    expect(() => createSource(path, 'Option locales')).toThrow(
      new SetupError(`Option locales is ${show(path)}${problem}`),
    )
  })
})
