import type { Window } from '../../rate-limit/window.ts'
import type { UnnamedLimit } from './bench.ts'

/** Seconds. Long enough that no rule outlasts it. */
export const LONG = 600

export function fixed(limit: number | undefined, window: Window = LONG): UnnamedLimit {
  return { limit, window, algorithm: 'fixed' }
}

export function sliding(limit: number | undefined, window: number = LONG): UnnamedLimit {
  return { limit, window, algorithm: 'sliding' }
}
