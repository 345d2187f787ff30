import type { i18n as I18n } from 'i18next'
import { isCatalog, type Catalog, type Locales } from '../catalog/catalog.ts'
import type { ConcealDefinition } from '../answer/conceal.ts'
import { ENVELOPES, type EnvelopeFunction, type EnvelopeName } from '../catalog/envelope.ts'
import { bare } from '../guard/own.ts'
import type { IdentifyRule } from '../identify/rules.ts'
import { checkKeys, ownOptions, SetupError, show } from '../guard/setup-error.ts'
import type { ErrorAnswer, ErrorReport } from '../report/report.ts'
import type { LoggerOption } from '../report/request-logger.ts'

/** What `errorHandler` can be told. Checked once, when it is called. */
export interface ErrorHandlerOptions<TRequest> {
  /** Serves foreign errors and unmatched routes. @default the `cloud-waf` reference catalog */
  readonly catalog?: Catalog | undefined
  /** The shape of every body: by name, or a function of one's own. @default that of the error's catalog */
  readonly envelope?: EnvelopeName | EnvelopeFunction | undefined
  /** Whether a client that asks for `application/problem+json` gets it (RFC 9457). @default false */
  readonly problem?: boolean | undefined
  /** Translations: a folder with `<lng>/<catalog>.json`, or i18next resources. They go before the catalog's own. */
  readonly locales?: Locales | undefined
  /** Translations: the app's own i18next instance, instead of `locales`. Namespaces are the catalogs' names. */
  readonly i18n?: I18n | undefined
  /** The language for clients that want none we have. @default that of the catalog's texts */
  readonly fallbackLocale?: string | undefined
  /** The app's own choice of language (profile, cookie, query). Undefined leaves it to Accept-Language. */
  readonly locale?: ((request: TRequest) => string | undefined) | undefined
  /** Recognizes foreign errors before we do: `{ when: NotFoundError, error: 1004 }`. */
  readonly identify?: IdentifyRule | readonly IdentifyRule[] | undefined
  /** Answers codes as others: `{ 401: 401 }`, or `[{ errors: [1001, 1002], as: 1002 }]`. */
  readonly conceal?: ConcealDefinition | undefined
  /** What else clients may see: `values`, those that a validator found wrong. @default nothing */
  readonly reveal?: { readonly values?: boolean | undefined } | undefined
  /** 200 sends every answer with HTTP status 200, for clients that read the code alone. @default that of the error */
  readonly httpStatus?: 200 | undefined
  /**
   * Where codes are documented. The code is appended: `'https://example.com/errors/'`. Linked from every error, and
   * `type` of problem documents.
   */
  readonly docsUrl?: string | undefined
  /**
   * Lets scripts of other origins read Retry-After, X-Request-ID and Link: appends them to Access-Control-Expose-Headers.
   * @default false
   */
  readonly exposeHeaders?: boolean | undefined
  /**
   * Receives 5xx as `error` and 4xx as `info`, pino-shaped. Or a function that returns the logger of a request:
   * `(req) => req.log`. @default one JSON line to stderr for 5xx
   */
  readonly logger?: LoggerOption<TRequest> | undefined
  /** Receives every error with its answer, before that is written. Synchronous: what it returns is not waited for. */
  readonly onAnswer?: ((answer: ErrorAnswer, request: TRequest) => unknown) | undefined
  /** Receives every error, after its answer. */
  readonly onReport?: ((report: ErrorReport, request: TRequest) => unknown) | undefined
}

const OPTIONS: Record<keyof ErrorHandlerOptions<unknown>, true> = {
  catalog: true,
  envelope: true,
  problem: true,
  locales: true,
  i18n: true,
  fallbackLocale: true,
  locale: true,
  identify: true,
  conceal: true,
  reveal: true,
  httpStatus: true,
  docsUrl: true,
  exposeHeaders: true,
  logger: true,
  onAnswer: true,
  onReport: true,
}

