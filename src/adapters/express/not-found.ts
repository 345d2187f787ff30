import type { IncomingMessage, ServerResponse } from 'node:http'
import { httpErrors } from '../node/create-error.cjs'
import { checkCalled } from '../../guard/mounted.ts'
import { isOnExpress, notOnExpress, type Next } from './next.ts'

/** Passes requests that no route took on as a 404: mount it after the routes and before `errorHandler`. */
export function notFound(): (request: IncomingMessage, response: ServerResponse, next: Next) => void
export function notFound(
  given?: unknown,
): (request: IncomingMessage, response: ServerResponse, next: Next) => void {
  checkCalled('notFound()', given)
  const { NotFound } = httpErrors()
  return function notFound(request, response, next) {
    if (!isOnExpress(response, next)) throw notOnExpress('notFound', response, request)
    next(new NotFound())
  }
}
