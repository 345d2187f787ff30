import { parse as parseUrl } from 'node:url'
import axios, { AxiosError, AxiosHeaders } from 'axios'
import { createInstance, type i18n as I18n } from 'i18next'
import { describe, expect, test } from 'vitest'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import { SetupError } from '../../src/guard/setup-error.ts'
import type { HandlerOptions } from '../../src/handler/options.ts'
import { frameworks, listen } from '../support/frameworks.ts'
import { holds, run, throws } from '../support/guarantees.ts'
import { answers } from '../support/whole-answer.ts'

const shop = defineCatalog({
  name: 'shop',
  errors: {
    1: { status: 409, message: 'Taken' },
    2: { status: 409, message: '{{a}}' },
    3: { status: 409, message: 'Costs {{a, number}}' },
    4: { status: 409, message: '{{a}} {{b}} {{c}}' },
  },
})

/** Throws what no compiler has seen. */
function thrown(code: number, options: object): unknown {
  return Reflect.construct(shop.BizError, [code, options])
}

type Options = HandlerOptions

describe('S02. Details', () => {
  const URL_TEXT = 'https://bob:hunter2@example.com/a?b=c#d'
  const clean = 'https://example.com/a?b=c#d'

  class Link extends URL {}
  const details: Readonly<Record<string, readonly [details: () => unknown, sent: unknown]>> = {
    'a URL': [() => new URL(URL_TEXT), clean],
    'a URL with a user alone': [() => new URL('http://bob@h/'), 'http://h/'],
    'a URL with a password of its own signs': [() => new URL('http://u:a%40b:c@h/'), 'http://h/'],
    "a URL of a class of the app's": [() => new Link(URL_TEXT), clean],
    'a URL inside': [() => ({ links: [new URL(URL_TEXT)] }), { links: [clean] }],
    'a URL without either': [() => new URL('http://h/x?q=a@b'), 'http://h/x?q=a@b'],
    'what url.parse returns': [() => parseUrl(URL_TEXT), clean],
    'a toJSON that returns a URL': [() => ({ toJSON: () => new URL(URL_TEXT) }), clean],
    'the text of a URL': [() => ({ to: `from ${URL_TEXT}, late` }), { to: `from ${clean}, late` }],
    'several URLs in a text': [() => `${URL_TEXT} redis://:hunter2@h:1`, `${clean} redis://h:1`],
    'a password with an @ in it': [() => 'postgres://u:hunt@er2@h/db', 'postgres://h/db'],
    'what is no password': [
      () => ['http://h:80/a@b', 'mail bob@h: now', 'http://bob@h/', '"http://h:80","a@b"'],
      ['http://h:80/a@b', 'mail bob@h: now', 'http://bob@h/', '"http://h:80","a@b"'],
    ],
    Headers: [() => new Headers({ Authorization: 'hunter2' }), {}],
    'a Request': [() => new Request('http://h/', { headers: { Authorization: 'hunter2' } }), '[Object]'],
    'a Response': [() => new Response('hunter2'), '[Object]'],
    URLSearchParams: [() => new URLSearchParams('password=hunter2'), {}],
    'a Buffer': [() => Buffer.from('hunter2'), '[Object]'],
    'a Map': [() => new Map([['password', 'hunter2']]), {}],
    'headers of axios': [() => new AxiosHeaders({ Authorization: 'hunter2' }), '[Object]'],
    'an error of axios': [() => new AxiosError('hunter2'), '[Object]'],
    'the toJSON of an error of axios': [() => new AxiosError('hunter2').toJSON(), '[Object]'],
    'what a logger makes of an error': [
      () => ({ type: 'Error', message: 'hunter2', stack: new Error('hunter2').stack }),
      '[Object]',
    ],
  }
  for (const [what, [make, sent]] of Object.entries(details)) {
    answers(
      `S02: of ${what}, nothing secret is sent`,
      {
        route: () => {
          throw thrown(1, { details: make() })
        },
        options: { catalog: shop },
        secrets: ['hunter2', 'hunt@er2', 'a%40b'],
      },
      { status: 409, body: { code: 1, message: 'Taken', details: sent } },
    )
  }

  test('S02: an answer that axios received is no data', async () => {
    const { port, server } = await listen((_request, response) => response.end('{"token":"hunter2"}'))
    const received = await axios.get(`http://bob:hunter2@127.0.0.1:${port}/`)
    server.close()
    for (const framework of frameworks) {
      const outcome = await run(framework, {
        options: { catalog: shop },
        route: throws(thrown(1, { details: { received } })),
      })
      expect(JSON.parse(outcome.body)).toEqual({
        code: 1,
        message: 'Taken',
        details: { received: '[Object]' },
      })
    }
  })

  answers(
    'S02: a password that begins before a text is cut is not sent in part',
    {
      route: throws(thrown(1, { details: `${'x'.repeat(16_370)} http://u:${'hunter2'.repeat(20)}@h/` })),
      options: { catalog: shop },
      secrets: ['hunter2'],
    },
    { status: 409, body: { code: 1, message: 'Taken', details: `${'x'.repeat(16_370)} http://h/…` } },
  )

  answers(
    'S02: a param with a password is shown without it',
    {
      route: throws(thrown(2, { params: { a: URL_TEXT } })),
      options: { catalog: shop },
      secrets: ['hunter2'],
    },
    { status: 409, body: { code: 2, message: clean } },
  )
})

