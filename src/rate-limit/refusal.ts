import { bizErrorOf, type BizError } from '../error/biz-error.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { Policy } from './policy.ts'
import { windowLength } from './window.ts'
import { isTighter } from './response-limits.ts'
import type { Decision, Standing } from './stores/store.ts'

/**
 * Returns the index of the policy that matters most to a client: of those that refused the one that takes longest to
 * be free, else the one that will refuse first.
 */
export function tightestOf(
  { standings, violated }: Decision,
  policies: readonly Policy[],
  cost: number,
): number {
  if (violated.length > 0) {
    return violated.reduce((one, other) =>
      waitOf(standings[other]!, policies[other]!, cost) > waitOf(standings[one]!, policies[one]!, cost)
        ? other
        : one,
    )
  }
  let tightest = 0
  for (let index = 1; index < standings.length; index++) {
    if (isTighter(standings[index]!, standings[tightest]!)) tightest = index
  }
  return tightest
}

/** A request that costs more than the limit never passes. */
function waitOf({ resetAfter }: Standing, { limit, window }: Policy, cost: number): number {
  return cost > limit ? windowLength(window) : resetAfter
}

/**
 * Returns the standings that clients are to see. A policy that refused resets when the same request would pass, since
 * Retry-After may not be earlier than the reset (draft-ietf-httpapi-ratelimit-headers-11, section 6).
 */
export function advertisedStandings({ standings, violated, retryAfter }: Decision): readonly Standing[] {
  if (violated.length === 0) return standings
  return standings.map((standing, index) =>
    violated.includes(index)
      ? { ...standing, resetAfter: Math.min(standing.resetAfter, retryAfter) }
      : standing,
  )
}

/** Returns the seconds to wait: at least 1 and at most the window, whatever a store of somebody else's says. */
export function secondsToWait(retryAfter: number, window: number): number {
  return retryAfter > 0 ? Math.max(1, Math.ceil(Math.min(retryAfter, window))) : 1
}

/** Makes the function that turns a refusing decision into the error to throw. */
export function createRefuse(
  policies: readonly Policy[],
  catalog: Catalog,
): (decision: Decision, tightest: number) => BizError {
  const BizError = bizErrorOf(catalog)
  return ({ violated, retryAfter }, tightest) => {
    const longest = Math.max(...violated.map((index) => windowLength(policies[index]!.window)))
    return new BizError(policies[tightest]!.error, {
      retryAfter: secondsToWait(retryAfter, longest),
      violatedPolicies: violated.map((index) => policies[index]!.name),
    })
  }
}
