import type { IncomingMessage, ServerResponse } from 'node:http'
import { isRequestId, requestIdFrom } from '../../answer/request-id.ts'
import { readOwn } from '../../guard/own.ts'
import { checkRequestId, type RequestIdOptions } from '../request-id.ts'
import { enterOnNode } from './context.ts'
import { enteredAs, idAmong, idOn, keep, keptId, requestIdHeader } from './request-id.ts'

/** The part of Fastify's request that is used for an id. */
export interface Identified {
  /** Node's request, or that of node:http2. */
  readonly raw: IncomingMessage
  readonly id?: unknown
}

/** The part of Fastify's reply that is used for an id. */
export interface IdentifiedReply {
  /** Node's response, or that of node:http2. */
  readonly raw: ServerResponse
  getHeader(name: string): unknown
  header(name: string, value: string): unknown
}

/**
 * Checks the options once, and returns what puts a request's id on it and on its reply, and goes on with it. Where Node's
 * response has one, all headers are written a slow way, one by one.
 *
 * @throws SetupError - when an option is wrong
 */
export function createFastifyIdSetter<TSubject>(
  options: RequestIdOptions<TSubject>,
): (request: Identified, reply: IdentifiedReply, subject: TSubject, next: () => void) => void {
  const { header, generate, enter } = checkRequestId(options)
  return (request, reply, subject, next) => {
    const { raw } = request
    const onReply = reply.getHeader(header.name)
    const own = idOn(raw)
    const known = isRequestId(onReply) ? onReply : knownId(request, own)
    const id = requestIdFrom(known, readOwn(raw.headers, header.lower), generate, subject)
    keep(raw, own, id, header)
    reply.header(header.name, id)
    if (enter === undefined) next()
    else enterOnNode(enter, enteredAs(id, raw), [raw, reply.raw], next)
  }
}

/** Does as `requestIdIn`, for a request of Fastify. */
export function fastifyRequestId(request: Identified, onReply?: unknown): string {
  const { raw } = request
  const header = requestIdHeader(raw)
  if (isRequestId(onReply)) return onReply
  return idAmong(raw, header, knownId(request, idOn(raw)), readOwn(raw.headers, header.lower))
}

/** The id that a request of Fastify has already. */
export function knownId({ raw, id }: Identified, onRaw: unknown): unknown {
  const own = onRaw ?? id
  return keptId(raw) ?? (isFastifys(own) ? undefined : own)
}

/**
 * Whether an id is Fastify's own, which is unique in one process alone. @fastify/middie puts it on the raw request too.
 * Others are made by the app's `genReqId`, or sent by its client.
 */
export function isFastifys(id: unknown): boolean {
  return typeof id === 'string' && FASTIFYS.test(id)
}

// A number of 31 bits, in base 36. That of an app may well be `req-` and something longer.
const FASTIFYS = /^req-[\da-z]{1,6}$/
