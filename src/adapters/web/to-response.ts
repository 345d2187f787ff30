import type { Reply } from '../../answer/facts.ts'
import { isStale } from '../../answer/stale-headers.ts'
import { STATUS_PHRASES } from '../../catalog/status-phrases.ts'
import { boundedMemo } from '../../guard/memo.ts'
import { read } from '../../guard/read.ts'

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
export function toResponse(reply: Reply, options: ToResponseOptions = {}): Response {
  const { status, body } = reply
  const onResponse = read(options, 'onResponse') as ToResponseOptions['onResponse']
  const headers = status === 426 ? carried(reply.headers) : reply.headers
  return new Response(read(options, 'method') === 'HEAD' ? null : body, {
    status,
    // Workers send it.
    statusText: phraseOf(status),
    headers: onResponse === undefined ? headers : headersOver(onResponse, status, headers),
  })
}

/**
 * Upgrade has to be named in Connection (RFC 9110, section 7.8). Where it is not, nobody has said that the connection is
 * one of HTTP/1: over HTTP/2, it would end a process of Node.js.
 */
function carried(headers: Reply['headers']): Reply['headers'] {
  if (Object.hasOwn(headers, 'Connection')) return headers
  const { Upgrade: _, ...others } = headers
  return others
}

/** As Node.js words it, so that answers are the same everywhere. */
function phraseOf(status: number): string {
  return status === 200 ? 'OK' : (STATUS_PHRASES.get(status) ?? 'unknown')
}

/** A record, which hosts take several times as quickly as Headers, wherever it can hold all that was begun. */
function headersOver(begun: Headers, status: number, headers: Reply['headers']): Reply['headers'] | Headers {
  let kept: Record<string, string> | undefined
  for (const [name, value] of begun) {
    if (name === 'set-cookie' || name in Object.prototype) return linesOver(begun, status, headers)
    if (!isStale(name, status, value)) (kept ??= {})[name] = value
  }
  if (kept === undefined) return headers
  for (const name of Object.keys(headers)) kept[lowerCased(name)] = headers[name]!
  return kept
}

// Apps have as many as their catalogs and limiters name.
const lowerCased = boundedMemo(200, (name) => name.toLowerCase())

/** Cookies are a line each. */
function linesOver(begun: Headers, status: number, headers: Reply['headers']): Headers {
  const merged = new Headers(begun)
  for (const [name, value] of begun) if (isStale(name, status, value)) merged.delete(name)
  for (const name of Object.keys(headers)) merged.set(name, headers[name]!)
  return merged
}
