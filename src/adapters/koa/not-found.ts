import { httpErrors } from '../node/create-error.cjs'
import { masks } from '../../guard/own.ts'
import { checkCalled } from '../../guard/mounted.ts'
import { isOnKoa, type AnyContext, type KoaContext, type Middleware } from './context.ts'
import { refuse } from '../framework.ts'
import { isUnanswered } from './unanswered.ts'

/**
 * Throws a 404 for requests that nothing behind it answered, or the 405 or 501 that a router found: mount it before the
 * routes. `errorHandler` does so for the whole app; this lets what is between the two see the error, such as a logger.
 */
export function notFound<TContext extends KoaContext = AnyContext>(): Middleware<TContext>
export function notFound(given?: unknown): Middleware<KoaContext> {
  checkCalled('notFound()', given)
  const createError = httpErrors()
  return async function notFound(context, next, expressNext?: unknown) {
    if (!isOnKoa(context, next)) return refuse('Koa', 'notFound', [context, next], expressNext)
    await next()
    if (isUnanswered(context)) throw createError(context.res.statusCode, masks() ?? {})
  }
}
