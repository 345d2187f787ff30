import type { ServerResponse } from 'node:http'
import type { Reply, RequestFacts } from '../../answer/facts.ts'
import { ownMembers } from '../../guard/own.ts'
import { hasLeft, isDisconnected } from './delivery.ts'
import { announcesLargeBody, isUnparsed } from './facts.ts'
import { fastifyRequestId, type Identified } from './fastify-request-id.ts'
import { isHttp2 } from './http2.ts'
import { requestIdHeader } from './request-id.ts'

/** The part of Fastify's request that is used. */
export interface FastifyRequestPart extends Identified {
  readonly body?: unknown
}

/** The part of Fastify's reply that is used. */
export interface FastifyReplyPart {
  /** Node's response, or that of node:http2. */
  readonly raw: ServerResponse
  readonly sent: boolean
  send: (payload: unknown) => unknown
  getHeaders(): Readonly<Record<string, unknown>>
  removeHeader(name: string): unknown
  headers(headers: Reply['headers']): unknown
  code(status: number): unknown
  serializer(serialize: (payload: string) => string): unknown
  hijack(): unknown
  readonly log: { readonly warn: (record: object) => unknown }
}

/** The facts of a request, and what is to be known of its reply. */
export interface ReplyFacts extends RequestFacts {
  /** The headers that are on the response already, by their name in lower case. */
  readonly present: Readonly<Record<string, unknown>>
  readonly isDisconnected: boolean
  readonly hasLargeBodyPending: boolean
}

/** Reads what an answer depends on, in one record: two that are put together take twice as long. */
export function readReplyFacts(request: FastifyRequestPart, reply: FastifyReplyPart): ReplyFacts {
  const { raw } = request
  const response = reply.raw
  const headers = ownMembers(raw.headers)
  const present = headersOn(reply)
  const idHeader = requestIdHeader(raw)
  const disconnected = isDisconnected(response)
  const onReply = present[idHeader.lower]
  const requestId = fastifyRequestId(request, onReply)
  return {
    requestId,
    requestIdHeader: idHeader.name,
    hasRequestId: requestId === onReply,
    accept: headers.accept,
    acceptLanguage: headers['accept-language'],
    encoded: headers['content-encoding'] !== undefined && isUnparsed(raw, request),
    contentType: headers['content-type'],
    authorization: headers.authorization,
    clientGone: hasLeft(response, disconnected),
    locale: undefined,
    vary: textOf(present['vary']),
    link: textOf(present['link']),
    exposed: textOf(present['access-control-expose-headers']),
    retryAfter: textOf(present['retry-after']),
    present,
    isDisconnected: disconnected,
    hasLargeBodyPending: announcesLargeBody(headers) && !raw.complete && !isHttp2(response),
  }
}

/** Libraries put functions of their own around those of a response, which may throw. */
function headersOn(reply: FastifyReplyPart): Readonly<Record<string, unknown>> {
  try {
    return ownMembers(reply.getHeaders())
  } catch {
    return {}
  }
}

function textOf(value: unknown): string | undefined {
  if (Array.isArray(value)) return value.join(', ')
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
}
