import type { IncomingMessage, ServerResponse } from 'node:http'
import type { CanActivate, ExecutionContext } from '@nestjs/common'
import type { Catalog } from '../../catalog/catalog.ts'
import { checkCalled } from '../../guard/mounted.ts'
import { isObject } from '../../guard/options.ts'
import { read } from '../../guard/read.ts'
import { createWarnOnce } from '../../guard/warn-once.ts'
import type { AddressSource } from '../../rate-limit/address-source.ts'
import { attachLimiter, type Limiter } from '../../rate-limit/limiter.ts'
import type { RateLimitOptions } from '../../rate-limit/options.ts'
import { createRequestLimiter } from '../../rate-limit/request-limiter.ts'
import { isPromise } from '../../rate-limit/when.ts'
import { createWarn } from '../../rate-limit/warn.ts'
import { express } from '../node/express-limits.ts'
import { fastify, showExposed, type ReplyHeaders } from '../node/fastify-limits.ts'
import type { AnyRequest } from './any-request.ts'
import { nestLogger } from './nest-logger.ts'

type Next = (refusal?: unknown) => void

/** A guard, which counts a request once, however often it is met. */
export interface RateLimit<TRequest> extends Limiter<TRequest>, CanActivate {
  /** The same as middleware, for requests that no route takes on, too: `app.use(limits.use)`. */
  readonly use: (request: IncomingMessage, response: ServerResponse, next: Next) => void
}

/**
 * Limits requests: a guard that sets X-RateLimit-* on every response behind it, and throws a BizError for a request
 * beyond a limit. For HTTP, on Express and Fastify.
 *
 * @typeParam TRequest - of a limiter in a constant, whose functions read more than every request has
 * @throws SetupError - when an option is wrong
 * @example
 * const logins = rateLimit({ catalog: shop, policies: [{ name: 'login', limit: 5, window: '15m' }] })
 * @UseGuards(logins)
 */
export function rateLimit<TRequest extends object = AnyRequest, TCatalog extends Catalog = Catalog>(
  options: RateLimitOptions<TCatalog, TRequest>,
): RateLimit<TRequest> {
  checkCalled('rateLimit({ policies })', options)
  const given = isObject(options) ? { ...options, logger: options.logger ?? nestLogger() } : options
  const limiter = createRequestLimiter<TRequest>(given, nest)
  const warnOnce = createWarnOnce(createWarn(given.logger))

  function limit(request: object, response: object): ReturnType<typeof limiter.limit> {
    if (!('raw' in response)) {
      return limiter.limit(request as TRequest, request as IncomingMessage, response as ServerResponse)
    }
    const reply = response as ReplyHeaders
    showExposed(reply)
    return limiter.limit(request as TRequest, messageOf(request), reply.raw)
  }

  function use(request: IncomingMessage, response: ServerResponse, next: Next): void {
    const refusal = limit(request, response)
    if (refusal !== undefined && isPromise(refusal)) void refusal.then(next)
    else next(refusal)
  }

  async function canActivate(context: ExecutionContext): Promise<boolean> {
    const kind: string = context.getType()
    if (kind !== 'http') {
      warnOnce(
        `rateLimit counts requests of HTTP, and guards what is of kind ${kind}: count that by createLimiter`,
      )
      return true
    }
    const refusal = await limit(context.getArgByIndex(0), context.getArgByIndex(1))
    if (refusal !== undefined) throw refusal
    return true
  }

  return attachLimiter({ canActivate, use }, limiter)
}

/** Node's own request, which Express's is, and Fastify's wraps. */
function messageOf(request: object): IncomingMessage {
  return (read(request, 'raw') ?? request) as IncomingMessage
}

const nest: AddressSource<object> = {
  believed: (request) => read(request, 'ip'),
  raw: messageOf,
  app: (request) => read(request, 'app') ?? read(request, 'server'),
  trust(app, request) {
    if ('raw' in request) return fastify.trust(app, request as Parameters<typeof fastify.trust>[1])
    // Of Node's own request, middleware on Fastify cannot tell.
    return app === undefined ? 'some' : express.trust(app, request as IncomingMessage)
  },
  nameProxy: `${express.nameProxy}, or new FastifyAdapter({ trustProxy: '10.0.0.1' })`,
}
