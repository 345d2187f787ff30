import { spanMilliseconds, SPANS } from '../guard/span.ts'

/** The length of a window in milliseconds, or a calendar window in UTC. */
export type Window = number | 'day' | 'month'

const DAY = 86_400_000
/** Milliseconds. */
export const MAX_WINDOW = 400 * DAY

/** Messages describe a window like this. */
export const WINDOWS = `${SPANS}; at least '1ms' and at most '400d'; or 'day' or 'month'`

/** Reads a window as an app writes it. Returns undefined for one that cannot be counted in. */
export function parseWindow(window: unknown): Window | undefined {
  if (window === 'day' || window === 'month') return window
  const span = spanMilliseconds(window)
  return span !== undefined && span >= 1 && span <= MAX_WINDOW ? span : undefined
}

/** Returns a window's length in milliseconds; a month's is that of the longest. */
export function windowLength(window: Window): number {
  return window === 'day' ? DAY : window === 'month' ? 31 * DAY : window
}
