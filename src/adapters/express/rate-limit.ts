import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Catalog } from '../../catalog/catalog.ts'
import { attachLimiter, type Limiter } from '../../rate-limit/limiter.ts'
import { createRequestLimiter } from '../../rate-limit/request-limiter.ts'
import type { RateLimitOptions } from '../../rate-limit/options.ts'
import { isPromise } from '../../rate-limit/when.ts'
import { checkCalled } from '../../guard/mounted.ts'
import { express } from '../node/express-limits.ts'
import type { AnyRequest } from './any-request.ts'
import { isOnExpress, notOnExpress, type Next } from './next.ts'

/** The middleware of one limiter. Mounted twice in the way of a request, it counts it once. */
export interface RateLimit<TRequest> extends Limiter<TRequest> {
  (request: TRequest, response: ServerResponse, next: Next): void
}

/**
 * Limits requests: sets X-RateLimit-* on every response behind it, and passes a BizError to `next` for a request
 * beyond a limit. For Express 4 and 5.
 *
 * @typeParam TRequest - of a limiter in a constant, whose functions read more than every request has
 * @throws SetupError - when an option is wrong
 * @example
 * app.use(rateLimit({ policies: [{ name: 'second', limit: 10, window: '1s' }] }))
 * @example
 * const logins = rateLimit<Request>({ policies, key: (req) => req.session.id })
 */
export function rateLimit<TRequest extends IncomingMessage = AnyRequest, TCatalog extends Catalog = Catalog>(
  options: RateLimitOptions<TCatalog, TRequest>,
): RateLimit<TRequest> {
  checkCalled('rateLimit({ policies })', options)
  const limiter = createRequestLimiter<TRequest>(options, express)

  function rateLimit(request: TRequest, response: ServerResponse, next: Next): void {
    if (!isOnExpress(response, next)) throw notOnExpress('rateLimit', response, request)
    const refusal = limiter.limit(request, request, response)
    if (refusal === undefined) next()
    else if (isPromise(refusal)) void refusal.then((refusal) => (refusal ? next(refusal) : next()))
    else next(refusal)
  }
  return attachLimiter(rateLimit, limiter)
}
