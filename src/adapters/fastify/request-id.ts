import type { FastifyRequest } from 'fastify'
import type { IncomingMessage } from 'node:http'
import { requestIdFrom } from '../../answer/request-id.ts'
import { checkCalled, isRequest, uncalled } from '../../guard/mounted.ts'
import { readOwn } from '../../guard/own.ts'
import { stderrLogger } from '../../report/stderr.ts'
import {
  createFastifyIdSetter,
  fastifyRequestId,
  type Identified,
  type IdentifiedReply,
} from '../node/fastify-request-id.ts'
import { checkGenReqId, type IdOptions, type RequestIdOptions } from '../request-id.ts'
import { notOn } from '../framework.ts'

/** Fastify's hook onRequest. Its request and reply are those of any server, over HTTP/2 too. */
export type OnRequest = (request: object, reply: object, done: (error?: never) => void) => void

/**
 * Tells every client the id of its request, in X-Request-ID: the client's when it can be trusted in a log, else that of
 * the app's own `genReqId`, else a new one. For Fastify 5 and 4.
 *
 * @throws SetupError - when an option is wrong
 * @example
 * app.addHook('onRequest', requestId())
 */
export function requestId<TRequest extends object = FastifyRequest>(
  options: RequestIdOptions<TRequest> = {},
): OnRequest {
  checkCalled('requestId()', options)
  const setId = createFastifyIdSetter(options as RequestIdOptions<object>)
  return function requestId(request, reply, done) {
    if (!('raw' in request)) throw notOn('Fastify', 'requestId', request, reply)
    setId(request as Identified, reply as IdentifiedReply, request, done)
  }
}

/**
 * Makes what gives a request the id that its client is told, as `request.id` and in the lines of its logger: Fastify's
 * own, `req-1`, begins anew with each process. For Fastify 5 and 4.
 *
 * @param options - those of `requestId` but `context`; `generate` is called with the raw request
 * @throws SetupError - when an option is wrong
 * @example
 * const app = Fastify({ genReqId: genReqId() })
 */
export function genReqId<TRequest extends object = IncomingMessage>(
  options?: IdOptions<TRequest>,
): (raw: object) => string
// Fastify calls it with the raw request where it was set uncalled.
export function genReqId(options: IdOptions<object> = {}): ((raw: object) => string) | string {
  if (isRequest(options)) return idUncalled(options)
  checkCalled(GEN_CALL, options)
  const { header, generate } = checkGenReqId(options)
  return function genReqId(raw) {
    return requestIdFrom(undefined, readOwn((raw as IncomingMessage).headers, header.lower), generate, raw)
  }
}

const GEN_CALL = 'genReqId()'

let unconfigured: ((raw: object) => string) | undefined

/** Logs the mistake, once: what is thrown here ends the process, since no handler of errors is around it. */
function idUncalled(raw: object): string {
  if (unconfigured === undefined) stderrLogger.error({}, uncalled(GEN_CALL).message)
  unconfigured ??= genReqId()
  return unconfigured(raw)
}

/**
 * Returns the id of a request, as `requestId` has found or made it and as an error is answered and logged with it.
 * The id is found or made now where `requestId` is not mounted.
 */
export function requestIdOf(request: { readonly raw: object; readonly id: unknown }): string {
  return fastifyRequestId(request as Identified)
}
