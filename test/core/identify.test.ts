import { describe, expect, test } from 'vitest'
import { bizErrorState } from '../../src/core/biz-error.ts'
import { defineCatalog } from '../../src/core/define-catalog.ts'
import { identify, type IdentifyRule } from '../../src/core/identify.ts'
import type { BizErrorState } from '../../src/core/state.ts'

const shop = defineCatalog({
  name: 'shop',
  codes: {
    404: { status: 404, message: 'Not here' },
    503: { status: 503, message: 'Later', retryAfter: 30 },
    1001: { status: 409, message: 'Taken' },
  },
})
const other = defineCatalog({ name: 'other', codes: { 1: { status: 404, message: 'Other' } } })

function foreign(status: number): BizErrorState {
  const { code, entry } = shop.forStatus(status)
  return {
    catalog: shop,
    entry,
    code,
    status,
    params: {},
    details: undefined,
    headers: undefined,
    retryAfter: entry.retryAfter,
    as: undefined,
    unknownCode: undefined,
    unusable: [],
  }
}

const throwing = (): never => {
  throw new Error('broken rule')
}
const noStatus = (): undefined => undefined

const warn = (): void => {}

describe('identify', () => {
  test('returns the state of a BizError, of whatever catalog, and asks nobody', () => {
    const [own, others] = [new shop.BizError(1001), new other.BizError(1)]
    expect(
      [own, others].map((thrown) => identify(thrown, shop, { rules: [throwing], statusOf: throwing, warn })),
    ).toEqual([bizErrorState(own), bizErrorState(others)])
  })

  test('returns the state of what the first rule that knows the value makes of it', () => {
    const made = new shop.BizError(1001, { details: 1 })
    const asked: unknown[] = []
    const rules: readonly IdentifyRule[] = [
      (thrown) => void asked.push(thrown),
      throwing,
      () => new Error('no BizError'),
      () => ({ code: 1001 }),
      () => made,
      throwing,
    ]
    expect(identify('thrown', shop, { rules: rules, statusOf: throwing, warn })).toBe(bizErrorState(made))
    expect(asked).toEqual(['thrown'])
  })

  test("returns the catalog's meaning of the status, when no rule knows the value", () => {
    const states = [404, 503, 413, 500].map((status) =>
      identify(new Error('x'), shop, { rules: [throwing], statusOf: () => status, warn }),
    )
    expect(states).toEqual([404, 503, 413, 500].map((status) => foreign(status)))
  })

  test('returns the meaning of 500, when the value has no status', () => {
    const values = [new Error('x'), null, undefined, 404, 'text', Symbol('x'), 1n, () => 1]
    expect(values.map((thrown) => identify(thrown, shop, { rules: [], statusOf: noStatus, warn }))).toEqual(
      values.map(() => foreign(500)),
    )
  })
})
