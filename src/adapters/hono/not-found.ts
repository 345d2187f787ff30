import type { Context, Env, NotFoundHandler } from 'hono'
import type { Catalog } from '../../catalog/catalog.ts'
import { checkCalled } from '../../guard/mounted.ts'
import { SetupError } from '../../guard/setup-error.ts'
import type { HandlerOptions } from '../../handler/options.ts'
import { NotFoundError } from '../web/not-found.ts'
import { answerBy, type Answer } from './answer.ts'
import { isContext, type AnyContext } from './context.ts'
import { notOn } from '../framework.ts'

/**
 * Answers requests that no route took on, and `c.notFound()`, as a 404. Give it the options of `errorHandler`. For Hono 4.
 *
 * @throws SetupError - when an option is wrong
 * @example
 * app.notFound(notFound({ catalog: shop }))
 */
// oxlint-disable-next-line typescript/no-explicit-any
export function notFound<TCatalog extends Catalog = Catalog, TEnv extends Env = any>(
  options: HandlerOptions<TCatalog, Context<TEnv>> = {},
): NotFoundHandler<TEnv> {
  checkCalled('notFound()', options)
  const answer = answerBy(options as HandlerOptions<Catalog, AnyContext>, 'notFound')
  return function notFound(context, next?: unknown) {
    if (!isContext(context)) throw notOn('Hono', 'notFound', context, next)
    if (next !== undefined) {
      throw new SetupError('notFound was mounted as middleware: app.notFound(notFound())')
    }
    return answerNotFound(answer, context)
  }
}

/**
 * Answers by the 404. Hono takes what this returns only for a response that was not begun, and headers have begun one;
 * where a single handler stands before, it takes it in any case, and would lay it over itself.
 */
export function answerNotFound(answer: Answer, context: AnyContext): Response {
  const isAlone = context.req.matchedRoutes.length === 1
  const response = answer(new NotFoundError(), context)
  if (!isAlone) context.res = response
  return response
}
