import { createInstance } from 'i18next'
import { describe, expect, test } from 'vitest'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import { SetupError, show } from '../../src/guard/setup-error.ts'
import { createResponder } from '../../src/handler/responder.ts'
import type { HandlerOptions } from '../../src/handler/options.ts'
import { frameworks, listen } from '../support/frameworks.ts'
import { send } from '../support/raw.ts'
import { sampleOrigin } from '../support/sample-facts.ts'
import { standardAnswer } from '../support/standard-answer.ts'

const shop = defineCatalog({
  name: 'shop',
  errors: { 1: { status: 404, message: 'Not here' }, 2: { status: 409, message: '{{left}} left' } },
})

const folder =
  "Give a folder that holds <lng>/<catalog>.json, a path such as './locales/{{ns}}/{{lng}}.json', or { <lng>: { <catalog>: texts } }."
const envelopes =
  "Give a function, one of flat, nested, composite, two-level, problem, or a map such as { 'application/json': 'flat', 'application/problem+json': 'problem' }."
const address =
  'Give an http or https address without a user, or a path that starts with /, to which the code is appended; or a function of the error.'
const observers = 'Give an observer, such as otel() of bizerror/otel, or a list of them.'
const pino =
  'Give an object with error, warn and info, as pino is, or a function that returns the one of a request.'
const rules = 'Give a function, or rules such as { when: NotFoundError, error: 1004 }.'

const PROMISE = 'was given a promise. Wait for it, and give what it resolves to.'
const MAP = 'was given a Map, or what can be iterated as well. Give a plain object.'

