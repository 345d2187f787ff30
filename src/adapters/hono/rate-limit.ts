import type { Env, MiddlewareHandler, Context } from 'hono'
import type { Catalog } from '../../catalog/catalog.ts'
import { checkCalled } from '../../guard/mounted.ts'
import { attachLimiter, type Limiter } from '../../rate-limit/limiter.ts'
import type { RateLimitOptions } from '../../rate-limit/options.ts'
import { createRequestLimiter } from '../../rate-limit/request-limiter.ts'
import { isPromise } from '../../rate-limit/when.ts'
import { hono, rawRequest } from './client.ts'
import { isContext, type AnyContext } from './context.ts'
import { refuse } from '../framework.ts'
import { limitedResponse } from './limited-response.ts'

/** The middleware of one limiter. Mounted twice in the way of a request, it counts it once. */
export type RateLimit<TEnv extends Env> = MiddlewareHandler<TEnv> & Limiter<Context<TEnv>>

/**
 * Limits requests: sets X-RateLimit-* on every response behind it, and throws a BizError for a request beyond a limit.
 * For Hono 4, on hosts with node:crypto.
 *
 * @throws SetupError - when an option is wrong, or the host cannot limit
 * @example
 * app.use(rateLimit({ policies: [{ name: 'second', limit: 10, window: '1s' }] }))
 */
// oxlint-disable-next-line typescript/no-explicit-any
export function rateLimit<TEnv extends Env = any, TCatalog extends Catalog = Catalog>(
  options: RateLimitOptions<TCatalog, Context<TEnv>>,
): RateLimit<TEnv> {
  checkCalled('rateLimit({ policies })', options)
  const limiter = createRequestLimiter(options as RateLimitOptions<Catalog, AnyContext>, hono)

  const rateLimit: MiddlewareHandler = async function rateLimit(context, next, expressNext?: unknown) {
    if (!isContext(context)) return refuse('Hono', 'rateLimit', [context, next], expressNext)
    const response = limitedResponse(context)
    const verdict = limiter.limit(context, rawRequest(context), response)
    const refusal = verdict !== undefined && isPromise(verdict) ? await verdict : verdict
    if (refusal !== undefined) throw refusal
    await next()
    response.close()
  }
  return attachLimiter(rateLimit, limiter)
}
