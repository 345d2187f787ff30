import { defineCatalog, defineErrors, errorHandler, isBizError, raise, rateLimit } from 'bizerror'
import { limitHandler } from 'bizerror/rate-limit'
import { BizError, errors, shop } from './catalog.ts'

// Wrong on purpose: sentences.ts knows what the compiler says of each line.
new BizError(1007)
new BizError('SOLD_OT', { params: { left: 1, product: 'tea' } })
new BizError('1006')
new BizError(10002)
errors[10002]({ params: { left: 1, product: 'tea' } })
shop.is(undefined, 10002)
errors.CLOSED()
errors.SOLD_OT({ params: { left: 1, product: 'tea' } })
errors.SOLD_OUT()
errors.SOLD_OUT({})
new BizError('SOLD_OUT', { params: { left: 1 } })
errors.SOLD_OUT({ params: { left: 1, product: 'tea', color: 'red' } })
errors.SOLD_OUT({ params: { left: {}, product: 'tea' } })
errors.PRODUCT_NOT_FOUND({ params: { id: 1 } })
errors.PRODUCT_NOT_FOUND({ as: 'SOLD_OUT' })
errors.PRODUCT_NOT_FOUND({ detail: 1 })
shop.is(undefined, 'SOLD_OT')
isBizError(undefined, 1006)
export const uncalled = (): never => raise(errors.PRODUCT_NOT_FOUND)
defineErrors({ GONE: { status: 410 } })
defineCatalog({ name: 'x', errors: { GONE: { code: {}, status: 410, message: 'Gone' } } })
defineCatalog({ name: 'x', errors: { GONE: { status: 410, message: 'Gone' } }, retired: 10003 })
defineCatalog({
  name: 'x',
  errors: { GONE: { status: 410, message: 'Gone' } },
  foreign: { byStatus: { 410: 'LOST' } },
})
errorHandler({ catalog: shop, identify: { when: RangeError, error: 'SOLD_OT' } })
errorHandler({ catalog: shop, identify: [{ when: RangeError, error: 10001 }] })
errorHandler({ catalog: shop, conceal: [{ errors: ['SOLD_OT'], as: 'PRODUCT_NOT_FOUND' }] })
errorHandler({ catalog: shop, conceal: [{ errors: ['SOLD_OUT'], as: 'CLOSED' }] })
errorHandler({ catalog: shop, conceal: { 401: 10001 } })
rateLimit({ catalog: shop, policies: [{ name: 'hour', window: '1h', limit: 9, error: 'TOO_MANY' }] })
limitHandler({ catalog: shop, error: 'TOO_MANY' })
