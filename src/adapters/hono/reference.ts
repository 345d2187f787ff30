import type { Context, Env, MiddlewareHandler } from 'hono'
import type { Catalog } from '../../catalog/catalog.ts'
import type { ReferenceOptions } from '../../contract/docs/options.ts'
import { createReference } from '../../contract/docs/reference.ts'
import { checkCalled } from '../../guard/mounted.ts'
import { createPagePath } from '../page-path.ts'
import { pageRequest, pageResponse } from '../web/page.ts'
import { isContext } from './context.ts'
import { refuse } from '../framework.ts'

/** The options of `reference`: those of `errorHandler`, what the pages show, and where. */
export interface HonoReferenceOptions<
  TCatalog extends Catalog = Catalog,
  TRequest = unknown,
> extends ReferenceOptions<TCatalog, TRequest> {
  /** The whole path of the pages, since Hono takes none away from that of a request. @default '/errors' */
  readonly path?: string | undefined
}

/**
 * Serves pages that document every error of a catalog, for people and as Markdown and JSON: let `docsUrl` lead there.
 * For Hono 4.
 *
 * @throws SetupError - when an option is wrong
 * @example
 * app.use(reference({ catalog: shop, title: 'Shop API', path: '/errors' }))
 */
// oxlint-disable-next-line typescript/no-explicit-any
export function reference<TCatalog extends Catalog = Catalog, TEnv extends Env = any>(
  options: HonoReferenceOptions<TCatalog, Context<TEnv>> = {},
): MiddlewareHandler<TEnv> {
  checkCalled('reference({ catalog })', options)
  const { path, ...given } = options
  const below = createPagePath(path)
  const answer = createReference(given)

  return async function reference(context, next, expressNext?: unknown) {
    if (!isContext(context)) return refuse('Hono', 'reference', [context, next], expressNext)
    const { raw } = context.req
    const request = pageRequest(raw, below)
    const reply = request && answer(request)
    if (reply === undefined) {
      await next()
      return
    }
    const { headers } = context.res
    // Else Hono would lay them over those of the page.
    context.res = undefined
    context.res = pageResponse(reply, raw.method, headers)
  }
}
