import { catalog as http } from '../catalogs/http.ts'
import { bizErrorOf } from '../error/biz-error.ts'
import { isCatalog, type Catalog } from '../catalog/catalog.ts'
import type { Code } from '../catalog/code.ts'
import { retryAfterSeconds } from '../guard/headers.ts'
import { read } from '../guard/read.ts'
import { ownOptions, SetupError, show } from '../guard/setup-error.ts'
import { refusalCode } from './policy.ts'

export interface LimitHandlerOptions {
  /** The catalog of the error to refuse with. @default `http`, whose codes are the statuses */
  readonly catalog?: Catalog | undefined
  /** The error to refuse with. @default the catalog's for status 429 */
  readonly error?: Code | undefined
}

/**
 * Makes express-rate-limit's `handler`, so that its refusals are answered by our error handler.
 *
 * @throws SetupError - when an option is wrong
 * @example
 * app.use(expressRateLimit({ limit: 100, handler: limitHandler({ catalog: shop, error: 10029 }) }))
 */
export function limitHandler(
  given: LimitHandlerOptions = {},
): (request: object, response: object, next: (error?: unknown) => void, used: object) => void {
  if (typeof given !== 'object' || given === null) {
    throw new SetupError(`limitHandler was called with ${show(given)}. Give { catalog, error }, or nothing.`)
  }
  const options = ownOptions('limitHandler', given, ['catalog', 'error'])
  const { catalog = http } = options
  if (!isCatalog(catalog)) {
    throw new SetupError(`Option catalog is ${show(catalog)}. Give what defineCatalog returned.`)
  }
  const code = refusalCode('limitHandler', options.error, catalog)
  const BizError = bizErrorOf(catalog)
  return function limitHandler(request, _response, next, used) {
    next(new BizError(code, { retryAfter: secondsLeft(request, used) }))
  }
}

/** From `request.rateLimit.resetTime`; a store that does not know it leaves the window, as express-rate-limit does. */
function secondsLeft(request: object, used: object): number | undefined {
  const name = read(used, 'requestPropertyName')
  const info = read(request, typeof name === 'string' ? name : 'rateLimit')
  const seconds =
    retryAfterSeconds(read(info, 'resetTime')) ?? retryAfterSeconds(Number(read(used, 'windowMs')) / 1000)
  return seconds === undefined ? undefined : Math.max(1, seconds)
}
