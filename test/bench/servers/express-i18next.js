import { createServer } from 'node:http'
import { Boom } from '@hapi/boom'
import express from 'express'
import createError from 'http-errors'
import { handle, LanguageDetector } from 'i18next-http-middleware'
import { createI18n } from './i18n.js'
import { requestIdOf, setLimitHeaders } from './job.js'

const ERRORS = {
  'http-errors': () => createError(409, 'Username already exists', { code: 1006 }),
  boom: () => new Boom('Username already exists', { statusCode: 409, data: { code: 1006 } }),
}

/** Today's usual stack: an error library beside i18next-http-middleware. */
export function create({ errors }) {
  const make = ERRORS[errors]
  const app = express()
  app.use(handle(createI18n(LanguageDetector)))
  app.use((request, response, next) => {
    response.setHeader('X-Request-ID', requestIdOf(request))
    setLimitHeaders(response)
    next()
  })
  app.get('/', () => {
    throw make()
  })
  app.use((error, request, response, _next) => {
    const code = error.code ?? error.data.code
    response
      .status(error.status ?? error.output.statusCode)
      .vary('Accept-Language')
      .json({ code, message: request.t(`${code}.message`) })
  })
  return createServer(app)
}