/**
 * Returns the options that were given, with none that is inherited. What needs the catalog is checked there.
 *
 * @throws SetupError - for an option that does not exist or cannot work
 */
export function checkOptions<TRequest>(given: ErrorHandlerOptions<TRequest>): ErrorHandlerOptions<TRequest> {
  if (typeof given !== 'object' || given === null) {
    throw new SetupError(
      `errorHandler was called with ${show(given)}. Give an object of options, or nothing.`,
    )
  }
  const options = ownOptions('errorHandler', given, Object.keys(OPTIONS))
  const { catalog, envelope, identify, httpStatus, docsUrl, logger, i18n } = options
  expect('catalog', catalog, isCatalog(catalog), 'what defineCatalog returned')
  expect(
    'envelope',
    envelope,
    typeof envelope === 'function' || (typeof envelope === 'string' && Object.hasOwn(ENVELOPES, envelope)),
    `a function or one of ${Object.keys(ENVELOPES).join(', ')}`,
  )
  expect('problem', options.problem, typeof options.problem === 'boolean', 'true or false')
  expect(
    'i18n',
    i18n,
    typeof i18n?.t === 'function' && typeof i18n.exists === 'function',
    'an i18next instance',
  )
  expect('fallbackLocale', options.fallbackLocale, typeof options.fallbackLocale === 'string', 'a BCP 47 tag')
  expect('locale', options.locale, typeof options.locale === 'function', 'a function of the request')
  expect(
    'identify',
    identify,
    typeof identify === 'function' || (typeof identify === 'object' && identify !== null),
    'a rule or an array of rules',
  )
  expect(
    'conceal',
    options.conceal,
    typeof options.conceal === 'object' && options.conceal !== null,
    'rules such as { 401: 401 }',
  )
  expect('httpStatus', httpStatus, httpStatus === 200, '200, or nothing')
  expect(
    'docsUrl',
    docsUrl,
    isWebAddress(docsUrl),
    'an http or https address without a user, or a path that starts with /',
  )
  expect('exposeHeaders', options.exposeHeaders, typeof options.exposeHeaders === 'boolean', 'true or false')
  expect(
    'logger',
    logger,
    typeof logger === 'function' || typeof logger?.error === 'function',
    'an object with error, warn and info, as pino is, or a function that returns the one of a request',
  )
  expect('onAnswer', options.onAnswer, typeof options.onAnswer === 'function', 'a function of the answer')
  expect('onReport', options.onReport, typeof options.onReport === 'function', 'a function of the report')
  if (i18n !== undefined && options.locales !== undefined) {
    throw new SetupError('Options i18n and locales are both given. Put the texts into one of them.')
  }
  return Object.assign(options, { reveal: checkReveal(options.reveal) })
}

function checkReveal(given: ErrorHandlerOptions<unknown>['reveal']): typeof given {
  const reveal = typeof given === 'object' && given !== null ? bare(given) : undefined
  expect(
    'reveal',
    given,
    reveal !== undefined && ['boolean', 'undefined'].includes(typeof reveal.values),
    '{ values: true }, or nothing',
  )
  if (given !== undefined) checkKeys('Option reveal', given, ['values'])
  return reveal
}

function expect(option: string, value: unknown, valid: boolean, what: string): void {
  if (value !== undefined && !valid) throw new SetupError(`Option ${option} is ${show(value)}. Give ${what}.`)
}

/** An address that can stand in a document and be appended to (RFC 3986). */
function isWebAddress(value: unknown): boolean {
  if (typeof value !== 'string' || !ADDRESS.test(value) || !URL.canParse(value, 'https://host')) return false
  // It is sent to everybody.
  const { username, password } = new URL(value, 'https://host')
  return username === '' && password === ''
}

const ADDRESS = /^(?:https?:\/\/(?=[\w[])|\/(?!\/))(?:[\w\-.~:/?#[\]@!$&'()*+,;=]|%[\dA-Fa-f]{2})*$/
