import { createServer } from 'node:http'
import { CONSTANT_BODY, CONSTANT_HEADERS } from './job.js'

export function create() {
  return createServer((_request, response) => {
    response.writeHead(409, CONSTANT_HEADERS)
    response.end(CONSTANT_BODY)
  })
}
