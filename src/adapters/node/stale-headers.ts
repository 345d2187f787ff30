import type { ServerResponse } from 'node:http'
import { isStale, STALE_HEADERS } from '../../answer/stale-headers.ts'

/** Removes what described the lost success, of the headers that a response has. */
export function clearStale(response: ServerResponse, names: readonly string[], status: number): void {
  for (const name of names) {
    if (STALE_HEADERS.has(name) && isStale(name, status, response.getHeader(name))) {
      response.removeHeader(name)
    }
  }
}
