import type { Catalog } from '../../catalog/catalog.ts'
import type { Code } from '../../catalog/code.ts'
import type { CodesOf, KeysOf } from '../../error/typed-keys.ts'
import { isArray } from '../../guard/read.ts'
import { nearest, ownOptions, SetupError, show } from '../../guard/setup-error.ts'
import type { HandlerOptions } from '../../handler/options.ts'
import { createAnswers } from '../answers/create.ts'
import { createDump } from '../dump/create.ts'
import type { Dump } from '../dump/dump.ts'
import { createApi, type Api } from './api.ts'
import { componentsOf, DETAILS, type OpenapiComponents, type OpenapiDetail } from './components.ts'
import { createExamples } from './examples.ts'
import { createResponses, type OpenapiResponses } from './operation.ts'
import type { ToldError } from './told.ts'
import { OPENAPI, type OpenapiVersion } from './schema.ts'

/** How the components are written. */
export interface OpenapiOptions<TCatalog extends Catalog = Catalog> {
  /** The version of the document that they stand in. @default '3.1' */
  readonly version?: OpenapiVersion | undefined
  /** Whether each code has components, or each HTTP status. @default 'code' */
  readonly detail?: OpenapiDetail | undefined
  /** The languages of the examples: some, all of the catalog's, or none. @default the catalog's own */
  readonly examples?: 'all' | 'none' | readonly string[] | undefined
  /** The options of the app's handler: what they change of the answers is described. */
  readonly handler?: HandlerOptions<TCatalog, never> | undefined
}

/** The errors of an API as parts of an OpenAPI document. */
export interface Openapi<TCatalog extends Catalog = Catalog> {
  /** Go into the document's `components`: schemas, responses, headers and examples. */
  readonly components: OpenapiComponents
  /**
   * Returns the `responses` of an operation that answers with some errors, each by its key or its code: one response for
   * each HTTP status, and `default` for all other errors. Where all errors are answered with 200, that one has them all,
   * and there is no other.
   *
   * @throws SetupError - for an error that the catalog does not have
   */
  readonly responses: (...errors: readonly (KeysOf<TCatalog> | CodesOf<TCatalog>)[]) => OpenapiResponses
}

const OPTIONS: readonly (keyof OpenapiOptions)[] = ['version', 'detail', 'examples', 'handler']

/**
 * Describes the errors of a catalog in OpenAPI: the bodies in the envelope of the app, and their headers.
 *
 * @throws SetupError - for an option that does not exist or cannot work, and for codes that would have one name
 * @example
 * const { components, responses } = openapi(shop, { version: '3.1' })
 * const document = { openapi: '3.1.1', paths: { '/orders': { post: { responses: responses('SOLD_OUT') } } }, components }
 */
export function openapi<TCatalog extends Catalog>(
  catalog: TCatalog,
  options: OpenapiOptions<TCatalog> = {},
): Openapi<TCatalog> {
  const { handler, ...described } = ownOptions('openapi', options, OPTIONS)
  const live = handler as HandlerOptions<Catalog, never> | undefined
  return openapiOf(createDump(catalog, { handler: live }), described, { ...live, catalog })
}

/**
 * Describes the errors of a dump.
 *
 * @param live - the options of the app's handler, for what a dump cannot hold
 * @throws SetupError - as `openapi` does
 */
export function openapiOf(
  dump: Dump,
  options: Omit<OpenapiOptions, 'handler'>,
  live?: HandlerOptions<Catalog, never>,
): Openapi {
  const { version = '3.1', detail = 'code' } = options
  checkChoice('version', version, Object.keys(OPENAPI))
  checkChoice('detail', detail, DETAILS)
  const api = createApi(dump, createAnswers(dump, live), live !== undefined)
  const examples = createExamples(api, languagesOf(dump, options.examples))
  const respond = createResponses(api, examples, detail)
  return {
    components: componentsOf(api, examples, { version, detail }),
    responses: (...errors) => respond(errors.flatMap((error) => found(api, error))),
  }
}

function checkChoice(name: string, value: unknown, choices: readonly string[]): void {
  if (choices.includes(value as string)) return
  throw new SetupError(`openapi has ${name} ${show(value)}. Known are: ${choices.join(', ')}.`)
}

function languagesOf(
  { catalog, locales, sourceLocale }: Dump,
  given: OpenapiOptions['examples'],
): readonly string[] {
  if (given === undefined) return [sourceLocale]
  if (given === 'none') return []
  if (given === 'all') return locales
  if (!isArray(given)) {
    throw new SetupError(
      `openapi has examples ${show(given)}. Give languages such as ['en', 'de'], 'all' or 'none'.`,
    )
  }
  const unknown = given.find((language) => !locales.includes(language))
  if (unknown === undefined) return [...new Set(given)]
  throw new SetupError(
    `openapi has examples in ${show(unknown)}, which catalog ${catalog} has no texts in. Known are: ${locales.join(', ')}.`,
  )
}

/** The errors that are told where one is thrown, by its key or its code. */
function found({ dump, told }: Api, given: Code): readonly ToldError[] {
  const { entries, catalog } = dump
  const byKey = entries.filter(({ key }) => key === given)
  const thrown = byKey.length > 0 ? byKey : entries.filter(({ code }) => code === given)
  const errors = thrown.flatMap(({ key }) => told.of(key) ?? [])
  if (errors.length > 0) return errors
  if (thrown.length > 0) {
    throw new SetupError(
      `responses was given ${show(given)}, which is the success of catalog ${catalog}. Name errors.`,
    )
  }
  const meant = nearest(
    String(given),
    entries.flatMap(({ key, code }) => [String(key), String(code)]),
  )
  const advice = meant === undefined ? 'Name keys or codes of its errors.' : `Did you mean ${meant}?`
  throw new SetupError(
    `responses was given ${show(given)}, which catalog ${catalog} does not have. ${advice}`,
  )
}
