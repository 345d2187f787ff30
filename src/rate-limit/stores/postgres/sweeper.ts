import { SWEPT } from './sql.ts'

/** Milliseconds from the first answer to the first sweep, from one full sweep to the next, and from any other. */
const FIRST = 1_000
const FULL = 50
const PAUSE = 60_000

/** Takes away the rows that do not matter anymore, apart from requests. */
export interface Sweeper {
  /** Begins, once. */
  readonly begin: () => void
  readonly close: () => void
}

/**
 * @param sweep - sweeps some rows and returns how many. When it fails, the next one may not
 * @param first - milliseconds
 */
export function createSweeper(sweep: () => Promise<number>, first = FIRST): Sweeper {
  let timer: NodeJS.Timeout | undefined
  let closed = false

  function later(milliseconds: number): void {
    timer = setTimeout(() => void run(), milliseconds).unref()
  }

  async function run(): Promise<void> {
    const swept = await sweep().catch(() => 0)
    // All machines sweep, and need not do so at the same time.
    if (!closed) later(swept === SWEPT ? FULL : PAUSE * (0.5 + Math.random()))
  }

  return {
    begin() {
      if (timer === undefined && !closed) later(first)
    },
    close() {
      closed = true
      clearTimeout(timer)
    },
  }
}
