import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Catalog } from '../../catalog/catalog.ts'
import { read } from '../../guard/read.ts'
import type { AddressSource } from '../../rate-limit/address-source.ts'
import { attachLimiter, type Limiter } from '../../rate-limit/limiter.ts'
import { createRequestLimiter } from '../../rate-limit/request-limiter.ts'
import type { RateLimitOptions } from '../../rate-limit/options.ts'
import { isPromise } from '../../rate-limit/when.ts'
import { checkCalled } from '../../guard/mounted.ts'
import { noteEnd } from '../../report/answered.ts'
import { isOnKoa, type AnyContext } from './context.ts'
import { refuse } from '../framework.ts'

/** The part of a Koa context that is used. */
export interface RateLimitContext {
  readonly req: IncomingMessage
  readonly res: ServerResponse
}

/** The middleware of one limiter. Mounted twice in the way of a request, it counts it once. */
export interface RateLimit<TContext> extends Limiter<TContext> {
  (context: TContext, next: () => Promise<unknown>): Promise<void>
}

/**
 * Limits requests: sets X-RateLimit-* on every response behind it, and throws a BizError for a request beyond a
 * limit. Mount it inside `errorHandler`. For Koa 2 and 3.
 *
 * @typeParam TContext - of a limiter in a constant, whose functions read more than every context has
 * @throws SetupError - when an option is wrong
 * @example
 * app.use(rateLimit({ policies: [{ name: 'second', limit: 10, window: '1s' }] }))
 * @example
 * const logins = rateLimit<Context>({ policies, key: (ctx) => ctx.session.id })
 */
export function rateLimit<TContext extends RateLimitContext = AnyContext, TCatalog extends Catalog = Catalog>(
  options: RateLimitOptions<TCatalog, TContext>,
): RateLimit<TContext> {
  checkCalled('rateLimit({ policies })', options)
  const limiter = createRequestLimiter<TContext>(options, koa)

  async function rateLimit(
    context: TContext,
    next: () => Promise<unknown>,
    expressNext?: unknown,
  ): Promise<void> {
    if (!isOnKoa(context, next)) return refuse('Koa', 'rateLimit', [context, next], expressNext)
    const verdict = limiter.limit(context, context.req, context.res)
    const refusal = verdict !== undefined && isPromise(verdict) ? await verdict : verdict
    if (refusal !== undefined) throw refusal
    await next()
    // Koa writes nothing to a client that has left. With `respond = false`, the app may still.
    if (read(context, 'respond') !== false) noteEnd(context.res)
  }
  return attachLimiter(rateLimit, limiter)
}

const koa: AddressSource<RateLimitContext> = {
  believed: (context) => read(context, 'ip'),
  raw: (context) => context.req,
  trust(app) {
    // Koa takes what is truthy: https://koajs.com/#settings
    if (!read(app, 'proxy')) return 'no one'
    return isPositive(read(app, 'maxIpsCount')) ? 'some' : 'everyone'
  },
  nameProxy: 'app.proxy = true with app.maxIpsCount = 1',
}

/** Koa takes a text, too, as an environment variable is. */
function isPositive(count: unknown): boolean {
  return (typeof count === 'number' || typeof count === 'string') && Number(count) > 0
}
