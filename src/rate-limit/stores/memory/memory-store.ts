import { checkOptions, type Checks } from '../../../guard/options.ts'
import { Cells } from './cells.ts'
import { createCounter, type Moment } from './counter.ts'
import { windowLength } from '../../window.ts'
import { Slots } from './slots.ts'
import type { StoreDecision, Limit, Limits, Standing, Store, StoreFactory } from '../store.ts'

/** The options of `memoryStore`. */
export interface MemoryStoreOptions {
  /**
   * The number of keys that are counted at a time, from 1 to 10,000,000. A new key then takes the place of one that was
   * not asked for lately: its count starts afresh, and its block ends. @default 100_000
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

/** Makes the store of one limiter, which has all that a store may have. */
export type MemoryStoreFactory = (limits: readonly Limit[]) => Required<Store>

const factories = new WeakSet<StoreFactory>()

/**
 * Counts in the memory of this process, at once and without timers. The default.
 *
 * @throws SetupError - when an option is wrong
 * @example
 * rateLimit({ policies, store: memoryStore({ maxKeys: 1_000_000 }) })
 */
export function memoryStore(options: MemoryStoreOptions = {}): MemoryStoreFactory {
  const { maxKeys = DEFAULT_MAX_KEYS } = checkOptions(
    'memoryStore',
    options,
    CHECKS,
    '{ maxKeys }, or nothing',
  )
  const factory: MemoryStoreFactory = (limits) => createMemoryStore(limits, maxKeys, systemClock())
  factories.add(factory)
  return factory
}

/** Tells whether a store counts in memory, where nothing can fail. */
export function isMemoryStore(store: StoreFactory): store is MemoryStoreFactory {
  return factories.has(store)
}

/** The clock starts later than the longest window, so that an unused slot was used too long ago to count. */
const START = 2 ** 36

/** Reads both clocks. A wall clock that is set moves no window but those of the calendar. */
function systemClock(): () => Moment {
  return () => ({ elapsed: START + performance.now(), wall: Date.now() })
}

/** Tells when a request was counted, and in which generation of its slot. */
interface Receipt {
  readonly counted: Moment
  readonly generation: number
}

/** Makes the store of one limiter. */
export function createMemoryStore(
  limits: readonly Limit[],
  maxKeys: number,
  clock: () => Moment,
): Required<Store> {
  const counters = limits.map(createCounter)
  const slots = new Slots(maxKeys)
  const own = limits.map(({ limit }) => limit)
  const blocks = new Map<number, number>()
  // A slot begins another one with another key, and when its key is reset.
  const generations = new Cells(1)
  let lastGeneration = 0
  // What the key that is asked for has used of each limit. It is looked up once: nothing waits in between.
  const used = new Float64Array(limits.length)

  function slotOf(key: string, now: Moment): number {
    const known = slots.find(key)
    if (known !== undefined) return known
    const slot = slots.take(key, (other) => isIdle(other, now))
    clear(slot)
    return slot
  }

  function isIdle(slot: number, now: Moment): boolean {
    return counters.every((counter) => counter.isOver(slot, now)) && blockOf(slot, now) === 0
  }

  function clear(slot: number): void {
    for (const counter of counters) counter.clear(slot)
    blocks.delete(slot)
    generations.page(slot)[generations.offset(slot)] = ++lastGeneration
  }

  function generationOf(slot: number): number {
    return generations.page(slot)[generations.offset(slot)]!
  }

  /** Returns the milliseconds that are left of a block. */
  function blockOf(slot: number | undefined, { elapsed }: Moment): number {
    if (blocks.size === 0 || slot === undefined) return 0
    return Math.max(0, Math.ceil((blocks.get(slot) ?? 0) - elapsed))
  }

  /** Looks up what is used, and refuses a request, unless it may pass. A key of which nothing is known has no slot. */
  function refuse(
    slot: number | undefined,
    cost: number,
    numbers: Limits,
    now: Moment,
  ): StoreDecision | undefined {
    const block = blockOf(slot, now)
    const violated: number[] = []
    for (let index = 0; index < numbers.length; index++) {
      const limit = numbers[index]
      if (limit === undefined) continue
      used[index] = slot === undefined ? 0 : counters[index]!.used(slot, now)
      if (block > 0 || used[index]! + cost > limit) violated.push(index)
    }
    if (block === 0 && violated.length === 0) return undefined
    const waits = violated.map((index) => waitFor(index, slot, cost, numbers[index]!, now))
    const standings = standingsOf(slot, numbers, now)
    return {
      allowed: false,
      standings: block === 0 ? standings : standings.map((standing) => blocked(standing, block)),
      violated,
      retryAfter: Math.max(block / 1000, ...waits),
    }
  }

  /** Returns the seconds until one limit would let a request pass. */
  function waitFor(
    index: number,
    slot: number | undefined,
    cost: number,
    limit: number,
    now: Moment,
  ): number {
    if (cost > limit) return windowLength(limits[index]!.window)
    if (slot === undefined || used[index]! + cost <= limit) return 0
    return counters[index]!.timeToWait(slot, limit - cost, now) / 1000
  }

  function standingsOf(
    slot: number | undefined,
    numbers: Limits,
    now: Moment,
  ): readonly (Standing | undefined)[] {
    const standings: (Standing | undefined)[] = []
    for (let index = 0; index < counters.length; index++) {
      standings.push(standingOf(index, slot, numbers[index], now))
    }
    return standings
  }

  function standingOf(
    index: number,
    slot: number | undefined,
    limit: number | undefined,
    now: Moment,
  ): Standing | undefined {
    if (limit === undefined) return undefined
    return {
      // More may be used than a limit that was lowered meanwhile.
      remaining: Math.max(0, limit - used[index]!),
      // What was added last may have been given back.
      resetAfter:
        slot === undefined || used[index] === 0 ? 0 : counters[index]!.timeToReset(slot, now) / 1000,
    }
  }

  return {
    consume(key, cost, numbers = own) {
      const now = clock()
      const slot = slotOf(key, now)
      const refused = refuse(slot, cost, numbers, now)
      if (refused !== undefined) return refused
      for (let index = 0; index < counters.length; index++) {
        if (numbers[index] === undefined) continue
        counters[index]!.add(slot, cost, now)
        used[index]! += cost
      }
      return {
        allowed: true,
        standings: standingsOf(slot, numbers, now),
        violated: [],
        retryAfter: 0,
        receipt: { counted: now, generation: generationOf(slot) } satisfies Receipt,
      }
    },
    peek(key, cost, numbers = own) {
      const now = clock()
      const slot = slots.find(key)
      return (
        refuse(slot, cost, numbers, now) ?? {
          allowed: true,
          standings: standingsOf(slot, numbers, now),
          violated: [],
          retryAfter: 0,
        }
      )
    },
    giveBack(key, cost, numbers = own, receipt) {
      const slot = slots.find(key)
      const { counted, generation } = receipt as Receipt
      if (slot === undefined || generationOf(slot) !== generation) return
      const now = clock()
      for (const [index, counter] of counters.entries()) {
        if (numbers[index] !== undefined) counter.giveBack(slot, cost, counted, now)
      }
    },
    reset(key) {
      const slot = slots.find(key)
      if (slot !== undefined) clear(slot)
    },
    block(key, seconds) {
      const now = clock()
      blocks.set(slotOf(key, now), now.elapsed + Math.round(seconds * 1000))
    },
    close() {},
  }
}

/** A blocked key has nothing left of any limit until the block ends. */
function blocked(standing: Standing | undefined, block: number): Standing | undefined {
  return standing && { remaining: 0, resetAfter: Math.max(standing.resetAfter, block / 1000) }
}
