import { AsyncResource } from 'node:async_hooks'
import type { Reply } from '../../answer/facts.ts'
import { httpErrors } from '../node/create-error.cjs'
import { bare, masks } from '../../guard/own.ts'
import { read } from '../../guard/read.ts'
import { createResponder, type Answered, type Delivery } from '../../handler/responder.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import type { HandlerOptions } from '../../handler/options.ts'
import { noteAnswer } from '../../report/answered.ts'
import type { Origin } from '../../report/report.ts'
import { isUnanswered } from './unanswered.ts'
import { createBodyWatch, detachBody } from './body.ts'
import { emitError } from './error-event.ts'
import { isOnKoa, type AnyContext, type KoaContext, type Middleware } from './context.ts'
import { mistakeOf, refuse } from '../framework.ts'
import { checkCalled } from '../../guard/mounted.ts'
import { inContextOf } from '../node/context.ts'
import { canBegin, deliveryOf } from '../node/delivery.ts'
import { methodOf, readFacts, type MessageFacts } from '../node/facts.ts'
import { fileOpened } from '../node/file-opened.ts'
import { isHttp2 } from '../node/http2.ts'
import { prepareReply, reasonPhrase, writeLast, writeReply } from '../node/reply.ts'
import { headersFor } from '../node/upgrade.ts'

/**
 * Answers whatever is thrown inside it, and requests that nothing answered: mount it first. For Koa 2 and 3.
 *
 * @throws SetupError - when an option is wrong
 * @example
 * app.use(errorHandler({ catalog: shop }))
 */
export function errorHandler<TCatalog extends Catalog = Catalog, TContext extends KoaContext = AnyContext>(
  options: HandlerOptions<TCatalog, TContext> = {},
): Middleware<TContext> {
  checkCalled('errorHandler()', options)
  const responder = createResponder(options, originOf)
  const createError = httpErrors()

  /**
   * @param late - whether Koa already has an answer (a body that JSON cannot hold, middleware around us that fails):
   *   then, and where Koa does not answer by itself (`respond = false`) or can no longer, there is only the raw response
   */
  function respond(context: TContext, thrown: unknown, late: boolean): void {
    const { req, res } = context
    const tell = (report: Answered['report'], delivery: Delivery): void => {
      if (report(delivery)) emitError(context.app, thrown, context)
    }
    try {
      const facts = readFacts(req, res, context.request)
      const answer = responder(thrown, facts, context)
      const { isWanted, report } = answer
      noteAnswer(res, answer.status, answer.code)
      if (
        !late &&
        context.respond !== false &&
        canBegin(res, facts.isDisconnected) &&
        setReply(context, answer, facts)
      ) {
        // Koa writes it after us; a slow logger may not keep the client waiting. A response is closed outside of the
        // request's context, and others end their span then.
        if (isWanted) {
          const request = new AsyncResource('bizerror')
          res.prependOnceListener('close', () => request.runInAsyncScope(() => tell(report, deliveryOf(res))))
        }
      } else {
        tell(report, writeReply(res, answer, facts))
      }
    } catch (failure) {
      const answer = responder.last(thrown, failure, context)
      noteAnswer(res, answer.status, answer.code)
      tell(answer.report, writeLast(res, answer))
    }
  }

  const bodies = createBodyWatch<TContext>((context, error) => {
    inContextOf(context.req, () => respond(context, error, true))
    detachBody(context)
  })

  async function errorHandler(
    context: TContext,
    next: () => Promise<unknown>,
    response?: unknown,
    expressNext?: unknown,
  ): Promise<void> {
    if (!isOnKoa(context, next)) return refuse('Koa', 'errorHandler', [response, next, context], expressNext)
    // A handler inside another leaves the body to the outer one.
    const isOuter = !Object.hasOwn(context, 'onerror')
    if (isOuter) bodies.begin(context)
    try {
      await next()
      const stream = bodies.streamOf(context)
      if (stream !== undefined && context.req.method === 'HEAD') await fileOpened(stream)
      if (isOuter) bodies.check(context)
      if (isUnanswered(context)) throw createError(context.res.statusCode, masks() ?? {})
    } catch (error) {
      // `requestId` is mounted inside of us.
      inContextOf(context.req, () => respond(context, error, false))
    }
    if (isOuter) bodies.end(context)
  }
  return Object.defineProperties(errorHandler, REFUSING_EXPRESS)
}

/**
 * Lets `app.use` of Express throw, which asks what it is given for `handle`. Express knows an error handler by its four
 * parameters and calls it for errors alone: Koa's, which is mounted first, would not be called at all.
 */
const REFUSING_EXPRESS: PropertyDescriptorMap = {
  handle: bare({
    get(): never {
      throw mistakeOf('Koa', 'errorHandler', 'Express')
    },
  }),
}

/**
 * Leaves the reply to Koa, which writes it once the middleware outside has run. False when the app is in the way.
 * Goes past the delegates of the context, which take as long as what they stand for.
 */
function setReply({ res, response }: KoaContext, reply: Reply, facts: MessageFacts): boolean {
  try {
    const { status, body } = reply
    const overHttp2 = isHttp2(res)
    // Koa 2 answers no HEAD over HTTP/2, whose stream takes no data.
    if (overHttp2 && !response.writable) return false
    prepareReply(res, facts, status)
    const headers = headersFor(res, reply)
    response.status = status
    if (!overHttp2) response.message = reasonPhrase(status)
    for (const name of Object.keys(headers)) res.setHeader(name, headers[name]!)
    response.body = body
    // An app may have a setter of its own, which makes something else of it.
    return response.body === body
  } catch {
    return false
  }
}

/** The route is known where the router is @koa/router. */
function originOf(context: KoaContext): Origin {
  const route = read(context, '_matchedRoute')
  return { method: methodOf(context.req), route: typeof route === 'string' ? route : undefined }
}
