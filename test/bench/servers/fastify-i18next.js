import createError from '@fastify/error'
import { LanguageDetector, plugin } from 'i18next-http-middleware'
import { createApp, fastifyServer, idHook } from './fastify-server.js'
import { createI18n } from './i18n.js'

const UsernameTaken = createError('1006', 'Username already exists', 409)

/** Fastify's own error library beside i18next-http-middleware. */
export function create() {
  const app = createApp()
  app.register(plugin, { i18next: createI18n(LanguageDetector) })
  app.addHook('onRequest', idHook)
  app.get('/', () => {
    throw new UsernameTaken()
  })
  app.setErrorHandler((error, request, reply) =>
    reply
      .code(error.statusCode)
      .header('Vary', 'Accept-Language')
      .send({ code: Number(error.code), message: request.t(`${error.code}.message`) }),
  )
  return fastifyServer(app)
}
