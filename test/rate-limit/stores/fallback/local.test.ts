import { describe, expect, test } from 'vitest'
import { rateLimit } from '../../../../src/adapters/express/index.ts'
import { cooldown, memoryStore, type Fallback } from '../../../../src/rate-limit/index.ts'

/** The limiters that take a fallback. Also in memory, where none is needed, a wrong one is a mistake. */
const limiters: readonly ((fallback: unknown) => unknown)[] = [
  (fallback) =>
    rateLimit({ policies: [{ name: 'a', limit: 1, window: '1s' }], fallback: fallback as Fallback }),
  (fallback) => cooldown({ window: '1s', fallback: fallback as Fallback }),
  (fallback) => cooldown({ window: '1s', store: memoryStore(), fallback: fallback as Fallback }),
]

describe('N07: a fallback', () => {
  test.each([undefined, 'memory', 'allow', { share: 1 }, { share: 0.001 }])('can be %o', (fallback) => {
    for (const create of limiters) expect(() => create(fallback)).not.toThrow()
  })

  const GIVE = "Give 'memory', 'allow' or a share such as { share: 1 / 4 }."
  test.each([
    ['deny', `Option fallback is "deny". ${GIVE}`],
    [null, `Option fallback is null. ${GIVE}`],
    [0.5, `Option fallback is 0.5. ${GIVE}`],
    [{ shares: 1 }, 'Option fallback has no "shares". Did you mean share?'],
    ...[0, -1, 1.1, 25, NaN, Infinity, '0.5', undefined].map((share): [object, string] => [
      { share },
      `Option fallback has the share ${typeof share === 'string' ? '"0.5"' : share}. Give the part of each limit that this process may grant: above 0, at most 1.`,
    ]),
  ])('cannot be %o', (fallback, message) => {
    for (const create of limiters) {
      expect(() => create(fallback)).toThrow(expect.objectContaining({ name: 'SetupError', message }))
    }
  })
})