const mistakes: readonly (readonly [what: string, options: unknown, message: string])[] = [
  ['null', null, 'errorHandler was called with null. Give an object of options, or nothing.'],
  ['a string', 'shop', 'errorHandler was called with "shop". Give an object of options, or nothing.'],
  ['a function', () => {}, 'errorHandler was called with a function. Give an object of options, or nothing.'],
  ['a promise of options', Promise.resolve({}), `errorHandler ${PROMISE}`],
  ['options as a Map', new Map([['catalog', shop]]), `errorHandler ${MAP}`],
  ['no options in an array', [], 'errorHandler was given an array. Give a plain object.'],
  ['a promise of rules to conceal', { conceal: Promise.resolve({}) }, `Option conceal ${PROMISE}`],
  ['a Map of rules to conceal', { conceal: new Map([[404, 1]]) }, `Option conceal ${MAP}`],
  ['a Map of what to reveal', { reveal: new Map([['values', true]]) }, `Option reveal ${MAP}`],
  ['a Map of envelopes', { envelope: new Map([['application/json', 'flat']]) }, `Option envelope ${MAP}`],
  ['a promise of texts', { locales: Promise.resolve({}) }, `Option locales ${PROMISE}`],
  ['a Map of texts', { locales: new Map() }, `Option locales ${MAP}`],
  ['a typo', { catalogue: shop }, 'errorHandler has no "catalogue". Did you mean catalog?'],
  ['a typo of case', { onreport: () => {} }, 'errorHandler has no "onreport". Did you mean onReport?'],
  [
    'an option that there is not',
    { debug: true },
    'errorHandler has no "debug". Known are: catalog, identify, envelope, conceal, reveal, httpStatus, docsUrl, exposeHeaders, locales, i18n, i18nKey, fallbackLocale, locale, logger, onAnswer, onReport, observe.',
  ],
  ['a catalog by name', { catalog: 'shop' }, 'Option catalog is "shop". Give what defineCatalog returned.'],
  [
    'a definition as catalog',
    { catalog: { name: 'shop' } },
    'Option catalog is an object. Give what defineCatalog returned.',
  ],
  ['no catalog', { catalog: null }, 'Option catalog is null. Give what defineCatalog returned.'],
  ['an unknown envelope', { envelope: 'jsonapi' }, `Option envelope is "jsonapi". ${envelopes}`],
  [
    'an envelope that every object has',
    { envelope: 'toString' },
    `Option envelope is "toString". ${envelopes}`,
  ],
  ['an envelope in an array', { envelope: ['flat'] }, `Option envelope is an array. ${envelopes}`],
  [
    'an envelope map without entries',
    { envelope: {} },
    "Option envelope holds no media type. Give a map such as { 'application/json': 'flat', 'application/problem+json': 'problem' }.",
  ],
  [
    'an envelope map with an unknown envelope',
    { envelope: { 'application/json': 'flat', 'application/problem+json': 'problems' } },
    'Option envelope has "problems" for "application/problem+json". Give a function or one of flat, nested, composite, two-level, problem.',
  ],
  ...['Application/JSON', 'application/json; charset=utf-8', '*/*', '0', '+json'].map(
    (type): readonly [string, object, string] => [
      `an envelope map with the media type ${type}`,
      { envelope: { 'application/json': 'flat', [type]: 'nested' } },
      `Option envelope has the media type "${type}" for "nested". Write it in lower case and without parameters, as in 'application/json'.`,
    ],
  ),
  [
    'a name of ours for XML',
    { envelope: { 'application/xml': 'flat' } },
    'Option envelope has the media type "application/xml" for "flat", which is JSON. Give a function that returns a text.',
  ],
  [
    'a name of ours for pages',
    { envelope: { 'text/html': 'flat' } },
    `Option envelope has the media type "text/html" for "flat", which is JSON. Give 'page', or a function that returns a text.`,
  ],
  [
    'a page that is no text/html',
    { envelope: { 'application/xhtml+xml': 'page' } },
    'Option envelope has "page" for "application/xhtml+xml". A page is text/html. Give a function or one of flat, nested, composite, two-level, problem.',
  ],
  ['a page for everybody', { envelope: 'page' }, `Option envelope is "page". ${envelopes}`],
  [
    'an envelope of its own without a body',
    { envelope: { success: () => ({}) } },
    'Option envelope has no body. Give a function of the error that returns what is sent.',
  ],
  [
    'an envelope of its own with a typing mistake',
    { envelope: { bdy: () => ({}) } },
    'Option envelope has no "bdy". Did you mean body?',
  ],
  [
    'an envelope of its own in a map with a typing mistake',
    { envelope: { 'application/json': { body: () => ({}), contenttype: 'text/x' } } },
    'Option envelope, application/json has no "contenttype". Did you mean contentType?',
  ],
  [
    'an envelope of its own in a map under another type than its own',
    { envelope: { 'application/json': { body: () => ({}), contentType: 'application/vnd.x+json' } } },
    'Option envelope, application/json has contentType "application/vnd.x+json". Leave it out, or let it stand in the map in place of application/json.',
  ],
  ['locales that are a number', { locales: 7 }, `Option locales is 7. ${folder}`],
  ['locales that are null', { locales: null }, `Option locales is null. ${folder}`],
  [
    'locales that are no folder',
    { locales: '/nowhere' },
    `Option locales is "/nowhere", which is no folder. Give one that holds <lng>/<catalog>.json, or a path such as './locales/{{ns}}/{{lng}}.json'; a relative path starts at ${JSON.stringify(process.cwd())}.`,
  ],
  [
    'i18n that is no instance',
    { i18n: { t: () => 'x' } },
    'Option i18n is an object. Give an i18next instance.',
  ],
  ['i18n that is null', { i18n: null }, 'Option i18n is null. Give an i18next instance.'],
  [
    'i18n and locales',
    { i18n: createInstance(), locales: {} },
    'Options i18n and locales are both given. Put the texts into one of them.',
  ],
  [
    'i18nKey that is no function',
    { i18nKey: 'errors' },
    'Option i18nKey is "errors". Give a function of the entry and the field, which returns a key.',
  ],
  [
    'i18nKey without texts',
    { i18nKey: () => 'errors' },
    'Option i18nKey is given without i18n or locales, whose keys it names. Give one of them.',
  ],
  [
    'fallbackLocale that is neither a string nor a map',
    { fallbackLocale: ['de'] },
    'Option fallbackLocale is an array. Give a BCP 47 tag, or { <tag>: [<tag>, …], default: <tag> }.',
  ],
  [
    'fallbackLocale without texts',
    { catalog: shop, fallbackLocale: 'de' },
    'Option fallbackLocale is "de", in which catalog shop has no texts. It has: en.',
  ],
  ['locale that is no function', { locale: 'de' }, 'Option locale is "de". Give a function of the request.'],
  ['identify that is no rule', { identify: {} }, `Option identify holds an object. ${rules}`],
  [
    'identify with a rule that is none',
    { identify: [() => {}, null] },
    `Option identify holds null. ${rules}`,
  ],
  ['identify that is null', { identify: null }, 'Option identify is null. Give a rule or an array of rules.'],
  [
    'a rule of identify with an unknown error',
    { catalog: shop, identify: { when: Error, error: 9 } },
    'A rule of option identify has error 9, which is not in the catalog (shop), is its success, or needs params. Return a BizError from a function instead.',
  ],
  ['reveal that is true', { reveal: true }, 'Option reveal is true. Give { values: true }, or nothing.'],
  ['reveal that is null', { reveal: null }, 'Option reveal is null. Give { values: true }, or nothing.'],
  [
    'reveal with values that are no boolean',
    { reveal: { values: 'all' } },
    'Option reveal.values is "all". Give true or false.',
  ],
  ['reveal with a typo', { reveal: { value: true } }, 'Option reveal has no "value". Did you mean values?'],
  ['conceal that is no object', { conceal: 401 }, 'Option conceal is 401. Give rules such as { 401: 401 }.'],
  [
    'conceal with an unknown error',
    { catalog: shop, conceal: { 404: 404 } },
    'Option conceal names error 404, which is not in the catalog (shop). Name one of its errors.',
  ],
  [
    'an httpStatus that is not 200',
    { httpStatus: 500 },
    'Option httpStatus is 500. Give 200, a function of the error, or nothing.',
  ],
  [
    'exposeHeaders that is a list',
    { exposeHeaders: ['Link'] },
    'Option exposeHeaders is an array. Give true or false.',
  ],
  [
    'docsUrl that is a script',
    { docsUrl: 'javascript:alert(1)' },
    `Option docsUrl is "javascript:alert(1)". ${address}`,
  ],
  [
    'docsUrl with a blank',
    { docsUrl: 'https://x.y/a b/' },
    `Option docsUrl is "https://x.y/a b/". ${address}`,
  ],
  ['docsUrl with a line end', { docsUrl: '/errors/\r\n' }, `Option docsUrl is "/errors/\\r\\n". ${address}`],
  [
    'docsUrl with a password',
    { docsUrl: 'https://u:p@x.y/' },
    `Option docsUrl is "https://u:p@x.y/". ${address}`,
  ],
  ['docsUrl of another host by scheme', { docsUrl: '//x.y/' }, `Option docsUrl is "//x.y/". ${address}`],
  ['docsUrl that is relative', { docsUrl: 'errors/' }, `Option docsUrl is "errors/". ${address}`],
  ['docsUrl that is empty', { docsUrl: '' }, `Option docsUrl is "". ${address}`],
  ['docsUrl that is a URL', { docsUrl: new URL('https://x.y') }, `Option docsUrl is an object. ${address}`],
  ['a logger without error', { logger: { warn: () => {} } }, `Option logger is an object. ${pino}`],
  ['a logger that is a text', { logger: 'pino' }, `Option logger is "pino". ${pino}`],
  ['a logger that is null', { logger: null }, `Option logger is null. ${pino}`],
  [
    'onAnswer that is no function',
    { onAnswer: 'log' },
    'Option onAnswer is "log". Give a function of the answer.',
  ],
  [
    'onReport that is no function',
    { onReport: {} },
    'Option onReport is an object. Give a function of the report.',
  ],
  ['an observer that is a function', { observe: () => {} }, `Option observe is a function. ${observers}`],
  ['an observer of nothing', { observe: {} }, `Option observe is an object. ${observers}`],
  ...[undefined, () => {}, {}, 'otel'].map(
    (none) =>
      [
        `an observer of a list that is ${show(none)}`,
        { observe: [{ onReport: () => {} }, none] },
        `Option observe[1] is ${show(none)}. Give an observer, such as otel() of bizerror/otel.`,
      ] as const,
  ),
  [
    'an observer whose onReport is no function',
    { observe: { onAnswer: () => {}, onReport: 'log' } },
    `Option observe is an object. ${observers}`,
  ],
]

