import type { Catalog } from '../../catalog/catalog.ts'
import type { ReferenceOptions } from '../../contract/docs/options.ts'
import { createReference } from '../../contract/docs/reference.ts'
import { checkCalled } from '../../guard/mounted.ts'
import { createPagePath } from '../page-path.ts'
import { pageRequest, pageResponse } from './page.ts'

/** The options of `reference`: those of `withErrors`, what the pages show, and where. */
export interface WebReferenceOptions<
  TCatalog extends Catalog = Catalog,
  TRequest = Request,
> extends ReferenceOptions<TCatalog, TRequest> {
  /** The path of the pages. @default '/errors' */
  readonly path?: string | undefined
}

/**
 * Serves pages that document every error of a catalog, for people and as Markdown and JSON: let `docsUrl` lead there.
 *
 * @returns what answers a request for a page, and no other
 * @throws SetupError - when an option is wrong
 * @example
 * const pages = reference({ catalog: shop, title: 'Shop API' })
 * export default { fetch: withErrors((request) => pages(request) ?? route(request), { catalog: shop }) }
 */
export function reference<TCatalog extends Catalog = Catalog, TRequest extends Request = Request>(
  options: WebReferenceOptions<TCatalog, TRequest> = {},
): (request: TRequest) => Response | undefined {
  checkCalled('reference({ catalog })', options)
  const { path, ...given } = options
  const below = createPagePath(path)
  const answer = createReference(given)

  return function reference(request) {
    const page = pageRequest(request, below)
    const reply = page && answer(page)
    return reply && pageResponse(reply, request.method)
  }
}
