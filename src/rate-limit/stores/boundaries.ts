import type { Calendar, Period } from '../calendar.ts'

/**
 * Returns a function that tells a server, which knows no time zones, when the windows around a time begin: the one
 * before, the one that holds it and three more, in milliseconds since the epoch. The server's clock and ours may be up
 * to a window apart.
 *
 * @param write - writes them as the server reads them, once for each window that time gets into
 */
export function createBoundaries(
  { periodAt }: Calendar,
  write: (
    boundaries: readonly [before: number, start: number, end: number, next: number, last: number],
  ) => string,
): (time: number) => string {
  let current: Period = { start: 0, end: 0 }
  let text = ''
  return (time) => {
    if (time < current.start || time >= current.end) {
      current = periodAt(time)
      const { start, end } = current
      const next = periodAt(end).end
      text = write([periodAt(start - 1).start, start, end, next, periodAt(next).end])
    }
    return text
  }
}
