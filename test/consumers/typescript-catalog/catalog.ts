import { defineCatalog, type BizError, type Catalog, type TypedCatalog } from 'bizerror/catalog'

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
export class OrderError extends ShopError<10001> {}
// @ts-expect-error -- no such code
export const noCode = (): unknown => new ShopError(10003)
// @ts-expect-error -- one param is missing
export const fewParams = (): unknown => new ShopError(10002, { params: { left: 3 } })
