import { shop, errors, BizError } from './catalog.ts'

errors.SOLD_OUT({ params: { left: 1, product: 'tea' } })
errors.PRODUCT_NOT_FOUND()
errors[1006]()
new BizError(1006)
new BizError('SOLD_OUT', { params: { left: 1, product: 'tea' } })
new shop.BizError('PRODUCT_NOT_FOUND')
shop.is(undefined, 'PRODUCT_NOT_FOUND')
errors.CLOSED({ params: { time: '9:00' } })
shop.get('SOLD_OUT')
shop.byCode('A05')
