import { requiredField } from '../guard/required-headers.ts'

/** Headers that described the lost success body, or sent the client elsewhere. In lower case. */
export const STALE_HEADERS: ReadonlySet<string> = new Set([
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

/**
 * Returns whether a header of a response that was begun described the success that is lost, or sent the client elsewhere.
 * An adapter removes it before it writes an error.
 *
 * @param name - in lower case
 * @param status - of the error
 * @param value - of the header. What HTTP asks for beside some statuses stays: the length of a file beside 416
 */
export function isStale(name: string, status: number, value: unknown): boolean {
  return STALE_HEADERS.has(name) && !isTrueOf(status, name, value)
}

/** Whether a header that would describe a success says what HTTP asks for beside this status: the length of a file. */
function isTrueOf(status: number, name: string, value: unknown): boolean {
  const required = requiredField(status)
  return required?.name.toLowerCase() === name && required.valueOf(value) !== undefined
}
