import type { IncomingMessage, ServerResponse } from 'node:http'
import { bare } from '../../guard/own.ts'
import { read } from '../../guard/read.ts'
import { isPromise } from '../../rate-limit/asked.ts'
import { createLimiter, type AddressSource } from '../../rate-limit/limiter.ts'
import type { RateLimitOptions } from '../../rate-limit/options.ts'

/** The part of a Koa context that is used. */
export interface RateLimitContext {
  readonly req: IncomingMessage
  readonly res: ServerResponse
}

/** The middleware of one limiter. Mounted twice in the way of a request, it counts it once. */
export interface RateLimit<TContext> {
  (context: TContext, next: () => Promise<unknown>): Promise<void>
  /** Whether the shared store is away now, so that the fallback decides. */
  readonly degraded: boolean
  /** Lets the process end. The client that the store was given stays open. */
  readonly close: () => void
}

/**
 * Limits requests: sets X-RateLimit-* on every response behind it, and throws a BizError for a request beyond a
 * limit. Mount it inside `errorHandler`. For Koa 2 and 3.
 *
 * @throws SetupError - when an option is wrong
 * @example
 * app.use(rateLimit({ policies: [{ name: 'second', limit: 10, window: '1s' }] }))
 */
export function rateLimit<TContext extends RateLimitContext = RateLimitContext>(
  options: RateLimitOptions<TContext>,
): RateLimit<TContext> {
  const limiter = createLimiter<TContext>(options, koa)

  async function rateLimit(context: TContext, next: () => Promise<unknown>): Promise<void> {
    const verdict = limiter.limit(context, context.req, context.res)
    const refusal = verdict !== undefined && isPromise(verdict) ? await verdict : verdict
    if (refusal !== undefined) throw refusal
    await next()
  }
  return Object.defineProperties(rateLimit, {
    degraded: bare({ get: limiter.degraded }),
    close: bare({ value: limiter.close }),
  }) as RateLimit<TContext>
}

const koa: AddressSource<RateLimitContext> = {
  addresses: (context) => [read(context, 'ip'), read(read(context.req, 'socket'), 'remoteAddress')],
  trustsAnyone(context) {
    const app = read(context, 'app')
    return read(app, 'proxy') === true && !(Number(read(app, 'maxIpsCount')) > 0)
  },
}
