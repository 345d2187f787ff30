/** The milliseconds between two logs. */
const QUIET = 10_000

/** Makes a function that returns the milliseconds to wait before a log. Once it returned 0, the next log waits. */
export function createThrottle(): () => number {
  let next = -Infinity
  return () => {
    const now = performance.now()
    if (now < next) return next - now
    next = now + QUIET
    return 0
  }
}
