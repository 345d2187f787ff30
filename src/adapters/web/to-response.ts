import type { Reply } from '../../answer/facts.ts'
import { isStale } from '../../answer/stale-headers.ts'
import { STATUS_PHRASES } from '../../catalog/status-phrases.ts'

/** What else a response depends on. */
export interface ToResponseOptions {
  /** The method of the request. HEAD is answered without a body. @default 'GET' */
  readonly method?: string | undefined
  /** The headers of a response that was begun. They stay, but for those that described the lost success. */
  readonly onResponse?: Headers | undefined
}

/**
 * Makes a Response of a reply.
 *
 * @example
 * const { report, ...reply } = respond(thrown, factsOf({ header }), request)
 * return toResponse(reply, request)
 */
export function toResponse(reply: Reply, { method, onResponse }: ToResponseOptions = {}): Response {
  return new Response(method === 'HEAD' ? null : reply.body, {
    status: reply.status,
    // Workers send it.
    statusText: phraseOf(reply.status),
    headers: onResponse === undefined || isEmpty(onResponse) ? reply.headers : headersOver(onResponse, reply),
  })
}

/** As Node.js words it, so that answers are the same everywhere. */
function phraseOf(status: number): string {
  return status === 200 ? 'OK' : (STATUS_PHRASES.get(status) ?? 'unknown')
}

function isEmpty(headers: Headers): boolean {
  return headers.keys().next().done === true
}

function headersOver(begun: Headers, { status, headers }: Reply): Headers {
  const merged = new Headers(begun)
  for (const [name, value] of begun) if (isStale(name, status, value)) merged.delete(name)
  for (const name of Object.keys(headers)) merged.set(name, headers[name]!)
  return merged
}
