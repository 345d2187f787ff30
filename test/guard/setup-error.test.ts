import { describe, expect, test } from 'vitest'
import { checkKeys, SetupError, show } from '../../src/guard/setup-error.ts'

describe('show', () => {
  const table: readonly (readonly [value: unknown, shown: string])[] = [
    ['text', '"text"'],
    ['', '""'],
    ['a\r\nb\u0000', '"a\\r\\nb\\u0000"'],
    ['x'.repeat(60), `"${'x'.repeat(60)}"`],
    ['x'.repeat(61), `"${'x'.repeat(60)}…"`],
    [7, '7'],
    [NaN, 'NaN'],
    [10n, '10'],
    [true, 'true'],
    [null, 'null'],
    [undefined, 'undefined'],
    [Symbol('x'), 'Symbol(x)'],
    [() => 1, 'a function'],
    [[1, 2], 'an array'],
    [{ toString: 1 }, 'an object'],
    [Object.create(null), 'an object'],
  ]
  for (const [value, shown] of table) {
    test(`makes ${shown.slice(0, 20)} of a ${typeof value}`, () => {
      expect(show(value)).toBe(shown)
    })
  }
})

describe('checkKeys', () => {
  const known = ['message', 'status', 'retryAfter']

  test('takes known keys, and an object without any', () => {
    checkKeys('Entry', { status: 1, retryAfter: undefined }, known)
    checkKeys('Entry', Object.create(null) as object, known)
  })

  const table: readonly (readonly [key: string, advice: string])[] = [
    ['mesage', 'Did you mean message?'],
    ['Message', 'Did you mean message?'],
    ['statuses', 'Did you mean status?'],
    ['retry_after', 'Did you mean retryAfter?'],
    ['retryafter', 'Did you mean retryAfter?'],
    ['x', 'Known are: message, status, retryAfter.'],
    ['', 'Known are: message, status, retryAfter.'],
    ['completely different', 'Known are: message, status, retryAfter.'],
  ]
  test('takes two letters that were swapped for one mistake', () => {
    expect(() => checkKeys('Entry', { titel: 1 }, ['title'])).toThrow('Did you mean title?')
    expect(() => checkKeys('Entry', { tletie: 1 }, ['title'])).toThrow('Known are: title.')
  })

  for (const [key, advice] of table) {
    test(`refuses "${key}" with advice: ${advice}`, () => {
      expect(() => checkKeys('Entry', { [key]: 1 }, known)).toThrow(
        new SetupError(`Entry has no "${key}". ${advice}`),
      )
    })
  }

  test('has no advice to give where nothing is known', () => {
    expect(() => checkKeys('Entry', { a: 1 }, [])).toThrow(new SetupError('Entry has no "a". Known are: .'))
  })
})
