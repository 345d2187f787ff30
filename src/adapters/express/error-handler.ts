import type { IncomingMessage, ServerResponse } from 'node:http'
import { read } from '../../guard/read.ts'
import { createResponder } from '../../handler/responder.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import type { HandlerOptions } from '../../handler/options.ts'
import type { Origin } from '../../report/report.ts'
import { methodOf } from '../node/facts.ts'
import { answerThroughNode } from '../node/through-node.ts'
import { checkCalled, isRequest, uncalled } from '../../guard/mounted.ts'
import { isFollowed } from './layers.ts'
import { notOnExpress, type Next } from './next.ts'

/** Express's error handler. */
export type ErrorMiddleware<TRequest> = (
  error: Thrown<TRequest>,
  request: NoInfer<TRequest>,
  response: ServerResponse,
  next: Next,
) => void

/**
 * Unknown. `app.use` is typed for handlers of three parameters first, whose first is the request: TypeScript finds the
 * type of `req` in `errorHandler({ locale: (req) => … })` there.
 */
type Thrown<TRequest> = [TRequest] extends [never] ? TRequest : unknown

/**
 * Answers whatever was thrown or passed to `next`: mount it last. For Express 4 and 5.
 *
 * @throws SetupError - when an option is wrong
 * @example
 * app.use(notFound())
 * app.use(errorHandler({ catalog: shop }))
 */
export function errorHandler<
  TCatalog extends Catalog = Catalog,
  TRequest extends IncomingMessage = IncomingMessage,
>(options?: HandlerOptions<TCatalog, TRequest>): ErrorMiddleware<TRequest>
// Express knows an error handler by its four parameters. This has them too, and is called where it was mounted uncalled.
export function errorHandler<TRequest extends IncomingMessage>(
  options: HandlerOptions<Catalog, TRequest> | undefined,
  uncalledRequest?: IncomingMessage,
  uncalledResponse?: ServerResponse,
  next?: Next,
): ErrorMiddleware<TRequest> | void {
  if (isRequest(uncalledRequest)) return answerUncalled(uncalledRequest!, uncalledResponse!, next!)
  checkCalled(CALL, options)
  const answer = answerThroughNode(createResponder(options === undefined ? {} : options, originOf))

  return function errorHandler(error, request, response, next: Next | undefined) {
    // Who calls it by hand may have no `next`.
    if (next === undefined && typeof read(response, 'setHeader') !== 'function') {
      throw notOnExpress('errorHandler', response, request, error)
    }
    answer(error, request, response)
  }
}

const CALL = 'errorHandler()'

let unconfigured: ErrorMiddleware<IncomingMessage> | undefined

/** Answers and logs the mistake in the place of any error: by the app's own error handler where one follows, else by ours. */
function answerUncalled(request: IncomingMessage, response: ServerResponse, next: Next): void {
  const mistake = uncalled(CALL)
  if (isFollowed(errorHandler, request)) return next(mistake)
  unconfigured ??= errorHandler()
  return unconfigured(mistake, request, response, next)
}

/** Leaves out where the router is mounted, which is known as a path alone. */
function originOf(request: IncomingMessage): Origin {
  const path = read(read(request, 'route'), 'path')
  return { method: methodOf(request), route: typeof path === 'string' ? path : undefined }
}
