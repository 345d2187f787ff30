import type { IncomingMessage, ServerResponse } from 'node:http'
import type { HttpServer } from '@nestjs/common'

type Middleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => void

/** The part of Fastify that is used. */
interface Fastify {
  addHook(name: string, hook: unknown): unknown
}

/**
 * Mounts middleware for all requests. Nest's own `forRoutes` leaves out those that are not below the global prefix. On
 * Fastify it is a hook, and given what Fastify has for a request: each would pay for the first middleware of
 * @fastify/middie as much as for an error, and Node's own request knows of no trusted proxy.
 */
export function mount(server: HttpServer | undefined, middleware: Middleware): void {
  if (server?.getType() === 'fastify') addHook(server, 'onRequest', middleware)
  else server?.use(middleware)
}

/** Adds a hook of Fastify's. */
export function addHook(server: HttpServer, name: string, hook: unknown): void {
  ;(server.getInstance() as Fastify).addHook(name, hook)
}
