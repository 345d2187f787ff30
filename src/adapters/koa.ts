import type { IncomingMessage, ServerResponse } from 'node:http'
import createError from 'http-errors'
import { read } from '../core/read.ts'
import { createAnswer } from '../handler/answer.ts'
import type { ErrorHandlerOptions } from '../handler/options.ts'
import {
  abandon,
  isPastAnswering,
  readFacts,
  reasonPhrase,
  removeStaleHeaders,
  setRequestId,
  type RequestIdOptions,
} from './node-http.ts'

/** The part of a Koa context that is used. */
export interface KoaContext {
  readonly req: IncomingMessage
  readonly res: ServerResponse
  readonly respond?: boolean | undefined
  status: number
  message: string
  body: unknown
  set(headers: Record<string, string>): void
}

type Middleware<TContext> = (context: TContext, next: () => Promise<unknown>) => Promise<void>

/**
 * Answers whatever is thrown inside it, and requests that nothing answered: mount it first. For Koa 2 and 3.
 *
 * @throws SetupError - when an option is wrong
 * @example
 * app.use(errorHandler({ catalog: shop }))
 */
export function errorHandler<TContext extends KoaContext = KoaContext>(
  options: ErrorHandlerOptions<TContext> = {},
): Middleware<TContext> {
  const answer = createAnswer(options)

  function respond(context: TContext, thrown: unknown): void {
    const { reply, report } = answer(thrown, readFacts(context.req, context.res, routeOf(context)), context)
    const sent = !isPastAnswering(context.res)
    if (sent) {
      removeStaleHeaders(context.res)
      context.status = reply.status
      context.message = reasonPhrase(reply.status)
      context.set(reply.headers)
      context.body = reply.body
    } else {
      abandon(context.res)
    }
    report(sent)
  }

  return async function errorHandler(context, next) {
    try {
      await next()
    } catch (error) {
      respond(context, error)
      return
    }
    if (isUnanswered(context)) respond(context, createError(context.status))
  }
}

/** Koa starts at 404; a router sets 405 or 501. A handler that wants no body for an error has to end it itself. */
function isUnanswered({ status, body, res, respond }: KoaContext): boolean {
  return status >= 400 && (body === undefined || body === null) && respond !== false && !isPastAnswering(res)
}

/** The pattern of the route that was running, where the router is @koa/router. */
function routeOf(context: object): string | undefined {
  const route = read(context, '_matchedRoute')
  return typeof route === 'string' ? route : undefined
}

/** Puts X-Request-ID on every response: the client's when it can be trusted in a log, else a new one. */
export function requestId<TContext extends KoaContext = KoaContext>(
  options: RequestIdOptions = {},
): Middleware<TContext> {
  const { generate } = options
  return async function requestId(context, next) {
    setRequestId(context.req, context.res, generate)
    await next()
  }
}
