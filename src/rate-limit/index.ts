// Limits, apart from any framework: `rateLimit` is in the face of each.

// Stores say where to count, and a cooldown for how long something rests.
export { cooldown, type Cooldown, type CooldownOptions } from './cooldown.ts'
export { addressKey } from './client-address.ts'
export { memoryStore, type MemoryStoreOptions } from './stores/memory/memory-store.ts'
export type { RedisClient } from './stores/redis/client.ts'
export type { PostgresPool } from './stores/postgres/pool.ts'
export {
  postgresStore,
  postgresStoreSql,
  type PostgresStoreOptions,
} from './stores/postgres/postgres-store.ts'
export { redisStore, type RedisStoreOptions } from './stores/redis/redis-store.ts'

// Counting without a response.
export { createLimiter, type CountOptions, type Limiter, type LimiterOptions } from './limiter.ts'
export type { LimiterHandle } from './handle.ts'
export type { Decision, PolicyStanding } from './decision.ts'

// A store of one's own.
export {
  KeyFailure,
  type StoreDecision,
  type Limit,
  type Limits,
  type Standing,
  type Store,
  type StoreFactory,
} from './stores/store.ts'

// Limits that others compute.
export { limitHandler, type LimitHandlerOptions } from './limit-handler.ts'
export { setRateLimit, type RateLimitStanding } from './set-rate-limit.ts'
export type { HeaderTarget } from './response-limits.ts'

export type { Logger } from '../report/logger.ts'
export type { StateChange } from './stores/fallback/fallback.ts'
export type { Fallback } from './stores/fallback/local.ts'
export type { RateLimitHeaders } from './fields.ts'
export type { RateLimitOptions } from './options.ts'
export type { AnsweredRequest, CountIf } from './count-if.ts'
export type { LimitDefinition, PolicyDefinition } from './policy.ts'
export type { StoreOptions } from './store-options.ts'
export type { Span } from '../guard/span.ts'
export type { Calendar, Period } from './calendar.ts'
export type { Window, WindowDefinition } from './window.ts'
