import type { FastifyRequest } from 'fastify'
import type { Catalog } from '../../catalog/catalog.ts'
import { checkCalled, isRequest, uncalled } from '../../guard/mounted.ts'
import { isObject } from '../../guard/options.ts'
import { createResponder, type Responder } from '../../handler/responder.ts'
import type { HandlerOptions } from '../../handler/options.ts'
import { notOn } from '../framework.ts'
import type { FastifyReplyPart, FastifyRequestPart } from '../node/fastify-facts.ts'
import { answerThroughFastify } from '../node/through-fastify.ts'
import { originOf } from './origin.ts'
import { loggerOf } from './request-log.ts'

/** Fastify's error handler. Its request and reply are those of any server, over HTTP/2 too. */
export type ErrorHandler = (error: unknown, request: object, reply: object) => void

/**
 * Answers whatever is thrown in a request, through Fastify's reply. For Fastify 5 and 4.
 *
 * @throws SetupError - when an option is wrong
 * @example
 * app.setErrorHandler(errorHandler({ catalog: shop }))
 */
export function errorHandler<TCatalog extends Catalog = Catalog, TRequest extends object = FastifyRequest>(
  options?: HandlerOptions<TCatalog, TRequest>,
): ErrorHandler
// Fastify calls it so where it was set uncalled.
export function errorHandler(
  options: HandlerOptions<Catalog, object> | undefined,
  uncalledRequest?: object,
  uncalledReply?: object,
): ErrorHandler | void {
  return handlerFor('errorHandler()', options, uncalledRequest, uncalledReply)
}

/**
 * Makes an error handler, or answers in the place of one: a function of ours that Fastify was given uncalled.
 *
 * @param call - how to call that function
 */
export function handlerFor(
  call: string,
  options: HandlerOptions<Catalog, object> | undefined,
  uncalledRequest: object | undefined,
  uncalledReply: object | undefined,
): ErrorHandler | void {
  if (isRequest(uncalledRequest)) return answerUncalled(call, uncalledRequest!, uncalledReply!)
  checkCalled(call, options)
  return createErrorHandler(options, loggerOf)
}

/** @param logger - the one of an app that names none among its options */
export function createErrorHandler<TRequest>(
  options: HandlerOptions<Catalog, TRequest> | undefined,
  logger: HandlerOptions<Catalog, TRequest>['logger'],
): ErrorHandler {
  const given = options === undefined ? {} : options
  const responder = createResponder<TRequest>(isObject(given) ? { logger, ...given } : given, originOf)
  const answer = answerThroughFastify(responder as Responder<unknown>)
  return function errorHandler(error, request, reply: object | undefined) {
    if (reply === undefined || !('raw' in reply)) {
      throw notOn('Fastify', 'errorHandler', reply, request, error)
    }
    answer(error, request as FastifyRequestPart, reply as FastifyReplyPart)
  }
}

let unconfigured: ErrorHandler | undefined

/** Answers and logs the mistake in the place of any error. */
function answerUncalled(call: string, request: object, reply: object): void {
  unconfigured ??= errorHandler()
  return unconfigured(uncalled(call), request, reply)
}
