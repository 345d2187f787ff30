import type { IncomingMessage, ServerResponse } from 'node:http'
import { httpErrors } from '../node/create-error.cjs'
import { checkCalled } from '../../guard/mounted.ts'
import { notOnExpress, type Next } from './next.ts'

/** Passes requests that no route took on as a 404: mount it after the routes and before `errorHandler`. */
export function notFound(): (request: IncomingMessage, response: ServerResponse, next: Next) => void
export function notFound(
  given?: unknown,
): (request: IncomingMessage, response: ServerResponse, next: Next | undefined) => void {
  checkCalled('notFound()', given)
  const { NotFound } = httpErrors()
  return function notFound(_request, _response, next) {
    if (next === undefined) throw notOnExpress('notFound')
    next(new NotFound())
  }
}
