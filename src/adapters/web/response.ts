import { isStale } from '../../answer/stale-headers.ts'
import { appendVary } from '../../guard/append.ts'
import { read } from '../../guard/read.ts'

/** Whether a value is a Response, whichever library or realm made it. */
export function isResponse(value: unknown): value is Response {
  try {
    if (value instanceof Response) return true
  } catch {
    // A Proxy that shows nothing.
    return false
  }
  return (
    typeof read(value, 'status') === 'number' &&
    typeof read(value, 'clone') === 'function' &&
    typeof read(read(value, 'headers'), 'get') === 'function'
  )
}

/**
 * Returns a Response that was thrown to be sent. That of `fetch` has a URL: it is the answer of another server, and an
 * error like others; nor can one be sent whose body was read.
 */
export function thrownResponse(thrown: unknown): Response | undefined {
  return isResponse(thrown) && !read(thrown, 'url') && read(thrown, 'bodyUsed') === false ? thrown : undefined
}

// What we have told on a response, where any copy of this package finds it.
const TOLD = Symbol.for('bizerror.told')

interface Told {
  [TOLD]?: string
}

/**
 * Returns a response with one header more, unless it has one of its own: an app may answer many requests by one Response,
 * which still bears what it was given for the last. Those of `fetch` and `Response.redirect` cannot be changed.
 */
export function withHeader(response: Response & Told, name: string, value: string): Response {
  try {
    const known = response.headers.get(name)
    if (known !== null && known !== response[TOLD]) return response
    response.headers.set(name, value)
    response[TOLD] = value
    return response
  } catch {
    return copyWith(response, name, value)
  }
}

/** A host refuses to copy others at once. The Response of @hono/node-server makes a success of them, or throws later. */
function canBeCopied({ status }: Response): boolean {
  return status >= 200 && status <= 599
}

function copyWith(response: Response, name: string, value: string): Response {
  if (!canBeCopied(response)) return response
  try {
    const copy = new Response(response.body, response)
    copy.headers.set(name, value)
    return copy
  } catch {
    // A socket that was accepted, or the failure of `Response.error`.
    return response
  }
}

/**
 * Returns a response with the headers of another beside its own, which it takes the place of: those stay, but for the ones
 * that described the lost success.
 */
export function responseOver(begun: Headers, response: Response): Response {
  const { status, headers } = response
  const kept = [...begun].filter(
    ([name, value]) => !isStale(name, status, value) && (!headers.has(name) || ADDED.has(name)),
  )
  if (kept.length === 0 || !canBeCopied(response)) return response
  try {
    const copy = new Response(response.body, response)
    copy.headers.delete('set-cookie')
    for (const [name, value] of kept) {
      if (name === 'vary') copy.headers.set(name, varyOf(value, headers.get(name)))
      else copy.headers.append(name, value)
    }
    // The last one of a name counts.
    for (const cookie of headers.getSetCookie()) copy.headers.append('set-cookie', cookie)
    return copy
  } catch {
    // A socket that was accepted, or the failure of `Response.error`.
    return response
  }
}

function varyOf(begun: string, own: string | null): string {
  return own === null ? begun : own.split(',').reduce((vary, name) => appendVary(vary, name.trim()), begun)
}

/** What a response may have of both. */
const ADDED: ReadonlySet<string> = new Set(['set-cookie', 'vary'])
