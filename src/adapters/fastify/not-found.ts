import { checkCalled } from '../../guard/mounted.ts'
import { read } from '../../guard/read.ts'
import { notOn } from '../framework.ts'
import { httpErrors } from '../node/create-error.cjs'

interface ReplyPart {
  readonly send: (error: Error) => unknown
}

/**
 * Answers with a 404 for a request that no route took on. For Fastify 5 and 4.
 *
 * @example
 * app.setNotFoundHandler(notFound())
 */
export function notFound(): (request: object, reply: object) => void
export function notFound(given?: unknown): (request: object, reply: object) => void {
  checkCalled('notFound()', given)
  const { NotFound } = httpErrors()
  return function notFound(request, reply: object | undefined) {
    if (read(reply, 'raw') === undefined) throw notOn('Fastify', 'notFound', reply, request)
    // Fastify 4 catches nothing of it where neither method nor URL is one that it knows: the process would end.
    ;(reply as ReplyPart).send(new NotFound())
  }
}
