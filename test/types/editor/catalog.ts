import { defineCatalog } from 'bizerror/catalog'
import { base } from './base.ts'

export const shop = defineCatalog({
  name: 'shop',
  extends: base,
  errors: {
    /** The id is not, or no longer, in the range. */
    PRODUCT_NOT_FOUND: {
      code: 10001,
      status: 404,
      message: 'Product not found',
      title: 'No product',
      action: 'Check the id',
    },
    SOLD_OUT: { code: 10002, status: 409, message: 'Only {{left}} of {{product}} left' },
    1006: { status: 409, message: 'Username already exists' },
  },
})
export const { errors, BizError } = shop
