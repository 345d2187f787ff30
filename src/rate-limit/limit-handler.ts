import { catalog as http } from '../catalogs/http.ts'
import { bizErrorOf } from '../error/biz-error.ts'
import { createNoCatalogWarning } from '../error/own-catalog.ts'
import type { ConstantKeysOf } from '../error/typed-keys.ts'
import { CATALOG_CHECK, type Catalog } from '../catalog/catalog.ts'
import { retryAfterSeconds } from '../guard/retry-after.ts'
import { checkCalled } from '../guard/mounted.ts'
import { checkOptions, type Checks } from '../guard/options.ts'
import { read } from '../guard/read.ts'
import { refusalKey } from './policy.ts'
import { createWarn } from './warn.ts'

/** The options of `limitHandler`. */
export interface LimitHandlerOptions<TCatalog extends Catalog = Catalog> {
  /** The catalog of the error to refuse with. @default `http`, whose codes are the statuses */
  readonly catalog?: TCatalog | undefined
  /** The error to refuse with. @default the catalog's for status 429 */
  readonly error?: ConstantKeysOf<TCatalog> | undefined
}

const CHECKS: Checks<LimitHandlerOptions> = {
  catalog: CATALOG_CHECK,
  error: [(value) => typeof value === 'number' || typeof value === 'string', 'an error of the catalog'],
}

/**
 * Makes express-rate-limit's `handler`, so that its refusals are answered by our error handler.
 *
 * @throws SetupError - when an option is wrong
 * @example
 * app.use(expressRateLimit({ limit: 100, handler: limitHandler({ catalog: shop, error: 10029 }) }))
 */
export function limitHandler<TCatalog extends Catalog = Catalog>(
  given: LimitHandlerOptions<TCatalog> = {},
): (request: object, response: object, next: (error?: unknown) => void, used: object) => void {
  checkCalled('limitHandler({ catalog })', given)
  const options = checkOptions('limitHandler', given, CHECKS, '{ catalog, error }, or nothing')
  const { catalog = http } = options
  createNoCatalogWarning('limitHandler', options.catalog, createWarn(undefined))()
  const key = refusalKey('limitHandler', options.error, catalog)
  const BizError = bizErrorOf(catalog)
  return function limitHandler(request, _response, next, used) {
    next(new BizError(key, { retryAfter: secondsLeft(request, used) }))
  }
}

/** Reads `request.rateLimit.resetTime`. A store that does not know it leaves the window, as in express-rate-limit. */
function secondsLeft(request: object, used: object): number | undefined {
  const name = read(used, 'requestPropertyName')
  const info = read(request, typeof name === 'string' ? name : 'rateLimit')
  const window = read(used, 'windowMs')
  const seconds =
    retryAfterSeconds(read(info, 'resetTime')) ??
    (typeof window === 'number' ? retryAfterSeconds(window / 1000) : undefined)
  return seconds === undefined ? undefined : Math.max(1, seconds)
}
