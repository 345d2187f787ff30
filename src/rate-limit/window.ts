import { createCalendar, type Calendar } from './calendar.ts'
import { isSpanUpTo, spanMilliseconds, SPANS } from '../guard/span.ts'
import type { Warn } from './warn.ts'

/** The length of a window in seconds, or the calendar of its windows. */
export type Window = number | Calendar

const HOUR = 3600
const DAY = 24 * HOUR
/** Seconds. */
export const MAX_WINDOW = 400 * DAY

/** Messages describe a window like this. */
export const WINDOWS = `${SPANS}; at least '1ms' and at most '400d'; or 'day' or 'month'`

/** Reads a window as an app writes it. Returns undefined for one that cannot be counted in. */
export function parseWindow(window: unknown): Window | undefined {
  if (window === 'day' || window === 'month') return createCalendar(window)
  // Stores count in whole milliseconds.
  return isSpanUpTo(MAX_WINDOW, window) ? spanMilliseconds(window)! / 1000 : undefined
}

/**
 * Warns of a window that is a number of milliseconds by its look, as other limiters take it: 60_000 is a minute in
 * those, and no time in seconds that anybody would choose.
 */
export function warnOfMilliseconds(where: string, window: unknown, warn: Warn): void {
  if (typeof window !== 'number' || window % 1000 !== 0) return
  if (window % (window > DAY ? DAY : HOUR) === 0) return
  warn(
    `${where} has window ${window}, which is in seconds: write '${window}s' if you mean them, else '${window}ms'`,
  )
}

/** Returns what tells a window from others, in a text or a key: its length in whole milliseconds, or its calendar's name. */
export function countedWindow(window: Window): number | string {
  return typeof window === 'number' ? Math.round(window * 1000) : window.name
}

/** Returns a window's length in seconds; a month's is that of the longest, and a day's that of most. */
export function windowLength(window: Window): number {
  return typeof window === 'number' ? window : window.length
}
