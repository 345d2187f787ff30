import { checkOptions, type Checks } from '../../guard/options.ts'
import { createCounter, type Moment } from './counter.ts'
import { windowLength } from '../window.ts'
import { Slots } from './slots.ts'
import type { Decision, Limit, Standing, Store, StoreFactory } from './store.ts'

/** The options of `memoryStore`. */
export interface MemoryStoreOptions {
  /**
   * The number of keys that are counted at a time, from 1 to 10,000,000. A new key then takes the place of one that was
   * not asked for lately, whose count starts afresh. @default 100_000
   */
  readonly maxKeys?: number | undefined
}

const DEFAULT_MAX_KEYS = 100_000
const HIGHEST_MAX_KEYS = 10_000_000 // A Map ends at 2 ** 24.

const CHECKS: Checks<MemoryStoreOptions> = {
  maxKeys: [
    (value) => Number.isInteger(value) && (value as number) >= 1 && (value as number) <= HIGHEST_MAX_KEYS,
    `a whole number from 1 to ${HIGHEST_MAX_KEYS}`,
  ],
}

const factories = new WeakSet<StoreFactory>()

/**
 * Counts in the memory of this process, at once and without timers. The default.
 *
 * @throws SetupError - when an option is wrong
 * @example
 * rateLimit({ policies, store: memoryStore({ maxKeys: 1_000_000 }) })
 */
export function memoryStore(options: MemoryStoreOptions = {}): StoreFactory {
  const { maxKeys = DEFAULT_MAX_KEYS } = checkOptions(
    'memoryStore',
    options,
    CHECKS,
    '{ maxKeys }, or nothing',
  )
  const factory: StoreFactory = (limits) => createMemoryStore(limits, maxKeys, systemClock())
  factories.add(factory)
  return factory
}

/** Tells whether a store counts in memory, where nothing can fail. */
export function isMemoryStore(store: StoreFactory): boolean {
  return factories.has(store)
}

/** The clock starts later than the longest window, so that an unused slot was used too long ago to count. */
const START = 2 ** 36

/** Reads both clocks. A wall clock that is set moves no window but those of the calendar. */
function systemClock(): () => Moment {
  return () => ({ elapsed: START + performance.now(), wall: Date.now() })
}

/** Makes the store of one limiter. */
export function createMemoryStore(limits: readonly Limit[], maxKeys: number, clock: () => Moment): Store {
  const counters = limits.map(createCounter)
  const slots = new Slots(maxKeys)

  function slotOf(key: string, now: Moment): number {
    const known = slots.find(key)
    if (known !== undefined) return known
    const slot = slots.take(key, (other) => counters.every((counter) => counter.isOver(other, now)))
    for (const counter of counters) counter.clear(slot)
    return slot
  }

  function refuse(slot: number, cost: number, now: Moment, violated: readonly number[]): Decision {
    const waits = violated.map((index) => {
      const { limit, window } = limits[index]!
      return cost > limit ? windowLength(window) : counters[index]!.timeToWait(slot, limit - cost, now) / 1000
    })
    return { allowed: false, standings: standingsOf(slot, now), violated, retryAfter: Math.max(...waits) }
  }

  function standingsOf(slot: number, now: Moment): readonly Standing[] {
    return counters.map((counter, index) => ({
      // More may be used than a limit that was lowered meanwhile.
      remaining: Math.max(0, limits[index]!.limit - counter.used(slot, now)),
      resetAfter: counter.timeToReset(slot, now) / 1000,
    }))
  }

  return {
    consume(key, cost) {
      const now = clock()
      const slot = slotOf(key, now)
      const violated: number[] = []
      for (const [index, counter] of counters.entries()) {
        if (counter.used(slot, now) + cost > limits[index]!.limit) violated.push(index)
      }
      if (violated.length > 0) return refuse(slot, cost, now, violated)
      for (const counter of counters) counter.add(slot, cost, now)
      return { allowed: true, standings: standingsOf(slot, now), violated, retryAfter: 0 }
    },
    close() {},
  }
}
