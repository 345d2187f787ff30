import type { IncomingMessage, ServerResponse } from 'node:http'
import { isArray, read } from '../../guard/read.ts'
import type { AddressSource, Trust } from '../../rate-limit/address-source.ts'

interface Request {
  readonly raw: IncomingMessage
}

/** The part of Fastify's reply that is used. */
export interface ReplyHeaders {
  readonly raw: ServerResponse
  getHeader(name: string): unknown
  removeHeader(name: string): unknown
}

const EXPOSED = 'access-control-expose-headers'

/** The limiter writes on the raw response, whose headers give way to those of the reply, and appends to this one. */
export function showExposed(reply: ReplyHeaders): void {
  const exposed = reply.getHeader(EXPOSED)
  if (exposed === undefined) return
  reply.removeHeader(EXPOSED)
  reply.raw.setHeader(EXPOSED, exposed as string)
}

/** Where Fastify has the address of a client. */
export const fastify: AddressSource<Request> = {
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
