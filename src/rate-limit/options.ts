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
import { HEADERS_CHECKS, type RateLimitHeaders } from './fields.ts'
import { PREFIX_CHECK } from './ipv6-prefix.ts'
import type { CountIf } from './count-if.ts'
import { POLICIES_CHECK, type Eventually, type PolicyDefinition } from './policy.ts'
import { checkStoreOptions, STORE_CHECKS, type StoreOptions } from './store-options.ts'

/** The options of `rateLimit`. They are checked once, when it is called. */
export interface RateLimitOptions<
  TCatalog extends Catalog = Catalog,
  TRequest = unknown,
> extends StoreOptions {
  /** The limits, 1 to 8. A request has to keep all of them; one that is refused is counted in none. */
  readonly policies: readonly PolicyDefinition<TCatalog, TRequest>[]
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
  /**
   * Returns whether a request counts, once it was answered: `({ status }) => status === 401` counts failed logins alone.
   * It is counted when it comes, so that no more can be under way than the limit lets pass, and given back when this
   * returns false. A request that is never answered counts. @default all count
   */
  readonly countIf?: CountIf<TRequest> | undefined
  /** The headers that show where a client stands, and their form. */
  readonly headers?: RateLimitHeaders | undefined
  /**
   * Lets scripts on other origins read the headers of a limiter, Retry-After, X-Request-ID and Link: appends them to
   * Access-Control-Expose-Headers. @default false
   */
  readonly exposeHeaders?: boolean | undefined
}

const CHECKS: Checks<RateLimitOptions> = {
  ...STORE_CHECKS,
  policies: POLICIES_CHECK,
  catalog: CATALOG_CHECK,
  key: aFunction('that returns a text or a number'),
  ipv6Prefix: PREFIX_CHECK,
  cost: aFunction('that returns a positive whole number'),
  skip: aFunction('that returns true or false'),
  countIf: aFunction('that returns true or false'),
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
    ...checkStoreOptions(options),
    headers: checkGroup('headers', options.headers, HEADERS_CHECKS),
  }
}
