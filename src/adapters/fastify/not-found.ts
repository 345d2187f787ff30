import { checkCalled } from '../../guard/mounted.ts'
import { httpErrors } from '../node/create-error.cjs'

/**
 * Throws a 404 for a request that no route took on. For Fastify 5 and 4.
 *
 * @example
 * app.setNotFoundHandler(notFound())
 */
export function notFound(): (request: object, reply: object) => void
export function notFound(given?: unknown): (request: object, reply: object) => void {
  checkCalled('notFound()', given)
  const { NotFound } = httpErrors()
  return function notFound() {
    throw new NotFound()
  }
}
