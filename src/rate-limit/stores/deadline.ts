import type { StoreFactory } from './store.ts'

/** One that waits. */
export interface Waiting {
  readonly until: number
  readonly fail: (error: Error) => void
}

export interface Deadline {
  /** Begins to wait. `fail` is called when the time is over. */
  readonly begin: (fail: (error: Error) => void) => Waiting
  /** The answer is there, in time or too late. */
  readonly end: (waiting: Waiting) => void
  /** Fails all that wait. */
  readonly close: () => void
}

/** Makes a deadline of so many milliseconds, with one timer for all that wait. */
export function createDeadline(milliseconds: number): Deadline {
  // All have the same time, so that the first one is always the next one due.
  const all = new Set<Waiting>()
  let timer: NodeJS.Timeout | undefined

  function arm(): void {
    const [next] = all
    if (next) timer = setTimeout(wake, next.until - performance.now()).unref()
  }

  /** Answers that came while the process was busy are read first: its own slowness is not theirs. */
  function wake(): void {
    setImmediate(() => {
      timer = undefined
      const now = performance.now()
      for (const waiting of all) {
        if (waiting.until > now) break
        all.delete(waiting)
        waiting.fail(new Error(`No answer within ${milliseconds} ms`))
      }
      arm()
    })
  }

  return {
    begin(fail) {
      const waiting = { until: performance.now() + milliseconds, fail }
      all.add(waiting)
      if (timer === undefined) arm()
      return waiting
    },
    end(waiting) {
      all.delete(waiting)
    },
    close() {
      clearTimeout(timer)
      timer = undefined
      for (const waiting of all) waiting.fail(new Error('The rate limiter was closed'))
      all.clear()
    },
  }
}

/** Settles as a promise does, or fails when its time is over. What it does later is let go. */
export function inTime<T>(deadline: Deadline, promise: PromiseLike<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const waiting = deadline.begin(reject)
    Promise.resolve(promise)
      .finally(() => deadline.end(waiting))
      .then(resolve, reject)
  })
}

const punctual = new WeakSet<StoreFactory>()

/** Notes that the promises of a store settle in time by themselves. */
export function markPunctual(store: StoreFactory): StoreFactory {
  punctual.add(store)
  return store
}

export function isPunctual(store: StoreFactory): boolean {
  return punctual.has(store)
}
