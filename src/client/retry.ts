import { isApiError } from './api-error.ts'
import type { ClientCatalog } from '../catalog/client-catalog.ts'

/** Statuses that another request may not meet. */
const PASSING = [408, 425, 429, 502, 503, 504]

/** The first step of a back-off, and the last, in seconds. */
const FIRST = 0.25
const LAST = 20

/** The longest wait that a server may ask for, in seconds, unless the app says otherwise. */
export const MAX_WAIT = 60

/**
 * Whether the same request may succeed later: as the catalog says of the code, else by the status. A server that tells when
 * to come back wants it, whatever the catalog says of most.
 */
export function isRetryable(error: unknown, { retryable = [], final = [] }: ClientCatalog): boolean {
  // What fetch rejects with when the network fails.
  if (!isApiError(error)) return (error as Error | undefined)?.name === 'TypeError'
  const { code, status, retryAfter } = error
  if (code !== undefined && retryable.includes(code)) return true
  return PASSING.includes(status) && (retryAfter !== undefined || code === undefined || !final.includes(code))
}

/**
 * The seconds before a request is repeated: what the server told, and a random part of a step that doubles, so that many
 * clients do not come at once ("full jitter").
 *
 * @param times - how often it has been sent
 * @param told - seconds, undefined where the server told none
 */
export function secondsBefore(times: number, told: number | undefined): number {
  const jitter = Math.random() * Math.min(LAST, FIRST * 2 ** (times - 1))
  return told === undefined ? jitter : Math.max(told, FIRST) + jitter
}
