import { describe, expect, test } from 'vitest'
import { checkFallback } from '../../../src/rate-limit/stores/local.ts'

describe('checkFallback', () => {
  test.each([undefined, 'memory', 'allow', { share: 1 }, { share: 0.001 }])('takes %o', (fallback) => {
    expect(() => checkFallback(fallback)).not.toThrow()
  })

  test.each([
    ['deny', `Option fallback is "deny". Use 'memory', 'allow' or a share such as { share: 1 / 4 }.`],
    [null, `Option fallback is null. Use 'memory', 'allow' or a share such as { share: 1 / 4 }.`],
    [0.5, `Option fallback is 0.5. Use 'memory', 'allow' or a share such as { share: 1 / 4 }.`],
    [{ shares: 1 }, 'Option fallback has no "shares". Did you mean share?'],
    ...[0, -1, 1.1, 25, NaN, Infinity, '0.5', undefined].map((share): [object, string] => [
      { share },
      `Option fallback has the share ${typeof share === 'string' ? '"0.5"' : share}. Give the part of each limit that this process may grant: above 0, at most 1.`,
    ]),
  ])('refuses %o', (fallback, message) => {
    expect(() => checkFallback(fallback)).toThrow(expect.objectContaining({ name: 'SetupError', message }))
  })
})
