import { ignoreRejection } from '../../guard/read.ts'
import { ownOptions, SetupError, show } from '../../guard/setup-error.ts'
import { isPromise } from '../asked.ts'
import { createStateLog } from './fallback-log.ts'
import { isKeyFailure, type Decision, type Limit, type Store, type StoreFactory } from './store.ts'
import { createThrottle } from './throttle.ts'

/**
 * What decides while the shared store is away: this process' own memory, with the whole limit or its share of it
 * (`{ share: 1 / machines }`), or nobody.
 */
export type Fallback = 'memory' | 'allow' | { readonly share: number }

/** The shared store went away, or came back. */
export interface StateChange {
  readonly state: 'degraded' | 'restored'
  /** What the store failed with, as it is. Undefined when it came back. */
  readonly error: unknown
  /** Milliseconds since the epoch. */
  readonly at: number
}

export interface FallbackOptions {
  /** @default 'memory' */
  readonly fallback?: Fallback | undefined
  /** Makes the store that decides meanwhile. It has to answer at once. */
  readonly local: StoreFactory
  /** Told every change, at once. */
  readonly onStateChange?: ((change: StateChange) => unknown) | undefined
  /** Logs the changes, at most one in 10 s. Must not throw. */
  readonly warn: (message: string, error?: unknown) => void
}

/** A store that always answers. */
export interface FallbackStore extends Store {
  /** Whether the shared store is away now. */
  readonly degraded: boolean
}

/** Milliseconds between two probes: doubled from the one to the other. */
const FIRST_PROBE = 100
const LAST_PROBE = 2_000
/** Milliseconds after which a store that came back counts as sound: before, it is probed less and less. */
const SOUND = 10_000

/** Returns a `fallback` with nothing that is inherited. Throws a SetupError for one that cannot work. */
export function checkFallback(fallback: unknown): Fallback | undefined {
  if (fallback === undefined || fallback === 'memory' || fallback === 'allow') return fallback
  if (typeof fallback !== 'object' || fallback === null) {
    throw new SetupError(
      `Option fallback is ${show(fallback)}. Use 'memory', 'allow' or a share such as { share: 1 / 4 }.`,
    )
  }
  const { share } = ownOptions<{ readonly share?: unknown }>('Option fallback', fallback, ['share'])
  if (typeof share === 'number' && share > 0 && share <= 1) return { share }
  throw new SetupError(
    `Option fallback has the share ${show(share)}. Give the part of each limit that this process may grant: above 0, at most 1.`,
  )
}

/**
 * Puts a local store behind a shared one. The shared one decides alone as long as it answers. Once it fails, the local
 * one decides at once, and single requests ask the shared one whether it is back.
 */
export function withFallback(
  shared: StoreFactory,
  limits: readonly Limit[],
  options: FallbackOptions,
): FallbackStore {
  const store = shared(limits)
  const local = createLocal(limits, options)
  const log = createStateLog(options.warn)
  const keyThrottle = createThrottle()
  let degraded = false
  let closed = false
  let probing = false
  let probes = 0
  let probeAt = 0
  let restoredAt = -Infinity
  // Failures of requests that were sent before the last change say nothing about the store now.
  let period = 0

  function change(error: unknown): void {
    degraded = !degraded
    period++
    const state = degraded ? 'degraded' : 'restored'
    log.changed(state, error)
    tell(options.onStateChange, { state, error, at: Date.now() })
  }

  function degrade(error: unknown): void {
    const now = performance.now()
    if (now - restoredAt > SOUND) probes = 0
    postpone(now)
    change(error)
  }

  function restore(): void {
    restoredAt = performance.now()
    change(undefined)
  }

  /** Half of each delay is left to chance, so that machines do not come back all at once. */
  function postpone(now: number): void {
    const delay = Math.min(FIRST_PROBE * 2 ** probes++, LAST_PROBE)
    probeAt = now + delay * (0.5 + Math.random() / 2)
  }

  function failed(error: unknown, sentIn: number): void {
    if (closed) return
    if (isKeyFailure(error)) {
      if (keyThrottle() === 0) options.warn('Rate limits of a key are decided without their store', error)
    } else if (!degraded && sentIn === period) {
      degrade(error)
    }
  }

  /** Asks the store that is away with one request, which waits for it as when it was there. */
  function probe(key: string, cost: number): Decision | Promise<Decision> {
    probing = true
    const passed = (decision: Decision): Decision => {
      probing = false
      if (!closed && degraded) restore()
      return decision
    }
    const missed = (error: unknown): Decision | Promise<Decision> => {
      probing = false
      if (!isKeyFailure(error)) postpone(performance.now())
      else if (!closed && degraded) restore()
      return local.consume(key, cost)
    }
    try {
      const decision = store.consume(key, cost)
      return isPromise(decision) ? decision.then(passed, missed) : passed(decision)
    } catch (error) {
      return missed(error)
    }
  }

  return {
    get degraded() {
      return degraded
    },
    consume(key, cost) {
      if (closed) return local.consume(key, cost)
      if (degraded) {
        return !probing && performance.now() >= probeAt ? probe(key, cost) : local.consume(key, cost)
      }
      const sentIn = period
      try {
        const decision = store.consume(key, cost)
        if (!isPromise(decision)) return decision
        return decision.catch((error: unknown) => {
          failed(error, sentIn)
          return local.consume(key, cost)
        })
      } catch (error) {
        failed(error, sentIn)
        return local.consume(key, cost)
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

function createLocal(limits: readonly Limit[], { fallback = 'memory', local }: FallbackOptions): Store {
  if (fallback === 'memory') return local(limits)
  if (fallback === 'allow') return allow(limits)
  const shares = limits.map((one) => ({
    ...one,
    limit: Math.max(1, Math.floor(one.limit * fallback.share)),
  }))
  const whole = Math.min(...limits.map(({ limit }) => limit))
  const most = Math.min(...shares.map(({ limit }) => limit))
  const store = local(shares)
  return {
    ...store,
    // What the whole limit can let pass takes all of the share at most: it would else be refused for good.
    consume: (key, cost) => store.consume(key, cost > whole ? cost : Math.min(cost, most)),
  }
}

/** Lets everything pass. Nothing is counted, so that all of each limit is left. */
function allow(limits: readonly Limit[]): Store {
  const decision: Decision = {
    allowed: true,
    standings: limits.map(({ limit }) => ({ remaining: limit, resetMs: 0 })),
    violated: [],
    retryMs: 0,
  }
  return { consume: () => decision, close: () => {} }
}

/** The app's hook may throw or reject: it changes nothing. */
function tell(hook: FallbackOptions['onStateChange'], change: StateChange): void {
  try {
    ignoreRejection(hook?.(change))
  } catch {
    // Nobody is left to tell.
  }
}