/** The ways in which an app can give a text of German. */
const ways: Readonly<Record<string, (texts: object) => Promise<Options>>> = {
  'in resources': (texts) => Promise.resolve({ locales: { de: { shop: texts } } }),
  "in the app's i18next": async (texts) => {
    const i18n = createInstance()
    await i18n.init({ lng: 'de', resources: { de: { shop: texts } }, interpolation: { escapeValue: false } })
    return { i18n }
  },
}

/** A shop whose texts may leave out params in German: it is the language of the catalog. */
const laden = defineCatalog({
  name: 'shop',
  sourceLocale: 'de',
  errors: { 4: { status: 409, message: '{{a}} {{b}} {{c}}' } },
})

let turn = 0

/** Expects a message in German, however its text was given. No framework knows of texts: they take turns. */
function says(title: string, text: string, params: object, message: string): void {
  for (const [way, give] of Object.entries(ways)) {
    const framework = frameworks[turn++ % frameworks.length]!
    test(`${title}, ${way}`, async () => {
      const outcome = await run(framework, {
        options: { catalog: laden, ...(await give({ 4: { message: text } })) },
        route: throws(Reflect.construct(laden.BizError, [4, { params }])),
        request: { headers: { 'Accept-Language': 'de' } },
      })
      expect(JSON.parse(outcome.body), framework.name).toEqual({ code: 4, message })
    })
  }
}

