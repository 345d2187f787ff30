import fastify from 'fastify'
import { requestIdOf, setLimitHeaders } from './job.js'

/** A Fastify app behind limit headers. */
export function createApp() {
  return fastify().addHook('onRequest', limitHook)
}

/** Sets limit headers as @fastify/rate-limit does. */
export function limitHook(_request, reply, done) {
  setLimitHeaders({ setHeader: (name, value) => reply.header(name, value) })
  done()
}

/** Tells the id of a request. */
export function idHook(request, reply, done) {
  reply.header('X-Request-ID', requestIdOf(request))
  done()
}

/** The server of an app that is complete. */
export async function fastifyServer(app) {
  await app.ready()
  return app.server
}
