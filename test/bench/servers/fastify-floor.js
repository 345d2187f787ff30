import { createApp, fastifyServer } from './fastify-server.js'
import { CONSTANT_HEADERS, CONSTANT_TEXT } from './job.js'

const thrown = new Error('Username already exists')

/** The least that a throw costs in Fastify, behind headers that a limiter has set. */
export function create() {
  const app = createApp()
  app.setErrorHandler((_error, _request, reply) => {
    reply.code(409).headers(CONSTANT_HEADERS).send(CONSTANT_TEXT)
  })
  app.get('/', () => {
    throw thrown
  })
  return fastifyServer(app)
}
