import { createHash } from '../host.ts'
import { countedWindow } from '../window.ts'
import type { Limit } from './store.ts'

/**
 * Returns the id that a limit is counted under. The number of the limit is no part of it, so that what was counted
 * stays when the number changes. The window and the algorithm are, since other ones read a counter otherwise, and that of
 * a calendar is one of its own.
 */
export function idOf({ name, window, algorithm }: Limit): string {
  const kind = typeof window === 'number' ? algorithm : 'calendar'
  const definition = JSON.stringify([name, countedWindow(window), kind])
  return createHash('sha256', definition).digest('base64url').slice(0, 6)
}
