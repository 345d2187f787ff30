import { defineCatalog } from 'bizerror/catalog'

export const shop = defineCatalog({
  name: 'shop',
  errors: {
    NOT_FOUND: { code: 10001, status: 404, message: 'Product not found' },
    SOLD_OUT: { code: 10002, status: 409, message: 'Only {{left}} of {{product}} left' },
    GONE: { status: 410, message: 'Gone' },
  },
})
