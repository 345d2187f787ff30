import { createServer } from 'node:http'
import express from 'express'
import { CONSTANT_BODY, CONSTANT_HEADERS, CONSTANT_LIMITED_HEADERS, limitHeaders } from './job.js'

const thrown = {}

/**
 * The least that a throw costs in Express.
 *
 * @param headersBefore - behind headers that Express and a limiter have set, as in most apps
 */
export function create({ headersBefore = false }) {
  const app = express()
  if (headersBefore) app.use(limitHeaders)
  else app.disable('x-powered-by')
  const headers = headersBefore ? CONSTANT_HEADERS : CONSTANT_LIMITED_HEADERS
  app.get('/', () => {
    throw thrown
  })
  app.use((_error, _request, response, _next) => {
    response.writeHead(409, headers)
    response.end(CONSTANT_BODY)
  })
  return createServer(app)
}
