import type { IncomingMessage, ServerResponse } from 'node:http'
import { read } from '../../guard/read.ts'
import { attachHandle, type LimiterHandle } from '../../rate-limit/handle.ts'
import { createLimiter } from '../../rate-limit/limiter.ts'
import type { RateLimitOptions } from '../../rate-limit/options.ts'
import type { AddressSource } from '../../rate-limit/request-key.ts'
import { isPromise } from '../../rate-limit/when.ts'

// Where to count, and for how long something rests.
export { cooldown, type Cooldown, type CooldownOptions } from '../../rate-limit/cooldown.ts'
export { addressKey } from '../../rate-limit/client-address.ts'
export { memoryStore, type MemoryStoreOptions } from '../../rate-limit/stores/memory-store.ts'
export type { RedisClient } from '../../rate-limit/stores/redis-client.ts'
export { redisStore, type RedisStoreOptions } from '../../rate-limit/stores/redis-store.ts'

// A store of one's own.
export {
  KeyFailure,
  type Decision,
  type Limit,
  type Standing,
  type Store,
  type StoreFactory,
} from '../../rate-limit/stores/store.ts'

// Limits that others compute.
export { limitHandler, type LimitHandlerOptions } from '../../rate-limit/limit-handler.ts'
export { setRateLimit, type RateLimitStanding } from '../../rate-limit/set-rate-limit.ts'

export type { LimiterHandle } from '../../rate-limit/handle.ts'
export type { Logger } from '../../report/logger.ts'
export type { StateChange } from '../../rate-limit/stores/fallback.ts'
export type { Fallback } from '../../rate-limit/stores/local.ts'
export type { RateLimitHeaders } from '../../rate-limit/fields.ts'
export type { RateLimitOptions, StoreOptions } from '../../rate-limit/options.ts'
export type { PolicyDefinition } from '../../rate-limit/policy.ts'
export type { Window } from '../../rate-limit/window.ts'

type Next = (error?: unknown) => void

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
export function rateLimit<TRequest extends IncomingMessage = IncomingMessage>(
  options: RateLimitOptions<TRequest>,
): RateLimit<TRequest> {
  const limiter = createLimiter<TRequest>(options, express)

  function rateLimit(request: TRequest, response: ServerResponse, next: Next): void {
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
