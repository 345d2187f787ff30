import { bizErrorOf, type BizErrorConstructor } from './biz-error.ts'
import { createCatalog, type Catalog, type CatalogDefinition } from '../catalog/catalog.ts'
import type { Code } from '../catalog/code.ts'
import type { CodeOf, Entry, ErrorsDefinition } from '../catalog/entry.ts'

/** A catalog whose codes and params the compiler knows. */
export interface TypedCatalog<TErrors extends ErrorsDefinition> extends Catalog {
  get<TCode extends CodeOf<TErrors>>(code: TCode): Entry<TCode>
  get(code: Code): Entry | undefined
  /** Throws this catalog's codes: `throw new BizError(1006)`. */
  readonly BizError: BizErrorConstructor<TErrors>
}

/**
 * Defines the error codes of an API. Codes, params and statuses are typed from the object alone.
 *
 * @throws SetupError - names the code that is wrong and says what to do
 * @example
 * export const shop = defineCatalog({
 *   name: 'shop',
 *   modules: { stock: '10000-10999' },
 *   errors: {
 *     10001: { status: 404, message: 'Product not found' },
 *     10002: { status: 409, message: 'Only {{left}} of {{product}} left' },
 *   },
 * })
 * throw new shop.BizError(10002, { params: { left: 3, product: 'tea' } })
 */
export function defineCatalog<const TErrors extends ErrorsDefinition>(
  definition: CatalogDefinition & { readonly errors: TErrors },
): TypedCatalog<TErrors> {
  return withBizError(createCatalog(definition))
}

/** Gives a catalog the class that throws its codes. */
export function withBizError<TErrors extends ErrorsDefinition>(catalog: Catalog): TypedCatalog<TErrors> {
  return Object.freeze(Object.assign(catalog, { BizError: bizErrorOf(catalog) })) as TypedCatalog<TErrors>
}
