import { textsOf } from '../answer/foreign-texts.ts'
import { describeWhole } from '../answer/further.ts'
import { createSubject } from '../answer/subject.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { ErrorDescription } from '../catalog/envelope.ts'
import { catalog as http } from '../catalogs/http.ts'
import { createNoCatalogWarning } from '../error/own-catalog.ts'
import { isObject, type Checks } from '../guard/options.ts'
import { getOrMake } from '../guard/memo.ts'
import { readOwn } from '../guard/own.ts'
import { isLogger } from '../report/logger.ts'
import { createReporter } from '../report/report.ts'
import { createFlow } from './flow.ts'
import { completeOptions, HANDLER_CHECKS, type HandlerOptions } from './options.ts'

/** The options of `describeError`: those of `errorHandler`. The ones that need a request have no effect. */
export interface DescribeErrorOptions<TCatalog extends Catalog = Catalog, TRequest = unknown> extends Omit<
  HandlerOptions<TCatalog, TRequest>,
  'locale'
> {
  /**
   * The language of the texts: a BCP 47 tag, several, or an Accept-Language header. A handler's function of the request
   * is not asked. @default that of the catalog's texts
   */
  readonly locale?: string | readonly string[] | HandlerOptions<TCatalog, TRequest>['locale']
}

/**
 * Describes an error that is reported rather than answered: an item of a batch, a webhook delivery, a WebSocket
 * frame, a job in a queue. Never throws: an option that cannot work is left out and logged, once.
 *
 * @param options - the handler's, so that `identify`, `conceal`, `locales` and the rest hold here too
 * @example
 * describeError(new BizError('webhook_delivery_timeout'), { locale: 'de' })
 */
export function describeError<TCatalog extends Catalog = Catalog, TRequest = unknown>(
  error: unknown,
  options: DescribeErrorOptions<TCatalog, TRequest> = {},
): ErrorDescription {
  const { locale, ...given } = membersOf(options)
  const header = typeof locale === 'string' ? locale : isTexts(locale) ? locale.join() : undefined
  const describe = describerOf(header !== undefined || locale === undefined ? given : { ...given, locale })
  return describe(error, header)
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string')
}

type Describe = (error: unknown, acceptLanguage: string | undefined) => ErrorDescription

const CHECKS: Checks<DescribeErrorOptions> = {
  ...HANDLER_CHECKS,
  locale: [
    (value) => typeof value === 'string' || typeof value === 'function' || isTexts(value),
    'a BCP 47 tag, a list of them, or an Accept-Language header',
  ],
}

interface Describer {
  readonly options: Options
  readonly describe: Describe
}

type Options = Readonly<Record<string, unknown>>

/** Of the objects of options that an app writes, and spreads: `{ ...options, locale }`. */
const MAX_DESCRIBERS = 8

const byCatalog = new WeakMap<object, Describer[]>()

/** Returns what was made of the same options before: rules are compiled and files read once. */
function describerOf(options: Options): Describe {
  const { catalog } = options
  const made = getOrMake(byCatalog, isObject(catalog) ? catalog : http, () => [])
  const known = made.find((each) => isSame(each.options, options))
  if (known !== undefined) return known.describe
  const describe = createDescribe(options)
  if (made.length === MAX_DESCRIBERS) made.shift()
  made.push({ options, describe })
  return describe
}

function isSame(a: Options, b: Options): boolean {
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every((name) => Object.is(a[name], readOwn(b, name)))
}

/** Options that cannot work are told, and cost what they would have changed, never a description. */
function createDescribe(options: Options): Describe {
  try {
    return describeBy(options)
  } catch (error) {
    const { catalog, logger } = options
    createReporter(isLogger(logger) ? { logger } : {}).warn(String(error))
    try {
      return describeBy({ catalog: catalog as Catalog })
    } catch {
      return describeBy({})
    }
  }
}

function describeBy(given: DescribeErrorOptions): Describe {
  const options = completeOptions('describeError', given, CHECKS)
  const { warn } = createReporter(options)
  const warnOfNoCatalog = createNoCatalogWarning('describeError', given.catalog, warn)
  const flow = createFlow(options, warn)
  const subjectOf = createSubject(flow)
  return (error, acceptLanguage) => {
    const seen = flow.conceal(flow.identify(error, NO_REQUEST))
    // A BizError brings its own catalog, and misses nothing.
    if (seen.catalog === options.catalog) warnOfNoCatalog()
    const asked = { requestId: undefined, locale: undefined, acceptLanguage }
    const subject = subjectOf(seen, textsOf(seen, flow.localize, asked), asked)
    return tellable(subject.description ?? describeWhole(subject, undefined, flow))
  }
}

const NO_REQUEST = { encoded: false, contentType: undefined, authorization: undefined, clientGone: false }

function membersOf(options: unknown): Options {
  try {
    return { ...(options as object) }
  } catch {
    return {}
  }
}

/** Leaves out what is not there, so that a stored description holds nothing but facts; and notes, which are for nobody outside. */
function tellable(description: ErrorDescription): ErrorDescription {
  const told = { ...description, errors: description.errors?.map(tellable) }
  return Object.fromEntries(
    Object.entries(told).filter(([, value]) => value !== undefined),
  ) as unknown as ErrorDescription
}
