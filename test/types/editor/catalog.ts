import { defineCatalog } from 'bizerror'

export const shop = defineCatalog({
  name: 'shop',
  errors: {
    /** The id is not, or no longer, in the range. */
    PRODUCT_NOT_FOUND: {
      status: 404,
      message: 'Product not found',
      title: 'No product',
      action: 'Check the id',
    },
    SOLD_OUT: { status: 409, message: 'Only {{left}} of {{product}} left' },
    1006: { status: 409, message: 'Username already exists' },
  },
})
export const { errors, BizError } = shop
