import type { FastifyRequest } from 'fastify'
import type { IncomingMessage } from 'node:http'
import type { Catalog } from '../../catalog/catalog.ts'
import { checkCalled } from '../../guard/mounted.ts'
import type { AddressSource } from '../../rate-limit/address-source.ts'
import { attachLimiter, type Limiter } from '../../rate-limit/limiter.ts'
import type { RateLimitOptions } from '../../rate-limit/options.ts'
import { createRequestLimiter } from '../../rate-limit/request-limiter.ts'
import { isPromise } from '../../rate-limit/when.ts'
import { fastify, showExposed, type ReplyHeaders } from '../node/fastify-limits.ts'
import { notOn } from '../framework.ts'
import type { OnRequest } from './request-id.ts'

/** The hook of one limiter. Added twice in the way of a request, it counts it once. */
export interface RateLimit<TRequest> extends Limiter<TRequest>, OnRequest {}

interface Request {
  readonly raw: IncomingMessage
}

/**
 * Limits requests: sets X-RateLimit-* on every response behind it, and fails with a BizError for a request beyond a
 * limit. For Fastify 5 and 4.
 *
 * @throws SetupError - when an option is wrong
 * @example
 * app.addHook('onRequest', rateLimit({ policies: [{ name: 'second', limit: 10, window: '1s' }] }))
 * @example
 * app.post('/login', { preHandler: rateLimit({ policies, key: (request) => request.body.name }) }, login)
 */
export function rateLimit<TRequest extends object = FastifyRequest, TCatalog extends Catalog = Catalog>(
  options: RateLimitOptions<TCatalog, TRequest>,
): RateLimit<TRequest> {
  checkCalled('rateLimit({ policies })', options)
  const limiter = createRequestLimiter<TRequest>(options, fastify as AddressSource<TRequest>)

  function rateLimit(request: object, reply: object, done: (refusal?: never) => void): void {
    const { raw } = reply as ReplyHeaders
    if (raw === undefined) throw notOn('Fastify', 'rateLimit', request, reply)
    showExposed(reply as ReplyHeaders)
    const next = done as (refusal?: unknown) => void
    const refusal = limiter.limit(request as TRequest, (request as Request).raw, raw)
    if (refusal !== undefined && isPromise(refusal)) void refusal.then(next)
    else next(refusal)
  }
  return attachLimiter(rateLimit, limiter)
}
