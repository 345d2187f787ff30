import { createApp, fastifyServer, idHook } from './fastify-server.js'
import { CONSTANT_HEADERS, CONSTANT_HEADERS_AFTER_ID, CONSTANT_TEXT } from './job.js'

const thrown = new Error('Username already exists')

/**
 * The least that a throw costs in Fastify, behind headers that a limiter has set.
 *
 * @param plain - throws an error of its own, and tells an id of its own, for each request
 */
export function create({ plain = false }) {
  const app = createApp()
  if (plain) app.addHook('onRequest', idHook)
  const headers = plain ? CONSTANT_HEADERS_AFTER_ID : CONSTANT_HEADERS
  app.setErrorHandler((_error, _request, reply) => {
    reply.code(409).headers(headers).send(CONSTANT_TEXT)
  })
  app.get('/', () => {
    throw plain ? new Error('Username already exists') : thrown
  })
  return fastifyServer(app)
}
