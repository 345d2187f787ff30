import { isCatalog, type Catalog } from '../catalog/catalog.ts'
import { ownOptions, SetupError, show } from '../guard/setup-error.ts'
import type { StateChange } from './stores/fallback.ts'
import { checkFallback, type Fallback } from './stores/local.ts'
import type { RateLimitHeaders } from './fields.ts'
import type { PolicyDefinition } from './policy.ts'
import { parseSpan, type Span } from './span.ts'
import type { StoreFactory } from './stores/store.ts'
import type { Logger } from './warn.ts'

/** Where to count, and what to do while that is away. */
export interface StoreOptions {
  /** `redisStore(client)` for many machines. @default memoryStore() */
  readonly store?: StoreFactory | undefined
  /** What decides while a shared store is away: `'memory'`, `'allow'` or `{ share: 1 / machines }`. @default 'memory' */
  readonly fallback?: Fallback | undefined
  /**
   * How long a promise is waited for, of a store or of a function below: seconds, or a text such as `'500ms'`, at most
   * `'1m'`. One that settles later has failed: `skip` then counts the request, `key` lets it through, `cost` is 1, and
   * the fallback decides for a store. `redisStore` has a `timeout` of its own. @default '1s'
   */
  readonly timeout?: number | Span | undefined
  /** Told when a shared store goes away and when it is back. */
  readonly onStateChange?: ((change: StateChange) => unknown) | undefined
  /** Receives warnings, pino-shaped. @default one JSON line to stderr */
  readonly logger?: Logger | undefined
}

/** At once, or as a promise. */
type Eventually<T> = T | Promise<T>

/** What `rateLimit` can be told. Checked once, when it is called. */
export interface RateLimitOptions<TRequest> extends StoreOptions {
  /** The limits, 1 to 8. A request has to keep all of them; one that is refused is counted in none. */
  readonly policies: readonly PolicyDefinition[]
  /** The catalog of the errors to refuse with. @default `http`, whose codes are the statuses */
  readonly catalog?: Catalog | undefined
  /**
   * Whose requests are counted together: a text or a number. A request without a key is let through and not counted,
   * and the log says so. @default the client's address: IPv6 by /64, IPv4-mapped as IPv4
   */
  readonly key?: ((request: TRequest) => Eventually<string | number | undefined>) | undefined
  /** What a request costs: a positive whole number. @default 1 */
  readonly cost?: ((request: TRequest) => Eventually<number>) | undefined
  /** Whether a request is not counted. CORS preflights never are. */
  readonly skip?: ((request: TRequest) => Eventually<boolean>) | undefined
  readonly headers?: RateLimitHeaders | undefined
  /**
   * Lets scripts on other origins read the headers of a limiter, Retry-After, X-Request-ID and Link: appends them to
   * Access-Control-Expose-Headers. @default false
   */
  readonly exposeHeaders?: boolean | undefined
}

const OPTIONS: Record<keyof RateLimitOptions<unknown>, true> = {
  policies: true,
  catalog: true,
  key: true,
  cost: true,
  skip: true,
  store: true,
  fallback: true,
  timeout: true,
  headers: true,
  exposeHeaders: true,
  logger: true,
  onStateChange: true,
}

/**
 * Returns the options that were given, with none that is inherited. Policies are checked on their own.
 *
 * @throws SetupError - for an option that does not exist or cannot work
 */
export function checkOptions<TRequest>(
  given: RateLimitOptions<TRequest>,
): RateLimitOptions<TRequest> & { readonly headers: RateLimitHeaders } {
  if (typeof given !== 'object' || given === null) {
    throw new SetupError(`rateLimit was called with ${show(given)}. Give { policies }.`)
  }
  const options = ownOptions('rateLimit', given, Object.keys(OPTIONS))
  const { catalog, key, cost, skip, exposeHeaders } = options
  expect('catalog', catalog, isCatalog(catalog), 'what defineCatalog returned')
  expect('key', key, typeof key === 'function', 'a function that returns a text or a number')
  expect('cost', cost, typeof cost === 'function', 'a function that returns a positive whole number')
  expect('skip', skip, typeof skip === 'function', 'a function that returns true or false')
  expect('exposeHeaders', exposeHeaders, typeof exposeHeaders === 'boolean', 'true or false')
  return Object.assign(options, checkStoreOptions(options), { headers: checkHeaders(options.headers) })
}

/** Checks what all that count have in common, of own options. */
export function checkStoreOptions({ store, fallback, logger, onStateChange }: StoreOptions): StoreOptions {
  expect('store', store, typeof store === 'function', 'memoryStore() or redisStore(client)')
  expect(
    'logger',
    logger,
    typeof logger?.error === 'function',
    'an object with error, warn and info, as pino is',
  )
  expect(
    'onStateChange',
    onStateChange,
    typeof onStateChange === 'function',
    'a function of the change of state',
  )
  return { store, fallback: checkFallback(fallback), logger, onStateChange }
}

const DEFAULT_TIMEOUT = '1s'
const MAX_TIMEOUT = 60_000

/**
 * Returns the milliseconds of the option.
 *
 * @throws SetupError - when it is no span that a client can wait for
 */
export function timeoutOf(timeout: StoreOptions['timeout'] = DEFAULT_TIMEOUT): number {
  const span = typeof timeout === 'number' ? timeout * 1000 : parseSpan(timeout)
  if (span !== undefined && span >= 1 && span <= MAX_TIMEOUT) return span
  throw new SetupError(
    `Option timeout is ${show(timeout)}. Give seconds, or a text such as '500ms' or '2s'; at most '1m'.`,
  )
}

const HEADERS: Record<keyof RateLimitHeaders, readonly unknown[]> = {
  legacy: [true, false],
  reset: ['epoch', 'delta'],
  draft: ['draft-7', 'draft-8', 'draft-11'],
}

function checkHeaders(given: RateLimitHeaders = {}): RateLimitHeaders {
  if (typeof given !== 'object' || given === null) {
    throw new SetupError(
      `Option headers is ${show(given)}. Give an object such as { draft: 'draft-11' }, or nothing.`,
    )
  }
  const names = Object.keys(HEADERS) as (keyof RateLimitHeaders)[]
  const headers = ownOptions('Option headers', given, names)
  for (const name of names) {
    const values = HEADERS[name]
    expect(`headers.${name}`, headers[name], values.includes(headers[name]), `one of ${values.join(', ')}`)
  }
  return headers
}

function expect(option: string, value: unknown, valid: boolean, what: string): void {
  if (value !== undefined && !valid) throw new SetupError(`Option ${option} is ${show(value)}. Give ${what}.`)
}
