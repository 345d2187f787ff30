import { bare } from '../guard/own.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** The clocks of a time zone. What they show is given as the time at which clocks in UTC show the same. */
export interface TimeZone {
  readonly shownAt: (time: number) => number
  /**
   * Returns the first time at which clocks show this or a later time. Clocks that are set forward may leave it
   * out, and clocks that are set back show it twice.
   */
  readonly firstAt: (shown: number) => number
}

/** Messages describe a time zone like this. */
export const TIME_ZONES = "the IANA name of a time zone, such as 'Europe/Berlin'"

export function isTimeZone(value: unknown): value is string {
  try {
    return typeof value === 'string' && createFormat(value) !== undefined
  } catch {
    return false
  }
}

/** @throws RangeError - for a time zone that this Node.js does not know */
export function createTimeZone(name: string): TimeZone {
  const format = createFormat(name)
  const offsetAt = (time: number): number => readOffset(format.format(withinDates(time)))

  /** Returns the first time with the offset of `after`. The one of `before` is another. */
  function changeBetween(before: number, after: number): number {
    const offset = offsetAt(after)
    while (after - before > 1) {
      const middle = Math.floor((before + after) / 2)
      if (offsetAt(middle) === offset) after = middle
      else before = middle
    }
    return after
  }

  return {
    shownAt: (time) => time + offsetAt(time),
    firstAt(shown) {
      // No offset is as large as a day, and nowhere were clocks set twice in two days (Africa/Freetown: 4 days, 1939).
      const [before, after] = [shown - DAY, shown + DAY]
      const first = shown - offsetAt(before)
      const second = shown - offsetAt(after)
      if (first === second) return first
      const change = changeBetween(before, after)
      return first < change ? first : Math.max(change, second)
    },
  }
}

function createFormat(timeZone: string): Intl.DateTimeFormat {
  const options: Intl.DateTimeFormatOptions = { timeZone, year: 'numeric', timeZoneName: 'longOffset' }
  return new Intl.DateTimeFormat('en', bare(options))
}

/** Reads the offset of `2026, GMT+05:30`. Before there were time zones it had seconds. */
function readOffset(text: string): number {
  const [, sign, hours, minutes, seconds = 0] = /GMT(.)(\d+):(\d+)(?::(\d+))?$/.exec(text) ?? []
  if (sign === undefined) return 0
  const offset = Number(hours) * HOUR + Number(minutes) * 60_000 + Number(seconds) * 1000
  return sign === '+' ? offset : -offset
}

/** The last time of a Date: ECMA-262, section "Time Values and Time Range". */
const LAST = 8.64e15

function withinDates(time: number): number {
  return Math.min(Math.max(time, -LAST), LAST)
}
