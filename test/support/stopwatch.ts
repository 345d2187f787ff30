const TICK = 5

let awake = 0
let last = performance.now()
setInterval(() => {
  const now = performance.now()
  awake += Math.min(now - last, 3 * TICK)
  last = now
}, TICK).unref()

/** Starts to count the milliseconds that this process computes. */
export function startComputing(): () => number {
  const start = process.cpuUsage()
  return () => {
    const { user, system } = process.cpuUsage(start)
    return (user + system) / 1_000
  }
}

/**
 * Starts to count the milliseconds that an answer takes, and leaves out those in which a busy machine let this process
 * wait: the longer of the time in which the event loop turned, which a timer takes, and of the time that was computed.
 */
export function startWatch(): () => number {
  const start = awake
  const computed = startComputing()
  return () => Math.max(awake - start, computed())
}
