/** Milliseconds between two logs. */
const QUIET = 10_000

/** Makes what says how many milliseconds to wait before the next log: 0, and then the next one waits. */
export function createThrottle(): () => number {
  let next = -Infinity
  return () => {
    const now = performance.now()
    if (now < next) return next - now
    next = now + QUIET
    return 0
  }
}
