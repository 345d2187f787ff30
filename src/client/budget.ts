/** Lets a client repeat a tenth of what succeeds, so that a server that is down meets no more requests than one that is up. */
export interface RetryBudget {
  /** Returns whether one more may be repeated, and counts it. */
  readonly take: () => boolean
  readonly succeeded: () => void
}

export function createBudget(): RetryBudget {
  const [most, cost, gain] = [100, 10, 1]
  let left = most
  return {
    take: () => left >= cost && ((left -= cost), true),
    succeeded: () => void (left = Math.min(most, left + gain)),
  }
}
