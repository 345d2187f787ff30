import { setMember } from './own.ts'
import { isArray, read } from './read.ts'

const MAX_HEADERS = 32
const MAX_NAME_LENGTH = 128
const MAX_VALUE_LENGTH = 4096
const MAX_TOTAL_LENGTH = 8192 // Node's own client reads 16 KiB of head.
const MAX_RETRY_AFTER = 31_536_000 // one year, in seconds

// RFC 9110, section 5.6.2 (token) and 5.5 (field-value, as Node writes it: Latin-1).
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/
const FIELD_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/

/**
 * Headers that an error may not set: they frame the message, describe another body, or are ours to decide.
 * Retry-After comes from `retryAfter`, WWW-Authenticate of a 401 from the catalog's `challenge`.
 */
const NOT_FOR_ERRORS = new Set([
  'age',
  'cache-control',
  'connection',
  'date',
  'etag',
  'expires',
  'host',
  'http2-settings',
  'keep-alive',
  'last-modified',
  'location',
  'proxy-authenticate',
  'proxy-connection',
  'refresh',
  'retry-after',
  'set-cookie',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'vary',
  'www-authenticate',
  'x-content-type-options',
  'x-request-id',
])

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

/** A field that belongs to a status. */
export interface RequiredField {
  readonly name: string
  /** Returns a value as it can be sent beside the status, or undefined for what says nothing there. */
  readonly valueOf: (given: unknown) => string | undefined
}

/**
 * Returns those of a thrower's headers that can be sent: strings and finite numbers under allowed names, each name once.
 *
 * @param leftOut - told the name of each that cannot
 * @param required - the field that belongs to the status, and is not sent with others
 */
export function safeHeaders(
  headers: unknown,
  leftOut: (name: string) => void,
  required?: RequiredField,
): Record<string, string> | undefined {
  if (typeof headers !== 'object' || headers === null) return undefined
  const safe: Record<string, string> = {}
  const taken = new Set<string>()
  let length = 0
  for (const given of namesOf(headers)) {
    const content = read(headers, given)
    if (content === undefined) continue
    const lower = given.toLowerCase()
    const isRequired = lower === required?.name.toLowerCase()
    const name = isRequired ? required.name : given
    const value = isRequired ? required.valueOf(content) : headerValue(content)
    if (value === undefined || taken.has(lower) || !(isRequired || isAllowed(given))) {
      leftOut(given)
      continue
    }
    length += name.length + value.length
    if (taken.size === MAX_HEADERS || length > MAX_TOTAL_LENGTH) {
      leftOut(given)
    } else {
      taken.add(lower)
      setMember(safe, name, value)
    }
  }
  return safe
}

/** The names of an object's own properties. None of an array, and of what cannot be listed. */
export function namesOf(object: object): readonly string[] {
  try {
    return isArray(object) ? [] : Object.keys(object)
  } catch {
    return []
  }
}

/** Whether a response may have a header of this name from outside. */
export function isAllowed(name: string): boolean {
  const lower = name.toLowerCase()
  return (
    name.length <= MAX_NAME_LENGTH &&
    TOKEN.test(name) &&
    name !== '__proto__' &&
    !lower.startsWith('content-') &&
    !NOT_FOR_ERRORS.has(lower)
  )
}

/** Returns a value as a header field carries it, or undefined when no client could read it. */
export function headerValue(value: unknown): string | undefined {
  const text = typeof value === 'number' && Number.isFinite(value) ? String(value) : value
  return typeof text === 'string' && text.length <= MAX_VALUE_LENGTH && FIELD_VALUE.test(text)
    ? text
    : undefined
}

/**
 * Returns whole seconds for Retry-After (RFC 9110, section 10.2.3), rounded up and at most one year.
 *
 * @param value - seconds, digits, or the Date to come back at; a Date in the past is 0
 */
export function retryAfterSeconds(value: unknown): number | undefined {
  const seconds =
    typeof value === 'number'
      ? value
      : typeof value === 'string' && /^\d+$/.test(value)
        ? Number(value)
        : secondsUntil(value)
  if (seconds === undefined || !Number.isFinite(seconds) || seconds < 0 || seconds >= 1e21) return undefined
  return Math.min(Math.ceil(seconds), MAX_RETRY_AFTER)
}

// RFC 9110, section 5.6.7: Sun, 06 Nov 1994 08:49:37 GMT
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/

/** As `retryAfterSeconds`, of a field as it was sent: digits, or a date. */
export function readRetryAfter(value: unknown): number | undefined {
  return retryAfterSeconds(typeof value === 'string' && HTTP_DATE.test(value) ? new Date(value) : value)
}

function secondsUntil(value: unknown): number | undefined {
  try {
    // To be told by an exception takes longer.
    if (Object.prototype.toString.call(value) !== '[object Date]') return undefined
    return Math.max(0, (Date.prototype.getTime.call(value) - Date.now()) / 1000)
  } catch {
    return undefined
  }
}

/** Appends a field name to a Vary header (RFC 9110, section 12.5.5): once, and not to `*`. */
export function appendVary(vary: string | undefined, name: string): string {
  if (!vary) return name
  const names = vary.split(',').map((part) => part.trim().toLowerCase())
  return names.includes('*') || names.includes(name.toLowerCase()) ? vary : `${vary}, ${name}`
}

/**
 * Appends the address of a page that helps to a Link header (RFC 8288, section 3.5, and `help` of the registry): once.
 */
export function appendHelp(link: string | undefined, address: string): string {
  // Nothing in an address may end it.
  const target = address.toWellFormed().replace(/[^\x21-\x7e]|[<>"\\]/gu, encodeURIComponent)
  const help = `<${target}>; rel="help"`
  if (!link) return help
  return link.includes(help) ? link : `${link}, ${help}`
}

/**
 * Appends field names to an Access-Control-Expose-Headers header (Fetch standard, section 3.3.2): each once. `*` stays
 * as it is, and is no reason to leave a name out: for requests with credentials it is a name like others.
 */
export function appendExposed(current: string | undefined, names: readonly string[]): string {
  if (!current) return names.join(', ')
  const present = new Set(current.split(',').map((part) => part.trim().toLowerCase()))
  return [current, ...names.filter((name) => !present.has(name.toLowerCase()))].join(', ')
}
