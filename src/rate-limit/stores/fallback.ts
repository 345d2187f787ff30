import { ignoreRejection } from '../../guard/read.ts'
import type { LimiterHandle } from '../handle.ts'
import { when } from '../when.ts'
import { Availability, type State } from './availability.ts'
import { createStateLog } from './fallback-log.ts'
import { createLocal, type Fallback } from './local.ts'
import { isKeyFailure, type Decision, type Limit, type Store, type StoreFactory } from './store.ts'
import { createThrottle } from './throttle.ts'

/** The shared store went away, or came back. */
export interface StateChange {
  /** The state that the store is in from now on. */
  readonly state: State
  /** The error of the store, as it is. Undefined when it came back. */
  readonly error: unknown
  /** The time of the change. */
  readonly at: Date
}

export interface FallbackOptions {
  /** @default 'memory' */
  readonly fallback?: Fallback | undefined
  /** Makes the store that decides meanwhile, and answers at once. */
  readonly local: StoreFactory
  /** Called with every change, at once. */
  readonly onStateChange?: ((change: StateChange) => unknown) | undefined
  /** Logs the changes, at most one in 10 s. Must not throw. */
  readonly warn: (message: string, error?: unknown) => void
}

/** This store always answers. */
export type FallbackStore = Store & LimiterHandle

/**
 * Puts a local store behind a shared one. The shared one decides alone as long as it answers. Once it fails, the local
 * one decides at once, and single requests ask the shared one whether it is back.
 */
export function withFallback(
  shared: StoreFactory,
  limits: readonly Limit[],
  { fallback = 'memory', local: memory, onStateChange, warn }: FallbackOptions,
): FallbackStore {
  const store = shared(limits)
  const local = createLocal(limits, fallback, memory)
  const log = createStateLog(warn)
  const keyThrottle = createThrottle()
  const availability = new Availability((state, error) => {
    log.changed(state, error)
    callHook(onStateChange, { state, error, at: new Date() })
  })
  let closed = false

  function failed(error: unknown, period: number): void {
    if (closed) return
    if (!isKeyFailure(error)) {
      availability.failed(error, period)
      return
    }
    // The store answers for other keys.
    availability.answered(period)
    if (keyThrottle() === 0) warn('Rate limits of a key are decided without their store', error)
  }

  return {
    get degraded() {
      return availability.isAway
    },
    consume(key, cost) {
      if (closed || (availability.isAway && !availability.mayProbe())) return local.consume(key, cost)
      const { period } = availability
      const decided = (decision: Decision): Decision => {
        if (!closed) availability.answered(period)
        return decision
      }
      const decideLocally = (error: unknown): Decision | Promise<Decision> => {
        failed(error, period)
        return local.consume(key, cost)
      }
      try {
        return when(store.consume(key, cost), decided, decideLocally)
      } catch (error) {
        return decideLocally(error)
      }
    },
    close() {
      closed = true
      log.close()
      store.close()
      local.close()
    },
  }
}

/** Calls the app's hook. It may throw or reject, and that changes nothing. */
function callHook(hook: FallbackOptions['onStateChange'], change: StateChange): void {
  try {
    ignoreRejection(hook?.(change))
  } catch {
    // Nobody is left to hear of it.
  }
}
