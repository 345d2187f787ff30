import type { IncomingMessage } from 'node:http'
import type { Catalog } from '../../catalog/catalog.ts'
import type { Mountable } from '../app.ts'
import { partsOf, type BizErrorsOptions } from '../bundle.ts'
import { errorHandler, type ErrorMiddleware } from './error-handler.ts'
import { notFound } from './not-found.ts'
import { rateLimit } from './rate-limit.ts'
import { requestId } from './request-id.ts'

/**
 * Mounts `requestId` and `rateLimit` on an app, and returns `notFound` and `errorHandler`. Express runs what is mounted
 * in order, and has no place for what comes last: mount them after the routes. For Express 4 and 5.
 *
 * @throws SetupError - when an option is wrong
 * @example
 * const last = bizErrors(app, { catalog: shop })
 * app.use('/orders', orders)
 * app.use(last)
 */
export function bizErrors<
  TCatalog extends Catalog = Catalog,
  TRequest extends IncomingMessage = IncomingMessage,
  TLimiterCatalog extends Catalog = TCatalog,
>(
  app: Mountable,
  options: BizErrorsOptions<TCatalog, TRequest, TLimiterCatalog> = {},
): [ReturnType<typeof notFound>, ErrorMiddleware<TRequest>] {
  const parts = partsOf('Express', app, options)
  const last: ReturnType<typeof bizErrors<TCatalog, TRequest, TLimiterCatalog>> = [
    notFound(),
    errorHandler(parts.handler),
  ]
  const first = [requestId(parts.requestId), ...(parts.rateLimit ? [rateLimit(parts.rateLimit)] : [])]
  for (const middleware of first) app.use(middleware as never)
  return last
}
