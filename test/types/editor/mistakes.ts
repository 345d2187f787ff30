import { defineCatalog, defineErrors, isBizError, raise } from 'bizerror'
import { BizError, errors, shop } from './catalog.ts'

// Wrong on purpose: sentences.ts knows what the compiler says of each line.
new BizError(1007)
new BizError('SOLD_OT', { params: { left: 1, product: 'tea' } })
new BizError('1006')
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
defineCatalog({ name: 'x', errors: { GONE: { message: 'Gone' } } })
