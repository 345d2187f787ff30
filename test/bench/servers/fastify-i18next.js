import createError from '@fastify/error'
import fastify from 'fastify'
import { LanguageDetector, plugin } from 'i18next-http-middleware'
import { createI18n } from './i18n.js'
import { requestIdOf, setLimitHeaders } from './job.js'

const UsernameTaken = createError('1006', 'Username already exists', 409)

export async function create() {
  const app = fastify()
  app.register(plugin, { i18next: createI18n(LanguageDetector) })
  app.addHook('onRequest', async (request, reply) => {
    reply.header('X-Request-ID', requestIdOf(request))
    setLimitHeaders(reply.raw)
  })
  app.get('/', async () => {
    throw new UsernameTaken()
  })
  app.setErrorHandler((error, request, reply) =>
    reply
      .code(error.statusCode)
      .header('Vary', 'Accept-Language')
      .send({ code: Number(error.code), message: request.t(`${error.code}.message`) }),
  )
  await app.ready()
  return app.server
}
