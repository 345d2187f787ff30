import type { Catalog } from '../../catalog/catalog.ts'
import { checkOptions, isObject, type Checks } from '../../guard/options.ts'
import { read } from '../../guard/read.ts'
import { SetupError, show } from '../../guard/setup-error.ts'
import { HANDLER_CHECKS, type HandlerOptions } from '../../handler/options.ts'
import type { RateLimitOptions } from '../../rate-limit/options.ts'
import { isLogger } from '../../report/logger.ts'
import type { RequestIdOptions } from './request-id.ts'

/** The options of `bizErrors`: those of the handler, and of the middleware that is mounted before the routes. */
export interface BizErrorsOptions<
  TCatalog extends Catalog = Catalog,
  TRequest = unknown,
> extends HandlerOptions<TCatalog, TRequest> {
  /** The options of `requestId`. */
  readonly requestId?: RequestIdOptions<TRequest> | undefined
  /** A limiter for all routes. Catalog and logger are the handler's unless it has its own. @default none */
  readonly rateLimit?: RateLimitOptions<TRequest> | undefined
}

/** The part of an app that is used. */
export interface Mountable {
  /** Mounts middleware behind what is mounted. */
  readonly use: (middleware: never) => unknown
}

const CHECKS: Checks<BizErrorsOptions> = {
  ...HANDLER_CHECKS,
  requestId: [isObject, '{ header }, { generate }, or nothing'],
  rateLimit: [isObject, '{ policies }, or nothing'],
}

/**
 * Takes the options of a bundle apart, one object for each of its parts.
 *
 * @throws SetupError - when there is no app, and for an option that does not exist or cannot work
 */
export function partsOf<TRequest>(
  app: Mountable,
  given: BizErrorsOptions<Catalog, TRequest>,
): {
  readonly handler: HandlerOptions<Catalog, TRequest>
  readonly requestId: RequestIdOptions<TRequest> | undefined
  readonly rateLimit: RateLimitOptions<TRequest> | undefined
} {
  if (typeof read(app, 'use') !== 'function') {
    throw new SetupError(`bizErrors was called with ${show(app)}. Give the app, and its options after it.`)
  }
  const { requestId, rateLimit, ...handler } = checkOptions<BizErrorsOptions<Catalog, TRequest>>(
    'bizErrors',
    given,
    CHECKS,
    'an object of options, or nothing',
  )
  const { catalog, logger } = handler
  const shared = { catalog, ...(isLogger(logger) && { logger }) }
  return { handler, requestId, rateLimit: rateLimit && { ...shared, ...rateLimit } }
}
