import { setTimeout as sleep } from 'node:timers/promises'
import type { Rule } from './bench.ts'
import { fixed, LONG, sliding } from './limits.ts'
import { inTime, isWithin, pass, restOf } from './times.ts'

export const GIVE_BACK: readonly Rule[] = [
  {
    title: 'giveBack gives all limits back what the request took',
    needs: ['giveBack'],
    async play(bench) {
      const store = bench.open(fixed(5), sliding(5, 2 * LONG))
      const key = bench.key()
      await store.consume(key)
      const counted = await store.consume(key, 3)
      await store.giveBack(counted)
      const next = await store.consume(key)
      next.mustBe('What was given back is free again, and nothing else.', { remaining: [3, 3] })
    },
  },
  {
    title: 'giveBack gives back to its own key alone',
    needs: ['giveBack'],
    async play(bench) {
      const store = bench.open(fixed(5), sliding(5))
      const [one, other] = [bench.key('one'), bench.key('other')]
      await store.consume(other, 3)
      await store.giveBack(await store.consume(one, 3))
      const said = await store.consume(other)
      said.mustBe('Another key keeps what it counted.', { remaining: [1, 1] })
    },
  },
  {
    title: 'giveBack never gives back more than was counted',
    needs: ['giveBack'],
    async play(bench) {
      for (const kind of [fixed, sliding]) {
        const store = bench.open(kind(5))
        const key = bench.key(kind.name)
        const counted = await store.consume(key, 2)
        await store.giveBack(counted)
        await store.giveBack(counted)
        const next = await store.consume(key)
        next.mustBe('A count is never below zero.', { remaining: [4] })
      }
    },
  },
  {
    title: 'giveBack leaves out the limits that did not count the request',
    needs: ['giveBack'],
    async play(bench) {
      const store = bench.open(fixed(5), sliding(5))
      const key = bench.key()
      await store.consume(key, 3)
      await store.giveBack(await store.consume(key, 1, [undefined, 5]))
      await store.giveBack(await store.consume(key, 1, [5, undefined]))
      const next = await store.consume(key)
      next.mustBe('A limit that was undefined for a request gets nothing back.', { remaining: [1, 1] })
    },
  },
  {
    title: 'a fixed window that giveBack has emptied is over',
    needs: ['giveBack'],
    async play(bench) {
      const store = bench.open(fixed(5))
      const key = bench.key()
      const counted = await store.consume(key)
      await sleep(100)
      await store.giveBack(counted)
      const next = await store.consume(key)
      next.mustBe('After a window whose count became 0, the next request begins a new one.', {
        remaining: [4],
        resetAfter: [restOf(LONG, next, next)],
      })
    },
  },
  {
    title: 'giveBack gives nothing back to a fixed window that began later',
    needs: ['giveBack'],
    play: (bench) =>
      inTime(async (window) => {
        const store = bench.open(fixed(5, window))
        const key = bench.key(`${window}`)
        const before = await store.consume(key, 2)
        await pass(before.answered - before.sent + window)
        const first = await store.consume(key, 3)
        await store.giveBack(before)
        const next = await store.consume(key)
        if (!isWithin(window, first, next)) return false
        next.mustBe('A window gets back only what it counted itself.', { remaining: [1] })
        return true
      }),
  },
  {
    title: 'giveBack takes out of a sliding window what has not passed out of it',
    needs: ['giveBack'],
    play: (bench) =>
      inTime(async (window) => {
        const store = bench.open(sliding(5, window))
        const key = bench.key(`${window}`)
        const before = await store.consume(key, 2)
        // A quarter may be the part of the window that is freed as a whole.
        await pass(window * 1.25)
        const first = await store.consume(key, 3)
        await store.giveBack(before)
        const next = await store.consume(key)
        if (!isWithin(window, first, next)) return false
        next.mustBe('What has passed out of a sliding window is not given back once more.', {
          remaining: [1],
        })
        await store.giveBack(next)
        const last = await store.consume(key)
        if (!isWithin(window, first, last)) return false
        last.mustBe('What is in a sliding window is given back.', { remaining: [1] })
        return true
      }),
  },
  {
    title: 'giveBack gives nothing back of what was counted before a reset',
    needs: ['giveBack', 'reset'],
    async play(bench) {
      for (const kind of [fixed, sliding]) {
        const store = bench.open(kind(5))
        const key = bench.key(kind.name)
        const before = await store.consume(key, 2)
        await store.reset(key)
        await store.consume(key, 2)
        await store.giveBack(before)
        const next = await store.consume(key)
        next.mustBe('A reset forgets a request for good.', { remaining: [2] })
      }
    },
  },
]
