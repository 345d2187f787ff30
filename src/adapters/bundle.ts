import type { Catalog } from '../catalog/catalog.ts'
import { checkOptions, isObject, type Checks } from '../guard/options.ts'
import { DEFAULTS, HANDLER_CHECKS, type HandlerOptions } from '../handler/options.ts'
import type { RateLimitOptions } from '../rate-limit/options.ts'
import { isLogger } from '../report/logger.ts'
import { checkApp } from './app.ts'
import type { Face } from './framework.ts'
import type { RequestIdOptions } from './request-id.ts'

/** The options of `bizErrors`: those of the handler, and of the middleware that is mounted before the routes. */
export interface BizErrorsOptions<
  TCatalog extends Catalog = Catalog,
  TRequest = unknown,
  TLimiterCatalog extends Catalog = TCatalog,
> extends HandlerOptions<TCatalog, TRequest> {
  /** The options of `requestId`. */
  readonly requestId?: RequestIdOptions<TRequest> | undefined
  /** A limiter for all routes. Catalog, logger and exposeHeaders are the handler's unless it has its own. @default none */
  readonly rateLimit?: RateLimitOptions<TLimiterCatalog, TRequest> | undefined
}

export const BUNDLE_CHECKS: Checks<BizErrorsOptions> = {
  ...HANDLER_CHECKS,
  requestId: [isObject, '{ header }, { generate }, { context }, or nothing'],
  rateLimit: [isObject, '{ policies }, or nothing'],
}

/** The options of a bundle, one object for each of its parts. */
export interface Parts<TRequest> {
  readonly handler: HandlerOptions<Catalog, TRequest>
  readonly requestId: RequestIdOptions<TRequest> | undefined
  readonly rateLimit: RateLimitOptions<Catalog, TRequest> | undefined
}

/**
 * Takes the options of a bundle apart.
 *
 * @param face - whose middleware is to be mounted
 * @throws SetupError - when there is no such app, and for an option that does not exist or cannot work
 */
export function partsOf<TRequest>(
  face: Face,
  app: unknown,
  given: BizErrorsOptions<Catalog, TRequest>,
): Parts<TRequest> {
  checkApp(app, face)
  return takeApart(
    checkOptions<BizErrorsOptions<Catalog, TRequest>>(
      'bizErrors',
      given,
      BUNDLE_CHECKS,
      'an object of options, or nothing',
    ),
  )
}

/** Takes options apart that are known to be right. */
export function takeApart<TRequest>({
  requestId,
  rateLimit,
  ...handler
}: BizErrorsOptions<Catalog, TRequest>): Parts<TRequest> {
  const { catalog, logger, exposeHeaders } = handler
  const shared = {
    catalog: catalog ?? DEFAULTS.catalog,
    ...(isLogger(logger) && { logger }),
    ...(exposeHeaders !== undefined && { exposeHeaders }),
  }
  return { handler, requestId, rateLimit: rateLimit && { ...shared, ...rateLimit } }
}
