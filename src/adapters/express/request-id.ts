import type { IncomingMessage, ServerResponse } from 'node:http'
import { createRequestIdSetter } from '../node/request-id.ts'
import type { RequestIdOptions } from '../request-id.ts'
import { checkCalled } from '../../guard/mounted.ts'
import { isOnExpress, notOnExpress, type Next } from './next.ts'

/**
 * Gives every request an id, on `request.id` and in X-Request-ID: the client's when it can be trusted in a log, else a
 * new one.
 *
 * @throws SetupError - when an option is wrong
 */
export function requestId<TRequest extends IncomingMessage = IncomingMessage>(
  options: RequestIdOptions<TRequest> = {},
): (request: TRequest, response: ServerResponse, next: Next) => void {
  checkCalled('requestId()', options)
  const setRequestId = createRequestIdSetter(options)
  return function requestId(request, response, next: Next) {
    if (!isOnExpress(response, next)) throw notOnExpress('requestId', response, request)
    setRequestId(request, response, request, next)
  }
}
