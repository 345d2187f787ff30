import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import * as expressFace from '../../src/adapters/express/index.ts'
import * as koaFace from '../../src/adapters/koa/index.ts'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import { SetupError } from '../../src/guard/setup-error.ts'
import { type Route } from '../support/frameworks.ts'
import { holds } from '../support/guarantees.ts'

const hello: Readonly<Record<string, string>> = {
  'en-GB': 'Hello, mate',
  de: 'Guten Tag',
  fr: 'Bonjour',
  ja: 'こんにちは',
  'zh-Hans': '您好，欢迎',
  'zh-Hant': '您好，歡迎',
  'pt-BR': 'Olá',
  ar: 'مرحبا',
}

function resources(texts: Readonly<Record<string, string>>) {
  return Object.fromEntries(
    Object.entries(texts).map(([locale, message]) => [locale, { tongues: { 100: { message } } }]),
  )
}

const errors = { 100: { status: 409, message: 'Hello' }, 500: { status: 500, message: 'Broken' } } as const
const tongues = defineCatalog({ name: 'tongues', locales: resources(hello), errors })

const greet: Route = () => {
  throw new tongues.BizError(100)
}

type Headers = Readonly<Record<string, string>>

/** Expects the text of a language, and that Content-Language names exactly this. */
function speaks(title: string, headers: Headers, locale: string): void {
  holds(
    title,
    { options: { catalog: tongues }, route: greet, request: { headers } },
    {
      status: 409,
      body: { code: 100, message: hello[locale] ?? 'Hello' },
      headers: { 'Content-Language': locale, Vary: 'Accept-Language' },
    },
  )
}

/** One test for each header. */
function table(id: string, rows: Readonly<Record<string, string>>): void {
  for (const [header, locale] of Object.entries(rows)) {
    const shown = header.length > 60 ? `${header.slice(0, 60)}…` : header
    speaks(
      `${id}: Accept-Language "${shown}" is answered in ${locale}`,
      { 'Accept-Language': header },
      locale,
    )
  }
}

