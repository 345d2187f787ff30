import { STATUS_CODES, ServerResponse, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import type { Reply, RequestFacts } from '../core/compose.ts'
import { STALE_HEADERS } from '../core/headers.ts'
import { ownMembers } from '../core/own.ts'
import { read } from '../core/read.ts'
import { requiredField } from '../core/required-headers.ts'
import type { Delivery } from '../handler/answer.ts'
import { requestIdHeader, requestIdIn } from './request-id.ts'

/**
 * What is known of raw node:http messages, which Express and Koa both wrap. All of it is read once: on Node 20 and 22
 * each look at a request or response of Express goes past V8's caches (expressjs/express#5998).
 */
export interface MessageFacts extends RequestFacts {
  /** What is on the response already, in lower case. */
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

function listOn(response: ServerResponse, name: string): string {
  const value = headerOn(response, name)
  return Array.isArray(value) ? value.join(', ') : String(value)
}

/** Whether a body was being read, and none has come of it. */
function isUnparsed(request: IncomingMessage, parsed: object): boolean {
  return request.readableDidRead && read(parsed, 'body') === undefined
}

const SMALL_BODY_BYTES = 65_536

function announcesLargeBody(headers: IncomingHttpHeaders): boolean {
  return 'transfer-encoding' in headers || Number(headers['content-length'] ?? 0) > SMALL_BODY_BYTES
}

/** Clears the way for a reply. What the app set for the browser stays; what described the lost success goes. */
export function prepareReply(
  response: ServerResponse,
  { headerNames, hasLargeBodyPending }: MessageFacts,
  status: number,
): void {
  clearStale(response, headerNames, status)
  // A slow upload may not hold the connection of an answer that is already known; the rest of a small body costs
  // less than a new connection.
  if (hasLargeBodyPending) response.shouldKeepAlive = false
}

function clearStale(response: ServerResponse, names: readonly string[], status: number): void {
  for (const name of names) {
    if (STALE_HEADERS.has(name) && !isTrueOf(status, name, response)) response.removeHeader(name)
  }
}

/** The method of a request, for a report of which nothing may fail. */
export function methodOf(request: IncomingMessage): string {
  const method = read(request, 'method')
  return typeof method === 'string' ? method : 'GET'
}

/** Whether a header that would describe a success says what HTTP asks for beside this status: the length of a file. */
function isTrueOf(status: number, name: string, response: ServerResponse): boolean {
  const required = requiredField(status)
  return required?.name.toLowerCase() === name && required.valueOf(response.getHeader(name)) !== undefined
}

/**
 * Returns the headers of a reply as its connection carries them. Upgrade has to be named in Connection (RFC 9110,
 * section 7.8); HTTP/2 has neither (RFC 9113, section 8.2.2).
 */
export function headersFor(response: ServerResponse, { status, headers }: Reply): Reply['headers'] {
  if (status !== 426 || !Object.hasOwn(headers, 'Upgrade')) return headers
  if (!isHttp2(response)) {
    // Node leaves the rest of the field to whoever sets it.
    return { ...headers, Connection: `Upgrade, ${response.shouldKeepAlive ? 'keep-alive' : 'close'}` }
  }
  const { Upgrade: _, ...others } = headers
  return others
}

/**
 * HTTP/2 has no reason phrase, and a request that is not read to its end does not hold the connection. Its response is
 * of another class; to ask the request for its version is a look that Express makes slow.
 */
export function isHttp2(response: ServerResponse): boolean {
  return !(response instanceof ServerResponse)
}

/** The reason phrase of a status, as Node words it. */
export function reasonPhrase(status: number): string {
  return STATUS_CODES[status] ?? 'unknown'
}

/** Writes a reply, once: not when another response had begun, or the client had left. */
export function writeReply(response: ServerResponse, reply: Reply, facts: MessageFacts): Delivery {
  if (!canBegin(response, facts.isDisconnected)) return abandon(response)
  let begun = false
  try {
    prepareReply(response, facts, reply.status)
    writeHead(response, reply)
    begun = true
    response.end(reply.body)
    return SENT
  } catch {
    return begun ? endLast(response, reply.body) : writeLast(response, reply)
  }
}

function writeHead(response: ServerResponse, reply: Reply): void {
  const { status } = reply
  const headers = headersFor(response, reply)
  if (isHttp2(response)) response.writeHead(status, headers)
  else response.writeHead(status, reasonPhrase(status), headers)
}

/** Writes a reply past whatever the app and its libraries put around Node's own functions. Never throws. */
export function writeLast(response: ServerResponse, reply: Reply): Delivery {
  try {
    if (!canBegin(response)) return abandon(response)
    unwrap(response)
    clearStale(response, response.getHeaderNames(), reply.status)
    writeHead(response, reply)
    response.end(reply.body)
    return SENT
  } catch {
    return abandon(response)
  }
}

/** As `writeLast`, where the head is written and nothing of it has been sent. */
function endLast(response: ServerResponse, body: string): Delivery {
  try {
    unwrap(response)
    // Over HTTP/1, `headersSent` is true from `writeHead` on.
    const isSent = read(response, '_headerSent') ?? response.headersSent
    if (isSent === false && !response.writableEnded) {
      response.end(body)
      return SENT
    }
  } catch {
    // Nothing else can be tried.
  }
  return abandon(response)
}

const WRAPPABLE = [
  'getHeader',
  'getHeaderNames',
  'removeHeader',
  'setHeader',
  'writeHead',
  'write',
  'end',
] as const

// As they are when this is loaded.
const NODES_OWN = Object.fromEntries(WRAPPABLE.map((name) => [name, ServerResponse.prototype[name]]))

function unwrap(response: ServerResponse): void {
  if (response instanceof ServerResponse) Object.assign(response, NODES_OWN)
  // The response of HTTP/2 is of another class.
  else for (const name of WRAPPABLE) Reflect.deleteProperty(response, name)
}

/** Whether a reply can still be begun: no head is out, and the client is there. */
export function canBegin(response: ServerResponse, disconnected = isDisconnected(response)): boolean {
  return !disconnected && !response.headersSent
}

/** While a request that was cut short is being told, its response is not yet destroyed, but its socket is. */
function isDisconnected(response: ServerResponse): boolean {
  // A destroyed response has destroyed its socket, or has none any more.
  const { socket } = response
  if (socket !== null && socket !== undefined) return socket.destroyed
  return response.destroyed || isClosedStream(response)
}

/** A response of HTTP/2, which has no `destroyed`, and no socket once its stream is closed. */
function isClosedStream(response: ServerResponse): boolean {
  return streamOf(response)?.destroyed === true
}

interface Http2Stream {
  readonly destroyed: boolean
  readonly aborted: boolean
  close(code: number): void
}

function streamOf(response: ServerResponse): Http2Stream | undefined {
  return (response as { stream?: Http2Stream }).stream
}

const SENT: Delivery = { sent: true, clientGone: false, cut: false }

/** What became of a response that is closed. */
export function deliveryOf(response: ServerResponse): Delivery {
  // HTTP/2 says that a response is finished when its stream was reset.
  const sent = response.writableFinished && streamOf(response)?.aborted !== true
  return sent ? SENT : { sent: false, clientGone: true, cut: false }
}

/** Whether the client ended the connection. A pipeline that fails destroys it too, and leaves its error there. */
export function hasLeft(response: ServerResponse, disconnected = isDisconnected(response)): boolean {
  return disconnected && !response.errored && !isCutByApp(response)
}

/** An app may destroy the socket with an error of its own. Those of the network have a code. */
function isCutByApp(response: ServerResponse): boolean {
  const error = read(read(read(response, 'req'), 'socket'), 'errored')
  return typeof error === 'object' && error !== null && read(error, 'code') === undefined
}

/**
 * Ends a response that began as something else. The client must see a broken transfer, never a whole one;
 * a response that was already complete is left alone.
 */
function abandon(response: ServerResponse): Delivery {
  const complete = response.writableEnded
  const clientGone = !complete && hasLeft(response)
  if (!complete) cutOff(response)
  return { sent: false, clientGone, cut: !complete && !clientGone }
}

// RFC 9113, section 7
const HTTP2_INTERNAL_ERROR = 2

/** HTTP/2 closes a destroyed stream as if it were whole, unless it is told of an error. */
function cutOff(response: ServerResponse): void {
  const stream = streamOf(response)
  if (stream?.close) stream.close(HTTP2_INTERNAL_ERROR)
  else response.destroy()
}
