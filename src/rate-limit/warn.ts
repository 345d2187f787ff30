import { getOrMake } from '../guard/memo.ts'
import { show } from '../guard/setup-error.ts'
import type { Logger } from '../report/logger.ts'
import { createReporter } from '../report/report.ts'
import { createThrottle } from './stores/throttle.ts'

/** Logs a warning. Never throws. */
export type Warn = (message: string, error?: unknown) => void

/** Makes the function that logs warnings: one JSON line each to stderr, unless the app has a logger. */
export function createWarn(logger: Logger | undefined): Warn {
  return createReporter({ logger }).warn
}

/** Shows in the log what an app gave, or returned. */
export function itWas(value: unknown): TypeError {
  return new TypeError(`It was ${show(value)}`)
}

/** Passes each message on at most once in 10 s. A fault of one request is often the fault of all. */
export function rarely(warn: Warn): Warn {
  const throttles = new Map<string, () => number>()
  return (message, error) => {
    const throttle = getOrMake(throttles, message, createThrottle)
    if (throttle() === 0) warn(message, error)
  }
}