describe('S02. Placeholders', () => {
  const inherited = [
    'toString',
    'constructor',
    'constructor.name',
    'valueOf',
    'hasOwnProperty',
    '__proto__',
    '__defineGetter__',
    'toLocaleString',
    '- toString',
    'toString, number',
    'constructor, uppercase',
  ]
  for (const name of inherited) {
    says(`S02: {{${name}}} in a translation is no param`, `Von {{a}}: {{${name}}}.`, { a: 'x' }, 'x … …')
  }

  const formatted: readonly (readonly [format: string, value: unknown, shown: string])[] = [
    ['number', Number.NaN, '…'],
    ['number', Infinity, '…'],
    ['number', -Infinity, '…'],
    ['number', 'tea', '…'],
    ['number', '', '…'],
    ['number', 'Infinity', '…'],
    ['number', '0x10', '…'],
    ['number', true, '…'],
    ['number', undefined, '…'],
    ['number', 1234.5, '1.234,5'],
    ['number', '1234.5', '1.234,5'],
    ['number', 12345678901234567890n, '12.345.678.901.234.567.890'],
    ['number(minimumFractionDigits: 2)', 5, '5,00'],
    ['number(minimumFractionDigits: 2)', 'tea', '…'],
    ['NUMBER', 'tea', '…'],
    ['currency(EUR)', 'tea', '…'],
    ['currency(EUR)', Number.NaN, '…'],
    ['currency(currency: EUR; minimumFractionDigits: 0)', 'tea', '…'],
    ['currency(EUR)', 5, '5,00\u00A0€'],
    ['datetime', 'tea', '…'],
    ['datetime', Infinity, '…'],
    ['datetime', 1e300, '…'],
    ['datetime', new Date(Number.NaN), '…'],
    ['datetime(timeZone: UTC)', new Date(0), '1.1.1970'],
    ['datetime(timeZone: UTC)', 0, '1.1.1970'],
    ['relativetime(day)', 'tea', '…'],
    ['relativetime(day)', Number.NaN, '…'],
    ['relativetime(day)', 3, 'in 3 Tagen'],
    ['list', 'tea', '…'],
    ['list', 5, '…'],
    ['list', ['tea', 'milk'], '…'],
    ['nosuch', 'tea', 'tea'],
  ]
  for (const [format, value, shown] of formatted) {
    says(
      `S02: {{a, ${format}}} of ${typeof value === 'string' ? JSON.stringify(value) : String(value)} is ${shown}`,
      `Kostet {{a, ${format}}}.`,
      { a: value, b: 'x', c: 'y' },
      `Kostet ${shown}.`,
    )
  }

  test('S02: a param named as an option of Intl or of i18next is a param', async () => {
    const odd = defineCatalog({
      name: 'shop',
      errors: {
        4: { status: 409, message: '{{price}} {{day}} {{style}} {{lng}} {{locale}} {{currency}} {{ns}}' },
      },
    })
    const text =
      '{{price, number}} am {{day, datetime(timeZone: UTC)}} {{style}} {{lng}} {{locale}} {{currency}} {{ns}}'
    const params = {
      price: 1234.5,
      day: new Date(0),
      style: 'percent',
      lng: 'en',
      locale: '!',
      currency: 'x',
      ns: 'y',
    }
    for (const give of Object.values(ways)) {
      const options = { catalog: odd, ...(await give({ 4: { message: text } })) }
      for (const framework of frameworks) {
        const outcome = await run(framework, {
          options,
          route: throws(Reflect.construct(odd.BizError, [4, { params }])),
          request: { headers: { 'Accept-Language': 'de' } },
        })
        const message = '1.234,5 am 1.1.1970 percent en ! x y'
        expect(JSON.parse(outcome.body), framework.name).toEqual({ code: 4, message })
      }
    }
  })

  says(
    'S02: a param that one format cannot show leaves the others as they are',
    '{{a, number}} {{b, number}} {{c}}',
    { a: 'tea', b: 5, c: 'x' },
    '… 5 x',
  )

  test("S02: where the app's i18next has brackets of its own, formats are read there, too", async () => {
    const i18n = createInstance()
    await i18n.init({
      lng: 'de',
      resources: { de: { shop: { 4: { message: '[[a, number]] [[b]] [[c]]' } } } },
      interpolation: { prefix: '[[', suffix: ']]', escapeValue: false },
    })
    for (const framework of frameworks) {
      const outcome = await run(framework, {
        options: { catalog: shop, i18n },
        route: throws(thrown(4, { params: { a: 'tea', b: 'x', c: 'y' } })),
        request: { headers: { 'Accept-Language': 'de' } },
      })
      expect(JSON.parse(outcome.body), framework.name).toEqual({ code: 4, message: '… x y' })
    }
  })

  test('S02: in a language from right to left, a number is formatted and isolated, and a text is none', async () => {
    const locales = { he: { shop: { 4: { message: '{{a, number}} {{b, number}} {{c}}' } } } }
    for (const framework of frameworks) {
      const outcome = await run(framework, {
        options: { catalog: shop, locales },
        route: throws(thrown(4, { params: { a: '1234', b: 'tea', c: 'x' } })),
        request: { headers: { 'Accept-Language': 'he' } },
      })
      expect(JSON.parse(outcome.body)).toEqual({
        code: 4,
        message: '\u20681,234\u2069 \u2068…\u2069 \u2068x\u2069',
      })
    }
  })
})

