import type { IncomingMessage, ServerResponse } from 'node:http'
import { checkCalled } from '../../guard/mounted.ts'
import { dropFastifysId } from './drop-fastifys-id.ts'
import {
  createFastifyIdSetter,
  fastifyRequestId,
  type Identified,
  type IdentifiedReply,
} from '../node/fastify-request-id.ts'
import { createRequestIdSetter, requestIdOf as requestIdOfMessage } from '../node/request-id.ts'
import type { RequestIdOptions } from '../request-id.ts'

/**
 * Gives every request an id, and tells it in X-Request-ID: the client's when it can be trusted in a log, else a new one.
 * `BizErrorsModule` has it.
 *
 * @throws SetupError - when an option is wrong
 * @example
 * app.use(requestId())
 */
export function requestId<TRequest = IncomingMessage>(
  options: RequestIdOptions<TRequest> = {},
): (request: IncomingMessage, response: ServerResponse, next: () => void) => void {
  checkCalled('requestId()', options)
  const setRequestId = createRequestIdSetter(options)
  return function requestId(request, response, next) {
    dropFastifysId(request)
    setRequestId(request, response, request as TRequest, next)
  }
}

/** Does as `requestId`, as a hook of Fastify's. */
export function requestIdHook(
  options: RequestIdOptions<object> = {},
): (request: Identified, reply: IdentifiedReply, done: () => void) => void {
  const setId = createFastifyIdSetter(options)
  return (request, reply, done) => {
    dropFastifysId(request.raw)
    setId(request, reply, request, done)
  }
}

/**
 * Returns the id of a request, as an error of it is answered and logged with. It is found or made now where `requestId`
 * is not mounted.
 *
 * @param request - of either platform, or that of node:http
 */
export function requestIdOf(request: object): string {
  // Fastify's request has the id of the app's own `genReqId`.
  if ('raw' in request) return fastifyRequestId(request as Identified)
  dropFastifysId(request)
  return requestIdOfMessage(request as IncomingMessage)
}
