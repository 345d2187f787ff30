import { spanMilliseconds, SPANS } from '../guard/span.ts'

/** The length of a window in seconds, or a calendar window in UTC. */
export type Window = number | 'day' | 'month'

const DAY = 86_400
/** Seconds. */
export const MAX_WINDOW = 400 * DAY

/** Messages describe a window like this. */
export const WINDOWS = `${SPANS}; at least '1ms' and at most '400d'; or 'day' or 'month'`

/** Reads a window as an app writes it. Returns undefined for one that cannot be counted in. */
export function parseWindow(window: unknown): Window | undefined {
  if (window === 'day' || window === 'month') return window
  // Stores count in whole milliseconds.
  const seconds = (spanMilliseconds(window) ?? 0) / 1000
  return seconds > 0 && seconds <= MAX_WINDOW ? seconds : undefined
}

/** Returns a window as stores count in it: its length in whole milliseconds, or the calendar's. */
export function countedWindow(window: Window): Window {
  return typeof window === 'string' ? window : Math.round(window * 1000)
}

/** Returns a window's length in seconds; a month's is that of the longest. */
export function windowLength(window: Window): number {
  return window === 'day' ? DAY : window === 'month' ? 31 * DAY : window
}
