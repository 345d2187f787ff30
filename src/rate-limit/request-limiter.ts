import { catalog as http } from '../catalogs/http.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { BizError } from '../error/biz-error.ts'
import { createNoCatalogWarning } from '../error/own-catalog.ts'
import { read } from '../guard/read.ts'
import type { AnsweredResponse } from '../report/answered.ts'
import type { AddressSource, RawRequest } from './address-source.ts'
import { ask, type Asked } from './asked.ts'
import { createCountIf } from './count-if.ts'
import { costOf, openCounting } from './counting.ts'
import type { FieldValues } from './drafts.ts'
import { createFieldWriter } from './fields.ts'
import { DEFAULT_PREFIX } from './ipv6-prefix.ts'
import { attachLimiter, limiterOf, type Limiter } from './limiter.ts'
import { checkRateLimit, type RateLimitOptions } from './options.ts'
import { createPolicies } from './policy.ts'
import { advertisedStandings, createRefuse, tightestOf } from './refusal.ts'
import { createAddressKey, keyOf } from './request-key.ts'
import { isCounted, markCounted, type HeaderTarget } from './response-limits.ts'
import { isAllowed, type StoreDecision, type Limits } from './stores/store.ts'
import { createWarn, itWas } from './warn.ts'
import { when } from './when.ts'
import { warnOfMilliseconds } from './window.ts'

/** What is counted, and by which numbers. */
interface Counted<TRequest> {
  readonly request: TRequest
  readonly key: string
  readonly cost: number
  readonly numbers: Limits
}

/** The error to throw when a request is refused. It is a promise only where something had to be waited for. */
type Verdict = BizError | undefined | Promise<BizError | undefined>

/** Counts requests and says which to refuse. */
export interface RequestLimiter<TRequest> extends Limiter<TRequest> {
  /** Counts a request and writes the headers of its response. Never throws, nor rejects. */
  readonly limit: (request: TRequest, raw: RawRequest, response: LimitedResponse) => Verdict
}

/** The part of a raw response that is used. */
export type LimitedResponse = HeaderTarget & AnsweredResponse

/** Sets up the way from a request to its refusal: key and cost → decision → headers → BizError. */
export function createRequestLimiter<TRequest>(
  given: RateLimitOptions<Catalog, TRequest>,
  source: AddressSource<TRequest>,
): RequestLimiter<TRequest> {
  const options = checkRateLimit(given)
  const { catalog = http, skip, cost, countIf, ipv6Prefix = DEFAULT_PREFIX } = options
  const policies = createPolicies(options.policies, catalog)
  const writeFields = createFieldWriter(policies, options.headers, options.exposeHeaders ?? false)
  const refuse = createRefuse(policies, catalog)
  const warn = createWarn(options.logger)
  const warnOfNoCatalog = createNoCatalogWarning('rateLimit', options.catalog, warn)
  warnOfNoCatalog()
  for (const { name, window } of options.policies) warnOfMilliseconds(`Policy ${name}`, window, warn)
  const counting = openCounting<TRequest>(policies, options, warn, countIf && ['giveBack'])
  const { numbers, store, deadline, warnRarely } = counting
  const whenAnswered = countIf && createCountIf(countIf, counting)
  const key = options.key ?? createAddressKey(source, ipv6Prefix, warn)

  function limit(request: TRequest, raw: RawRequest, response: LimitedResponse): Verdict {
    if (isCounted(response, limiter) || isPreflight(raw)) return undefined
    if (skip === undefined) return count(request, raw, response)
    return when(ask(skip, request, deadline), (asked) =>
      isSkipped(asked) ? undefined : count(request, raw, response),
    )
  }

  function count(request: TRequest, raw: RawRequest, response: LimitedResponse): Verdict {
    const askedKey = ask(key, request, deadline)
    const askedCost = cost === undefined ? DEFAULT_COST : ask(cost, request, deadline)
    const askedNumbers = typeof numbers === 'function' ? numbers(request) : undefined
    return when(askedKey, (askedKey) =>
      when(askedCost, (askedCost) => {
        const key = keyOf(askedKey, raw, warnRarely)
        if (key === undefined) return undefined
        const cost = costOf(askedCost, warnRarely)
        if (typeof numbers !== 'function') return consume({ request, key, cost, numbers }, response)
        return when(askedNumbers!, (numbers) => consume({ request, key, cost, numbers }, response))
      }),
    )
  }

  function consume(counted: Counted<TRequest>, response: LimitedResponse): Verdict {
    const { key, cost } = counted
    try {
      // A store knows the numbers that are the same for all requests.
      const own = typeof numbers === 'function' ? counted.numbers : undefined
      return when(
        store.consume(key, cost, own),
        (decision) => settle(decision, counted, response),
        letThrough,
      )
    } catch (error) {
      return letThrough(error)
    }
  }

  function settle(
    decision: StoreDecision,
    counted: Counted<TRequest>,
    response: LimitedResponse,
  ): BizError | undefined {
    const { request, key, cost, numbers } = counted
    try {
      const allowed = isAllowed(decision, numbers)
      const tightest = tightestOf(decision, policies, numbers, cost)
      const standings = advertisedStandings(decision)
      const refusal = allowed ? undefined : refuse(decision, tightest)
      if (refusal !== undefined) warnOfNoCatalog()
      else whenAnswered?.(response, { request, key, cost, numbers, receipt: decision.receipt })
      writeHeaders(response, { key, standings, numbers, tightest, refused: refusal !== undefined })
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
    if (asked.failed) {
      warnRarely('The skip function failed; the request was counted', asked.error)
      return false
    }
    const { value } = asked
    // Conditions such as `user && user.isStaff` are undefined where there is none.
    if (typeof value !== 'boolean' && value !== undefined && value !== null) {
      warnRarely('The skip function returned neither true nor false; the request was counted', itWas(value))
    }
    return value === true
  }

  const limiter: RequestLimiter<TRequest> = attachLimiter({ limit }, limiterOf(counting))
  return limiter
}

const DEFAULT_COST: Asked = { failed: false, value: 1 }

/** Preflights are not counted: a browser sends one before the request itself (Fetch standard, CORS-preflight fetch). */
function isPreflight({ method, headers }: RawRequest): boolean {
  return method === 'OPTIONS' && read(headers, 'access-control-request-method') !== undefined
}
