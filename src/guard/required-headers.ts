import { loginPartOf } from './challenge.ts'
import { headerValue, namesOf, type RequiredField } from './headers.ts'
import { read, readItems } from './read.ts'
import { statusField } from './status-field.ts'

// RFC 9110, section 15.5.2
const LOGIN: RequiredField = { name: 'WWW-Authenticate', valueOf: challenge }

function challenge(given: unknown): string | undefined {
  const value = headerValue(given)
  return value === undefined ? undefined : loginPartOf(value)
}

/**
 * Returns the field that HTTP asks for beside a status. It says what the client can do now, so it is sent whoever threw
 * the error. Retry-After, which may stand beside any status, comes from `retryAfter`.
 */
export function requiredField(status: number): RequiredField | undefined {
  return status === 401 ? LOGIN : statusField(status)
}

/** Returns the one header of a foreign error that HTTP asks for beside its status. All its others stay inside. */
export function requiredHeaders(
  status: number,
  error: unknown,
): Readonly<Record<string, string>> | undefined {
  const field = requiredField(status)
  if (field === undefined) return undefined
  const value = field.valueOf(foreignHeader(error, field.name))
  return value === undefined ? undefined : { [field.name]: value }
}

const MAX_LINES = 16

/**
 * Returns a header that an error asks for: http-errors and Koa keep them in `headers`, Boom in its `output`, Hono in the
 * Response that is to be sent.
 */
export function foreignHeader(error: unknown, name: string): unknown {
  const headers = read(read(error, 'isBoom') === true ? read(error, 'output') : error, 'headers')
  if (typeof headers !== 'object' || headers === null) return headerToSend(read(error, 'res'), name)
  const lower = name.toLowerCase()
  const own = namesOf(headers).find((given) => given.toLowerCase() === lower)
  if (own === undefined) return undefined
  const given = read(headers, own)
  // Node takes an array of lines, which are one list (RFC 9110, section 5.3).
  const lines = readItems(given, MAX_LINES)
  return lines.length > 0 && lines.every((line) => typeof line === 'string') ? lines.join(', ') : given
}

/** Reads a header of a Response that the app has made. One of `fetch`, which is another server's, has a URL. */
function headerToSend(response: unknown, name: string): string | undefined {
  if (read(response, 'url') !== '') return undefined
  try {
    // Its own function might be anybody's.
    return Headers.prototype.get.call(read(response, 'headers'), name) ?? undefined
  } catch {
    return undefined
  }
}
