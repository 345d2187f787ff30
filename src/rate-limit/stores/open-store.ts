import { isPromise } from '../asked.ts'
import { inTime, isPunctual, type Deadline } from './deadline.ts'
import { withFallback, type FallbackOptions } from './fallback.ts'
import { isMemoryStore, memoryStore } from './memory-store.ts'
import type { Limit, Store, StoreFactory } from './store.ts'

/** Where a limiter counts. */
export interface OpenStore extends Store {
  /** Whether the shared store is away now. */
  readonly degraded: boolean
}

/** Opens a limiter's store: memory as it is, any other with a fallback behind it, and never waited for too long. */
export function openStore(
  limits: readonly Limit[],
  store: StoreFactory = memoryStore(),
  deadline: Deadline,
  options: Omit<FallbackOptions, 'local'>,
): OpenStore {
  if (isMemoryStore(store)) return Object.assign(store(limits), { degraded: false })
  const shared = isPunctual(store) ? store : punctual(store, deadline)
  return withFallback(shared, limits, { ...options, local: memoryStore() })
}

/** Makes a store fail whose promise does not settle in time. */
function punctual(factory: StoreFactory, deadline: Deadline): StoreFactory {
  return (limits) => {
    const store = factory(limits)
    return {
      consume(key, cost) {
        const decision = store.consume(key, cost)
        return isPromise(decision) ? inTime(deadline, decision) : decision
      },
      close: () => store.close(),
    }
  }
}
