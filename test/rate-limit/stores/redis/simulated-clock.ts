import type { Redis } from 'ioredis'
import type { IoredisClient } from '../../../../src/rate-limit/stores/redis/client.ts'

// Each script reads the server's clock once, and lets the key expire once.
const REAL: readonly (readonly [real: string, simulated: string])[] = [
  ["redis.call('TIME')", "redis.call('HMGET', 'clock', 'seconds', 'microseconds')"],
  [", 'PX', math.min(last - now, MAX_WINDOW))", ')'],
]

/** A client on whose server the scripts run at any time: the rest of it is what it is. */
export interface SimulatedClock {
  readonly client: IoredisClient
  /** Milliseconds since the epoch, from the next script on. Each runs a microsecond after the one before. */
  set: (now: number) => void
}

export function simulatedClock(redis: Redis): SimulatedClock {
  const scripts = new Map<string, string>()
  let last = NaN
  const simulated = (script: string): string => {
    let text = scripts.get(script)
    if (text === undefined) {
      text = script
      for (const [real, other] of REAL) {
        if (text.split(real).length !== 2) throw new Error(`The script does not hold ${real} once`)
        text = text.replace(real, other)
      }
      scripts.set(script, text)
    }
    return text
  }
  return {
    client: {
      status: 'ready',
      on: () => {},
      off: () => {},
      listenerCount: () => 1,
      evalsha: () => Promise.reject(new Error('NOSCRIPT')),
      eval(script, keys, ...rest) {
        // Commands of one client run in their order.
        void redis.hincrby('clock', 'microseconds', 1)
        return redis.eval(simulated(script), keys, ...rest)
      },
    },
    set(now) {
      if (now === last) return
      last = now
      const seconds = Math.floor(now / 1000)
      void redis.hset('clock', { seconds, microseconds: (now - seconds * 1000) * 1000 + 500 })
    },
  }
}
