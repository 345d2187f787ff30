import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Catalog } from '../../catalog/catalog.ts'
import type { ReferenceOptions } from '../../contract/docs/options.ts'
import { createReference } from '../../contract/docs/reference.ts'
import { checkCalled } from '../../guard/mounted.ts'
import { read } from '../../guard/read.ts'
import { pageRequest, setPageHeaders } from '../node/reference.ts'
import { isOnExpress, notOnExpress, type Next } from './next.ts'

/**
 * Serves pages that document every error of a catalog, for people and as Markdown and JSON: mount it where `docsUrl`
 * leads. For Express 4 and 5.
 *
 * @param options - those of `errorHandler`, and what the pages show
 * @throws SetupError - when an option is wrong
 * @example
 * app.use('/errors', reference({ catalog: shop, title: 'Shop API' }))
 */
export function reference<
  TCatalog extends Catalog = Catalog,
  TRequest extends IncomingMessage = IncomingMessage,
>(
  options: ReferenceOptions<TCatalog, TRequest> = {},
): (request: IncomingMessage, response: ServerResponse, next: Next) => void {
  checkCalled('reference({ catalog })', options)
  const answer = createReference(options)

  return function reference(request, response, next: Next) {
    if (!isOnExpress(response, next)) throw notOnExpress('reference', response, request)
    const { url = '/' } = request
    const sentUrl = read(request, 'originalUrl')
    const reply = answer(pageRequest(request, url, typeof sentUrl === 'string' ? sentUrl : url))
    if (reply === undefined) {
      next()
      return
    }
    response.statusCode = reply.status
    setPageHeaders(response, reply)
    response.end(reply.body)
  }
}
