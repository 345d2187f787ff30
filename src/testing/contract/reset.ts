import { setTimeout as sleep } from 'node:timers/promises'
import type { Rule } from './bench.ts'
import { fixed, LONG, sliding } from './limits.ts'
import { restOf } from './times.ts'

export const RESET: readonly Rule[] = [
  {
    title: 'reset forgets what was counted of a key, by all limits',
    needs: ['reset'],
    async play(bench) {
      const store = bench.open(fixed(2), fixed(9, 2 * LONG), sliding(2))
      const key = bench.key()
      await store.consume(key, 2)
      await sleep(100)
      await store.reset(key)
      const next = await store.consume(key)
      next.mustBe('After a reset, a key is as one that was never asked for.', {
        allowed: true,
        remaining: [1, 8, 1],
        resetAfter: [LONG, 2 * LONG, LONG].map((window) => restOf(window, next, next)),
      })
    },
  },
  {
    title: 'reset leaves other keys as they are',
    needs: ['reset'],
    async play(bench) {
      const store = bench.open(fixed(5), sliding(5))
      const [one, other] = [bench.key('one'), bench.key('one-and-more')]
      await store.consume(other, 2)
      await store.consume(one, 2)
      await store.reset(one)
      await store.reset(bench.key('never-asked-for'))
      const said = await store.consume(other)
      said.mustBe('Another key keeps what it counted.', { remaining: [2, 2] })
    },
  },
]