describe('S02. Bounds', () => {
  const long = 'ä'.repeat(5_000_000)

  test('S02: a text of a catalog that is too long is told at set-up', () => {
    for (const field of ['message', 'title', 'description', 'action']) {
      const define = (text: string): unknown =>
        defineCatalog({ name: 'long', errors: { 1: { status: 409, message: 'Taken', [field]: text } } })
      expect(() => define(long)).toThrow(
        new SetupError(
          `Catalog long, error 1, ${field} has 5000000 characters. Write at most 2048, and put the rest where docsUrl leads.`,
        ),
      )
      define('ä'.repeat(2048))
    }
  })

  test('S02: a translation in resources that is too long is told at set-up', () => {
    for (const framework of frameworks) {
      const locales = { de: { shop: { 1: { message_other: long } } } }
      expect(() => framework.listener({ options: { catalog: shop, locales }, routes: {} })).toThrow(
        new SetupError(
          'Option locales, de.shop.1.message_other has 5000000 characters. Write at most 2048, and put the rest where docsUrl leads.',
        ),
      )
    }
  })

  test("S02: a text of the app's i18next that is too long is that of the next source, and told once", async () => {
    const i18n = createInstance()
    await i18n.init({ lng: 'de', resources: { de: { shop: { 1: { message: long, title: 'Kurz' } } } } })
    const held = defineCatalog({
      name: 'shop',
      errors: { 1: { status: 409, message: 'Taken' } },
      locales: { de: { shop: { 1: { message: 'Vergeben' } } } },
    })
    for (const framework of frameworks) {
      const warnings: string[] = []
      const listener = framework.listener({
        options: {
          catalog: held,
          i18n,
          logger: { error: () => {}, warn: (_record, message) => warnings.push(message) },
        },
        routes: { '/': throws(new held.BizError(1)) },
      })
      const { port, server } = await listen(listener)
      for (let time = 0; time < 3; time++) {
        const response = await fetch(`http://127.0.0.1:${port}/`, { headers: { 'Accept-Language': 'de' } })
        expect(await response.json(), framework.name).toEqual({ code: 1, message: 'Vergeben' })
      }
      server.close()
      expect(warnings, framework.name).toEqual([
        'The message of error 1 in de/shop has 5000000 characters, and was not used. Write at most 2048.',
      ])
    }
  })

  for (const envelope of ['flat', 'nested', 'composite', 'two-level', 'problem'] as const) {
    // What JSON writes longest: six bytes for one character.
    const worst = '\u0001'.repeat(1024)
    const many = '{{a}}{{b}}{{c}}'.repeat(136)
    holds(
      `S02: however often a text names its params, and whatever they are, the body is bounded (${envelope})`,
      {
        options: {
          catalog: shop,
          envelope,
          locales: { de: { shop: { 4: { message: many, title: many, description: many, action: many } } } },
        },
        route: throws(thrown(4, { params: { a: worst, b: worst, c: worst }, details: worst.repeat(16) })),
        request: { headers: { 'Accept-Language': 'de' } },
      },
      {
        status: 409,
        also: ({ body }) => expect(body.length).toBeGreaterThan(3072),
      },
    )
  }

  test('S02: what a post-processor makes of a text is bounded', async () => {
    const i18n: I18n = createInstance()
    i18n.use({
      type: 'postProcessor',
      name: 'longer',
      process: (value: string) => value.padEnd(5_000_000, 'x'),
    })
    await i18n.init({
      lng: 'de',
      postProcess: ['longer'],
      resources: { de: { shop: { 4: { message: '{{a, number}}' } } } },
    })
    for (const framework of frameworks) {
      const outcome = await run(framework, {
        options: { catalog: shop, i18n },
        route: throws(thrown(4, { params: { a: 1, b: 2, c: 3 } })),
        request: { headers: { 'Accept-Language': 'de' } },
      })
      expect(JSON.parse(outcome.body), framework.name).toEqual({ code: 4, message: '1 2 3' })
    }
  })
})
