import type { Calendar } from '../../calendar.ts'
import { idOf } from '../identity.ts'
import { PARTS } from '../parts.ts'
import { createWindows } from './calendar.ts'
import type { Limit } from '../store.ts'

/** The part of a limit that the scripts know: all but its number. */
export interface RedisPolicy {
  readonly id: string
  readonly algorithm: 'fixed' | 'sliding' | 'calendar'
  /** Returns the window as `DECIDE` reads it, around a time in milliseconds since the epoch. */
  readonly windowAround: (time: number) => string
  /** Returns the window as `GIVE_BACK` reads it, for a request that was counted at a time. */
  readonly windowAt: (time: number) => string
  /** For so many milliseconds after its counter is over, a part of it may be taken for one that still counts. */
  readonly tail: number
}

export function createRedisPolicy(limit: Limit): RedisPolicy {
  const { window, algorithm } = limit
  if (typeof window !== 'number') return calendarPolicy(idOf(limit), window)
  const length = Math.round(window * 1000)
  const text = String(length)
  return {
    id: idOf(limit),
    algorithm,
    windowAround: () => text,
    windowAt: () => text,
    tail: algorithm === 'sliding' ? Math.ceil(length / PARTS) : 0,
  }
}

function calendarPolicy(id: string, calendar: Calendar): RedisPolicy {
  return {
    id,
    algorithm: 'calendar',
    windowAround: createWindows(calendar),
    windowAt(time) {
      const { start, end } = calendar.periodAt(time)
      return `${start} ${end}`
    },
    tail: 0,
  }
}
