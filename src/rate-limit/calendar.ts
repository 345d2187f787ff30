/** A span of time lasts from `start` up to, but not at, `end`, in milliseconds since the epoch. */
export interface Period {
  readonly start: number
  readonly end: number
}

/** Windows that begin when a calendar says so. They follow each other without a gap. */
export interface Calendar {
  /** `'day'`, `'week'`, `'month'` or `'month 15'`, and the time zone if it is not UTC. The same name has the same windows. */
  readonly name: string
  /** The seconds of a day, of a week, or of the longest month. */
  readonly length: number
  /** Returns the window that holds a time, in milliseconds since the epoch. To ask again for the same one costs nothing. */
  readonly periodAt: (time: number) => Period
}

export type CalendarUnit = 'day' | 'week' | 'month'

const DAY = 86_400_000
const WEEK = 7 * DAY
const LONGEST = { day: DAY, week: WEEK, month: 31 * DAY }
/** 1970-01-05. Weeks begin on Monday (ISO 8601). */
const A_MONDAY = 4 * DAY

/** Makes a calendar in UTC. @param day - the day on which each month begins, or the last of a month that has no such day */
export function createCalendar(unit: CalendarUnit, day = 1): Calendar {
  let period: Period = { start: 0, end: 0 }
  return {
    name: day === 1 ? unit : `${unit} ${day}`,
    length: LONGEST[unit] / 1000,
    periodAt: (time) => {
      if (time < period.start || time >= period.end) period = find(unit, day, time)
      return period
    },
  }
}

function find(unit: CalendarUnit, day: number, time: number): Period {
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
  const begins = (month: number): number => {
    const [begin, last] = [new Date(time).setUTCMonth(month, day), new Date(time).setUTCMonth(month + 1, 0)]
    return spanAt(Math.min(begin, last), DAY, 0).start
  }
  const start = begins(month)
  return time < start ? { start: begins(month - 1), end: start } : { start, end: begins(month + 1) }
}
