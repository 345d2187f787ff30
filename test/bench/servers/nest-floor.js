import { Catch } from '@nestjs/common'
import { CONSTANT_BODY, CONSTANT_HEADERS, CONSTANT_TEXT } from './job.js'
import { nestServer } from './nest-app.js'

const thrown = new Error('Username already exists')

const ANSWERS = {
  express: (response) => {
    response.writeHead(409, CONSTANT_HEADERS)
    response.end(CONSTANT_BODY)
  },
  fastify: (reply) => {
    reply.code(409).headers(CONSTANT_HEADERS).send(CONSTANT_TEXT)
  },
}

/** The least that a throw costs in Nest, behind headers that a limiter has set. */
export function create({ platform }) {
  const answer = ANSWERS[platform]
  class Filter {
    catch(_exception, host) {
      answer(host.switchToHttp().getResponse())
    }
  }
  Catch()(Filter)
  return nestServer(
    platform,
    () => thrown,
    [],
    (app) => app.useGlobalFilters(new Filter()),
  )
}
