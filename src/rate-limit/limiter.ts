import { catalog as cloudWaf } from '../catalogs/cloud-waf.ts'
import type { BizError } from '../error/biz-error.ts'
import { read } from '../guard/read.ts'
import { ask, isPromise, type Asked } from './asked.ts'
import { addressKey } from './client-address.ts'
import { createDeadline } from './stores/deadline.ts'
import { createFieldWriter, type FieldValues } from './fields.ts'
import { storeKey } from './key.ts'
import { openStore } from './stores/open-store.ts'
import { checkOptions, timeoutOf, type RateLimitOptions } from './options.ts'
import { createPolicies, limitOf } from './policy.ts'
import { createRefuse, advertisedStandings, tightestOf } from './refusal.ts'
import type { Decision } from './stores/store.ts'
import { isCounted, markCounted, type HeaderTarget } from './response-limits.ts'
import { createWarn, rarely, type Warn } from './warn.ts'

/** Where a framework finds the addresses of a request's client. */
export interface AddressSource<TRequest> {
  /** The client's address with the app's trust in proxies applied, and that of the socket, which is no text of a client. */
  readonly addresses: (request: TRequest) => readonly unknown[]
  /** Whether the app believes any X-Forwarded-For, so that clients can choose their address. */
  readonly trustsAnyone: (request: TRequest) => boolean
}

/** The part of a raw request that is used. */
export interface RawRequest {
  readonly method?: string | undefined
  readonly headers: Readonly<Record<string, unknown>>
  readonly socket?: { readonly destroyed: boolean } | null | undefined
}

/** Counts requests and says which to refuse. */
export interface Limiter<TRequest> {
  /**
   * Counts a request and writes the headers of its response. Never throws, nor rejects.
   *
   * @returns the error to throw when it is refused, at once if the store answers at once
   */
  readonly limit: (
    request: TRequest,
    raw: RawRequest,
    response: HeaderTarget,
  ) => BizError | undefined | Promise<BizError | undefined>
  readonly degraded: () => boolean
  readonly close: () => void
}

/** Sets up the way from a request to its refusal: key and cost → decision → headers → BizError. */
export function createLimiter<TRequest>(
  given: RateLimitOptions<TRequest>,
  source: AddressSource<TRequest>,
): Limiter<TRequest> {
  const options = checkOptions(given)
  const { catalog = cloudWaf, skip, cost } = options
  const policies = createPolicies(options.policies, catalog)
  const writeFields = createFieldWriter(policies, options.headers, options.exposeHeaders ?? false)
  const refuse = createRefuse(policies, catalog)
  const warn = createWarn(options.logger)
  const warnOf = rarely(warn)
  const deadline = createDeadline(timeoutOf(options.timeout))
  const store = openStore(policies.map(limitOf), options.store, deadline, {
    fallback: options.fallback,
    onStateChange: options.onStateChange,
    warn,
  })
  const key = options.key ?? createAddressKey(source, warn)

  function limit(
    request: TRequest,
    raw: RawRequest,
    response: HeaderTarget,
  ): ReturnType<Limiter<TRequest>['limit']> {
    if (isCounted(response, limiter) || isPreflight(raw)) return undefined
    const skipped = skip === undefined ? NOT_SKIPPED : ask(skip, request, deadline)
    return isPromise(skipped)
      ? skipped.then((answer) => limitUnless(answer, request, raw, response))
      : limitUnless(skipped, request, raw, response)
  }

  function limitUnless(
    skipped: Asked,
    request: TRequest,
    raw: RawRequest,
    response: HeaderTarget,
  ): ReturnType<typeof limit> {
    if (isYes(skipped)) return undefined
    const keyed = ask(key, request, deadline)
    const costing = cost === undefined ? DEFAULT_COST : ask(cost, request, deadline)
    const count = (keyed: Asked, costing: Asked): ReturnType<typeof limit> => {
      const under = keyOf(keyed, raw)
      return under === undefined ? undefined : consume(under, costOf(costing), response)
    }
    return isPromise(keyed) || isPromise(costing)
      ? Promise.all([keyed, costing]).then((answers) => count(...answers))
      : count(keyed, costing)
  }

  function isYes(answer: Asked): boolean {
    if (answer.failed) warnOf('The skip function failed; the request was counted', answer.error)
    return !answer.failed && answer.value === true
  }

  function keyOf(answer: Asked, raw: RawRequest): string | undefined {
    const key = answer.failed ? undefined : storeKey(answer.value)
    if (key === undefined && read(read(raw, 'socket'), 'destroyed') === true) return GONE_KEY
    if (key === undefined) {
      const error = answer.failed ? answer.error : undefined
      warnOf(
        'A request without a key was let through: give key a function that returns a text or a number',
        error,
      )
    }
    return key
  }

  function costOf(answer: Asked): number {
    if (!answer.failed && Number.isSafeInteger(answer.value) && (answer.value as number) > 0) {
      return answer.value as number
    }
    const error = answer.failed ? answer.error : undefined
    warnOf('The cost of a request was no positive whole number; 1 was counted', error)
    return 1
  }

  function consume(key: string, cost: number, response: HeaderTarget): ReturnType<typeof limit> {
    const settle = (decision: Decision): BizError | undefined => {
      const tightest = tightestOf(decision, policies, cost)
      const standings = advertisedStandings(decision)
      if (!standings[tightest]) throw new Error('The store did not say where the client stands')
      const refusal = decision.allowed ? undefined : refuse(decision, tightest)
      writeHeaders(response, { key, standings, tightest, refused: refusal !== undefined })
      return refusal
    }
    try {
      const decision = store.consume(key, cost)
      return isPromise(decision) ? decision.then(settle).catch(letThrough) : settle(decision)
    } catch (error) {
      return letThrough(error)
    }
  }

  /** A response that takes no header, because it is gone or somebody has patched it, changes no decision. */
  function writeHeaders(response: HeaderTarget, values: FieldValues): void {
    try {
      if (!values.refused) markCounted(response, limiter)
      writeFields(response, values)
    } catch (error) {
      warnOf('The headers of the rate limits could not be set', error)
    }
  }

  /** A store that breaks its contract costs no client anything. */
  function letThrough(error: unknown): undefined {
    warnOf('The store of the rate limits failed; requests are let through', error)
  }

  const limiter = { limit, degraded: () => store.degraded, close: () => store.close() }
  return limiter
}

/** Whose client has left has no address any more: all are counted as one, as nobody is there to be refused wrongly. */
const GONE_KEY = '\0gone'
const NOT_SKIPPED: Asked = { failed: false, value: false }
const DEFAULT_COST: Asked = { failed: false, value: 1 }

/** A browser asks before it sends (Fetch standard, CORS-preflight fetch); the app's users would pay twice. */
function isPreflight({ method, headers }: RawRequest): boolean {
  return method === 'OPTIONS' && read(headers, 'access-control-request-method') !== undefined
}

/** Makes the default key: the client's address, or that of the socket where the app's trust leads to none. */
function createAddressKey<TRequest>(
  { addresses, trustsAnyone }: AddressSource<TRequest>,
  warn: Warn,
): (request: TRequest) => string | undefined {
  let checked = false
  return (request) => {
    if (!checked && trustsAnyone(request)) {
      warn(
        'The app believes every X-Forwarded-For, so that clients can choose the address they are counted by: name its proxies',
      )
    }
    checked = true
    const [believed, socket] = addresses(request)
    return addressKey(believed) ?? addressKey(socket)
  }
}
