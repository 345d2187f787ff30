import { defineCatalog } from '../../src/index.ts'

/** Errors that tell all that an error can tell. */
export const shop = defineCatalog({
  name: 'shop',
  errors: {
    100: { status: 409, message: 'Not in this state' },
    10002: {
      status: 409,
      parent: 100,
      title: 'Sold out',
      message: 'Only {{left}} of {{product}} left',
      action: 'Order less',
    },
    10003: { status: 400, message: 'This coupon has expired' },
    10029: { status: 429, message: 'Too many orders' },
    10030: { status: 503, message: 'Closed for stock-taking', retryable: true },
  },
  success: { code: 0, message: 'ok' },
})

/** One that has everything. */
export function soldOut(): Error {
  return new shop.BizError(10002, {
    params: { left: 1, product: 'tea' },
    details: { warehouse: 'B' },
    fields: [{ path: ['items', 0, 'n'], code: 'too_large', params: { max: 1 } }],
    also: [new shop.BizError(10003)],
    retryAfter: 7,
  })
}
