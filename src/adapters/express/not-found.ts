import type { IncomingMessage, ServerResponse } from 'node:http'
import { httpErrors } from '../../dependencies.cjs'
import type { Next } from './next.ts'

/** Passes requests that no route took on as a 404: mount it after the routes and before `errorHandler`. */
export function notFound(): (request: IncomingMessage, response: ServerResponse, next: Next) => void {
  const { NotFound } = httpErrors()
  return function notFound(_request, _response, next) {
    next(new NotFound())
  }
}
