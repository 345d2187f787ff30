import type { Calendar } from '../../calendar.ts'
import { createBoundaries } from '../boundaries.ts'

/**
 * Returns a function that tells `DECIDE`, for a time, when the windows around it start and end: the start and end of
 * the one that holds the time, the ends of the next two, the start of the one before; then how long the longest is.
 */
export function createWindows(calendar: Calendar): (time: number) => string {
  return createBoundaries(calendar, ([before, start, end, next, last]) =>
    [start, end, next, last, before, calendar.length * 1000].join(' '),
  )
}
