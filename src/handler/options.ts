import { ANSWER_CHECKS, type AnswerOptions } from '../answer/options.ts'
import { catalog as http } from '../catalogs/http.ts'
import { CATALOG_CHECK, type Catalog } from '../catalog/catalog.ts'
import { aFunction, checkOptions, type Checks } from '../guard/options.ts'
import { bare } from '../guard/own.ts'
import { IDENTIFY_CHECK, type IdentifyRule } from '../identify/rules.ts'
import type { AppLocale } from './app-locale.ts'
import { LOCALE_CHECKS, type LocaleOptions } from '../locale/options.ts'
import { LISTENER_CHECKS, type Listeners } from '../report/report.ts'

/**
 * How one app answers errors. Checked once, by what it is given to: one object serves them all.
 *
 * @typeParam TRequest - Express's request, or Koa's context
 */
export interface HandlerOptions<TCatalog extends Catalog = Catalog, TRequest = unknown>
  extends AnswerOptions<TCatalog, TRequest>, LocaleOptions, Listeners<TRequest> {
  /** Serves foreign errors and unmatched routes. @default `http`, whose codes are the statuses */
  readonly catalog?: TCatalog | undefined
  /**
   * The app's own choice of language (profile, cookie, query): a BCP 47 tag, or several, the most wanted first.
   * Undefined leaves it to Accept-Language.
   */
  readonly locale?: ((request: TRequest) => AppLocale) | undefined
  /** Recognizes foreign errors before we do: `{ when: NotFoundError, error: 1004 }`. */
  readonly identify?: IdentifyRule<TCatalog> | readonly IdentifyRule<TCatalog>[] | undefined
}

/** The checks of all options. Each room checks its own. */
export const HANDLER_CHECKS: Checks<HandlerOptions> = {
  catalog: CATALOG_CHECK,
  identify: IDENTIFY_CHECK,
  ...ANSWER_CHECKS,
  ...LOCALE_CHECKS,
  locale: aFunction('of the request'),
  ...LISTENER_CHECKS,
}

/** The handler's own values of options that are not given. */
export const DEFAULTS = { catalog: http as Catalog, exposeHeaders: false }

/**
 * Returns the options that were given and the defaults of others. What needs the catalog is checked where it is used.
 *
 * @param caller - whose options they are
 * @throws SetupError - for an option that does not exist or cannot work
 */
export function completeOptions<TOptions extends object>(
  caller: string,
  given: TOptions,
  checks: Checks<TOptions>,
): TOptions & typeof DEFAULTS {
  return Object.assign(
    bare(DEFAULTS),
    checkOptions(caller, given, checks, 'an object of options, or nothing'),
  )
}
