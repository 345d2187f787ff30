import { ignoreRejection } from './read.ts'

// Letters, digits and what ids are commonly made of. Anything else could forge log lines or markup.
const REQUEST_ID = /^[\w.:=-]{1,128}$/

/** Returns whether a value can serve as a request id. */
export function isRequestId(value: unknown): value is string {
  return typeof value === 'string' && REQUEST_ID.test(value)
}

/**
 * Returns the id of a request: what is already on the response, else what the client sent, else a new one.
 *
 * @param generate - makes new ids; a UUID takes the place of anything that is no id
 */
export function requestIdFrom(onResponse: unknown, sent: unknown, generate?: () => unknown): string {
  if (isRequestId(onResponse)) return onResponse
  if (isRequestId(sent)) return sent
  return generated(generate) ?? newId()
}

function generated(generate: (() => unknown) | undefined): string | undefined {
  try {
    const id = generate?.()
    ignoreRejection(id)
    return isRequestId(id) ? id : undefined
  } catch {
    return undefined
  }
}

let made = 0

function newId(): string {
  try {
    return crypto.randomUUID()
  } catch {
    // Unique in this process, and nearly so elsewhere.
    return `${process.pid.toString(36)}-${Date.now().toString(36)}-${(made++).toString(36)}`
  }
}
