import bizerror = require('bizerror')
import catalogs = require('bizerror/catalogs/http')

export const shop = bizerror.defineCatalog({
  name: 'shop',
  errors: { GONE: { status: 410, message: 'Gone' }, 1006: { status: 409, message: '{{name}} is taken' } },
})
export const { errors, BizError: ShopError } = shop
export const { GONE, 1006: taken } = errors
export const made = () => errors[1006]({ params: { name: 'tea' } })
export const missing = () => new catalogs.BizError(404)
export class OrderError extends ShopError<'GONE'> {}
export const handler = bizerror.errorHandler({ catalog: shop })
