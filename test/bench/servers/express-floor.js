import { createServer } from 'node:http'
import express from 'express'
import { CONSTANT_BODY, CONSTANT_LIMITED_HEADERS } from './job.js'

const thrown = {}

/** The least that a throw costs in Express. */
export function create() {
  const app = express()
  app.disable('x-powered-by')
  app.get('/', () => {
    throw thrown
  })
  app.use((_error, _request, response, _next) => {
    response.writeHead(409, CONSTANT_LIMITED_HEADERS)
    response.end(CONSTANT_BODY)
  })
  return createServer(app)
}
