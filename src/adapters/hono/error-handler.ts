import type { Context, Env, ErrorHandler } from 'hono'
import type { Catalog } from '../../catalog/catalog.ts'
import { checkCalled, uncalled } from '../../guard/mounted.ts'
import { SetupError } from '../../guard/setup-error.ts'
import type { HandlerOptions } from '../../handler/options.ts'
import { answerBy } from './answer.ts'
import { isContext, type AnyContext } from './context.ts'
import { notOn } from '../framework.ts'

/**
 * Answers every Error that is thrown. What is thrown and is no Error goes past it: `bizErrors` catches that too. For
 * Hono 4.
 *
 * @throws SetupError - when an option is wrong
 * @example
 * app.onError(errorHandler({ catalog: shop }))
 */
// oxlint-disable-next-line typescript/no-explicit-any
export function errorHandler<TCatalog extends Catalog = Catalog, TEnv extends Env = any>(
  options?: HandlerOptions<TCatalog, Context<TEnv>>,
): ErrorHandler<TEnv>
// Hono calls what it is given with an error and its context: this itself, where it was mounted uncalled.
export function errorHandler(
  options: HandlerOptions<Catalog, AnyContext> = {},
  uncalledContext?: AnyContext,
): ErrorHandler | Response {
  if (isContext(uncalledContext)) return answerBy(NO_OPTIONS, 'errorHandler')(uncalled(CALL), uncalledContext)
  checkCalled(CALL, options)
  const answer = answerBy(options, 'errorHandler')
  return function errorHandler(error, context) {
    if (isContext(error)) throw new SetupError(`errorHandler was mounted as middleware: app.onError(${CALL})`)
    if (!isContext(context)) throw notOn('Hono', 'errorHandler', context, error)
    return answer(error, context)
  }
}

const CALL = 'errorHandler()'
const NO_OPTIONS = {}
