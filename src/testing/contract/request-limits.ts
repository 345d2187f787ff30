import type { Rule } from './bench.ts'
import { fixed, LONG, sliding } from './limits.ts'

export const REQUEST_LIMITS: readonly Rule[] = [
  {
    title: 'the numbers of a request go before those that the store was made with',
    async play(bench) {
      const store = bench.open(fixed(undefined), fixed(5, 2 * LONG), sliding(undefined))
      const said = await store.consume(bench.key(), 1, [3, 50, 7])
      said.mustBe('A request is measured by its own numbers.', { allowed: true, remaining: [2, 49, 6] })
    },
  },
  {
    title: 'a request without numbers has those that the store was made with',
    async play(bench) {
      const store = bench.open(fixed(2))
      const key = bench.key()
      await store.consume(key, 2, [9])
      const said = await store.consume(key)
      said.mustBe('Limits that are left out are those of the factory.', { allowed: false, remaining: [0] })
    },
  },
  {
    title: 'a number that changes keeps what was counted',
    async play(bench) {
      for (const kind of [fixed, sliding]) {
        const store = bench.open(kind(undefined))
        const key = bench.key(kind.name)
        await store.consume(key, 3, [5])
        const raised = await store.consume(key, 1, [10])
        raised.mustBe('An upgrade in the middle of a window keeps what was counted.', {
          allowed: true,
          remaining: [6],
        })
        const lowered = await store.consume(key, 1, [5])
        lowered.mustBe('A limit that is lowered keeps what was counted.', { allowed: true, remaining: [0] })
      }
    },
  },
  {
    title: 'a number below what was counted refuses, with nothing left and not less',
    async play(bench) {
      for (const kind of [fixed, sliding]) {
        const store = bench.open(kind(undefined))
        const key = bench.key(kind.name)
        await store.consume(key, 8, [10])
        const said = await store.consume(key, 1, [5])
        said.mustBe('Remaining is never below zero.', { allowed: false, remaining: [0] })
      }
    },
  },
  {
    title: 'a limit that is undefined for a request has no standing and refuses nobody',
    async play(bench) {
      const store = bench.open(fixed(1), fixed(5, 2 * LONG), sliding(1))
      const key = bench.key()
      await store.consume(key)
      const allowed = await store.consume(key, 1, [undefined, 5, undefined])
      allowed.mustBe('A limit of undefined leaves the request alone.', {
        allowed: true,
        violated: [],
        remaining: [undefined, 3, undefined],
      })
      const refused = await store.consume(key, 1, [undefined, 1, undefined])
      refused.mustBe('Indexes are those of all limits, also of those that leave the request alone.', {
        allowed: false,
        violated: [1],
        remaining: [undefined, 0, undefined],
      })
      const alone = await store.consume(key, 1, [undefined, undefined, undefined])
      alone.mustBe('A request that no limit counts is allowed.', {
        allowed: true,
        violated: [],
        retryAfter: 0,
      })
    },
  },
  {
    title: 'a limit that is undefined for a request does not count it',
    async play(bench) {
      const store = bench.open(fixed(5), sliding(5))
      const key = bench.key()
      await store.consume(key, 1, [undefined, 5])
      await store.consume(key, 1, [5, undefined])
      await store.consume(key, 1, [undefined, undefined])
      const said = await store.consume(key)
      said.mustBe('A limit of undefined adds nothing.', { remaining: [3, 3] })
    },
  },
  {
    title: 'a limit of 0 refuses every request for as long as the window, and counts nothing',
    async play(bench) {
      for (const kind of [fixed, sliding]) {
        const store = bench.open(kind(undefined), fixed(5, 2 * LONG))
        const key = bench.key(kind.name)
        const refused = await store.consume(key, 1, [0, 5])
        refused.mustBe('A limit of 0 has room for nothing.', {
          allowed: false,
          violated: [0],
          remaining: [0, 5],
          retryAfter: LONG,
        })
      }
    },
  },
]
