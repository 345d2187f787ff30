import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Catalog } from '../../catalog/catalog.ts'
import type { ReferenceOptions } from '../../contract/docs/options.ts'
import { createReference } from '../../contract/docs/reference.ts'
import { checkCalled } from '../../guard/mounted.ts'
import { read } from '../../guard/read.ts'
import { createPagePath } from '../page-path.ts'
import { sendPage, type PageReply } from '../node/fastify-page.ts'
import { pageRequest, setPageHeaders } from '../node/reference.ts'

/** The options of `reference`: those of the filter, what the pages show, and where. */
export interface NestReferenceOptions<
  TCatalog extends Catalog = Catalog,
  TRequest = unknown,
> extends ReferenceOptions<TCatalog, TRequest> {
  /** The whole path of the pages, with the app's prefix if they are to have it. @default '/errors' */
  readonly path?: string | undefined
}

/**
 * Serves pages that document every error of a catalog, for people and as Markdown and JSON: let `docsUrl` lead there.
 * `BizErrorsModule` has it as an option.
 *
 * @throws SetupError - when an option is wrong
 * @example
 * app.use(reference({ catalog: shop, title: 'Shop API', path: '/errors' }))
 */
export function reference<TCatalog extends Catalog = Catalog, TRequest = unknown>(
  options: NestReferenceOptions<TCatalog, TRequest> = {},
): (request: IncomingMessage, response: ServerResponse, next: () => void) => void {
  checkCalled('reference({ catalog })', options)
  const { path, ...given } = options
  const below = createPagePath(path)
  const answer = createReference(given)

  return function reference(request, response, next) {
    // Express takes the path that middleware is mounted at off `url`.
    const sentUrl = read(request, 'originalUrl') ?? request.url
    const url = typeof sentUrl === 'string' ? urlBelow(below, sentUrl) : undefined
    const reply = url === undefined ? undefined : answer(pageRequest(request, url, sentUrl as string))
    if (reply === undefined) {
      next()
      return
    }
    // As a hook of Fastify's, whose reply has the headers of the others.
    if ('raw' in response) {
      sendPage(response as unknown as PageReply, reply)
      return
    }
    response.statusCode = reply.status
    setPageHeaders(response, reply)
    response.end(reply.body)
  }
}

/** Path and query below the place of the pages. */
function urlBelow(below: ReturnType<typeof createPagePath>, url: string): string | undefined {
  const end = url.indexOf('?')
  return end === -1 ? below(url, '') : below(url.slice(0, end), url.slice(end))
}
