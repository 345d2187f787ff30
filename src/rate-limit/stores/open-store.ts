import { isPromise } from '../asked.ts'
import { inTime, isPunctual, type Deadline } from './deadline.ts'
import { withFallback, type FallbackOptions } from './fallback.ts'
import { isMemoryStore, memoryStore } from './memory-store.ts'
import type { Policy } from '../policy.ts'
import type { Store, StoreFactory } from './store.ts'

/** Where a limiter counts. */
export interface OpenStore extends Store {
  /** Whether the shared store is away now. */
  readonly degraded: boolean
}

/** Opens a limiter's store: memory as it is, any other with a fallback behind it, and never waited for too long. */
export function openStore(
  policies: readonly Policy[],
  store: StoreFactory = memoryStore(),
  deadline: Deadline,
  options: Omit<FallbackOptions, 'local'>,
): OpenStore {
  if (isMemoryStore(store)) return Object.assign(store(policies), { degraded: false })
  const shared = isPunctual(store) ? store : punctual(store, deadline)
  return withFallback(shared, policies, { ...options, local: memoryStore() })
}

/** Makes a store fail whose promise does not settle in time. */
function punctual(factory: StoreFactory, deadline: Deadline): StoreFactory {
  return (policies) => {
    const store = factory(policies)
    return {
      consume(key, cost) {
        const decision = store.consume(key, cost)
        return isPromise(decision) ? inTime(deadline, decision) : decision
      },
      close: () => store.close(),
    }
  }
}
