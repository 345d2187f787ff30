import type { Catalog } from '../../catalog/catalog.ts'
import type { Mountable } from '../app.ts'
import { partsOf, type BizErrorsOptions } from '../bundle.ts'
import type { AnyContext, KoaContext } from './context.ts'
import { errorHandler } from './error-handler.ts'
import { rateLimit } from './rate-limit.ts'
import { requestId } from './request-id.ts'

/**
 * Mounts `errorHandler`, `requestId` and `rateLimit` on an app: call it before anything else is mounted. `errorHandler`
 * answers what nothing answered, so that nothing has to come last. For Koa 2 and 3.
 *
 * @throws SetupError - when an option is wrong
 * @example
 * bizErrors(app, { catalog: shop })
 * app.use(orders.routes())
 */
export function bizErrors<
  TCatalog extends Catalog = Catalog,
  TContext extends KoaContext = AnyContext,
  TLimiterCatalog extends Catalog = TCatalog,
>(app: Mountable, options: BizErrorsOptions<TCatalog, TContext, TLimiterCatalog> = {}): void {
  const parts = partsOf('Koa', app, options)
  const all = [
    errorHandler(parts.handler),
    requestId(parts.requestId),
    ...(parts.rateLimit ? [rateLimit(parts.rateLimit)] : []),
  ]
  for (const middleware of all) app.use(middleware as never)
}
