import { CATALOG_CHECK, type Catalog } from '../catalog/catalog.ts'
import {
  aFunction,
  checkGroup,
  checkOptions,
  isObject,
  TRUE_OR_FALSE,
  type Checks,
} from '../guard/options.ts'
import { SetupError } from '../guard/setup-error.ts'
import { LOGGER_CHECK, type Logger } from '../report/logger.ts'
import { HEADERS_CHECKS, type RateLimitHeaders } from './fields.ts'
import { PREFIX_CHECK } from './ipv6-prefix.ts'
import { POLICIES_CHECK, type PolicyDefinition } from './policy.ts'
import { isSpanUpTo, spanMilliseconds, SPANS, type Span } from '../guard/span.ts'
import type { StateChange } from './stores/fallback.ts'
import { checkShare, FALLBACK_CHECK, type Fallback } from './stores/local.ts'
import type { StoreFactory } from './stores/store.ts'

/** The options that say where to count, and what to do while that store is away. */
export interface StoreOptions {
  /** `redisStore(client)` for many machines. @default memoryStore() */
  readonly store?: StoreFactory | undefined
  /** The store that decides while a shared one is away: `'memory'`, `'allow'` or `{ share: 1 / machines }`. @default 'memory' */
  readonly fallback?: Fallback | undefined
  /**
   * The longest wait for a promise of a store or of a function below: seconds, or a text such as `'500ms'`, at most
   * `'1m'`. A promise that settles later has failed: `skip` then counts the request, `key` lets it through, `cost`
   * is 1, and the fallback decides for a store. `redisStore` has a `timeout` of its own. @default '1s'
   */
  readonly timeout?: number | Span | undefined
  /** Called when a shared store goes away and when it is back. */
  readonly onStateChange?: ((change: StateChange) => unknown) | undefined
  /** Receives warnings, pino-shaped. @default one JSON line to stderr */
  readonly logger?: Logger | undefined
}

/** A function may return a value at once, or a promise of it. */
type Eventually<T> = T | Promise<T>

/** The options of `rateLimit`. They are checked once, when it is called. */
export interface RateLimitOptions<
  TCatalog extends Catalog = Catalog,
  TRequest = unknown,
> extends StoreOptions {
  /** The limits, 1 to 8. A request has to keep all of them; one that is refused is counted in none. */
  readonly policies: readonly PolicyDefinition<TCatalog>[]
  /** The catalog of the errors to refuse with. @default `http`, whose codes are the statuses */
  readonly catalog?: TCatalog | undefined
  /**
   * Returns the client whose requests are counted together: a text or a number. A request without a key is let through
   * and not counted, and the log says so. @default the client's address: IPv6 by network, IPv4-mapped as IPv4
   */
  readonly key?: ((request: TRequest) => Eventually<string | number | undefined>) | undefined
  /**
   * The length of the network of an IPv6 client, whose addresses are counted together by the default key: a whole
   * number from 32 to 128. A `key` of your own has `addressKey(req.ip, prefix)` for it. @default 56: homes are given
   * more than a /64 (RFC 6177, section 2)
   */
  readonly ipv6Prefix?: number | undefined
  /** Returns the cost of a request: a positive whole number. @default 1 */
  readonly cost?: ((request: TRequest) => Eventually<number>) | undefined
  /** Returns true for a request that is not to be counted. CORS preflights never are. */
  readonly skip?: ((request: TRequest) => Eventually<boolean>) | undefined
  /** The headers that show where a client stands, and their form. */
  readonly headers?: RateLimitHeaders | undefined
  /**
   * Lets scripts on other origins read the headers of a limiter, Retry-After, X-Request-ID and Link: appends them to
   * Access-Control-Expose-Headers. @default false
   */
  readonly exposeHeaders?: boolean | undefined
}

/** Seconds. */
const MAX_TIMEOUT = 60

/** The options of everything that counts. */
export const STORE_CHECKS: Checks<StoreOptions> = {
  store: [(value) => typeof value === 'function', 'memoryStore() or redisStore(client)'],
  fallback: FALLBACK_CHECK,
  timeout: [(value) => isSpanUpTo(MAX_TIMEOUT, value), `${SPANS}, from '1ms' to '1m'`],
  onStateChange: aFunction('of the change of state'),
  logger: LOGGER_CHECK,
}

const CHECKS: Checks<RateLimitOptions> = {
  ...STORE_CHECKS,
  policies: POLICIES_CHECK,
  catalog: CATALOG_CHECK,
  key: aFunction('that returns a text or a number'),
  ipv6Prefix: PREFIX_CHECK,
  cost: aFunction('that returns a positive whole number'),
  skip: aFunction('that returns true or false'),
  headers: [isObject, "an object such as { draft: 'draft-11' }, or nothing"],
  exposeHeaders: TRUE_OR_FALSE,
}

/**
 * Returns the options of `rateLimit` that were given, with none that is inherited.
 *
 * @throws SetupError - for an option that does not exist or cannot work
 */
export function checkRateLimit<TRequest>(
  given: RateLimitOptions<Catalog, TRequest>,
): RateLimitOptions<Catalog, TRequest> & { readonly headers: RateLimitHeaders } {
  const options = checkOptions<RateLimitOptions<Catalog, TRequest>>(
    'rateLimit',
    given,
    CHECKS,
    '{ policies }',
  )
  const { key, ipv6Prefix } = options
  if (key !== undefined && ipv6Prefix !== undefined) {
    throw new SetupError(
      `Option ipv6Prefix is ${ipv6Prefix}, and is of the default key alone, but key is given. Leave one out; a key may return addressKey(address, ${ipv6Prefix}).`,
    )
  }
  return {
    ...options,
    fallback: checkShare(options.fallback),
    headers: checkGroup('headers', options.headers, HEADERS_CHECKS),
  }
}

/** Returns the milliseconds of an option that was checked. */
export function timeoutOf(timeout: StoreOptions['timeout'] = '1s'): number {
  return spanMilliseconds(timeout)!
}
