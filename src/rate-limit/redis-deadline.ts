/** Commands that may be without an answer at once: more than this, and waiting for them fills the memory. */
const MAX_UNANSWERED = 10_000

/** One that waits. */
export interface Waiting {
  readonly until: number
  readonly fail: (error: Error) => void
}

export interface Deadline {
  /**
   * Begins to wait. `fail` is called when the time is over.
   *
   * @throws Error - when too much is waiting
   */
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
  let unanswered = 0

  function arm(): void {
    const [next] = all
    if (next) timer = setTimeout(wake, next.until - performance.now()).unref()
  }

  /** Answers that came while the process was busy are read first: its own slowness is not the store's. */
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
      if (unanswered >= MAX_UNANSWERED) throw new Error(`${unanswered} commands are without an answer`)
      unanswered++
      const waiting = { until: performance.now() + milliseconds, fail }
      all.add(waiting)
      if (timer === undefined) arm()
      return waiting
    },
    end(waiting) {
      unanswered--
      all.delete(waiting)
    },
    close() {
      clearTimeout(timer)
      for (const waiting of all) waiting.fail(new Error('The rate limiter was closed'))
      all.clear()
    },
  }
}
