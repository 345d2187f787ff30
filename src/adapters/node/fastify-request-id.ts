import type { IncomingMessage } from 'node:http'
import { isRequestId } from '../../answer/request-id.ts'
import { readOwn } from '../../guard/own.ts'
import { idOn, keptId, requestIdHeader, requestIdIn } from './request-id.ts'

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
  const known = isRequestId(onReply) ? onReply : knownId(request, idOn(raw))
  return requestIdIn(raw, header, known, readOwn(raw.headers, header.lower))
}

/** The id that a request of Fastify has already. */
export function knownId({ raw, id }: Identified, onRaw: unknown): unknown {
  return keptId(raw) ?? onRaw ?? (typeof id === 'string' && FASTIFYS.test(id) ? undefined : id)
}

/** Fastify's own are unique in one process alone. Others are made by the app's `genReqId`, or sent by its client. */
const FASTIFYS = /^req-[\da-z]+$/
