import { createHash } from 'node:crypto'
import { countedWindow } from '../window.ts'
import type { Limit } from './store.ts'

/**
 * Returns the id that a limit is counted under. The number of the limit is no part of it, so that what was counted
 * stays when the number changes. The window and the algorithm are, since other ones read a counter otherwise.
 */
export function idOf({ name, window, algorithm }: Limit): string {
  const definition = JSON.stringify([name, countedWindow(window), algorithm])
  return createHash('sha256').update(definition).digest('base64url').slice(0, 6)
}
