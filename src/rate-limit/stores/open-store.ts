import { read } from '../../guard/read.ts'
import { SetupError, show } from '../../guard/setup-error.ts'
import { isPromise } from '../when.ts'
import { isPunctual, type Deadline } from './deadline.ts'
import { withFallback, type FallbackOptions, type FallbackStore } from './fallback.ts'
import { isMemoryStore, memoryStore } from './memory-store.ts'
import type { Limit, Store, StoreFactory } from './store.ts'

/** Opens a limiter's store: memory as it is, any other with a deadline for its answers and a fallback behind it. */
export function openStore(
  limits: readonly Limit[],
  store: StoreFactory = memoryStore(),
  deadline: Deadline,
  options: Omit<FallbackOptions, 'local'>,
): FallbackStore {
  if (isMemoryStore(store)) return Object.assign(store(limits), { degraded: false })
  const shared = isPunctual(store) ? store : punctual(store, deadline)
  return withFallback(shared, limits, { ...options, local: memoryStore() })
}

/** Refuses a value that is not a store: a promise, or the factory `redisStore(client)` that was not called. */
function checkStore(store: Store): Store {
  if (['consume', 'close'].every((method) => typeof read(store, method) === 'function')) return store
  throw new SetupError(
    `Option store is a function that returned ${show(store)}. Give memoryStore(), redisStore(client) or a function that returns { consume, close }.`,
  )
}

/** Makes a store fail whose promise does not settle in time. */
function punctual(factory: StoreFactory, deadline: Deadline): StoreFactory {
  return (limits) => {
    const store = checkStore(factory(limits))
    return {
      consume(key, cost) {
        const decision = store.consume(key, cost)
        return isPromise(decision) ? deadline.within(decision) : decision
      },
      close: () => store.close(),
    }
  }
}
