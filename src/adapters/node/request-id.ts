import type { IncomingMessage, ServerResponse } from 'node:http'
import { readOwn } from '../../guard/own.ts'
import { read } from '../../guard/read.ts'
import { isRequestId, requestIdFrom } from '../../answer/request-id.ts'
import type { EnteredRequest } from '../../handler/current-request.ts'
import { checkRequestId, X_REQUEST_ID, type IdHeader, type RequestIdOptions } from '../request-id.ts'
import { enterOnNode } from './context.ts'

/** Facts that do not stand on the request itself: an id whose place is taken, and a header of the app's choice. */
interface Kept {
  readonly id: string
  readonly header: IdHeader
}

const kept = new WeakMap<object, Kept>()

/** Puts a request's id on it and on its response, goes on with it, and returns what comes of that. */
type IdSetter<TRequest> = <TResult>(
  request: IncomingMessage,
  response: ServerResponse,
  subject: TRequest,
  next: () => TResult,
) => TResult

/**
 * Checks the options once, and returns what gives requests their ids.
 *
 * @throws SetupError - when an option is wrong
 */
export function createRequestIdSetter<TRequest>(options: RequestIdOptions<TRequest>): IdSetter<TRequest> {
  const { header, generate, enter } = checkRequestId(options)
  return (request, response, subject, next) => {
    const onResponse = response.getHeader(header.name)
    const own = idOn(request)
    const known = isRequestId(onResponse) ? onResponse : (keptId(request) ?? own)
    const id = requestIdFrom(known, readOwn(request.headers, header.lower), generate, subject)
    keep(request, own, id, header)
    response.setHeader(header.name, id)
    return enter === undefined
      ? next()
      : enterOnNode(enter, enteredAs(id, request), [request, response], next)
  }
}

/** Reads what the context of a request tells. */
export function enteredAs(requestId: string, { headers }: IncomingMessage): EnteredRequest {
  return {
    requestId,
    acceptLanguage: textOf(readOwn(headers, 'accept-language')),
    traceparent: textOf(readOwn(headers, 'traceparent')),
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** Returns the header that tells the id of a request. */
export function requestIdHeader(request: IncomingMessage): IdHeader {
  return kept.get(request)?.header ?? X_REQUEST_ID
}

/**
 * Returns the id of a request, the same each time: what is on its response, else what was made before, else what other
 * middleware has put on it, else what the client sent, else a new one. Reads each of them once, and puts nothing on the
 * request: to give Express's another property costs more than all the rest of this (expressjs/express#5998).
 */
export function requestIdIn(
  request: IncomingMessage,
  header: IdHeader,
  onResponse: unknown,
  sent: unknown,
): string {
  if (isRequestId(onResponse)) return onResponse
  return idAmong(request, header, keptId(request) ?? idOn(request), sent)
}

/** Returns the id that is known, else the one that was sent, else a new one, which is kept. */
export function idAmong(request: IncomingMessage, header: IdHeader, known: unknown, sent: unknown): string {
  const id = requestIdFrom(known, sent)
  if (id !== known && id !== sent) kept.set(request, { id, header })
  return id
}

/**
 * Returns the id of a request, as `requestId` has found or made it and as an error is answered and logged with it.
 * The id is found or made now where `requestId` is not mounted.
 *
 * @param request - Express's, or that of node:http
 */
export function requestIdOf(request: IncomingMessage): string {
  // Express's request has its response.
  return requestIdBetween(request, read(request, 'res') as ServerResponse | undefined)
}

/** Does as `requestIdOf`, where the response is known. */
export function requestIdBetween(request: IncomingMessage, response: ServerResponse | undefined): string {
  const header = requestIdHeader(request)
  const sent = read(read(request, 'headers'), header.lower)
  return requestIdIn(request, header, onResponse(response, header.name), sent)
}

function onResponse(response: ServerResponse | undefined, name: string): unknown {
  try {
    return response?.getHeader(name)
  } catch {
    return undefined
  }
}

/** Returns the id that was kept for a request on which there was no place for it. */
export function keptId(request: IncomingMessage): string | undefined {
  return kept.get(request)?.id
}

/** Reads the id that pino-http, express-request-id and others put on a request. Looking further is slow on Express. */
export function idOn(request: IncomingMessage): unknown {
  return readOwn(request, 'id')
}

/** Makes an id that of the request for everybody. An `id` that is there already, `own`, stays. */
export function keep(request: IncomingMessage, own: unknown, id: string, header: IdHeader): void {
  const isThere = own === id || ((own === undefined || own === null) && put(request, id))
  if (!isThere || header !== X_REQUEST_ID) kept.set(request, { id, header })
}

function put(request: IncomingMessage & { id?: unknown }, id: string): boolean {
  try {
    request.id = id
    return true
  } catch {
    // Frozen, or without a setter.
    return false
  }
}
