import { defineCatalog } from 'bizerror/catalog'

const shop = defineCatalog({
  name: 'shop',
  errors: { 10002: { status: 409, message: 'Only {{left}} of {{product}} left' } },
})
const { code, status, message } = new shop.BizError(10002, { params: { left: 3, product: 'tea' } })
globalThis.shown = JSON.stringify({ code, status, message, ok: shop.ok('done') })
