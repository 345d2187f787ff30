import type { IncomingMessage, ServerResponse } from 'node:http'
import type { CanActivate, ExecutionContext } from '@nestjs/common'
import type { Catalog } from '../../catalog/catalog.ts'
import { checkCalled } from '../../guard/mounted.ts'
import { read } from '../../guard/read.ts'
import type { AddressSource } from '../../rate-limit/address-source.ts'
import { attachLimiter, type Limiter } from '../../rate-limit/limiter.ts'
import type { RateLimitOptions } from '../../rate-limit/options.ts'
import { createRequestLimiter } from '../../rate-limit/request-limiter.ts'
import { isPromise } from '../../rate-limit/when.ts'
import type { AnyRequest } from './any-request.ts'

type Next = (error?: unknown) => void

/** A guard, and middleware. Met twice in the way of a request, it counts it once. */
export interface RateLimit<TRequest> extends Limiter<TRequest>, CanActivate {
  (request: IncomingMessage, response: ServerResponse, next: Next): void
}

/**
 * Limits requests: sets X-RateLimit-* on every response behind it, and refuses a request beyond a limit with a BizError.
 * A guard, for `@UseGuards` and `useGlobalGuards`; for requests that no route takes on too, middleware.
 *
 * @throws SetupError - when an option is wrong
 * @example
 * const logins = rateLimit({ catalog: shop, policies: [{ name: 'login', limit: 5, window: '15m' }] })
 * @UseGuards(logins)
 */
export function rateLimit<TRequest = AnyRequest, TCatalog extends Catalog = Catalog>(
  options: RateLimitOptions<TCatalog, TRequest>,
): RateLimit<TRequest> {
  checkCalled('rateLimit({ policies })', options)
  const limiter = createRequestLimiter<TRequest>(options, nest as AddressSource<TRequest>)

  function limit(request: object, response: object): ReturnType<typeof limiter.limit> {
    return limiter.limit(
      request as TRequest,
      rawOf<IncomingMessage>(request),
      rawOf<ServerResponse>(response),
    )
  }

  function rateLimit(request: IncomingMessage, response: ServerResponse, next: Next): void {
    const refusal = limit(request, response)
    if (refusal === undefined) next()
    else if (isPromise(refusal)) void refusal.then((refusal) => (refusal ? next(refusal) : next()))
    else next(refusal)
  }

  async function canActivate(context: ExecutionContext): Promise<boolean> {
    const refusal = await limit(context.getArgByIndex(0), context.getArgByIndex(1))
    if (refusal !== undefined) throw refusal
    return true
  }

  return attachLimiter(Object.assign(rateLimit, { canActivate }), limiter)
}

const nest: AddressSource<object> = {
  believed: (request) => read(request, 'ip'),
  raw: (request) => rawOf(request) as IncomingMessage,
  trust: () => 'some',
  nameProxy: "app.set('trust proxy', 1)",
}

/** Node's own of what Fastify wraps. */
function rawOf(message: object): IncomingMessage | ServerResponse {
  return (read(message, 'raw') ?? message) as IncomingMessage | ServerResponse
}
