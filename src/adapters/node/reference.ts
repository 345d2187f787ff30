import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ReferenceRequest } from '../../contract/docs/reference.ts'
import type { ReferenceReply } from '../../contract/docs/replies.ts'
import { appendVary } from '../../guard/append.ts'
import { ownMembers } from '../../guard/own.ts'

/**
 * Reads what a page depends on.
 *
 * @param url - path and query below the place of the pages
 * @param sentUrl - as the client has sent them
 */
export function pageRequest(request: IncomingMessage, url: string, sentUrl: string): ReferenceRequest {
  const headers = ownMembers(request.headers)
  return {
    method: request.method,
    url,
    sentUrl,
    accept: headers.accept,
    acceptLanguage: headers['accept-language'],
    ifNoneMatch: headers['if-none-match'],
  }
}

/** Where headers are set: a raw response, or the reply of a framework. */
interface HeaderTarget {
  getHeader(name: string): ReturnType<ServerResponse['getHeader']>
  setHeader(name: string, value: string): unknown
}

/** Puts the headers of a page on a response. Those that are there stay, but for the ones that a page has itself. */
export function setPageHeaders(response: HeaderTarget, { headers }: ReferenceReply): void {
  for (const name of Object.keys(headers)) {
    const value = headers[name]!
    response.setHeader(name, name === 'Vary' ? varyWith(response.getHeader('Vary'), value) : value)
  }
}

function varyWith(present: ReturnType<ServerResponse['getHeader']>, names: string): string {
  if (present === undefined) return names
  return names.split(', ').reduce(appendVary, Array.isArray(present) ? present.join(', ') : String(present))
}
