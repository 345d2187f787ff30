import type { State } from './availability.ts'
import { createThrottle } from '../throttle.ts'

const MESSAGES: Readonly<Record<State, string>> = {
  degraded: 'Rate limits are decided without their store, which failed',
  restored: 'Rate limits are counted in their store again',
}

/**
 * Logs a state that changes, at most once in 10 s. The state at the end of such a time is logged then, so that the last
 * line is true.
 */
export function createStateLog(warn: (message: string, error?: unknown) => void): {
  readonly changed: (state: State, error: unknown) => void
  readonly close: () => void
} {
  const throttle = createThrottle()
  let logged: State = 'restored'
  let now: { readonly state: State; readonly error: unknown } = { state: logged, error: undefined }
  let timer: NodeJS.Timeout | undefined

  function log(): void {
    timer = undefined
    if (now.state === logged) return
    const wait = throttle()
    if (wait > 0) {
      timer = setTimeout(log, wait).unref()
    } else {
      logged = now.state
      warn(MESSAGES[logged], now.error)
    }
  }

  return {
    changed(state, error) {
      now = { state, error }
      if (timer === undefined) log()
    },
    close: () => clearTimeout(timer),
  }
}
