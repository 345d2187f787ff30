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

describe('T03: what a throw gives that nobody reads', () => {
  const gone = (unusable: readonly string[]): Expected => ({
    status: 410,
    body: { code: 'GONE', message: 'Gone' },
    also: ({ reports }) => expect(reports.map((report) => report.unusable)).toEqual([unusable]),
  })
  const make = errors.GONE as (options: unknown) => Error
  for (const [what, given] of [
    ['an Error, which belongs into cause', new Error('hunter2')],
    ['an error of ours', errors.GONE()],
    ['a text', 'hunter2'],
    ['a number, as from Array.prototype.map', 0],
    ['null', null],
    ['an array', [{ details: 1 }]],
    ['a function', () => 'hunter2'],
  ] as const) {
    holds(
      `T03: is told in the log, and changes nothing: ${what}`,
      {
        options,
        route: () => {
          throw make(given)
        },
        secrets: ['hunter2'],
      },
      gone(['options']),
    )
  }
  holds(
    'T03: is told by its name, where it is misspelled',
    {
      options,
      route: () => {
        throw make({ detail: 'hunter2', param: {}, cause: new Error('x'), as: undefined })
      },
      secrets: ['hunter2'],
    },
    gone(['detail', 'param']),
  )
  holds(
    'T03: is told ten times at most, and in 64 letters',
    {
      options,
      route: () => {
        throw make(Object.fromEntries(Array.from({ length: 99 }, (_, n) => [`${n}x`.repeat(99), 1])))
      },
    },
    gone(Array.from({ length: 10 }, (_, n) => `${n}x`.repeat(99).slice(0, 64))),
  )
})
