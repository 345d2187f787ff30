import { wholeNumber } from './numbers.ts'
import { advertisedStandings, secondsToWait } from './refusal.ts'
import { isAllowed, type StoreDecision, type Limit, type Limits } from './stores/store.ts'

/** Where a key stands with one policy. */
export interface PolicyStanding {
  /** The name of the policy. */
  readonly name: string
  /** The highest sum of costs in one window, as of this call. */
  readonly limit: number
  /** The part of the limit that is left, 0 or more. */
  readonly remaining: number
  /** The whole seconds until all of it is free again, if nobody asks for more; where the policy refused, until it passes. */
  readonly resetAfter: number
}

/** What a limiter decided of a key. */
export interface Decision {
  /** Whether it may go on. */
  readonly allowed: boolean
  /** The standing with each policy that counts the key, in their order. */
  readonly policies: readonly PolicyStanding[]
  /** The whole seconds after which the same would be allowed: 0 when it is. */
  readonly retryAfter: number
}

/** Nothing is known of a key that nobody counts. */
export const LET_THROUGH: Decision = Object.freeze({
  allowed: true,
  policies: Object.freeze([]),
  retryAfter: 0,
})

/** Tells what a store decided as clients are told it. */
export function decisionOf(decision: StoreDecision, limits: readonly Limit[], numbers: Limits): Decision {
  const allowed = isAllowed(decision, numbers)
  const standings = advertisedStandings(decision)
  const policies = limits.flatMap(({ name }, index) => {
    const limit = numbers[index]
    if (limit === undefined) return []
    const { remaining, resetAfter } = standings[index]!
    return {
      name,
      limit,
      remaining: wholeNumber(remaining),
      resetAfter: wholeNumber(resetAfter),
    }
  })
  return { allowed, policies, retryAfter: allowed ? 0 : secondsToWait(decision, limits) }
}
