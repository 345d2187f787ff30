import type { StoreFactory } from './store.ts'

interface Waiting {
  readonly until: number
  readonly fail: (error: Error) => void
}

export interface Deadline {
  /** Settles as a promise does, or fails when its time is over. What the promise does later is ignored. */
  readonly within: <T>(promise: PromiseLike<T>) => Promise<T>
  /** Fails all that wait. */
  readonly close: () => void
}

/** Makes a deadline of so many milliseconds, with one timer for all that wait. */
export function createDeadline(milliseconds: number): Deadline {
  // All have the same time, so the first is always the next one due.
  const all = new Set<Waiting>()
  let timer: NodeJS.Timeout | undefined

  function arm(): void {
    const [next] = all
    if (next) timer = setTimeout(wake, next.until - performance.now()).unref()
  }

  /** Reads answers that came while the process was busy first: its own slowness is not theirs. */
  function wake(): void {
    setImmediate(() => {
      timer = undefined
      const now = performance.now()
      for (const waiting of all) {
        if (waiting.until > now) break
        all.delete(waiting)
        waiting.fail(new Error(`No answer within ${milliseconds} ms, the timeout`))
      }
      arm()
    })
  }

  function begin(fail: Waiting['fail']): Waiting {
    const waiting = { until: performance.now() + milliseconds, fail }
    all.add(waiting)
    if (timer === undefined) arm()
    return waiting
  }

  return {
    within(promise) {
      return new Promise((resolve, reject) => {
        const waiting = begin(reject)
        const ending =
          <T>(settle: (outcome: T) => void) =>
          (outcome: T): void => {
            all.delete(waiting)
            settle(outcome)
          }
        Promise.resolve(promise).then(ending(resolve), ending(reject))
      })
    },
    close() {
      clearTimeout(timer)
      timer = undefined
      for (const waiting of all) waiting.fail(new Error('The rate limiter was closed'))
      all.clear()
    },
  }
}

const punctual = new WeakSet<StoreFactory>()

/** Marks a store whose promises settle in time by themselves. */
export function markPunctual(store: StoreFactory): StoreFactory {
  punctual.add(store)
  return store
}

export function isPunctual(store: StoreFactory): boolean {
  return punctual.has(store)
}
