import { describe, expect } from 'vitest'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import { holds, throws, type Expected } from '../support/guarantees.ts'

const shop = defineCatalog({
  name: 'shop',
  errors: {
    GONE: { status: 410, message: 'Gone' },
    'api.moved': { status: 410, message: 'Moved' },
    1006: { status: 409, message: 'Taken' },
    500: { status: 500, message: 'Our fault' },
  },
})
const { errors } = shop
const options = { catalog: shop }

describe('T03: a function that nobody called', () => {
  const internal = { status: 500, body: { code: 500, message: 'Our fault' } }
  const saying = (advice: string): Expected => ({
    ...internal,
    also: ({ log }) =>
      expect(log.map(([level, , message]) => [level, message])).toEqual([
        ['error', `A function was thrown, which is no error. ${advice}`],
      ]),
  })
  for (const [call, thrown] of [
    ['errors.GONE()', errors.GONE],
    ['errors[1006]()', errors[1006]],
    ['errors["api.moved"]()', errors['api.moved']],
  ] as const) {
    holds(
      `T03: is the internal error, and the log says ${call}`,
      { options, route: throws(thrown) },
      saying(`Call it: ${call}`),
    )
  }
  holds(
    'T03: is the internal error, and the log says new of a class',
    { options, route: throws(shop.BizError) },
    saying('Call it, or make an error of the class with new'),
  )
})
