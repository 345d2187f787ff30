import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createInstance } from 'i18next'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Locales } from '../../../src/catalog/catalog.ts'
import { SetupError, show } from '../../../src/guard/setup-error.ts'
import { NO_KEYS } from '../../../src/locale/sources/keys.ts'
import { createSource, i18nextSource } from '../../../src/locale/sources/source.ts'

// No key of any catalog.
// A path that is another in a URL.
const root = mkdtempSync(join(tmpdir(), 'bizerror # 100% ü '))
const folder = join(root, 'locales')

const files: Readonly<Record<string, string>> = {
  'locales/de/shop.json': '{ "1": { "message": "Eins" } }',
  'locales/fr/shop.json': '\uFEFF{ "1": { "message": "Un" } }',
  'locales/ja/shop.json': '{ "1": { "message": "',
  'locales/ko/shop.json': '[]',
  'locales/pl/shop.json': '',
  'locales/es/other.json': '{}',
  'locales/README.md': 'Not a language',
  'named/zh-tw/shop.json': '{}',
  'underscored/zh_TW/shop.json': '{}',
  'unnamed/old stuff/shop.json': '{}',
}

beforeAll(() => {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(root, file, '..'), { recursive: true })
    writeFileSync(join(root, file), text)
  }
})
afterAll(() => {
  rmSync(root, { recursive: true })
})

/** What JSON.parse says of a text, which differs between versions of Node. */
function parseError(text: string): string {
  try {
    JSON.parse(text)
  } catch (error) {
    return (error as Error).message
  }
  return 'no error'
}

describe('a source from a folder', () => {
  test('has the languages that hold a file of the namespace', () => {
    const source = createSource(folder, 'Option locales')
    expect([source.locales('shop'), source.locales('other'), source.locales('http')]).toEqual([
      ['de', 'fr', 'ja', 'ko', 'pl'],
      ['es'],
      [],
    ])
  })

  test('is the same for a URL', () => {
    expect(createSource(pathToFileURL(folder), 'Option locales').locales('other')).toEqual(['es'])
  })

  test('reads a file when its language is asked for, with a byte order mark or without', () => {
    const source = createSource(folder, 'Option locales')
    expect(source.i18n.getResourceBundle('de', 'shop')).toBeUndefined()
    expect([
      source.load('shop', 'de', NO_KEYS),
      source.load('shop', 'fr', NO_KEYS),
      source.load('shop', 'de', NO_KEYS),
    ]).toEqual([[], [], []])
    expect([
      source.i18n.getResourceBundle('de', 'shop'),
      source.i18n.getResourceBundle('fr', 'shop'),
    ]).toEqual([{ 1: { message: 'Eins' } }, { 1: { message: 'Un' } }])
  })

  const broken: readonly (readonly [locale: string, problem: string | undefined])[] = [
    ['ja', `was not read: ${parseError('{ "1": { "message": "')}`],
    ['pl', `was not read: ${parseError('')}`],
    ['ko', 'holds an array. Give an object of <key>: { message: … }.'],
  ]
  for (const [locale, problem] of broken) {
    test(`says what is wrong with a file: ${problem}`, () => {
      const source = createSource(folder, 'Option locales')
      expect(source.load('shop', locale, NO_KEYS)).toEqual([
        `${join(folder, locale, 'shop.json')} ${problem}`,
      ])
    })
  }

  test('has nothing to say of a file that is missing', () => {
    expect(createSource(folder, 'Option locales').load('shop', 'es', NO_KEYS)).toEqual([])
  })

  test('looks for files that cannot be read as texts, without keeping any', () => {
    const place = join(root, 'checked', 'de')
    mkdirSync(place, { recursive: true })
    writeFileSync(join(place, 'shop.json'), '{}')
    const source = createSource(join(root, 'checked'), 'Option locales')
    expect([source.check('shop'), source.ownSyntax]).toEqual([undefined, true])
    expect(source.i18n.getResourceBundle('de', 'shop')).toBeUndefined()
  })

  test('looks for them once, however many handlers ask, and again where something was wrong', () => {
    const place = join(root, 'looked at', 'de')
    mkdirSync(place, { recursive: true })
    const source = createSource(join(root, 'looked at'), 'Option locales')
    const utf16 = new SetupError(`${join(place, 'shop.json')} is in UTF-16. Save it in UTF-8.`)
    writeFileSync(join(place, 'shop.json'), '{}', 'utf16le')
    expect(() => source.check('shop')).toThrow(utf16)
    expect(() => source.check('shop')).toThrow(utf16)
    writeFileSync(join(place, 'shop.json'), '{}')
    source.check('shop')
    writeFileSync(join(place, 'shop.json'), '{}', 'utf16le')
    expect(() => source.check('shop')).not.toThrow()
  })

  test('calls a language by its tag', () => {
    expect(createSource(folder, 'Option locales').languageOf('zh-TW', 'shop')).toBe('zh-TW')
  })

  const misnamed: readonly (readonly [where: string, language: string, remedy: string])[] = [
    ['named', 'zh-tw', 'Rename it to "zh-TW"'],
    ['underscored', 'zh_TW', 'Rename it to "zh-TW"'],
    ['unnamed', 'old stuff', "Use BCP 47 tags such as 'zh-CN'"],
  ]
  for (const [where, language, remedy] of misnamed) {
    test(`refuses the language ${language}`, () => {
      const source = createSource(join(root, where), 'Option locales')
      expect(() => source.locales('shop')).toThrow(
        new SetupError(`Folder ${show(join(root, where))} holds the language "${language}". ${remedy}.`),
      )
    })
  }
})

