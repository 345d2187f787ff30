import { catalog as http } from '../catalogs/http.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { BizError } from '../error/biz-error.ts'
import { createNoCatalogWarning } from '../error/own-catalog.ts'
import { read } from '../guard/read.ts'
import type { AddressSource, RawRequest } from './address-source.ts'
import { ask, type Asked } from './asked.ts'
import type { FieldValues } from './drafts.ts'
import { createFieldWriter } from './fields.ts'
import type { LimiterHandle } from './handle.ts'
import { DEFAULT_PREFIX } from './ipv6-prefix.ts'
import { checkRateLimit, timeoutOf, type RateLimitOptions } from './options.ts'
import { createPolicies, limitOf } from './policy.ts'
import { advertisedStandings, createRefuse, tightestOf } from './refusal.ts'
import { createAddressKey, keyOf } from './request-key.ts'
import { isCounted, markCounted, type HeaderTarget } from './response-limits.ts'
import { createDeadline } from './stores/deadline.ts'
import { openStore } from './stores/open-store.ts'
import { isAllowed, type Decision } from './stores/store.ts'
import { createWarn, rarely } from './warn.ts'
import { when } from './when.ts'
import { warnOfMilliseconds } from './window.ts'

/** The error to throw when a request is refused. It is a promise only where something had to be waited for. */
type Verdict = BizError | undefined | Promise<BizError | undefined>

/** Counts requests and says which to refuse. */
export interface Limiter<TRequest> extends LimiterHandle {
  /** Counts a request and writes the headers of its response. Never throws, nor rejects. */
  readonly limit: (request: TRequest, raw: RawRequest, response: HeaderTarget) => Verdict
}

/** Sets up the way from a request to its refusal: key and cost → decision → headers → BizError. */
export function createLimiter<TRequest>(
  given: RateLimitOptions<Catalog, TRequest>,
  source: AddressSource<TRequest>,
): Limiter<TRequest> {
  const options = checkRateLimit(given)
  const { catalog = http, skip, cost, ipv6Prefix = DEFAULT_PREFIX } = options
  const policies = createPolicies(options.policies, catalog)
  const writeFields = createFieldWriter(policies, options.headers, options.exposeHeaders ?? false)
  const refuse = createRefuse(policies, catalog)
  const warn = createWarn(options.logger)
  const warnOfNoCatalog = createNoCatalogWarning('rateLimit', options.catalog, warn)
  warnOfNoCatalog()
  const warnRarely = rarely(warn)
  for (const { name, window } of options.policies) warnOfMilliseconds(`Policy ${name}`, window, warn)
  const deadline = createDeadline(timeoutOf(options.timeout))
  const store = openStore(policies.map(limitOf), options.store, deadline, {
    fallback: options.fallback,
    onStateChange: options.onStateChange,
    warn,
  })
  const key = options.key ?? createAddressKey(source, ipv6Prefix, warn)

  function limit(request: TRequest, raw: RawRequest, response: HeaderTarget): Verdict {
    if (isCounted(response, limiter) || isPreflight(raw)) return undefined
    if (skip === undefined) return count(request, raw, response)
    return when(ask(skip, request, deadline), (asked) =>
      isSkipped(asked) ? undefined : count(request, raw, response),
    )
  }

  function count(request: TRequest, raw: RawRequest, response: HeaderTarget): Verdict {
    const askedKey = ask(key, request, deadline)
    const askedCost = cost === undefined ? DEFAULT_COST : ask(cost, request, deadline)
    return when(askedKey, (askedKey) =>
      when(askedCost, (askedCost) => {
        const key = keyOf(askedKey, raw, warnRarely)
        return key === undefined ? undefined : consume(key, costOf(askedCost), response)
      }),
    )
  }

  function consume(key: string, cost: number, response: HeaderTarget): Verdict {
    try {
      return when(store.consume(key, cost), (decision) => settle(decision, key, cost, response), letThrough)
    } catch (error) {
      return letThrough(error)
    }
  }

  function settle(
    decision: Decision,
    key: string,
    cost: number,
    response: HeaderTarget,
  ): BizError | undefined {
    try {
      const tightest = tightestOf(decision, policies, cost)
      const standings = advertisedStandings(decision)
      if (!standings[tightest]) throw new Error('The store did not say where the client stands')
      const refusal = isAllowed(decision) ? undefined : refuse(decision, tightest)
      if (refusal !== undefined) warnOfNoCatalog()
      writeHeaders(response, { key, standings, tightest, refused: refusal !== undefined })
      return refusal
    } catch (error) {
      return letThrough(error)
    }
  }

  /** A response may take no header, because it is gone or somebody has patched it. That changes no decision. */
  function writeHeaders(response: HeaderTarget, values: FieldValues): void {
    try {
      if (!values.refused) markCounted(response, limiter)
      writeFields(response, values)
    } catch (error) {
      warnRarely('The headers of the rate limits could not be set', error)
    }
  }

  /** A store that breaks its contract costs no client anything. */
  function letThrough(error: unknown): undefined {
    warnRarely('The store of the rate limits failed; requests are let through', error)
  }

  function isSkipped(asked: Asked): boolean {
    if (asked.failed) warnRarely('The skip function failed; the request was counted', asked.error)
    return !asked.failed && asked.value === true
  }

  function costOf(asked: Asked): number {
    const cost = asked.failed ? undefined : asked.value
    if (Number.isSafeInteger(cost) && (cost as number) > 0) return cost as number
    const error = asked.failed ? asked.error : undefined
    warnRarely('The cost of a request was no positive whole number; 1 was counted', error)
    return 1
  }

  const limiter: Limiter<TRequest> = {
    limit,
    get degraded() {
      return store.degraded
    },
    close: () => store.close(),
  }
  return limiter
}

const DEFAULT_COST: Asked = { failed: false, value: 1 }

/** Preflights are not counted: a browser sends one before the request itself (Fetch standard, CORS-preflight fetch). */
function isPreflight({ method, headers }: RawRequest): boolean {
  return method === 'OPTIONS' && read(headers, 'access-control-request-method') !== undefined
}
