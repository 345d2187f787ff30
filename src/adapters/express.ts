import type { IncomingMessage, ServerResponse } from 'node:http'
import createError from 'http-errors'
import { read } from '../core/read.ts'
import { SetupError, show } from '../core/setup-error.ts'
import { createAnswer } from '../handler/answer.ts'
import type { ErrorHandlerOptions } from '../handler/options.ts'
import type { Origin } from '../handler/report.ts'
import { methodOf, readFacts, writeLast, writeReply } from './node-http.ts'
import { createRequestIdSetter, type RequestIdOptions } from './request-id.ts'

export { requestIdOf } from './request-id.ts'

type Next = (error?: unknown) => void

/**
 * Answers whatever was thrown or passed to `next`: mount it last. For Express 4 and 5.
 *
 * @throws SetupError - when an option is wrong
 * @example
 * app.use(notFound())
 * app.use(errorHandler({ catalog: shop }))
 */
export function errorHandler<TRequest extends IncomingMessage = IncomingMessage>(
  options: ErrorHandlerOptions<TRequest> = {},
): (error: unknown, request: TRequest, response: ServerResponse, next: Next) => void {
  const answer = createAnswer(options, originOf)

  // Express knows an error handler by its four parameters.
  return function errorHandler(error, request, response, _next) {
    try {
      const facts = readFacts(request, response)
      const { reply, report } = answer(error, facts, request)
      report(writeReply(response, reply, facts))
    } catch (failure) {
      const { reply, report } = answer.last(error, failure, request)
      report(writeLast(response, reply))
    }
  }
}

/** What the router of the route is mounted at is known as a path alone. */
function originOf(request: IncomingMessage): Origin {
  const path = read(read(request, 'route'), 'path')
  return { method: methodOf(request), route: typeof path === 'string' ? path : undefined }
}

/** Passes requests that no route took on as a 404: mount it after the routes and before `errorHandler`. */
export function notFound(): (request: IncomingMessage, response: ServerResponse, next: Next) => void {
  return function notFound(_request, _response, next) {
    next(new createError.NotFound())
  }
}

/**
 * Gives every request an id, on `request.id` and in X-Request-ID: the client's when it can be trusted in a log, else a
 * new one.
 *
 * @throws SetupError - when an option is wrong
 */
export function requestId<TRequest extends IncomingMessage = IncomingMessage>(
  options: RequestIdOptions<TRequest> = {},
): (request: TRequest, response: ServerResponse, next: Next) => void {
  const setRequestId = createRequestIdSetter(options)
  return function requestId(request, response, next) {
    setRequestId(request, response, request)
    next()
  }
}

/**
 * Makes an async handler's rejection reach the error handler in Express 4. Express 5 does this itself.
 *
 * @example
 * app.get('/users/:id', asyncHandler(async (req: Request, res: Response) => res.json(await find(req.params.id))))
 */
export function asyncHandler<TRequest, TResponse>(
  handler: (request: TRequest, response: TResponse, next: Next) => unknown,
): (request: TRequest, response: TResponse, next: Next) => void {
  if (typeof handler !== 'function') {
    throw new SetupError(`asyncHandler was called with ${show(handler)}. Give the handler to wrap.`)
  }
  return function asyncHandler(request, response, next) {
    // A falsy reason would mean "no error" to Express.
    new Promise((resolve) => resolve(handler(request, response, next))).catch((error: unknown) =>
      next(error || new Error('Rejected promise')),
    )
  }
}
