import type { IncomingMessage } from 'node:http'
import { isRequestId } from '../../answer/request-id.ts'
import { readOwn } from '../../guard/own.ts'
import { idAmong, idOn, keptId, requestIdHeader } from './request-id.ts'

/** The part of Fastify's request that is used for an id. */
export interface Identified {
  /** Node's request, or that of node:http2. */
  readonly raw: IncomingMessage
  readonly id?: unknown
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

const FASTIFYS = /^req-[\da-z]+$/