function noFolder(path: string): string {
  return `Option locales is ${show(path)}, which is no folder. Give one that holds <lng>/<catalog>.json, or a path such as './locales/{{ns}}/{{lng}}.json'; a relative path starts at ${show(process.cwd())}.`
}

test('createSource tells a folder that cannot be read from what is none', () => {
  const loop = join(root, 'loop')
  symlinkSync(loop, loop)
  for (const [path, where] of [
    [loop, `Option locales is ${show(loop)}, which`],
    [`${loop}/{{lng}}.json`, `Option locales is ${show(`${loop}/{{lng}}.json`)}, and ${show(`${loop}/`)}`],
  ] as const) {
    expect(() => createSource(path, 'Option locales')).toThrow(SetupError)
    expect(() => createSource(path, 'Option locales')).toThrow(`${where} cannot be read: ELOOP`)
  }
})

describe('createSource refuses', () => {
  const noLocales =
    "Give a folder that holds <lng>/<catalog>.json, a path such as './locales/{{ns}}/{{lng}}.json', or { <lng>: { <catalog>: texts } }."
  const noTexts = 'Give an object of <key>: { message: … }.'
  const holdsItself: Record<string, unknown> = {}
  holdsItself['1'] = holdsItself

  const mistakes: readonly (readonly [what: string, locales: unknown, message: string])[] = [
    ['a folder that is missing', '/nowhere/locales', noFolder('/nowhere/locales')],
    ['a file', import.meta.filename, noFolder(import.meta.filename)],
    ['an empty path', '', noFolder('')],
    ['null', null, `Option locales is null. ${noLocales}`],
    ['a number', 7, `Option locales is 7. ${noLocales}`],
    ['an array', [], `Option locales is an array. ${noLocales}`],
    ['a URL of no file', new URL('https://x.y/locales'), `Option locales is an object. ${noLocales}`],
    [
      'a language that holds a text',
      { de: 'x' },
      'Option locales, de is "x". Give an object of <catalog>: texts.',
    ],
    [
      'a language that holds a list',
      { de: [] },
      'Option locales, de is an array. Give an object of <catalog>: texts.',
    ],
    [
      'a text of 2,049 characters',
      { de: { shop: { 1: { message: 'ok', action: 'x'.repeat(2049) } } } },
      'Option locales, de.shop.1.action has 2049 characters. Write at most 2048, and put the rest where docsUrl leads.',
    ],
    [
      'a message of 2,049 characters without a field',
      { de: { shop: { 1: 'x'.repeat(2049) } } },
      'Option locales, de.shop.1 has 2049 characters. Write at most 2048, and put the rest where docsUrl leads.',
    ],
    [
      'a nested one',
      { de: { shop: { cart: { empty: { title: 'x'.repeat(2049) } } } } },
      'Option locales, de.shop.cart.empty.title has 2049 characters. Write at most 2048, and put the rest where docsUrl leads.',
    ],
    [
      'texts that JSON cannot hold',
      { de: { shop: { 1: { message: 1n } } } },
      `Option locales, de.shop cannot be written as JSON: TypeError: Do not know how to serialize a BigInt. ${noTexts}`,
    ],
    [
      'texts that hold themselves',
      { de: { shop: holdsItself } },
      `Option locales, de.shop cannot be written as JSON: TypeError: Converting circular structure to JSON. ${noTexts}`,
    ],
    [
      'texts that cannot be read',
      {
        de: {
          shop: {
            get 1(): string {
              throw new Error('hostile')
            },
          },
        },
      },
      `Option locales, de.shop cannot be written as JSON: Error: hostile. ${noTexts}`,
    ],
    [
      'texts that nobody has waited for',
      { de: { shop: Promise.resolve({}) } },
      'Option locales, de.shop was given a promise. Wait for it, and give what it resolves to.',
    ],
    [
      'a language that nobody has waited for',
      { de: Promise.resolve({}) },
      'Option locales, de was given a promise. Wait for it, and give what it resolves to.',
    ],
    [
      'texts in a Map',
      { de: { shop: new Map([['1', 'x']]) } },
      'Option locales, de.shop was given a Map, or what can be iterated as well. Give a plain object.',
    ],
    ['texts that are a string', { de: { shop: 'x' } }, `Option locales, de.shop is "x". ${noTexts}`],
    ['texts that are null', { de: { shop: null } }, `Option locales, de.shop is null. ${noTexts}`],
    ['texts that are an array', { de: { shop: [] } }, `Option locales, de.shop is an array. ${noTexts}`],
    [
      'a language in lower case',
      { 'zh-tw': { shop: {} } },
      'Option locales holds the language "zh-tw". Rename it to "zh-TW".',
    ],
    [
      'a language with an underscore',
      { pt_BR: { shop: {} } },
      'Option locales holds the language "pt_BR". Rename it to "pt-BR".',
    ],
    [
      'a language that was replaced',
      { iw: { shop: {} } },
      'Option locales holds the language "iw". Rename it to "he".',
    ],
    [
      'a language that is none',
      { 'Deutsch (neu)': { shop: {} } },
      'Option locales holds the language "Deutsch (neu)". Use BCP 47 tags such as \'zh-CN\'.',
    ],
  ]
  for (const [what, locales, message] of mistakes) {
    test(what, () => {
      expect(() => createSource(locales as Locales, 'Option locales')).toThrow(new SetupError(message))
    })
  }

  test('__proto__ as a language, without touching any prototype', () => {
    const locales = JSON.parse('{ "__proto__": { "shop": { "1": { "message": "x" } } } }') as Locales
    expect(() => createSource(locales, 'Option locales')).toThrow(
      new SetupError('Option locales holds the language "__proto__". Use BCP 47 tags such as \'zh-CN\'.'),
    )
    expect('shop' in {}).toBe(false)
  })
})

