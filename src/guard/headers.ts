import { setMember } from './own.ts'
import { isArray, read } from './read.ts'

const MAX_HEADERS = 32
const MAX_NAME_LENGTH = 128
const MAX_VALUE_LENGTH = 4096
const MAX_TOTAL_LENGTH = 8192 // Node's own client reads 16 KiB of head.

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

/** A field that belongs to a status. */
export interface RequiredField {
  readonly name: string
  /** Returns a value as it can be sent beside the status, or undefined for what says nothing there. */
  readonly valueOf: (given: unknown) => string | undefined
}

/**
 * Returns the headers of a thrower that can be sent: strings and finite numbers under allowed names, each name once.
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

/** Returns the names of an object's own properties. An array has no names, nor does an object that cannot be listed. */
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

/** Whether an error may have a header of this name in each of its answers. */
export function isConstantHeader(name: string): boolean {
  return name.toLowerCase() === 'cache-control' || isAllowed(name)
}

/** Returns a value as a header field carries it, or undefined when no client could read it. */
export function headerValue(value: unknown): string | undefined {
  const text = typeof value === 'number' && Number.isFinite(value) ? String(value) : value
  return typeof text === 'string' && text.length <= MAX_VALUE_LENGTH && FIELD_VALUE.test(text)
    ? text
    : undefined
}
