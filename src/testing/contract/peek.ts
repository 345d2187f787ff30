import { setTimeout as sleep } from 'node:timers/promises'
import type { Rule } from './bench.ts'
import { fixed, LONG, sliding } from './limits.ts'
import { restOf } from './times.ts'

export const PEEK: readonly Rule[] = [
  {
    title: 'peek tells what a request would get, with the standings before it',
    needs: ['peek'],
    async play(bench) {
      const store = bench.open(fixed(3), sliding(5, 2 * LONG))
      const key = bench.key()
      const fresh = await store.peek(key)
      fresh.mustBe('Nothing is counted of a key that was never asked for.', {
        allowed: true,
        violated: [],
        retryAfter: 0,
        remaining: [3, 5],
        resetAfter: [0, 0],
      })
      const counted = await store.consume(key, 2)
      const fits = await store.peek(key, 1)
      fits.mustBe('What is left is told without the cost.', { allowed: true, remaining: [1, 3] })
      const tooMuch = await store.peek(key, 2)
      tooMuch.mustBe('A request that would be refused is told so.', {
        allowed: false,
        violated: [0],
        remaining: [1, 3],
        retryAfter: restOf(LONG, counted, tooMuch),
      })
    },
  },
  {
    title: 'peek counts nothing and begins no window',
    needs: ['peek'],
    async play(bench) {
      const store = bench.open(fixed(3), sliding(3))
      const key = bench.key()
      for (let again = 0; again < 3; again++) await store.peek(key)
      await sleep(100)
      const counted = await store.consume(key, 2)
      counted.mustBe('What was peeked at was not counted.', { remaining: [1, 1] })
      const { resetAfter } = { resetAfter: restOf(LONG, counted, counted) }
      counted.mustBe('A window begins with the first request that is counted.', {
        resetAfter: [resetAfter, resetAfter],
      })
    },
  },
  {
    title: 'peek takes the numbers of a request',
    needs: ['peek'],
    async play(bench) {
      const store = bench.open(fixed(undefined), fixed(5, 2 * LONG), sliding(undefined))
      const said = await store.peek(bench.key(), 1, [0, undefined, 7])
      said.mustBe('A peek is measured by its own numbers.', {
        allowed: false,
        violated: [0],
        remaining: [0, undefined, 7],
        retryAfter: LONG,
      })
    },
  },
]
