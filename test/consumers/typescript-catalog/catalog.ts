import {
  defineCatalog,
  defineErrors,
  type BizError,
  type Catalog,
  type CodesOf,
  type EntryDefinition,
  type KeysOf,
  type TypedCatalog,
} from 'bizerror/catalog'

const errors = {
  10001: { status: 404, message: 'Product not found' },
  10002: { status: 409, message: 'Only {{left}} of {{product}} left' },
} as const

export const shop = defineCatalog({ name: 'shop', errors, locales: { de: { shop: {} } } })
export const { BizError: ShopError } = shop
export const typed: TypedCatalog<typeof errors> = shop
export const untyped: Catalog = shop
export const soldOut = new ShopError(10002, { params: { left: 3, product: 'tea' } })
export const known: BizError<10002> = soldOut
// With codes of their own, in parts, from another catalog and from data.
export const part = defineErrors({ GONE: { code: 'A0410', message: 'Gone' } })
const loadedErrors: Record<string, EntryDefinition> = {}
export const loaded = defineCatalog({ name: 'loaded', errors: loadedErrors })
export const all = defineCatalog({ name: 'all', status: 410, extends: shop, errors: [part] })
export const { errors: allErrors } = all
export const gone = () => allErrors.GONE({ as: 10001 })
export const code: 'A0410' = allErrors.GONE().code
export const key: KeysOf<typeof all> = 'GONE'
export const codes: CodesOf<typeof all>[] = ['A0410', 10001, 10002]
// @ts-expect-error -- a code is no key
export const noKey = (): unknown => new all.BizError('A0410')
export class OrderError extends ShopError<10001> {}
// @ts-expect-error -- no such code
export const noCode = (): unknown => new ShopError(10003)
// @ts-expect-error -- one param is missing
export const fewParams = (): unknown => new ShopError(10002, { params: { left: 3 } })
