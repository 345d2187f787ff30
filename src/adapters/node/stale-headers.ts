import type { ServerResponse } from 'node:http'
import { requiredField } from '../../guard/required-headers.ts'

/** Headers that described the lost success body, or sent the client elsewhere. In lower case. */
const STALE_HEADERS: ReadonlySet<string> = new Set([
  'accept-ranges',
  'age',
  'cdn-cache-control',
  'cloudflare-cdn-cache-control',
  'content-digest',
  'content-disposition',
  'content-encoding',
  'content-length',
  'content-location',
  'content-md5',
  'content-range',
  'content-type',
  'digest',
  'etag',
  'expires',
  'last-modified',
  'location',
  'refresh',
  'repr-digest',
  'surrogate-control',
  'trailer',
  'transfer-encoding',
  // To a proxy in front, these mean another body or another life in its cache, whatever the status.
  'x-accel-expires',
  'x-accel-redirect',
  'x-lighttpd-send-file',
  'x-sendfile',
])

/** Removes what described the lost success, of the headers that a response has. */
export function clearStale(response: ServerResponse, names: readonly string[], status: number): void {
  for (const name of names) {
    if (STALE_HEADERS.has(name) && !isTrueOf(status, name, response)) response.removeHeader(name)
  }
}

/** Whether a header that would describe a success says what HTTP asks for beside this status: the length of a file. */
function isTrueOf(status: number, name: string, response: ServerResponse): boolean {
  const required = requiredField(status)
  return required?.name.toLowerCase() === name && required.valueOf(response.getHeader(name)) !== undefined
}