describe('errorHandler refuses', () => {
  for (const [what, options, message] of mistakes) {
    test(what, () => {
      expect(() => createResponder(options as HandlerOptions, sampleOrigin)).toThrow(new SetupError(message))
    })
  }
})

describe('errorHandler takes', () => {
  const valid: readonly (readonly [what: string, options: HandlerOptions])[] = [
    ['every envelope by name', { envelope: 'two-level' }],
    ['an envelope function', { envelope: () => ({}) }],
    [
      'a map of envelopes',
      { envelope: { 'application/vnd.shop.v2+json': () => ({}), 'application/json': 'flat' } },
    ],
    ['one rule', { identify: () => undefined }],
    ['no rules', { identify: [] }],
    ['a rule by class', { identify: { when: TypeError, error: 400 } }],
    ['a rule by predicate', { identify: [{ when: () => true, condition: 'not-found' }] }],
    ['nothing to reveal', { reveal: {} }],
    ['values to reveal', { reveal: { values: true } }],
    ['an i18next instance that is not ready', { i18n: createInstance() }],
    ['an address', { docsUrl: 'https://example.com/errors?code=' }],
    ['a path', { docsUrl: '/errors/#' }],
    ['a logger with error alone', { logger: { error: () => {} } }],
    ['console', { logger: console }],
    ['a function of the request', { logger: () => console }],
    ['no observers', { observe: [] }],
    ['one observer', { observe: { onReport: () => {} } }],
    ['a logger that can be called', { logger: Object.assign(() => {}, { error: () => {} }) }],
  ]
  for (const [what, options] of valid) {
    test(what, () => {
      expect(createResponder(options, sampleOrigin)).toBeTypeOf('function')
    })
  }
})

