import type { FastifyRequest } from 'fastify'
import type { Catalog } from '../../catalog/catalog.ts'
import type { HandlerOptions } from '../../handler/options.ts'
import { handlerFor, type ErrorHandler } from './error-handler.ts'

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
  return handlerFor('frameworkErrors()', options, uncalledRequest, uncalledReply)
}
