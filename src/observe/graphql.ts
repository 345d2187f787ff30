import type { Catalog } from '../catalog/catalog.ts'
import type { ErrorDescription } from '../catalog/envelope.ts'
import { isBizError } from '../error/biz-error.ts'
import { uncalled } from '../guard/mounted.ts'
import { isObject } from '../guard/options.ts'
import { read } from '../guard/read.ts'
import { createWarnOnce } from '../guard/warn-once.ts'
import { createAppLocale } from '../handler/app-locale.ts'
import { currentRequest, enteredRequest, type CurrentRequest } from '../handler/current-request.ts'
import type { HandlerOptions } from '../handler/options.ts'
import { createTell } from '../handler/tell.ts'
import { createReporter } from '../report/report.ts'
export type { CurrentRequest } from '../handler/current-request.ts'
export type { HandlerOptions } from '../handler/options.ts'

/**
 * The options of `formatError` and `maskError`: those of `errorHandler`. Functions among them are given what
 * `currentRequest()` returns.
 */
export type GraphQLOptions<TCatalog extends Catalog = Catalog> = HandlerOptions<
  TCatalog,
  CurrentRequest | undefined
>

/** A GraphQLFormattedError of `graphql`: https://spec.graphql.org/October2021/#sec-Errors */
export interface FormattedError {
  /** The text for people. */
  readonly message: string
  /** The places in the document. */
  readonly locations?: readonly { readonly line: number; readonly column: number }[]
  /** The field of the response that failed. */
  readonly path?: readonly (string | number)[]
  /** What programs read: `code`, `status`, `retryable` and what else is known of the error. */
  readonly extensions?: { readonly [name: string]: unknown }
}

/** Formats an error: what Apollo Server and graphql-http call `formatError`. */
export interface FormatError {
  /** As Apollo Server calls it. */
  (formatted: FormattedError, error: unknown): FormattedError
  /** As graphql-http does. */
  (error: Readonly<Error>): Error
}

/**
 * Makes the `formatError` of Apollo Server and graphql-http: what a resolver threw becomes its code and its text, in the
 * language of the client, and is reported as errors of requests are. Errors of the request itself, such as a syntax error
 * or a variable that does not fit, stay as they are, and so do those to which the app gave an `extensions.code` itself.
 *
 * The languages of the client and the id of the request are those of `currentRequest`: mount `requestId({ context: true })`.
 *
 * @param options - those of `errorHandler`
 * @throws SetupError - when an option is wrong
 * @example
 * new ApolloServer({ schema, formatError: formatError({ catalog: shop }) })
 * createHandler({ schema, formatError: formatError({ catalog: shop }) })
 */
export function formatError<TCatalog extends Catalog = Catalog>(
  options: GraphQLOptions<TCatalog> = {},
): FormatError {
  const describe = createDescribe('formatError', options)

  function format(formatted: FormattedError, error: unknown): FormattedError
  function format(error: Readonly<Error>): Error
  function format(formatted: FormattedError, error?: unknown): FormattedError {
    // graphql-http hands it to `map`, with an index, but for what it refuses a request with.
    if (error === undefined && isRefusal(formatted)) return formatted
    const given = isObject(error) ? error : formatted
    const told = describe(given, codeOf(formatted))
    if (told === undefined) return formatted
    const extensions = extensionsOf(told)
    if (formatted instanceof Error) return errorLike(given, told.message, extensions)
    const { locations, path } = formatted
    return { message: told.message, ...(locations && { locations }), ...(path && { path }), extensions }
  }
  return format
}

/**
 * Makes the `maskedErrors.maskError` of GraphQL Yoga, which does as `formatError`. What fails before there is a field, in
 * the context for example, is answered with the status of its error.
 *
 * @param options - those of `errorHandler`
 * @throws SetupError - when an option is wrong
 * @example
 * createYoga({ schema, maskedErrors: { maskError: maskError({ catalog: shop }) } })
 */
export function maskError<TCatalog extends Catalog = Catalog>(
  options: GraphQLOptions<TCatalog> = {},
): (error: unknown) => Error {
  const describe = createDescribe('maskError', options)
  return (error) => {
    const told = describe(error)
    if (told === undefined) return error as Error
    const http = read(error, 'path') === undefined ? { http: httpOf(told) } : {}
    return errorLike(error, told.message, { ...extensionsOf(told), ...http })
  }
}

/** Describes an error. Undefined of one that passes as it is. */
type Describe = (error: unknown, code?: unknown) => ErrorDescription | undefined

function createDescribe(caller: string, options: GraphQLOptions): Describe {
  // The server hands it an error, or one that is formatted.
  if (typeof read(options, 'message') === 'string') throw uncalled(`${caller}({ catalog })`)
  const tell = createTell(options, caller)
  const languagesOf = createLanguages(caller, options)
  return (error, code = codeOf(error)) => {
    const thrown = innermost(error)
    if (code !== UNKNOWN && isOwn(error, thrown)) return undefined
    const context = currentRequest()
    return tell(thrown, {
      context,
      method: 'graphql',
      route: fieldOf(error),
      acceptLanguage: languagesOf(context),
      requestId: context?.requestId,
    })
  }
}