const nothing: Record<keyof HandlerOptions, undefined> = {
  catalog: undefined,
  envelope: undefined,
  locales: undefined,
  i18n: undefined,
  i18nKey: undefined,
  fallbackLocale: undefined,
  locale: undefined,
  identify: undefined,
  conceal: undefined,
  reveal: undefined,
  httpStatus: undefined,
  docsUrl: undefined,
  exposeHeaders: undefined,
  logger: undefined,
  onAnswer: undefined,
  onReport: undefined,
  observe: undefined,
}

describe('the defaults', () => {
  const request = {
    path: '/nowhere',
    headers: { 'X-Request-ID': 't-1', Accept: 'application/problem+json', 'Accept-Language': 'de' },
  }

  for (const { name, listener } of frameworks) {
    test(`are the same for nothing, {} and options that are undefined, on ${name}`, async () => {
      const given = [undefined, {}, nothing as unknown as HandlerOptions]
      const answers = await Promise.all(
        given.map(async (options) => {
          const { port, server } = await listen(
            listener({ options: { catalog: undefined, ...options }, routes: {} }),
          )
          const answer = await send(port, request)
          server.close()
          return answer
        }),
      )
      const expected = standardAnswer(
        404,
        { code: 404, message: 'Nicht gefunden' },
        { requestId: 't-1', locale: 'de' },
      )
      expect(answers).toEqual([expected, expected, expected])
    })
  }
})
