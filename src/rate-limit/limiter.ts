import { bare } from '../guard/own.ts'
import { checkOptions, isObject, type Checks } from '../guard/options.ts'
import { read } from '../guard/read.ts'
import { isSpanUpTo, spanMilliseconds, SPANS, type Span } from '../guard/span.ts'
import { costOf, openCounting, type Counting } from './counting.ts'
import { decisionOf, LET_THROUGH, type Decision } from './decision.ts'
import type { LimiterHandle } from './handle.ts'
import { storeKey } from './key.ts'
import { checkStoreOptions, STORE_CHECKS, type StoreOptions } from './store-options.ts'
import { createLimits, POLICIES_CHECK, type LimitDefinition } from './policy.ts'
import { createWarn, itWas } from './warn.ts'
import { MAX_WINDOW, warnOfMilliseconds } from './window.ts'

/** The options of `createLimiter`. They are checked once, when it is called. */
export interface LimiterOptions<TRequest = unknown> extends StoreOptions {
  /** The limits, 1 to 8. What is counted has to keep all of them; what is refused is counted in none. */
  readonly policies: readonly LimitDefinition<TRequest>[]
}

/** What is counted, beside its key. */
export interface CountOptions<TRequest> {
  /** A positive whole number. @default 1 */
  readonly cost?: number | undefined
  /** What the limits that are functions are called with. */
  readonly request?: TRequest | undefined
}

/**
 * Counts without a response: for sockets, jobs, GraphQL, and the people who help a client that is locked out. A key is a
 * text or a number, the same as the `key` of `rateLimit` returns. Nothing here throws or rejects.
 */
export interface Limiter<TRequest = unknown> extends LimiterHandle {
  /** Counts a key, unless it is refused. */
  readonly consume: (key: string | number, options?: CountOptions<TRequest>) => Promise<Decision>
  /** Decides as `consume` would, and counts nothing. */
  readonly peek: (key: string | number, options?: CountOptions<TRequest>) => Promise<Decision>
  /**
   * Forgets all that is counted of a key, and ends its block.
   *
   * @returns whether that is so on all machines; false while the shared store is away
   */
  readonly reset: (key: string | number) => Promise<boolean>
  /**
   * Refuses a key for a time, as one that has used up all limits. The last block holds; `reset` ends it.
   *
   * @param time - seconds, or a text such as `'10m'`: at most `'400d'`
   * @returns whether that is so on all machines; false while the shared store is away
   */
  readonly block: (key: string | number, time: number | Span) => Promise<boolean>
}

const CHECKS: Checks<LimiterOptions> = { ...STORE_CHECKS, policies: POLICIES_CHECK }

/**
 * Makes a limiter for what is no HTTP request. That of requests is `rateLimit`, which returns one, too.
 *
 * @throws SetupError - when an option is wrong
 * @example
 * const messages = createLimiter({ policies: [{ name: 'minute', limit: 60, window: '1m' }] })
 * const { allowed, retryAfter } = await messages.consume(user.id)
 */
export function createLimiter<TRequest = unknown>(given: LimiterOptions<TRequest>): Limiter<TRequest> {
  const options = checkStoreOptions(checkOptions('createLimiter', given, CHECKS as never, '{ policies }'))
  const warn = createWarn(options.logger)
  const limits = createLimits(options.policies)
  for (const { name, window } of options.policies) warnOfMilliseconds(`Policy ${name}`, window, warn)
  return limiterOf(openCounting<TRequest>(limits, options, warn))
}

/** Makes the methods of a limiter. */
export function limiterOf<TRequest>({
  limits,
  numbers,
  store,
  warnRarely,
}: Counting<TRequest>): Limiter<TRequest> {
  async function decide(
    method: 'consume' | 'peek',
    given: unknown,
    options: CountOptions<TRequest> | undefined,
  ): Promise<Decision> {
    const key = keyOf(method, given)
    if (key === undefined) return LET_THROUGH
    try {
      if (!isCountOptions(options)) {
        warnRarely(`The second argument of ${method} is { cost, request }, or nothing`, itWas(options))
      }
      const cost = read(options, 'cost')
      const request = read(options, 'request') as TRequest
      const counted = cost === undefined ? 1 : costOf({ failed: false, value: cost }, warnRarely)
      if (typeof numbers !== 'function') {
        return decisionOf(await store[method](key, counted), limits, numbers)
      }
      const asked = await numbers(request)
      return decisionOf(await store[method](key, counted, asked), limits, asked)
    } catch (error) {
      warnRarely('The store of the rate limits failed; requests are let through', error)
      return LET_THROUGH
    }
  }

  function keyOf(method: string, given: unknown): string | undefined {
    const key = storeKey(given)
    if (key === undefined) {
      warnRarely(`${method} was called without a key: give a text or a number`, itWas(given))
    }
    return key
  }

  return {
    consume: (key, options) => decide('consume', key, options),
    peek: (key, options) => decide('peek', key, options),
    async reset(given) {
      const key = keyOf('reset', given)
      return key !== undefined && store.reset(key)
    },
    async block(given, time) {
      const key = keyOf('block', given)
      if (key === undefined) return false
      if (isSpanUpTo(MAX_WINDOW, time)) return store.block(key, spanMilliseconds(time)! / 1000)
      warnRarely(
        `block was called with a time that is none, and blocks nothing: give ${SPANS}; at most '400d'`,
        itWas(time),
      )
      return false
    },
    get degraded() {
      return store.degraded
    },
    close: () => store.close(),
  }
}

/** Whether nothing in options is misspelled. */
function isCountOptions(options: unknown): boolean {
  if (options === undefined) return true
  try {
    return isObject(options) && Object.keys(options).every((name) => name === 'cost' || name === 'request')
  } catch {
    return false
  }
}

/** Puts the methods of a limiter onto its middleware. */
export function attachLimiter<TMiddleware extends object, TRequest>(
  middleware: TMiddleware,
  limiter: Limiter<TRequest>,
): TMiddleware & Limiter<TRequest> {
  for (const name of METHODS) {
    Object.defineProperty(middleware, name, bare({ value: limiter[name] }))
  }
  return Object.defineProperty(middleware, 'degraded', bare({ get: () => limiter.degraded })) as TMiddleware &
    Limiter<TRequest>
}

const METHODS = ['consume', 'peek', 'reset', 'block', 'close'] as const
