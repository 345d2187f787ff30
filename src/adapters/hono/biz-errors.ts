import type { Context, Hono, MiddlewareHandler } from 'hono'
import { checkInstalled } from '../../dependencies.cjs'
import type { Catalog } from '../../catalog/catalog.ts'
import { show } from '../../guard/setup-error.ts'
import { partsOf, type BizErrorsOptions } from '../bundle.ts'
import { isResponse } from '../web/response.ts'
import { answerBy, type Answer } from './answer.ts'
import { answerNotFound } from './not-found.ts'
import type { AnyContext } from './context.ts'
import { watchBody } from './body.ts'
import { knownLimited } from './limited-response.ts'
import { rateLimit } from './rate-limit.ts'
import { createRequestIds, type WithId } from './request-id.ts'

checkInstalled('hono', 'bizerror/hono')

// oxlint-disable-next-line typescript/no-explicit-any
type AnyApp = Hono<any, any, any>

/** The context of an app's handlers. */
// oxlint-disable-next-line typescript/no-explicit-any
type ContextOf<TApp> = TApp extends Hono<infer TEnv, any, any> ? Context<TEnv> : AnyContext

/**
 * Answers whatever is thrown in an app, and requests that no route takes on, and gives every request an id: call it before
 * anything else is mounted. For Hono 4.
 *
 * @returns the app
 * @throws SetupError - when an option is wrong
 * @example
 * const app = bizErrors(new Hono(), { catalog: shop })
 */
export function bizErrors<
  TApp extends AnyApp,
  TCatalog extends Catalog = Catalog,
  TLimiterCatalog extends Catalog = TCatalog,
>(app: TApp, options: BizErrorsOptions<TCatalog, ContextOf<TApp>, TLimiterCatalog> = {}): TApp {
  const parts = partsOf('Hono', app, options as BizErrorsOptions<Catalog, AnyContext>)
  const answer = answerBy(parts.handler, 'bizErrors')
  const first = createFirst(answer, createRequestIds(parts.requestId ?? {}))
  app.onError(answer)
  app.notFound((context) => answerNotFound(answer, context))
  app.use(first)
  if (parts.rateLimit) app.use(rateLimit(parts.rateLimit))
  return app
}

/** Stands around all handlers: what is thrown and is no Error goes past `onError`. */
function createFirst(answer: Answer, withId: WithId): MiddlewareHandler {
  async function handle(context: AnyContext, next: () => Promise<void>): Promise<void> {
    watchBody(context.req)
    try {
      await next()
      if (context.finalized) checkMade(context)
    } catch (thrown) {
      context.res = answer(thrown, context)
      // A limiter inside has not seen it.
      knownLimited(context)?.close()
    }
  }
  return async function bizErrors(context, next) {
    await withId(context, () => handle(context, next))
  }
}

/**
 * Throws what is wrong with a response that its handler has made. @hono/node-server makes it only when it is sent, and
 * sends the message of the error in its place.
 */
function checkMade(context: AnyContext): void {
  try {
    const { res } = context
    void res.headers
    if (!isResponse(res)) throw new TypeError(`A handler returned ${show(res)}. Return a Response`)
  } catch (error) {
    context.res = undefined
    throw error
  }
}
