import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { retryAfterSeconds } from '../../src/guard/retry-after.ts'

describe('retryAfterSeconds', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: Date.UTC(2030, 0, 1) })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  const now = Date.UTC(2030, 0, 1)
  const year = 31_536_000
  const table: readonly (readonly [what: string, value: unknown, seconds: number | undefined])[] = [
    ['30 is kept', 30, 30],
    ['0 is kept', 0, 0],
    ['1.2 is rounded up', 1.2, 2],
    ["digits are a number: '30'", '30', 30],
    ["leading zeros change nothing: '007'", '007', 7],
    ['-5 is nothing', -5, undefined],
    ['NaN is nothing', NaN, undefined],
    ['Infinity is nothing', Infinity, undefined],
    ['1e21 is nothing', 1e21, undefined],
    ["'abc' is nothing", 'abc', undefined],
    ["'-5' is nothing", '-5', undefined],
    ["'1.5' is nothing", '1.5', undefined],
    ["'1e3' is nothing", '1e3', undefined],
    ["'' is nothing", '', undefined],
    ['400 digits are nothing', '9'.repeat(400), undefined],
    ['null is nothing', null, undefined],
    ['undefined is nothing', undefined, undefined],
    ['an object is nothing', { valueOf: () => 30 }, undefined],
    ['a BigInt is nothing', 30n, undefined],
    ['a Symbol is nothing', Symbol('30'), undefined],
    ['a Date 30 s ahead is 30', new Date(now + 30_000), 30],
    ['a Date 29.001 s ahead is 30', new Date(now + 29_001), 30],
    ['a Date in the past is 0', new Date(now - 30_000), 0],
    ['a date of HTTP 30 s ahead is 30', new Date(now + 30_000).toUTCString(), 30],
    ['a date of HTTP in the past is 0', 'Sun, 06 Nov 1994 08:49:37 GMT', 0],
    ['a date of HTTP that does not exist is nothing', 'Sun, 99 Nov 1994 08:49:37 GMT', undefined],
    ['a date of RFC 850 is nothing', 'Sunday, 06-Nov-94 08:49:37 GMT', undefined],
    ['a date of ISO 8601 is nothing', '2030-01-01T00:00:30Z', undefined],
    ['a Date that is none is nothing', new Date(NaN), undefined],
    ['10^10 is one year', 10 ** 10, year],
    ['a Date in ten years is one year', new Date(now + 10 * year * 1000), year],
    ['one year is kept', year, year],
  ]
  for (const [what, value, seconds] of table) {
    test(what, () => {
      expect(retryAfterSeconds(value)).toBe(seconds)
    })
  }

  test('is a whole number of seconds up to a year, or nothing, whatever it is given', () => {
    fc.assert(
      fc.property(fc.oneof(fc.double(), fc.date(), fc.string(), fc.anything()), (value) => {
        const seconds = retryAfterSeconds(value)
        expect(seconds === undefined || /^\d{1,8}$/.test(String(seconds))).toBe(true)
      }),
    )
  })
})
