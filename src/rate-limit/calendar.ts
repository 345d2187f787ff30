import { createTimeZone } from './time-zone.ts'

/** A window of a calendar, in milliseconds since the epoch. */
export interface Period {
  /** The first time in it. */
  readonly start: number
  /** The first time after it. */
  readonly end: number
}

/** The windows of a calendar. They follow each other without a gap. */
export interface Calendar {
  /** `'day'`, `'week'`, `'month'` or `'month 15'`, and the time zone unless it is UTC. The same name has the same windows. */
  readonly name: string
  /** The seconds of a day, of a week, or of the longest month, where no clock is set meanwhile. */
  readonly length: number
  /** Returns the window that holds a time, in milliseconds since the epoch. To ask again for the same one costs nothing. */
  readonly periodAt: (time: number) => Period
}

export const UNITS = ['day', 'week', 'month'] as const
export type Unit = (typeof UNITS)[number]

const DAY = 86_400_000
const WEEK = 7 * DAY
const LONGEST = { day: DAY, week: WEEK, month: 31 * DAY }
/** 1970-01-05. Weeks begin on Monday (ISO 8601). */
const A_MONDAY = 4 * DAY

/**
 * Makes a calendar.
 *
 * @param day - on which months begin; one that has no such day begins on its last
 * @throws RangeError - for a time zone that does not exist
 */
export function createCalendar(unit: Unit, day = 1, timeZone = 'UTC'): Calendar {
  const isUtc = timeZone.toUpperCase() === 'UTC'
  const findShown = (time: number): Period => periodAt(unit, day, time)
  const find = isUtc ? findShown : inZone(timeZone, findShown)
  let period: Period = { start: 0, end: 0 }
  return {
    name: `${unit}${day === 1 ? '' : ` ${day}`}${isUtc ? '' : ` ${timeZone}`}`,
    length: LONGEST[unit] / 1000,
    periodAt(time) {
      if (time < period.start || time >= period.end) period = find(time)
      return period
    },
  }
}

/** Returns the function that finds a time's period by the clocks of a time zone, from the one that finds it by what they show. */
function inZone(timeZone: string, find: (shown: number) => Period): (time: number) => Period {
  const { shownAt, firstAt } = createTimeZone(timeZone)
  return (time) => {
    let shown = find(shownAt(time))
    let end = firstAt(shown.end)
    // Clocks that are set back at midnight show the end of a day again. It stays over.
    while (end <= time) {
      shown = find(shown.end)
      end = firstAt(shown.end)
    }
    return { start: firstAt(shown.start), end }
  }
}

function periodAt(unit: Unit, day: number, time: number): Period {
  if (unit === 'month') return monthAt(time, day)
  return unit === 'week' ? spanAt(time, WEEK, A_MONDAY) : spanAt(time, DAY, 0)
}

/** Returns the span that holds a time, of those of one length that follow each other from an origin on. */
function spanAt(time: number, length: number, origin: number): Period {
  const start = Math.floor((time - origin) / length) * length + origin
  return { start, end: start + length }
}

function monthAt(time: number, day: number): Period {
  const month = new Date(time).getUTCMonth()
  const beginOf = (month: number): number => {
    const [begin, last] = [new Date(time).setUTCMonth(month, day), new Date(time).setUTCMonth(month + 1, 0)]
    return spanAt(Math.min(begin, last), DAY, 0).start
  }
  const begin = beginOf(month)
  return time < begin ? { start: beginOf(month - 1), end: begin } : { start: begin, end: beginOf(month + 1) }
}