describe('a source from resources', () => {
  test('has the languages that hold the namespace, and nothing left to load', () => {
    const source = createSource(
      { de: { shop: {} }, fr: { shop: { 1: { message: 'Un' } } } },
      'Option locales',
    )
    expect([source.locales('shop'), source.load('shop', 'de', NO_KEYS)]).toEqual([['de', 'fr'], []])
  })

  test('takes texts of 2,048 characters, and what is no text', () => {
    const texts = { 1: { message: 'x'.repeat(2048) }, 2: 'x'.repeat(2048), 3: null, 4: { message: 7 } }
    const source = createSource({ de: { shop: texts } }, 'Option locales')
    expect(source.i18n.getResourceBundle('de', 'shop')).toEqual(texts)
  })

  test('has its own syntax, and nothing to look for', () => {
    const source = createSource({ de: { shop: {} } }, 'Option locales')
    expect([source.ownSyntax, source.check('shop'), source.languageOf('de', 'shop')]).toEqual([
      true,
      undefined,
      'de',
    ])
  })

  test('pollutes nothing, when texts are named __proto__', () => {
    const texts = JSON.parse(
      '{ "__proto__": { "message": "x" }, "constructor": { "prototype": { "message": "x" } } }',
    ) as object
    createSource({ de: { shop: texts } }, 'Option locales')
    expect('message' in {}).toBe(false)
  })

  test('shares nothing with another source', () => {
    const [first, second] = [
      createSource({ de: { shop: {} } }, 'One'),
      createSource({ fr: { shop: {} } }, 'Two'),
    ]
    expect([first.locales('shop'), second.locales('shop')]).toEqual([['de'], ['fr']])
  })
})

describe("a source from the app's i18next", () => {
  test('has tags for the names that the app gave its languages', async () => {
    const i18n = createInstance()
    const languages = ['de', 'zh_CN', 'pt-br', 'en-US', 'not a tag', 'x']
    await i18n.init({ resources: Object.fromEntries(languages.map((language) => [language, { shop: {} }])) })
    const source = i18nextSource(i18n)
    const tags = source.locales('shop')
    expect(tags.map((tag) => [tag, source.languageOf(tag, 'shop')])).toEqual([
      ['de', 'de'],
      ['zh-CN', 'zh_CN'],
      ['pt-BR', 'pt-br'],
      ['en-US', 'en-US'],
    ])
    expect([source.languageOf('fr', 'shop'), source.load('shop', 'de', NO_KEYS)]).toEqual(['fr', []])
  })

  test('may have any syntax, and is not looked through', async () => {
    const i18n = createInstance()
    await i18n.init({ resources: { de: { shop: {} }, fr: { other: {} }, ja: 'x' as never } })
    const source = i18nextSource(i18n)
    expect([source.ownSyntax, source.check('shop'), source.locales('shop')]).toEqual([
      false,
      undefined,
      ['de'],
    ])
  })

  test('is empty before the app has initialized it', () => {
    expect(i18nextSource(createInstance()).locales('shop')).toEqual([])
  })
})
