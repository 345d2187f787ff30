import type { LimiterHandle } from '../../handle.ts'
import { isThenable, when } from '../../when.ts'
import { Availability, type State } from './availability.ts'
import { complete } from '../complete.ts'
import { createStateLog } from './fallback-log.ts'
import { createLocal, type Fallback } from './local.ts'
import { isKeyFailure, type StoreDecision, type Limit, type Store, type StoreFactory } from '../store.ts'
import { createThrottle } from '../throttle.ts'

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
  readonly local: (limits: readonly Limit[]) => Required<Store>
  /** Called with every change, at once. */
  readonly onStateChange?: ((change: StateChange) => unknown) | undefined
  /** Logs the changes, at most one in 10 s. Must not throw. */
  readonly warn: (message: string, error?: unknown) => void
}

/** This store always answers. */
export interface FallbackStore extends LimiterHandle, Required<Pick<Store, 'consume' | 'peek' | 'giveBack'>> {
  /** Returns whether the shared store forgot the key, too. */
  readonly reset: (key: string) => Promise<boolean>
  /** Returns whether the shared store blocks the key, too. */
  readonly block: (key: string, seconds: number) => Promise<boolean>
}

/** The receipt of what was counted while the shared store was away. */
class LocalReceipt {
  readonly receipt: unknown

  constructor(receipt: unknown) {
    this.receipt = receipt
  }
}

/**
 * Puts a local store behind a shared one. The shared one decides alone as long as it answers. Once it fails, the local
 * one decides at once, and single requests ask the shared one whether it is back.
 */
export function withFallback(
  shared: StoreFactory,
  limits: readonly Limit[],
  { fallback = 'memory', local: memory, onStateChange, warn }: FallbackOptions,
): FallbackStore {
  const store = complete(shared(limits))
  const local = createLocal(limits, fallback, memory)
  const log = createStateLog(warn)
  const keyThrottle = createThrottle()
  const availability = new Availability((state, error) => {
    log.changed(state, error)
    callHook(onStateChange, { state, error, at: new Date() }, warn)
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

  /** Decides by the shared store, or by the local one. */
  function decide(
    byShared: () => StoreDecision | Promise<StoreDecision>,
    byLocal: () => StoreDecision | Promise<StoreDecision>,
  ): StoreDecision | Promise<StoreDecision> {
    if (closed || (availability.isAway && !availability.mayProbe())) return byLocal()
    const { period } = availability
    const decided = (decision: StoreDecision): StoreDecision => {
      if (!closed) availability.answered(period)
      return decision
    }
    const decideLocally = (error: unknown): StoreDecision | Promise<StoreDecision> => {
      failed(error, period)
      return byLocal()
    }
    try {
      return when(byShared(), decided, decideLocally)
    } catch (error) {
      return decideLocally(error)
    }
  }

  /** Tells both stores, since this one decides alone once the shared one is away. Returns whether that one heard it. */
  async function tellBoth(tell: (store: Required<Store>) => void | Promise<void>): Promise<boolean> {
    await tell(local)
    if (closed) return false
    const { period } = availability
    try {
      await tell(store)
      return true
    } catch (error) {
      failed(error, period)
      return false
    }
  }

  return {
    get degraded() {
      return availability.isAway
    },
    consume: (key, cost, limits) =>
      decide(
        () => store.consume(key, cost, limits),
        () => when(local.consume(key, cost, limits), countedLocally),
      ),
    peek: (key, cost, limits) =>
      decide(
        () => store.peek(key, cost, limits),
        () => local.peek(key, cost, limits),
      ),
    async giveBack(key, cost, limits, receipt) {
      const { period } = availability
      try {
        if (receipt instanceof LocalReceipt) await local.giveBack(key, cost, limits, receipt.receipt)
        // What a store that is away counted stays counted.
        else if (!closed && !availability.isAway) await store.giveBack(key, cost, limits, receipt)
      } catch (error) {
        failed(error, period)
      }
    },
    reset: (key) => tellBoth((store) => store.reset(key)),
    block: (key, seconds) => tellBoth((store) => store.block(key, seconds)),
    close() {
      closed = true
      log.close()
      store.close()
      local.close()
    },
  }
}

/** Notes who counted, also where the local store has no receipt: the shared one did not. */
function countedLocally(decision: StoreDecision): StoreDecision {
  return decision.allowed ? { ...decision, receipt: new LocalReceipt(decision.receipt) } : decision
}

/** Calls the app's hook, which may fail. */
function callHook(
  hook: FallbackOptions['onStateChange'],
  change: StateChange,
  warn: FallbackOptions['warn'],
): void {
  const failed = (error: unknown): void => warn('The onStateChange function failed', error)
  try {
    const returned = hook?.(change)
    if (isThenable(returned)) returned.then(undefined, failed)
  } catch (error) {
    failed(error)
  }
}
