import { createRequestIdSetter, requestIdBetween } from '../node/request-id.ts'
import type { RequestIdOptions } from '../request-id.ts'
import { checkCalled } from '../../guard/mounted.ts'
import { isOnKoa, type AnyContext, type KoaContext, type Middleware } from './context.ts'
import { notOn } from '../framework.ts'

/**
 * Gives every request an id, on `context.req.id` and in X-Request-ID: the client's when it can be trusted in a log, else
 * a new one.
 *
 * @throws SetupError - when an option is wrong
 */
export function requestId<TContext extends KoaContext = AnyContext>(
  options: RequestIdOptions<TContext> = {},
): Middleware<TContext> {
  checkCalled('requestId()', options)
  const setRequestId = createRequestIdSetter(options)
  return function requestId(context, next) {
    if (!isOnKoa(context, next)) throw notOn('Koa', 'requestId', context, next)
    return setRequestId(context.req, context.res, context, next)
  }
}

/**
 * Returns the id of a request, as `requestId` has found or made it and as an error is answered and logged with it.
 * The id is found or made now where `requestId` is not mounted.
 */
export function requestIdOf({ req, res }: Pick<KoaContext, 'req' | 'res'>): string {
  return requestIdBetween(req, res)
}
