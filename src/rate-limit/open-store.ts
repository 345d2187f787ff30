import { withFallback, type FallbackOptions } from './fallback.ts'
import { isMemoryStore, memoryStore } from './memory-store.ts'
import type { Policy } from './policy.ts'
import type { Store, StoreFactory } from './store.ts'

/** Where a limiter counts. */
export interface OpenStore extends Store {
  /** Whether the shared store is away now. */
  readonly degraded: boolean
}

/** Opens a limiter's store: memory as it is, any other with a fallback behind it. */
export function openStore(
  policies: readonly Policy[],
  store: StoreFactory = memoryStore(),
  options: Omit<FallbackOptions, 'local'>,
): OpenStore {
  if (isMemoryStore(store)) return Object.assign(store(policies), { degraded: false })
  return withFallback(store, policies, { ...options, local: memoryStore() })
}
