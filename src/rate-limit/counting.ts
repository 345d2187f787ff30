import type { Asked } from './asked.ts'
import { checkHost } from './host.ts'
import { createNumbers, type NumbersOf } from './limit-numbers.ts'
import { timeoutOf, type StoreOptions } from './store-options.ts'
import { storedLimit, type OwnLimit } from './policy.ts'
import { createDeadline, type Deadline } from './stores/deadline.ts'
import type { FallbackStore } from './stores/fallback/fallback.ts'
import { openStore } from './stores/open-store.ts'
import type { Limits, Store } from './stores/store.ts'
import { itWas, rarely, type Warn } from './warn.ts'

/** All that counts, whatever it counts. */
export interface Counting<TRequest> {
  readonly limits: readonly OwnLimit[]
  /** The numbers of the limits, or the function that asks for those of a request. */
  readonly numbers: Limits | NumbersOf<TRequest>
  readonly store: FallbackStore
  readonly deadline: Deadline
  readonly warnRarely: Warn
}

/**
 * Opens the store of limits that were checked.
 *
 * @param needed - the methods that the store has to have
 */
export function openCounting<TRequest>(
  limits: readonly OwnLimit[],
  { store, timeout, fallback, onStateChange }: StoreOptions,
  warn: Warn,
  needed: readonly (keyof Store)[] = [],
): Counting<TRequest> {
  checkHost()
  const deadline = createDeadline(timeoutOf(timeout))
  const warnRarely = rarely(warn)
  return {
    limits,
    numbers: createNumbers(limits, deadline, warnRarely),
    store: openStore(limits.map(storedLimit), store, deadline, { fallback, onStateChange, warn }, needed),
    deadline,
    warnRarely,
  }
}

/** Returns a cost of the app's, or 1 for what is none. */
export function costOf(asked: Asked, warn: Warn): number {
  const cost = asked.failed ? undefined : asked.value
  if (Number.isSafeInteger(cost) && (cost as number) > 0) return cost as number
  warn(
    'The cost of a request was no positive whole number; 1 was counted',
    asked.failed ? asked.error : itWas(cost),
  )
  return 1
}
