/** A span of time lasts from `start` up to, but not at, `end`, in milliseconds since the epoch. */
export interface Period {
  readonly start: number
  readonly end: number
}

/** Returns the day or month in UTC that holds a time, in milliseconds since the epoch. */
export function periodAt(unit: 'day' | 'month', time: number): Period {
  const date = new Date(time)
  const year = date.getUTCFullYear()
  const month = date.getUTCMonth()
  if (unit === 'month') return { start: Date.UTC(year, month, 1), end: Date.UTC(year, month + 1, 1) }
  const day = date.getUTCDate()
  return { start: Date.UTC(year, month, day), end: Date.UTC(year, month, day + 1) }
}

/**
 * A calendar window goes on when the clock is set back out of it by at most so many milliseconds. A clock that is
 * corrected (NTP steps by seconds to minutes) would otherwise begin a midnight's window twice. A clock that is set back
 * by more had been wrong, and nobody is kept out for that.
 */
export const SET_BACK = 3_600_000
