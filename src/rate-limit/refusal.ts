import { bizErrorOf, type BizError } from '../error/biz-error.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { Policy } from './policy.ts'
import { MAX_WINDOW, windowLength } from './window.ts'
import { isTighter } from './response-limits.ts'
import type { StoreDecision, Limit, Limits } from './stores/store.ts'

/**
 * Returns the index of the policy that matters most to a client: of those that refused the one that takes longest to
 * be free, else the one that will refuse first. Undefined where no policy counts the request.
 */
export function tightestOf(
  { standings, violated }: StoreDecision,
  policies: readonly Policy[],
  numbers: Limits,
  cost: number,
): number | undefined {
  if (violated.length > 0) {
    // What costs more than the limit never passes.
    const waitOf = (index: number): number =>
      cost > numbers[index]! ? windowLength(policies[index]!.window) : standings[index]!.resetAfter
    return violated.reduce((one, other) => (waitOf(other) > waitOf(one) ? other : one))
  }
  let tightest: number | undefined
  for (let index = 0; index < standings.length; index++) {
    const standing = standings[index]
    if (standing === undefined) continue
    if (tightest === undefined || isTighter(standing, standings[tightest]!)) tightest = index
  }
  return tightest
}

/**
 * Returns the standings that clients are to see. A policy that refused resets when the same request would pass, since
 * Retry-After may not be earlier than the reset (draft-ietf-httpapi-ratelimit-headers-11, section 6).
 */
export function advertisedStandings({
  standings,
  violated,
  retryAfter,
}: StoreDecision): StoreDecision['standings'] {
  if (violated.length === 0) return standings
  return standings.map((standing, index) =>
    standing !== undefined && violated.includes(index)
      ? { ...standing, resetAfter: Math.min(standing.resetAfter, retryAfter) }
      : standing,
  )
}

/**
 * Returns the seconds to wait: at least 1, and at most the longest window of those that refused, or what is left of
 * it or of a block, whatever a store of somebody else's says.
 */
export function secondsToWait(
  { standings, violated, retryAfter }: StoreDecision,
  limits: readonly Pick<Limit, 'window'>[],
): number {
  if (!(retryAfter > 0)) return 1
  const most = violated.map((index) =>
    Math.max(windowLength(limits[index]!.window), standings[index]?.resetAfter ?? 0),
  )
  // Only a block refuses what no limit does.
  const longest = violated.length === 0 ? MAX_WINDOW : Math.min(MAX_WINDOW, Math.max(...most))
  return Math.max(1, Math.ceil(Math.min(retryAfter, longest)))
}

/**
 * Makes the function that turns a refusing decision into the error to throw: that of the tightest policy. A key that is
 * blocked is refused by the first one where none counts it.
 */
export function createRefuse(
  policies: readonly Policy[],
  catalog: Catalog,
): (decision: StoreDecision, tightest: number | undefined) => BizError {
  const BizError = bizErrorOf(catalog)
  return (decision, tightest = 0) =>
    new BizError(policies[tightest]!.error, {
      retryAfter: secondsToWait(decision, policies),
      violatedPolicies: namesOf(decision.violated),
    })

  function namesOf(violated: readonly number[]): readonly string[] | undefined {
    return violated.length === 0 ? undefined : violated.map((index) => policies[index]!.name)
  }
}
