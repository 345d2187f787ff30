import { read } from '../../guard/read.ts'
import { SetupError, show } from '../../guard/setup-error.ts'
import { isThenable } from '../when.ts'
import { isPunctual, type Deadline } from './deadline.ts'
import { withFallback, type FallbackOptions, type FallbackStore } from './fallback/fallback.ts'
import { isMemoryStore, memoryStore } from './memory/memory-store.ts'
import { complete } from './complete.ts'
import type { Limit, Store, StoreFactory } from './store.ts'

/**
 * Opens a limiter's store: memory as it is, any other with a deadline for its answers and a fallback behind it.
 *
 * @param needed - what the store has to have, beside what all have
 */
export function openStore(
  limits: readonly Limit[],
  factory: StoreFactory = memoryStore(),
  deadline: Deadline,
  options: Omit<FallbackOptions, 'local'>,
  needed: readonly (keyof Store)[] = [],
): FallbackStore {
  if (isMemoryStore(factory)) return alone(factory(limits))
  const shared = isPunctual(factory) ? factory : punctual(factory, deadline, ['consume', ...needed, 'close'])
  return withFallback(shared, limits, { ...options, local: memoryStore() })
}

/** The store of this process, where nothing can fail. */
function alone(store: Required<Store>): FallbackStore {
  return {
    ...store,
    degraded: false,
    async reset(key) {
      await store.reset(key)
      return true
    },
    async block(key, seconds) {
      await store.block(key, seconds)
      return true
    },
  }
}

/** Refuses a value that is not a store: a promise, or the factory `redisStore(client)` that was not called. */
function checkStore(store: Store, needed: readonly (keyof Store)[]): Store {
  if (needed.every((method) => typeof read(store, method) === 'function')) return store
  throw new SetupError(
    `Option store is a function that returned ${show(store)}. Give memoryStore(), redisStore(client), postgresStore(pool) or a function that returns { ${needed.join(', ')} }.`,
  )
}

/** Makes a store fail whose promises do not settle in time. */
function punctual(factory: StoreFactory, deadline: Deadline, needed: readonly (keyof Store)[]): StoreFactory {
  function inTime<T>(answer: T | Promise<T>): T | Promise<T> {
    return isThenable(answer) ? deadline.within(answer) : answer
  }
  return (limits) => {
    const store = complete(checkStore(factory(limits), needed))
    return {
      consume: (key, cost, limits) => inTime(store.consume(key, cost, limits)),
      peek: (key, cost, limits) => inTime(store.peek(key, cost, limits)),
      giveBack: (key, cost, limits, receipt) => inTime(store.giveBack(key, cost, limits, receipt)),
      reset: (key) => inTime(store.reset(key)),
      block: (key, seconds) => inTime(store.block(key, seconds)),
      close: () => store.close(),
    }
  }
}
