import { readOwn } from '../../guard/own.ts'
import type { Window } from '../window.ts'

/**
 * One limit, as a store counts it. Its name, window and algorithm say what is counted together. The number may be
 * another one after the next deployment, and what was counted before then still counts.
 */
export interface Limit {
  /** Lower case letters, digits, `_` and `-`. */
  readonly name: string
  /** The highest sum of costs in one window: a whole number from 1 to 999,999,999,999,999. */
  readonly limit: number
  /** Milliseconds, or the calendar window. */
  readonly window: Window
  readonly algorithm: 'fixed' | 'sliding'
}

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
  /** In the order of the limits. */
  readonly standings: readonly Standing[]
  /** Indexes of the limits that refused. Empty when allowed. */
  readonly violated: readonly number[]
  /** Milliseconds after which the same request would pass, if nobody asks for more. 0 when allowed. */
  readonly retryMs: number
}

/** Counts requests. */
export interface Store {
  /**
   * Counts `cost` against all limits, or against none of them when one refuses. A store that can answer at once
   * does so: the request then waits for nothing. A promise that does not settle within the limiter's `timeout` has
   * failed.
   */
  readonly consume: (key: string, cost: number) => Decision | Promise<Decision>
  /** Lets the process end: timers and listeners of the store's own. What the app handed in stays open. */
  readonly close: () => void
}

/** Makes the store of one limiter. */
export type StoreFactory = (limits: readonly Limit[]) => Store

const BRAND = Symbol.for('bizerror.key-failure')

/**
 * The failure of a store that concerns one key alone. The limiter decides that key without the store, and goes on
 * asking it for others.
 */
export class KeyFailure extends Error {
  override readonly name = 'KeyFailure'
  readonly [BRAND] = true
}

/** Whether a store failed for one key alone, in whichever copy of this package the failure was made. */
export function isKeyFailure(error: unknown): boolean {
  return readOwn(error, BRAND) === true
}
