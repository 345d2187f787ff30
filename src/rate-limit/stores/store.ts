import { readOwn } from '../../guard/own.ts'
import type { Window } from '../window.ts'

/**
 * A store counts one limit by this. The name, window and algorithm say what is counted together. The number may be
 * another one after the next deployment, and what was counted before then still counts.
 */
export interface Limit {
  /** Lower case letters, digits, `_` and `-`. */
  readonly name: string
  /** The highest sum of costs in one window: a whole number from 1 to 999,999,999,999,999. */
  readonly limit: number
  /** Seconds, to the millisecond, or the calendar window. */
  readonly window: Window
  /** Whether windows begin at fixed times, or slide. */
  readonly algorithm: 'fixed' | 'sliding'
}

/** A standing says where one key stands with one limit, after a request was counted or refused. */
export interface Standing {
  /** The part of the limit that is left, 0 or more. */
  readonly remaining: number
  /** The seconds until the whole limit is free again, if nobody asks for more: whole ones or a fraction. */
  readonly resetAfter: number
}

/** A store decides one request like this. */
export interface Decision {
  /** Whether the request may pass. */
  readonly allowed: boolean
  /** The standing with each limit, in their order. */
  readonly standings: readonly Standing[]
  /** The indexes of the limits that refused. Empty when allowed. */
  readonly violated: readonly number[]
  /** The seconds after which the same request would pass, if nobody asks for more: 0 when allowed. */
  readonly retryAfter: number
}

/** Counts requests. */
export interface Store {
  /**
   * Counts `cost` against all limits, or against none of them when one refuses. A store that can answer at once
   * does so: the request then waits for nothing. A promise that does not settle within the limiter's `timeout` has
   * failed.
   */
  readonly consume: (key: string, cost: number) => Decision | Promise<Decision>
  /** Ends the store's own timers and listeners, so that the process can end. The app's own client stays open. */
  readonly close: () => void
}

/** Makes the store of one limiter. */
export type StoreFactory = (limits: readonly Limit[]) => Store

/**
 * Tells what a store decided.
 *
 * @throws Error - when it did not decide: what is missing refuses nobody
 */
export function isAllowed({ allowed }: Decision): boolean {
  if (typeof allowed === 'boolean') return allowed
  throw new Error('The store did not say whether the request may pass')
}

const BRAND = Symbol.for('bizerror.key-failure')

/**
 * The failure of a store that concerns one key alone. The limiter decides that key without the store, and goes on
 * asking it for others.
 */
export class KeyFailure extends Error {
  /** Its class. */
  override readonly name = 'KeyFailure'
  readonly [BRAND] = true
}

/** Tells whether a store failed for one key alone, in whichever copy of this package the failure was made. */
export function isKeyFailure(error: unknown): boolean {
  return readOwn(error, BRAND) === true
}
