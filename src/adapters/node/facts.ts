import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import type { RequestFacts } from '../../answer/facts.ts'
import { ownMembers } from '../../guard/own.ts'
import { read } from '../../guard/read.ts'
import { hasLeft, isDisconnected } from './delivery.ts'
import { isHttp2 } from './http2.ts'
import { requestIdHeader, requestIdIn } from './request-id.ts'

/**
 * The facts of raw node:http messages, which Express and Koa both wrap. They are read once: on Node 20 and 22 each look
 * at a request or response of Express goes past V8's caches (expressjs/express#5998).
 */
export interface MessageFacts extends RequestFacts {
  /** The headers that are on the response already, in lower case. */
  readonly headerNames: readonly string[]
  readonly isDisconnected: boolean
  readonly hasLargeBodyPending: boolean
}

/** @param parsed - where body parsers leave what they have read, as `body` */
export function readFacts(
  request: IncomingMessage,
  response: ServerResponse,
  parsed: object = request,
): MessageFacts {
  const headers = ownMembers(request.headers)
  const headerNames = namesOn(response)
  const idHeader = requestIdHeader(request)
  const onResponse = headerNames.includes(idHeader.lower) ? headerOn(response, idHeader.name) : undefined
  const requestId = requestIdIn(request, idHeader, onResponse, headers[idHeader.lower])
  const disconnected = isDisconnected(response)
  return {
    requestId,
    requestIdHeader: idHeader.name,
    hasRequestId: requestId === onResponse,
    accept: headers.accept,
    acceptLanguage: headers['accept-language'],
    encoded: headers['content-encoding'] !== undefined && isUnparsed(request, parsed),
    contentType: headers['content-type'],
    authorization: headers.authorization,
    clientGone: hasLeft(response, disconnected),
    locale: undefined,
    vary: headerNames.includes('vary') ? listOn(response, 'Vary') : undefined,
    link: headerNames.includes('link') ? listOn(response, 'Link') : undefined,
    exposed: headerNames.includes('access-control-expose-headers')
      ? listOn(response, 'Access-Control-Expose-Headers')
      : undefined,
    retryAfter: headerNames.includes('retry-after') ? headerOn(response, 'Retry-After') : undefined,
    headerNames,
    isDisconnected: disconnected,
    hasLargeBodyPending: announcesLargeBody(headers) && !request.complete && !isHttp2(response),
  }
}

// Libraries put functions of their own in the place of a response's: what those throw is no reason to lose an answer.

function namesOn(response: ServerResponse): readonly string[] {
  try {
    return response.getHeaderNames()
  } catch {
    return []
  }
}

function headerOn(response: ServerResponse, name: string): number | string | string[] | undefined {
  try {
    return response.getHeader(name)
  } catch {
    return undefined
  }
}

function listOn(response: ServerResponse, name: string): string | undefined {
  try {
    const value = response.getHeader(name)
    // A template, since String() takes a symbol.
    return Array.isArray(value) ? value.join(', ') : `${value}`
  } catch {
    return undefined
  }
}

/** Whether a body was being read, and none has come of it. */
export function isUnparsed(request: IncomingMessage, parsed: object): boolean {
  return request.readableDidRead && read(parsed, 'body') === undefined
}

const SMALL_BODY_BYTES = 65_536

export function announcesLargeBody(headers: IncomingHttpHeaders): boolean {
  const length = headers['content-length']
  return 'transfer-encoding' in headers || (typeof length === 'string' && Number(length) > SMALL_BODY_BYTES)
}

/** The method of a request, for a report of which nothing may fail. */
export function methodOf(request: IncomingMessage): string {
  const method = read(request, 'method')
  return typeof method === 'string' ? method : 'GET'
}
