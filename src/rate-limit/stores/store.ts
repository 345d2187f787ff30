import { isObject } from '../../guard/options.ts'
import { readOwn } from '../../guard/own.ts'
import { isArray } from '../../guard/read.ts'
import type { Window } from '../window.ts'

/**
 * A store counts one limit by this. The name, window and algorithm say what is counted together. The number may be
 * another one for the next request, and what was counted before then still counts.
 */
export interface Limit {
  /** Lower case letters, digits, `_` and `-`. */
  readonly name: string
  /**
   * The highest sum of costs in one window: a whole number from 1 to 999,999,999,999,999. Undefined where it comes with
   * each request.
   */
  readonly limit: number | undefined
  /** Seconds, to the millisecond, or the calendar window. */
  readonly window: Window
  /** Whether windows begin at fixed times, or slide. */
  readonly algorithm: 'fixed' | 'sliding'
}

/**
 * The numbers of the limits for one request, in their order: whole ones from 0 to 999,999,999,999,999. A limit whose
 * number is undefined does not count this request, and refuses it never.
 */
export type Limits = readonly (number | undefined)[]

/** A standing says where one key stands with one limit, after a request was counted or refused. */
export interface Standing {
  /** The part of the limit that is left, 0 or more. */
  readonly remaining: number
  /** The seconds until the whole limit is free again, if nobody asks for more: whole ones or a fraction. */
  readonly resetAfter: number
}

/** A store decides one request like this. */
export interface StoreDecision {
  /** Whether the request may pass. */
  readonly allowed: boolean
  /** The standing with each limit, in their order. Undefined for one that does not count this request. */
  readonly standings: readonly (Standing | undefined)[]
  /** The indexes of the limits that refused. Empty when allowed. */
  readonly violated: readonly number[]
  /** The seconds after which the same request would pass, if nobody asks for more: 0 when allowed. */
  readonly retryAfter: number
  /** Whatever tells the store later where it counted this request: it is handed to `giveBack`. */
  readonly receipt?: unknown
}

/**
 * Counts requests. A store that can answer at once does so: the request then waits for nothing. A promise that does not
 * settle within the limiter's `timeout` has failed.
 *
 * Keys are texts of 1 to 128 printable characters of ASCII, costs whole numbers from 1. Where `limits` are left out,
 * their numbers are those that the store was made with.
 */
export interface Store {
  /** Counts `cost` against all limits, or against none of them when one refuses. */
  readonly consume: (key: string, cost: number, limits?: Limits) => StoreDecision | Promise<StoreDecision>
  /** Decides as `consume` would, and counts nothing: the standings are those without the cost. */
  readonly peek?: (key: string, cost: number, limits?: Limits) => StoreDecision | Promise<StoreDecision>
  /**
   * Takes off what `consume` counted for a request, given the same arguments: only in the window it was counted in, and
   * not below 0. Nobody waits for it.
   */
  readonly giveBack?: (
    key: string,
    cost: number,
    limits: Limits | undefined,
    receipt: unknown,
  ) => void | Promise<void>
  /** Forgets all that is counted of a key, and ends its block. */
  readonly reset?: (key: string) => void | Promise<void>
  /**
   * Refuses a key for so many seconds, to the millisecond: until then it has used up all limits. The last block of a
   * key is the one that holds.
   */
  readonly block?: (key: string, seconds: number) => void | Promise<void>
  /** Ends the store's own timers and listeners, so that the process can end. The app's own client stays open. */
  readonly close: () => void
}

/** Makes the store of one limiter. */
export type StoreFactory = (limits: readonly Limit[]) => Store

/**
 * Tells what a store decided, which may be the app's own.
 *
 * @param numbers - of the limits: those that count have to have a standing
 * @throws Error - when it did not decide: what is missing refuses nobody
 */
export function isAllowed(decision: StoreDecision, numbers: Limits): boolean {
  if (!isObject(decision) || typeof decision.allowed !== 'boolean') {
    throw new Error('The store did not say whether the request may pass')
  }
  const { allowed, standings, violated } = decision
  if (!isArray(violated)) throw new Error('The store did not say which limits refused')
  for (let index = 0; index < numbers.length; index++) {
    if (numbers[index] !== undefined && !isObject(standings?.[index])) {
      throw new Error('The store did not say where the client stands')
    }
  }
  return allowed
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
