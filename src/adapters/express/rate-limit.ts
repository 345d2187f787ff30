import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Catalog } from '../../catalog/catalog.ts'
import { read } from '../../guard/read.ts'
import { attachHandle, type LimiterHandle } from '../../rate-limit/handle.ts'
import { createLimiter } from '../../rate-limit/limiter.ts'
import type { RateLimitOptions } from '../../rate-limit/options.ts'
import type { AddressSource } from '../../rate-limit/request-key.ts'
import { isPromise } from '../../rate-limit/when.ts'
import { checkCalled } from '../../guard/mounted.ts'
import { notOnExpress, type Next } from './next.ts'

/** The middleware of one limiter. Mounted twice in the way of a request, it counts it once. */
export interface RateLimit<TRequest> extends LimiterHandle {
  (request: TRequest, response: ServerResponse, next: Next): void
}

/**
 * Limits requests: sets X-RateLimit-* on every response behind it, and passes a BizError to `next` for a request
 * beyond a limit. For Express 4 and 5.
 *
 * @throws SetupError - when an option is wrong
 * @example
 * app.use(rateLimit({ policies: [{ name: 'second', limit: 10, window: '1s' }] }))
 */
export function rateLimit<
  TCatalog extends Catalog = Catalog,
  TRequest extends IncomingMessage = IncomingMessage,
>(options: RateLimitOptions<TCatalog, TRequest>): RateLimit<TRequest> {
  checkCalled('rateLimit({ policies })', options)
  const limiter = createLimiter<TRequest>(options, express)

  function rateLimit(request: TRequest, response: ServerResponse, next: Next | undefined): void {
    if (next === undefined) throw notOnExpress('rateLimit')
    const refusal = limiter.limit(request, request, response)
    if (refusal === undefined) next()
    else if (isPromise(refusal)) void refusal.then((refusal) => (refusal ? next(refusal) : next()))
    else next(refusal)
  }
  return attachHandle(rateLimit, limiter)
}

const express: AddressSource<IncomingMessage> = {
  addresses: (request) => [read(request, 'ip'), read(read(request, 'socket'), 'remoteAddress')],
  trustsAnyone: (request) => read(read(read(request, 'app'), 'settings'), 'trust proxy') === true,
}