describe('H. Accept-Language', () => {
  speaks('P-H01: a request without Accept-Language is answered in the default', {}, 'en')
  table('P-H01', { '': 'en', '*': 'en', ',': 'en', ' , ,': 'en', '*, de;q=0.5': 'en' })

  // RFC 9110, section 12.5.4 would allow 406. An error has to be delivered.
  table('P-H02', {
    '*;q=0': 'en',
    'en;q=0': 'en',
    'en;q=0, *;q=0': 'en',
    'de;q=0': 'en',
    'de;q=0, fr;q=0.1': 'fr',
  })

  // An entry whose weight does not follow RFC 9110, section 12.4.2 is ignored.
  for (const weight of ['2', '1e9', 'Infinity', '-1', 'abc', 'NaN', '', '1.1', '0.1234', '+1', '.5', '0x1']) {
    table('P-H03', {
      [`de;q=${weight}`]: 'en',
      [`de;q=${weight},fr;q=0.1`]: 'fr',
      [`fr;q=0.1,de;q=${weight},ja;q=0.2`]: 'ja',
    })
  }
  table('P-H03', { 'de;q=2,en;q=1': 'en', 'de;q=1.000,fr;q=0.999': 'de', 'de;q=0.,fr;q=1.': 'fr' })

  table('P-H04', { 'de;q=0.1,de;q=0.9,en;q=0.5': 'de', 'en;q=0.5,de;q=0.9,de;q=0.1': 'de' })

  table('P-H05', {
    '../../etc/passwd': 'en',
    '..%2f..%2fetc': 'en',
    __proto__: 'en',
    constructor: 'en',
    toString: 'en',
    '<script>': 'en',
    'x-whatever': 'en',
    'i-klingon': 'en',
    '../../etc/passwd, de;q=0.1': 'de',
    '__proto__, constructor, x-whatever, fr;q=0.1': 'fr',
  })

  table('P-H06', {
    'de-AT': 'de',
    'en-US-u-ca-buddhist': 'en',
    'DE-at': 'de',
    'zH-hAnS': 'zh-Hans',
    'EN-gb': 'en-GB',
    'en-GB-oxendict': 'en-GB',
    'de-DE-1996': 'de',
    'fr-Latn-FR': 'fr',
    'pt-PT': 'pt-BR',
    pt: 'pt-BR',
    'ja-JP-u-ca-japanese': 'ja',
  })

  table('P-H07', {
    'zh-TW': 'zh-Hant',
    'zh-HK': 'zh-Hant',
    'zh-MO': 'zh-Hant',
    'zh-Hant-HK': 'zh-Hant',
    'zh-CN': 'zh-Hans',
    'zh-SG': 'zh-Hans',
    'zh-Hans-TW': 'zh-Hans',
    zh: 'zh-Hans',
  })

  table('P-H08', {
    [`${'xx,'.repeat(31)}de`]: 'de', // the 32nd
    [`${'xx,'.repeat(32)}de`]: 'en', // the 33rd
    [`xx-${'a'.repeat(8)}-${'a-b1'.repeat(200)},${' '.repeat(230)}de`]: 'en', // past 1 KiB
    [`xx${' '.repeat(1019)},zh-TW`]: 'en', // cut to zh
    [`xx${' '.repeat(1000)},de`]: 'de',
    [`de,${'fr;q=0.5,'.repeat(1500)}`]: 'de',
    ['*;q=0.'.repeat(2000)]: 'en',
    ['-'.repeat(14_000)]: 'en',
    [`de${'-a'.repeat(7000)}`]: 'en',
    [`de;${' '.repeat(14_000)}q=1`]: 'en',
  })

  speaks(
    'P-H10: several Accept-Language lines are one list',
    { 'Accept-Language': 'fr;q=0.1', 'accept-language': 'de;q=0.9', 'ACCEPT-LANGUAGE': 'ja;q=0.5' },
    'de',
  )

  for (const [vary, expected] of Object.entries({
    Origin: 'Origin, Accept-Language',
    'accept-language': 'accept-language',
    'Origin, Accept-Language': 'Origin, Accept-Language',
    '*': '*',
  })) {
    for (const acceptLanguage of ['', 'de', 'xx']) {
      holds(
        `P-H11: Vary: ${vary} of the app becomes ${expected}, for Accept-Language "${acceptLanguage}"`,
        {
          needs: 'prepare a response',
          options: { catalog: tongues },
          route(_request, response) {
            response.setHeader('Vary', vary)
            throw new tongues.BizError(100)
          },
          request: { headers: { 'Accept-Language': acceptLanguage } },
        },
        {
          status: 409,
          headers: { Vary: expected, 'Content-Language': acceptLanguage === 'de' ? 'de' : 'en' },
        },
      )
    }
  }

  // Express 5 has negotiator 1, Express 4 and Koa 0.6: they read these differently. We have one of our own.
  table('P-H12', {
    'de ; q = 0.5': 'de',
    'de;Q=0.5,fr;q=0.4': 'de',
    'de-': 'en',
    '-de': 'en',
    'de--AT': 'en',
    de_AT: 'de',
    'de;': 'en',
    'de;q': 'en',
    'de;level=1': 'en',
    'de;q=0.5;level=1': 'en',
    'de;q="1"': 'en',
    'de q=1': 'en',
    'de/fr': 'en',
    'de|fr': 'en',
    'de.fr': 'en',
    'fr;q=0.5;q=1,de;q=0.6': 'de',
    '\tde': 'de',
    'de\t;\tq=0.9': 'de',
    ',,,de,,,': 'de',
    '"de"': 'en',
    "'de'": 'en',
    '(de)': 'en',
    'de;q=1,en;q=1': 'de',
    'en;q=1,de;q=1': 'en',
    'en;q=0.001,de;q=0.002': 'de',
    'xx,yy,zz;q=0.9,fr;q=0.1': 'fr',
    'xx,*;q=0.5,de;q=0.4': 'en',
    deutsch: 'en',
    d: 'en',
    'de-de-de': 'en',
    'de-AT-x-private': 'de',
    'ar-EG': 'ar',
    'ar-Latn': 'en',
    'ja-Latn': 'en',
    'fr-CA;q=0.8,fr;q=0.9': 'fr',
    '123': 'en',
    'en-GB-u-co-phonebk': 'en-GB',
    'en-AU': 'en-GB',
    'en-US': 'en',
    '\u00e9\u00e8': 'en',
    'zh-cmn-Hant': 'zh-Hant',
    root: 'en',
    und: 'en',
  })
})

