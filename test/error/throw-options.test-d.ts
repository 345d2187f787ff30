import { defineCatalog } from '../../src/error/define-catalog.ts'
import type { BizErrorOptions } from '../../src/error/biz-error.ts'
import type { ThrownField } from '../../src/error/thrown-fields.ts'

const shop = defineCatalog({
  name: 'shop',
  errors: {
    A: { status: 400, message: 'A' },
    B: { status: 409, message: '{{left}} left' },
  },
})
const other = defineCatalog({ name: 'other', errors: { 1: { status: 404, message: 'C' } } })

const path: readonly (string | number)[] = ['items', 0]

export const whole: BizErrorOptions<never> = {
  also: [shop.errors.A(), shop.errors.B({ params: { left: 1 } }), new other.BizError(1)],
  fields: [
    { path, code: 'required' },
    { path: 'name', code: 'too_short', params: { min: 3n }, message: 'Too short' },
  ],
}

export const thrown = [
  shop.errors.A(whole),
  shop.errors.B({ ...whole, params: { left: 1 } }),
  new shop.BizError('A', whole),
]

// @ts-expect-error -- an error that no catalog has made cannot be told
shop.errors.A({ also: [new Error('x')] })
// @ts-expect-error -- a factory makes an error when it is called
shop.errors.A({ also: [shop.errors.A] })
// @ts-expect-error -- one error is no list
shop.errors.A({ also: shop.errors.A() })

export const wrong: readonly ThrownField[] = [
  // @ts-expect-error -- clients have no text for a code of one's own
  { path: 'a', code: 'taken' },
  // @ts-expect-error -- a fault has a place
  { code: 'required' },
  // @ts-expect-error -- what a client has sent is not told
  { path: 'a', code: 'required', value: 1 },
]
