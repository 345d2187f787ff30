import type { Catalog } from '../../catalog/catalog.ts'
import type { ReferenceOptions } from '../../contract/docs/options.ts'
import { createReference } from '../../contract/docs/reference.ts'
import { checkCalled } from '../../guard/mounted.ts'
import { read } from '../../guard/read.ts'
import { createPagePath } from '../page-path.ts'
import { pageRequest, setPageHeaders } from '../node/reference.ts'
import { isOnKoa, type AnyContext, type KoaContext, type Middleware } from './context.ts'
import { refuse } from '../framework.ts'

/** The options of `reference`: those of `errorHandler`, what the pages show, and where. */
export interface KoaReferenceOptions<
  TCatalog extends Catalog = Catalog,
  TRequest = unknown,
> extends ReferenceOptions<TCatalog, TRequest> {
  /** The path of the pages, since Koa mounts nothing below one. Within koa-mount, `'/'`. @default '/errors' */
  readonly path?: string | undefined
}

/**
 * Serves pages that document every error of a catalog, for people and as Markdown and JSON: let `docsUrl` lead there.
 * For Koa 2 and 3.
 *
 * @throws SetupError - when an option is wrong
 * @example
 * app.use(reference({ catalog: shop, title: 'Shop API', path: '/errors' }))
 */
export function reference<TCatalog extends Catalog = Catalog, TContext extends KoaContext = AnyContext>(
  options: KoaReferenceOptions<TCatalog, TContext> = {},
): Middleware<TContext> {
  checkCalled('reference({ catalog })', options)
  const { path, ...given } = options
  const below = createPagePath(path)
  const answer = createReference(given)

  return async function reference(context, next, expressNext?: unknown) {
    if (!isOnKoa(context, next)) {
      refuse('Koa', 'reference', [context, next], expressNext)
      return
    }
    const { req, res, response } = context
    const url = below(String(read(context, 'path')), String(read(context, 'search')))
    const sentUrl = read(context, 'originalUrl')
    const reply =
      url === undefined
        ? undefined
        : answer(pageRequest(req, url, typeof sentUrl === 'string' ? sentUrl : url))
    if (reply === undefined) {
      await next()
      return
    }
    response.status = reply.status
    setPageHeaders(res, reply)
    // Koa 2 answers no HEAD over HTTP/2, whose stream takes no data.
    if (!response.writable) res.end()
    else response.body = reply.status === 304 ? null : reply.body
  }
}
