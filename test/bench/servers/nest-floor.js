import { Catch } from '@nestjs/common'
import { CONSTANT_BODY, CONSTANT_HEADERS, CONSTANT_HEADERS_AFTER_ID, CONSTANT_TEXT } from './job.js'
import { nestServer } from './nest-app.js'

const thrown = new Error('Username already exists')

const ANSWERS = {
  express: (response, headers) => {
    response.writeHead(409, headers)
    response.end(CONSTANT_BODY)
  },
  fastify: (reply, headers) => {
    reply.code(409).headers(headers).send(CONSTANT_TEXT)
  },
}

/**
 * The least that a throw costs in Nest, behind headers that a limiter has set.
 *
 * @param plain - throws an error of its own, and tells an id of its own, for each request
 */
export function create({ platform, plain = false }) {
  const answer = ANSWERS[platform]
  const headers = plain ? CONSTANT_HEADERS_AFTER_ID : CONSTANT_HEADERS
  class Filter {
    catch(_exception, host) {
      answer(host.switchToHttp().getResponse(), headers)
    }
  }
  Catch()(Filter)
  const make = plain ? () => new Error('Username already exists') : () => thrown
  return nestServer(platform, make, { filters: [new Filter()], tellsId: plain })
}
