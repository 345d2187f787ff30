import type { FastifyRequest } from 'fastify'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Catalog } from '../../catalog/catalog.ts'
import { checkCalled } from '../../guard/mounted.ts'
import { isArray, read } from '../../guard/read.ts'
import type { AddressSource, Trust } from '../../rate-limit/address-source.ts'
import { attachLimiter, type Limiter } from '../../rate-limit/limiter.ts'
import type { RateLimitOptions } from '../../rate-limit/options.ts'
import { createRequestLimiter } from '../../rate-limit/request-limiter.ts'
import { isPromise } from '../../rate-limit/when.ts'
import { notOnFastify } from './not-on-fastify.ts'
import type { OnRequest } from './request-id.ts'

/** The hook of one limiter. Added twice in the way of a request, it counts it once. */
export interface RateLimit<TRequest> extends Limiter<TRequest>, OnRequest {}

interface Request {
  readonly raw: IncomingMessage
}

interface Reply {
  readonly raw: ServerResponse
  getHeader(name: string): unknown
  removeHeader(name: string): unknown
}

/**
 * Limits requests: sets X-RateLimit-* on every response behind it, and fails with a BizError for a request beyond a
 * limit. For Fastify 5 and 4.
 *
 * @throws SetupError - when an option is wrong
 * @example
 * app.addHook('onRequest', rateLimit({ policies: [{ name: 'second', limit: 10, window: '1s' }] }))
 * @example
 * app.post('/login', { preHandler: rateLimit({ policies, key: (request) => request.body.name }) }, login)
 */
export function rateLimit<TRequest extends object = FastifyRequest, TCatalog extends Catalog = Catalog>(
  options: RateLimitOptions<TCatalog, TRequest>,
): RateLimit<TRequest> {
  checkCalled('rateLimit({ policies })', options)
  const limiter = createRequestLimiter<TRequest>(options, fastify as AddressSource<TRequest>)

  function rateLimit(request: object, reply: object, done: (refusal?: never) => void): void {
    const { raw } = reply as Reply
    if (raw === undefined) throw notOnFastify('rateLimit')
    showExposed(reply as Reply)
    const next = done as (refusal?: unknown) => void
    const refusal = limiter.limit(request as TRequest, (request as Request).raw, raw)
    if (refusal !== undefined && isPromise(refusal)) void refusal.then(next)
    else next(refusal)
  }
  return attachLimiter(rateLimit, limiter)
}

const EXPOSED = 'access-control-expose-headers'

/** The limiter writes on the raw response, whose headers give way to those of the reply, and appends to this one. */
function showExposed(reply: Reply): void {
  const exposed = reply.getHeader(EXPOSED)
  if (exposed === undefined) return
  reply.removeHeader(EXPOSED)
  reply.raw.setHeader(EXPOSED, exposed as string)
}

const fastify: AddressSource<Request> = {
  believed: (request) => read(request, 'ip'),
  raw: ({ raw }) => raw,
  app: (request) => read(request, 'server'),
  trust: (_app, request) => trustOf(request),
  nameProxy: "Fastify({ trustProxy: '10.0.0.1' })",
}

/** Addresses that no proxy has: RFC 5737, section 3. */
const NOBODYS = ['192.0.2.1', '198.51.100.1', '203.0.113.1'] as const

/** Fastify shows `trustProxy` to nobody: what it believes of a request that came over two proxies shows it. */
function trustOf(request: Request): Trust {
  try {
    const prototype = Object.getPrototypeOf(request) as object
    const [client, ...proxies] = NOBODYS
    const probe = Object.create(prototype, {
      raw: {
        value: {
          headers: { 'x-forwarded-for': [client, proxies[0]].join(', ') },
          socket: { remoteAddress: proxies[1] },
          connection: { remoteAddress: proxies[1] },
        },
      },
    }) as { readonly ips?: unknown }
    const { ips } = probe
    if (!isArray(ips)) return 'no one'
    return ips.length === NOBODYS.length ? 'everyone' : 'some'
  } catch {
    return 'some'
  }
}
