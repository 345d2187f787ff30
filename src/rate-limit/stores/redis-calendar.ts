import type { Calendar, Period } from '../calendar.ts'

/**
 * Returns a function that tells `DECIDE`, for a time, when the windows around it start and end, as it knows no time zones:
 * the start and end of the one that holds the time, the ends of the next two, the start of the one before; then how long
 * the longest is.
 */
export function createWindows(calendar: Calendar): (time: number) => string {
  let current: Period = { start: 0, end: 0 }
  let text = ''
  return (time) => {
    if (time < current.start || time >= current.end) {
      current = calendar.periodAt(time)
      const { start, end } = current
      const next = calendar.periodAt(end)
      const last = calendar.periodAt(next.end)
      const before = calendar.periodAt(start - 1)
      text = [start, end, next.end, last.end, before.start, calendar.length * 1000].join(' ')
    }
    return text
  }
}
