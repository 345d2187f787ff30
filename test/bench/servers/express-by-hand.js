import { createServer } from 'node:http'
import express from 'express'
import Negotiator from 'negotiator'
import { LOCALES, NAMESPACE, requestIdOf, resources, setLimitHeaders } from './job.js'

class ApiError extends Error {
  constructor(status, code, message) {
    super(message)
    this.status = status
    this.code = code
  }
}

/** What a careful team writes itself. */
export function create() {
  const app = express()
  app.use((request, response, next) => {
    response.setHeader('X-Request-ID', requestIdOf(request))
    setLimitHeaders(response)
    next()
  })
  app.get('/', () => {
    throw new ApiError(409, 1006, 'Username already exists')
  })
  app.use((error, request, response, _next) => {
    const locale = new Negotiator(request).language(LOCALES) ?? 'en'
    response
      .status(error.status)
      .set('Content-Language', locale)
      .vary('Accept-Language')
      .json({ code: error.code, message: resources[locale][NAMESPACE][error.code].message })
  })
  return createServer(app)
}
