import { bizErrorOf, bizErrorState } from './biz-error.ts'
import { factoriesOf } from './factories.ts'
import { createCatalog, type Catalog, type CatalogDefinition } from '../catalog/catalog.ts'
import type { Code } from '../catalog/code.ts'
import type { Entry, ErrorsDefinition } from '../catalog/entry.ts'
import type { SuccessDefinition } from '../catalog/envelope.ts'
import type { ForeignDefinition } from '../catalog/meanings.ts'
import { bare } from '../guard/own.ts'
import { read } from '../guard/read.ts'
import { ownCatalog } from './own-catalog.ts'
import type {
  BizErrorAt,
  BizErrorConstructor,
  ErrorDefinitions,
  ErrorFactories,
  EntryOf,
  SuccessCode,
  Told,
  Joined,
} from './typed-codes.ts'
import type { CatalogKeys } from './typed-keys.ts'

/** A catalog whose keys, statuses and messages the compiler knows. */
export interface TypedCatalog<TErrors> extends Catalog {
  /**
   * Makes the catalog's errors, each under its key. `throw errors.KEY(options)`; a number key stands in brackets.
   * Can be destructured: `export const { errors } = defineCatalog({ … })`.
   */
  readonly errors: ErrorFactories<TErrors>
  /** The class of the catalog's errors, for keys that are numbers or computed: `throw new BizError(key, options)`. */
  readonly BizError: BizErrorConstructor<TErrors>
  /**
   * Returns whether a value is an error of this catalog, and narrows it. True also for one of another copy of this
   * package whose catalog has the same name.
   *
   * @param keys - asks for one of these as well
   */
  readonly is: <const TKeys extends readonly CatalogKeys<TErrors>['all'][]>(
    error: unknown,
    ...keys: TKeys
  ) => error is BizErrorAt<TErrors, TKeys extends readonly [] ? CatalogKeys<TErrors>['all'] : TKeys[number]>
  /** Returns the entry of a key, or undefined. */
  get<const TKey extends CatalogKeys<TErrors>['all'] & Code>(key: TKey): EntryOf<TErrors, TKey>
  get(key: Code): Entry | undefined
  /** Returns the entries that clients are told as this code. */
  byCode<const TCode extends CatalogKeys<TErrors>['codes'] & Code>(code: TCode): readonly Entry<Code, TCode>[]
  byCode(code: Code): readonly Entry[]
  /** For types alone, `typeof shop.$infer`: the errors as they are written. There is no such value. */
  readonly $infer: TErrors
}

/** A definition whose keys and codes the compiler knows. */
interface DefinitionOf<
  TErrors extends ErrorsDefinition,
  TSuccess extends Code,
  TBase,
> extends CatalogDefinition {
  readonly errors: TErrors
  readonly extends?: Catalog & { readonly $infer?: TBase }
  readonly success?: SuccessDefinition & { readonly code: TSuccess }
  readonly foreign?: ForeignDefinition<CatalogKeys<Joined<TErrors, TBase>>['constant'] & Code>
}

/**
 * Types a part of a catalog's `errors` that stands in a file of its own, so that its keys and placeholders are known
 * where the parts come together. Returns it as it is.
 *
 * @param errors - the part: errors by key, checked by `defineCatalog`
 * @example
 * export const stockErrors = defineErrors({
 *   SOLD_OUT: { status: 409, message: 'Only {{left}} of {{product}} left' },
 * })
 * // in catalog.ts
 * export const shop = defineCatalog({ name: 'shop', errors: [stockErrors, userErrors] })
 */
export function defineErrors<const TErrors extends ErrorDefinitions>(
  errors: TErrors,
): {
  readonly [TName in keyof TErrors]: Told<TErrors[TName]>
} {
  return errors as never
}

/**
 * Defines the errors of an API. Keys, params and statuses are typed from the object alone.
 *
 * @throws SetupError - names the error that is wrong and says what to do. In a bundle for browsers nothing is checked:
 *   the server has read the same file
 * @example
 * export const shop = defineCatalog({
 *   name: 'shop',
 *   errors: {
 *     PRODUCT_NOT_FOUND: { status: 404, message: 'Product not found' },
 *     SOLD_OUT: { status: 409, message: 'Only {{left}} of {{product}} left' },
 *   },
 * })
 * export const { errors } = shop
 *
 * throw errors.SOLD_OUT({ params: { left: 3, product: 'tea' } })
 */
export function defineCatalog<
  const TErrors extends ErrorsDefinition,
  const TSuccess extends Code = 0,
  TBase = unknown,
>(
  definition: DefinitionOf<TErrors, TSuccess, TBase>,
): TypedCatalog<{
  // Written out here, since declaration files would print an alias with all that it was given: titles, actions, notes.
  readonly [TName in keyof Joined<TErrors, TBase>]: Told<
    Joined<TErrors, TBase>[TName],
    TName,
    SuccessCode<TSuccess>
  >
}> {
  const catalog = createCatalog(definition)
  ownCatalog.name ??= catalog.name
  return withBizError(catalog)
}

/** Defines a catalog that this package brings along. */
export const defineReference: typeof defineCatalog = (definition) => withBizError(createCatalog(definition))

/** Gives a catalog the class of its errors, and what makes and tells them. */
export function withBizError<TErrors>(catalog: Catalog): TypedCatalog<TErrors> {
  const BizError = bizErrorOf(catalog)
  const is = (error: unknown, ...keys: readonly Code[]): boolean => {
    const state = bizErrorState(error)
    return (
      state !== undefined &&
      read(state.catalog, 'name') === catalog.name &&
      state.entry.namespace === catalog.name &&
      (keys.length === 0 || keys.includes(state.entry.key))
    )
  }
  // Made when first asked for: they hold more than their entries, and codes that are numbers are thrown without them.
  let errors: ReturnType<typeof factoriesOf> | undefined
  const get = (): typeof errors => (errors ??= factoriesOf(catalog, BizError))
  Object.defineProperty(catalog, 'errors', bare({ enumerable: true, get }))
  return Object.freeze(Object.assign(catalog, { BizError, is })) as unknown as TypedCatalog<TErrors>
}