function holding(held: readonly string[]) {
  const texts = Object.fromEntries(held.map((locale) => [locale, locale]))
  return defineCatalog({ name: 'tongues', locales: resources(texts), errors })
}

describe('H. Accept-Language: Serbian', () => {
  // Script is never crossed: who reads Cyrillic gets Latin only by asking for it.
  const rows: readonly (readonly [held: readonly string[], header: string, locale: string])[] = [
    [['sr-Latn'], 'sr-RS', 'en'],
    [['sr-Latn'], 'sr', 'en'],
    [['sr-Latn'], 'sr-Cyrl', 'en'],
    [['sr-Latn'], 'sr-Latn-RS', 'sr-Latn'],
    [['sr-Latn'], 'sr-ME', 'sr-Latn'],
    [['sr-Latn'], 'sr-Cyrl, sr-Latn;q=0.5', 'sr-Latn'],
    [['sr-Latn', 'sr-Cyrl'], 'sr-RS', 'sr-Cyrl'],
    [['sr-Latn', 'sr-Cyrl'], 'sr-Latn', 'sr-Latn'],
    [['sr'], 'sr-Cyrl-BA', 'sr'],
    [['sr'], 'sr-Latn', 'en'],
  ]
  for (const [held, header, locale] of rows) {
    const catalog = holding(held)
    holds(
      `P-H13: "${header}" is answered in ${locale} when ${held.join(' and ')} are held`,
      {
        options: { catalog },
        route: () => {
          throw new catalog.BizError(100)
        },
        request: { headers: { 'Accept-Language': header } },
      },
      {
        status: 409,
        body: { code: 100, message: locale === 'en' ? 'Hello' : locale },
        headers: { 'Content-Language': locale },
      },
    )
  }
})

function thrownBy(call: () => unknown): unknown {
  try {
    return call()
  } catch (error) {
    return error
  }
}

describe('H. Accept-Language: set-up', () => {
  const faces = {
    Express: expressFace.errorHandler,
    Koa: koaFace.errorHandler as typeof expressFace.errorHandler,
  }
  const texts = { tongues: { 100: { message: 'Hello' } } }
  const refused = {
    'a language twice, in two cases': [{ locales: { 'zh-hant': texts, 'zh-Hant': texts } }, '"zh-hant"'],
    'a language with an underscore': [{ locales: { zh_TW: texts } }, 'Rename it to "zh-TW"'],
    'the language *': [{ locales: { '*': texts } }, '"*"'],
    'the language __proto__': [{ locales: JSON.parse('{"__proto__":{}}') as object }, '"__proto__"'],
    'a fallback without texts': [{ fallbackLocale: 'it' }, 'has no texts. It has: en, en-GB, de'],
    'a fallback that is no language': [{ fallbackLocale: '*' }, '"*"'],
  } as const
  for (const [face, errorHandler] of Object.entries(faces)) {
    for (const [what, [options, named]] of Object.entries(refused)) {
      test(`P-H14: ${what} is refused at creation on ${face}`, () => {
        const error = thrownBy(() => errorHandler({ catalog: tongues, ...(options as object) }))
        expect(error).toBeInstanceOf(SetupError)
        expect((error as SetupError).message).toContain(named)
      })
    }
  }

  // There is no list of supported languages to disagree with the files: what has a file is held.
  const folder = fs.mkdtempSync(join(tmpdir(), 'tongues-'))
  fs.mkdirSync(join(folder, 'de'))
  afterAll(() => fs.rmSync(folder, { recursive: true }))
  holds(
    'P-H14: a language whose folder has no file of the catalog is not held',
    {
      options: { catalog: defineCatalog({ name: 'tongues', errors }), locales: folder },
      route: greet,
      request: { headers: { 'Accept-Language': 'de' } },
    },
    { status: 409, body: { code: 100, message: 'Guten Tag' }, headers: { 'Content-Language': 'de' } },
  )
})
