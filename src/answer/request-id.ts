import { ignoreRejection } from '../guard/read.ts'

/**
 * Ids, wherever they come from, are made of letters, digits and `.:_=-`; `+` and `/` of base64 (Heroku, CloudFront
 * and its `~`), `;` and `|` of AWS' and Google's trace headers and of Azure's Request-Id, `@` of Apache, `#` of Kong.
 * Nothing that ends a text in JSON or a log, is markup, a format or a look-up (`${…}`, `%s`), nor the comma that joins
 * two headers to one.
 */
const REQUEST_ID = /^[\w.:;=+/~|@#-]{1,200}$/

/** Returns whether a value can serve as a request id. */
export function isRequestId(value: unknown): value is string {
  // An id that names a file may not climb out of its folder.
  return typeof value === 'string' && REQUEST_ID.test(value) && !value.includes('..')
}

/**
 * Returns the id of a request: what is already known, else what the client sent, else a new one.
 *
 * @param generate - makes new ids of `request`; a UUID takes the place of anything that cannot be one
 */
export function requestIdFrom<TRequest>(
  known: unknown,
  sent: unknown,
  generate?: (request: TRequest) => unknown,
  request?: TRequest,
): string {
  if (isRequestId(known)) return known
  if (isRequestId(sent)) return sent
  return generated(generate, request) ?? newRequestId()
}

/** Makes an id that nobody else has. */
export function newRequestId(): string {
  try {
    return crypto.randomUUID()
  } catch {
    // A request may not fail for want of an id.
    return `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`
  }
}

function generated<TRequest>(
  generate: ((request: TRequest) => unknown) | undefined,
  request: TRequest | undefined,
): string | undefined {
  try {
    const id = generate?.(request as TRequest)
    ignoreRejection(id)
    return isRequestId(id) ? id : undefined
  } catch {
    return undefined
  }
}
