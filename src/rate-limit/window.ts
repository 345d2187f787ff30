import { isObject } from '../guard/options.ts'
import { isArray } from '../guard/read.ts'
import { nearest, ownOptions, SetupError, show } from '../guard/setup-error.ts'
import { isSpanUpTo, spanMilliseconds, SPANS, type Span } from '../guard/span.ts'
import { createCalendar, UNITS, type Calendar, type Unit } from './calendar.ts'
import { isTimeZone, TIME_ZONES } from './time-zone.ts'
import type { Warn } from './warn.ts'

/** An app writes a window like this: its length, or the calendar unit that it is, or that months begin on a day of theirs. */
export type WindowDefinition = Span | number | Unit | { readonly month: number }

/** The length of a window in seconds, or the calendar of its windows. */
export type Window = number | Calendar

const HOUR = 3600
const DAY = 24 * HOUR
/** Seconds. */
export const MAX_WINDOW = 400 * DAY

/** Messages describe a window like this. */
export const WINDOWS = `${SPANS}; at least '1ms' and at most '400d'; or 'day', 'week', 'month' or { month: 15 }`

/** Tells whether a value may be a window. The members of an object are not looked at. */
export function isWindow(value: unknown): boolean {
  return isSpanUpTo(MAX_WINDOW, value) || isUnit(value) || (isObject(value) && !isArray(value))
}

function isUnit(value: unknown): value is Unit {
  return UNITS.includes(value as Unit)
}

/**
 * Makes a window of what an app writes.
 *
 * @param where - who has the window: `'Policy per-hour'`
 * @throws SetupError - names it, shows what is wrong and says what to give
 */
export function createWindow(where: string, window: unknown, timeZone: unknown): Window {
  if (!isWindow(window)) throw new SetupError(`${where} has window ${show(window)}. Give ${WINDOWS}.`)
  if (timeZone !== undefined) checkTimeZone(where, timeZone)
  if (isObject(window)) return createCalendar('month', firstDay(where, window), timeZone)
  if (isUnit(window)) return createCalendar(window, 1, timeZone)
  if (timeZone !== undefined) {
    throw new SetupError(
      `${where} has timeZone ${show(timeZone)}, but window ${show(window)} is as long everywhere. Leave timeZone out, or give window 'day', 'week', 'month' or { month: 15 }.`,
    )
  }
  // Stores count in whole milliseconds.
  return spanMilliseconds(window)! / 1000
}

function firstDay(where: string, window: object): number {
  const { month: day } = ownOptions<{ readonly month?: unknown }>(`${where}'s window`, window, ['month'])
  if (Number.isInteger(day) && (day as number) >= 1 && (day as number) <= 31) return day as number
  throw new SetupError(
    `${where} has window { month: ${show(day)} }. Give the day on which its months begin: a whole number from 1 to 31.`,
  )
}

function checkTimeZone(where: string, timeZone: unknown): asserts timeZone is string {
  if (isTimeZone(timeZone)) return
  const meant = typeof timeZone === 'string' && nearest(timeZone, Intl.supportedValuesOf('timeZone'))
  const advice = meant ? `Did you mean ${meant}?` : `Give ${TIME_ZONES}.`
  throw new SetupError(`${where} has timeZone ${show(timeZone)}. ${advice}`)
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

/** Returns a window's length in seconds: of a calendar's that of the longest, where no clock is set meanwhile. */
export function windowLength(window: Window): number {
  return typeof window === 'number' ? window : window.length
}
