import type { FastifyRequest } from 'fastify'
import type { Catalog } from '../../catalog/catalog.ts'
import { checkCalled, isRequest, uncalled } from '../../guard/mounted.ts'
import type { HandlerOptions } from '../../handler/options.ts'
import { createErrorHandler, type ErrorHandler } from './error-handler.ts'
import { loggerOf } from './request-log.ts'

/**
 * Answers what fails before a route is found, of which no error handler is told: a URL that cannot be decoded, a param
 * that is too long, a constraint that fails. For Fastify 5 and 4.
 *
 * @param options - those of `errorHandler`
 * @throws SetupError - when an option is wrong
 * @example
 * const app = Fastify({ frameworkErrors: frameworkErrors({ catalog: shop }) })
 */
export function frameworkErrors<TCatalog extends Catalog = Catalog, TRequest extends object = FastifyRequest>(
  options?: HandlerOptions<TCatalog, TRequest>,
): ErrorHandler
export function frameworkErrors(
  options: HandlerOptions<Catalog, object> | undefined,
  uncalledRequest?: object,
  uncalledReply?: object,
): ErrorHandler | void {
  if (isRequest(uncalledRequest)) return answerUncalled(uncalledRequest!, uncalledReply!)
  checkCalled(CALL, options)
  return createErrorHandler(options, loggerOf)
}

const CALL = 'frameworkErrors()'

let unconfigured: ErrorHandler | undefined

function answerUncalled(request: object, reply: object): void {
  unconfigured ??= frameworkErrors()
  return unconfigured(uncalled(CALL), request, reply)
}
