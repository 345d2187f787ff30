import type { IncomingMessage, ServerResponse } from 'node:http'
import type { HttpServer } from '@nestjs/common'

type Middleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => void

/** The part of Fastify that is used. */
interface Fastify {
  addHook(name: string, hook: unknown): unknown
}

interface Wrapped<TMessage> {
  readonly raw: TMessage
}

/**
 * Mounts middleware for all requests. Nest's own `forRoutes` leaves out those that are not below the global prefix. On
 * Fastify it is a hook: each request would pay for the first middleware of @fastify/middie as much as for an error.
 */
export function mount(server: HttpServer | undefined, middleware: Middleware): void {
  if (server === undefined) return
  if (server.getType() !== 'fastify') {
    server.use(middleware)
    return
  }
  addHook(
    server,
    'onRequest',
    (request: Wrapped<IncomingMessage>, reply: Wrapped<ServerResponse>, done: () => void) =>
      middleware(request.raw, reply.raw, done),
  )
}

/** Adds a hook of Fastify's. */
export function addHook(server: HttpServer, name: string, hook: unknown): void {
  ;(server.getInstance() as Fastify).addHook(name, hook)
}
