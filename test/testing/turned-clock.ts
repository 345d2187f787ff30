import { createRequire, syncBuiltinESMExports } from 'node:module'
import { setImmediate as turn } from 'node:timers/promises'
import { vi } from 'vitest'

const promises = createRequire(import.meta.url)('node:timers/promises') as {
  setTimeout: (delay?: number) => Promise<void>
}

/** Plays with clocks that go on to the end of the next sleep once nothing else is to do. Timers are as they are. */
export async function withTurnedClock<T>(play: () => Promise<T>): Promise<T> {
  const { setTimeout: sleep } = promises
  const sleeping: { readonly until: number; readonly wake: () => void }[] = []
  vi.useFakeTimers({ toFake: ['Date', 'performance'] })
  promises.setTimeout = (delay = 1) =>
    new Promise((wake) => sleeping.push({ until: performance.now() + Math.ceil(delay), wake }))
  syncBuiltinESMExports()
  const ended = new AbortController()
  try {
    const played = play().finally(() => ended.abort())
    // It is awaited below.
    played.catch(() => {})
    for (await turn(); !ended.signal.aborted; await turn()) {
      const next = Math.min(...sleeping.map(({ until }) => until))
      if (next === Infinity) continue
      vi.advanceTimersByTime(next - performance.now())
      for (const { until, wake } of sleeping.splice(0)) {
        if (until <= next) wake()
        else sleeping.push({ until, wake })
      }
    }
    return await played
  } finally {
    promises.setTimeout = sleep
    syncBuiltinESMExports()
    vi.useRealTimers()
  }
}
