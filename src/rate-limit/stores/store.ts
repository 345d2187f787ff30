import type { Policy } from '../policy.ts'

/** Where one key stands with one policy, after a request was counted or refused. */
export interface Standing {
  /** What is left of the limit, 0 or more. */
  readonly remaining: number
  /** Milliseconds until the whole limit is free again, if nobody asks for more. */
  readonly resetMs: number
}

/** The answer of a store to one request. */
export interface Decision {
  readonly allowed: boolean
  /** In the order of the policies. */
  readonly standings: readonly Standing[]
  /** Indexes of the policies that refused. Empty when allowed. */
  readonly violated: readonly number[]
  /** Milliseconds after which the same request would pass, if nobody asks for more. 0 when allowed. */
  readonly retryMs: number
}

/** Counts requests. */
export interface Store {
  /**
   * Counts `cost` against all policies, or against none of them when one refuses. A store that can answer at once
   * does so: the request then waits for nothing. A promise that does not settle within the limiter's `timeout` has
   * failed.
   */
  readonly consume: (key: string, cost: number) => Decision | Promise<Decision>
  /** Lets the process end: timers and listeners of the store's own. What the app handed in stays open. */
  readonly close: () => void
}

/** Makes the store of one limiter. */
export type StoreFactory = (policies: readonly Policy[]) => Store
