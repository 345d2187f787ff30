import { isCode, type Code } from '../../catalog/code.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import type { Checks } from '../../guard/options.ts'
import { isArray } from '../../guard/read.ts'
import { HANDLER_CHECKS, type HandlerOptions } from '../../handler/options.ts'

/**
 * What the pages of a catalog's errors show: as the handler answers, so that its options can be given as they are. Those
 * that need a request have no effect, such as `locale`: everybody gets the same pages, and caches keep them.
 *
 * @typeParam TRequest - Express's request, or Koa's context
 */
export interface ReferenceOptions<
  TCatalog extends Catalog = Catalog,
  TRequest = unknown,
> extends HandlerOptions<TCatalog, TRequest> {
  /** The name of the API, which stands above each page. @default the name of the catalog */
  readonly title?: string | undefined
  /** Errors that are not shown, by code or key. Those that `conceal` answers as others are not either. @default none */
  readonly hide?: readonly Code[] | undefined
}

export const REFERENCE_CHECKS: Checks<ReferenceOptions> = {
  ...HANDLER_CHECKS,
  title: [(value) => typeof value === 'string' && value.trim() !== '', "a name such as 'Shop API'"],
  hide: [(value) => isArray(value) && value.every(isCode), 'an array of codes or keys, such as [1007]'],
}
