import { aFunction, type Checks } from '../guard/options.ts'
import { isSpanUpTo, spanMilliseconds, SPANS, type Span } from '../guard/span.ts'
import { LOGGER_CHECK, type Logger } from '../report/logger.ts'
import type { StateChange } from './stores/fallback/fallback.ts'
import { checkShare, FALLBACK_CHECK, type Fallback } from './stores/fallback/local.ts'
import type { StoreFactory } from './stores/store.ts'

/** The options that say where to count, and what to do while that store is away. */
export interface StoreOptions {
  /** `redisStore(client)` or `postgresStore(pool)` for many machines. @default memoryStore() */
  readonly store?: StoreFactory | undefined
  /** The store that decides while a shared one is away: `'memory'`, `'allow'` or `{ share: 1 / machines }`. @default 'memory' */
  readonly fallback?: Fallback | undefined
  /**
   * The longest wait for a promise of a store or of a function below: seconds, or a text such as `'500ms'`, at most
   * `'1m'`. A promise that settles later has failed: `skip` then counts the request, `key` lets it through, `cost`
   * is 1, and the fallback decides for a store. `redisStore` and `postgresStore` have a `timeout` of their own. @default '1s'
   */
  readonly timeout?: number | Span | undefined
  /** Called when a shared store goes away and when it is back. */
  readonly onStateChange?: ((change: StateChange) => unknown) | undefined
  /** Receives warnings, pino-shaped. @default one JSON line to stderr */
  readonly logger?: Logger | undefined
}

/** Seconds. */
const MAX_TIMEOUT = 60

/** The options of everything that counts. */
export const STORE_CHECKS: Checks<StoreOptions> = {
  store: [(value) => typeof value === 'function', 'memoryStore(), redisStore(client) or postgresStore(pool)'],
  fallback: FALLBACK_CHECK,
  timeout: [(value) => isSpanUpTo(MAX_TIMEOUT, value), `${SPANS}, from '1ms' to '1m'`],
  onStateChange: aFunction('of the change of state'),
  logger: LOGGER_CHECK,
}

/**
 * Returns options whose `fallback` has nothing that is inherited.
 *
 * @throws SetupError - for a share that is not a part of a limit
 */
export function checkStoreOptions<TOptions extends StoreOptions>(options: TOptions): TOptions {
  return { ...options, fallback: checkShare(options.fallback) }
}

/** Returns the milliseconds of an option that was checked. */
export function timeoutOf(timeout: StoreOptions['timeout'] = '1s'): number {
  return spanMilliseconds(timeout)!
}
