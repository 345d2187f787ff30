import type { IncomingMessage, ServerResponse } from 'node:http'
import { bare } from '../../guard/own.ts'
import { read } from '../../guard/read.ts'
import { isPromise } from '../../rate-limit/asked.ts'
import { createLimiter, type AddressSource } from '../../rate-limit/limiter.ts'
import type { RateLimitOptions } from '../../rate-limit/options.ts'

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

export type { Logger } from '../../report/logger.ts'
export type { Fallback, StateChange } from '../../rate-limit/stores/fallback.ts'
export type { RateLimitHeaders } from '../../rate-limit/fields.ts'
export type { RateLimitOptions, StoreOptions } from '../../rate-limit/options.ts'
export type { PolicyDefinition } from '../../rate-limit/policy.ts'
export type { Window } from '../../rate-limit/window.ts'

type Next = (error?: unknown) => void

/** The middleware of one limiter. Mounted twice in the way of a request, it counts it once. */
export interface RateLimit<TRequest> {
  (request: TRequest, response: ServerResponse, next: Next): void
  /** Whether the shared store is away now, so that the fallback decides. */
  readonly degraded: boolean
  /** Lets the process end. The client that the store was given stays open. */
  readonly close: () => void
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
  return Object.defineProperties(rateLimit, {
    degraded: bare({ get: limiter.degraded }),
    close: bare({ value: limiter.close }),
  }) as RateLimit<TRequest>
}

const express: AddressSource<IncomingMessage> = {
  addresses: (request) => [read(request, 'ip'), read(read(request, 'socket'), 'remoteAddress')],
  trustsAnyone: (request) => read(read(read(request, 'app'), 'settings'), 'trust proxy') === true,
}