/** Makes what says which languages the client wants: the app's choice, else what it sent. */
function createLanguages(
  caller: string,
  options: GraphQLOptions,
): (request: CurrentRequest | undefined) => string | undefined {
  const { warn } = createReporter(options)
  const localeOf = options.locale && createAppLocale(options.locale, warn)
  const warnOnce = createWarnOnce(warn)
  return (request) => {
    if (localeOf === undefined && request === undefined && hasLanguages(options)) warnOnce(unknown(caller))
    const chosen = localeOf?.(request)
    return chosen === undefined ? enteredRequest()?.acceptLanguage : [chosen].flat().join()
  }
}

function hasLanguages({ catalog, locales, i18n }: GraphQLOptions): boolean {
  return [catalog?.locales, locales, i18n].some((each) => each !== undefined)
}

function unknown(caller: string): string {
  return `${caller} does not know which languages its clients read. Mount requestId({ context: true }) before GraphQL, or give ${caller} the option locale`
}

/** An error may be wrapped more than once. */
const MAX_DEPTH = 8

/** What was thrown. A subscription and a stitched schema wrap an error that was wrapped. */
function innermost(error: unknown): unknown {
  let inner = error
  for (let depth = 0; depth < MAX_DEPTH && isGraphQLError(inner); depth++) {
    const original = read(inner, 'originalError')
    if (original === undefined || original === null) break
    inner = original
  }
  return inner
}

/** Whether an error is the request's own, or said by the app in GraphQL's own way. */
function isOwn(error: unknown, thrown: unknown): boolean {
  if (!isGraphQLError(error) || isBizError(thrown)) return false
  // A custom scalar refuses a variable or a literal: it has a place in the document, and none in the response.
  const isOfRequest = thrown === error || (!has(error, 'path') && has(error, 'locations'))
  return isOfRequest || (isGraphQLError(thrown) && codeOf(thrown) !== undefined)
}

/** What servers say of errors that they know nothing of. Their words are for nobody outside, nor are those of another server. */
const UNKNOWN = 'INTERNAL_SERVER_ERROR'

function codeOf(error: unknown): unknown {
  return read(read(error, 'extensions'), 'code')
}

/** By its tag: there may be two copies of `graphql`, and Apollo's subclasses have names of their own. */
function isGraphQLError(value: unknown): boolean {
  return read(value, Symbol.toStringTag) === 'GraphQLError'
}

function has(value: unknown, key: string): boolean {
  return read(value, key) !== undefined
}

/** Whether it is what graphql-http finds wrong with a request, in words for its client: a bare Error. */
function isRefusal(error: object): boolean {
  return error instanceof Error && error.name === 'Error' && Object.keys(error).length === 0
}

/** The field's name in the schema. That in the response is the client's, of which there are any number, as that of an operation is. */
function fieldOf(error: unknown): string | undefined {
  const node = read(read(error, 'nodes'), 0)
  const name = read(read(node, 'name'), 'value')
  return read(node, 'kind') === 'Field' && typeof name === 'string' ? name : undefined
}

/** What of a description is told: as much as in a body. */
const TOLD = [
  'code',
  'status',
  'title',
  'description',
  'action',
  'parent',
  'retryable',
  'retryAfter',
  'violatedPolicies',
  'details',
  'docs',
] as const satisfies readonly (keyof ErrorDescription)[]

type Extensions = Record<string, unknown>

function extensionsOf(told: ErrorDescription): Extensions {
  const extensions: Extensions = {}
  for (const name of TOLD) if (told[name] !== undefined) extensions[name] = told[name]
  if (told.errors !== undefined) {
    extensions['errors'] = told.errors.map((each) => ({ message: each.message, ...extensionsOf(each) }))
  }
  return extensions
}

/** How Yoga answers a request, which it tells nobody. */
function httpOf({ status, retryAfter }: ErrorDescription): object {
  return { status, headers: retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) } }
}

/** The options of GraphQLError. */
interface ErrorOptions {
  readonly nodes: unknown
  readonly source: unknown
  readonly positions: unknown
  readonly path: unknown
  readonly extensions: Extensions
}

type GraphQLErrorConstructor = new (message: string, options: ErrorOptions) => Error

/** Makes an error in the place of another, by its own class: a GraphQLError of another copy of `graphql` is none. */
function errorLike(error: unknown, message: string, extensions: Extensions): Error {
  if (!isGraphQLError(error)) return new ToldError(message, extensions)
  try {
    const { constructor, nodes, source, positions, path } = error as ErrorOptions
    const GraphQLError = constructor as unknown as GraphQLErrorConstructor
    return new GraphQLError(message, { nodes, source, positions, path, extensions })
  } catch {
    // A subclass may want something else.
    return new ToldError(message, extensions)
  }
}

/** What is told of an error that is none of GraphQL's. */
class ToldError extends Error {
  readonly extensions: Extensions

  constructor(message: string, extensions: Extensions) {
    super(message)
    this.extensions = extensions
  }

  toJSON(): FormattedError {
    const { message, extensions } = this
    return { message, extensions }
  }
}
