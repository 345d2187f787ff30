import { channel } from 'node:diagnostics_channel'
import { afterEach, describe, expect, test } from 'vitest'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import type { MadeError } from '../../src/error/made.ts'

const shop = defineCatalog({
  name: 'shop',
  errors: {
    SOLD_OUT: { code: 10002, status: 409, message: 'Only {{left}} left' },
    1006: { status: 409, message: 'Taken' },
  },
})

const heard: MadeError[] = []
const hear = (made: unknown): void => {
  heard.push(made as MadeError)
}

afterEach(() => {
  channel('bizerror.made').unsubscribe(hear)
  heard.length = 0
})

describe('bizerror.made', () => {
  test('tells of each error that is made, whether or not it is thrown', () => {
    channel('bizerror.made').subscribe(hear)
    const soldOut = shop.errors.SOLD_OUT({ params: { left: 3 } })
    const taken = new shop.BizError(1006)
    expect(heard).toEqual([
      { catalog: 'shop', key: 'SOLD_OUT', code: 10002, unknownKey: undefined, error: soldOut },
      { catalog: 'shop', key: 1006, code: 1006, unknownKey: undefined, error: taken },
    ])
    expect(heard[0]?.error).toBe(soldOut)
    expect(heard[1]?.error).toBe(taken)
  })

  test('tells of a subclass, of further errors first, and of a key that the catalog does not have', () => {
    channel('bizerror.made').subscribe(hear)
    class Taken extends shop.BizError<1006> {}
    const taken = new Taken(1006, { also: [shop.errors.SOLD_OUT({ params: { left: 1 } })] })
    Reflect.construct(shop.BizError, ['NOPE'])
    expect(heard.map(({ key, code, unknownKey }) => [key, code, unknownKey])).toEqual([
      ['SOLD_OUT', 10002, undefined],
      [1006, 1006, undefined],
      [500, 500, '"NOPE"'],
    ])
    expect(heard[1]?.error).toBe(taken)
    expect(taken.errors).toHaveLength(1)
  })

  test('tells nobody who has not subscribed', () => {
    channel('bizerror.made').subscribe(hear)
    channel('bizerror.made').unsubscribe(hear)
    shop.errors.SOLD_OUT({ params: { left: 3 } })
    expect(heard).toEqual([])
  })
})
