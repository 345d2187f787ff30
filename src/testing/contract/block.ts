import type { Rule } from './bench.ts'
import { fixed, LONG, sliding } from './limits.ts'
import { inTime, isWithin, pass, restOf } from './times.ts'

/** Seconds. */
const BLOCK = 3 * LONG
const LONGEST_BLOCK = 400 * 86_400

export const BLOCKING: readonly Rule[] = [
  {
    title: 'block uses up all limits of a key, for as long as it lasts',
    needs: ['block'],
    async play(bench) {
      const store = bench.open(fixed(5), sliding(5))
      const key = bench.key()
      const blocked = await store.block(key, BLOCK)
      const refused = await store.consume(key)
      const rest = restOf(BLOCK, blocked, refused)
      refused.mustBe('While a key is blocked, all limits refuse it with nothing left.', {
        allowed: false,
        violated: [0, 1],
        remaining: [0, 0],
        retryAfter: rest,
        resetAfter: [rest, rest],
      })
    },
  },
  {
    title: 'block leaves other keys as they are',
    needs: ['block'],
    async play(bench) {
      const store = bench.open(fixed(5))
      await store.block(bench.key('one'), BLOCK)
      const said = await store.consume(bench.key('one-and-more'))
      said.mustBe('Another key has its limits.', { allowed: true, remaining: [4] })
    },
  },
  {
    title: 'block also refuses a request that no limit counts',
    needs: ['block'],
    async play(bench) {
      const store = bench.open(fixed(5), sliding(5))
      const key = bench.key()
      const blocked = await store.block(key, BLOCK)
      const some = await store.consume(key, 1, [undefined, 5])
      some.mustBe('Limits of undefined have no standing and are not violated.', {
        allowed: false,
        violated: [1],
        remaining: [undefined, 0],
      })
      const none = await store.consume(key, 1, [undefined, undefined])
      none.mustBe('A blocked key is refused, whatever counts.', {
        allowed: false,
        violated: [],
        remaining: [undefined, undefined],
        retryAfter: restOf(BLOCK, blocked, none),
      })
    },
  },
  {
    title: 'while a key is blocked, the longer of the block and the limits is waited for',
    needs: ['block'],
    async play(bench) {
      const store = bench.open(fixed(2), fixed(9, 2 * LONG))
      const key = bench.key()
      const counted = await store.consume(key, 2)
      const blocked = await store.block(key, LONG / 2)
      const full = await store.consume(key)
      full.mustBe('A limit that is full is waited for, also beyond the block.', {
        retryAfter: restOf(LONG, counted, full),
        resetAfter: [restOf(LONG, counted, full), restOf(2 * LONG, counted, full)],
      })
      const open = await store.consume(key, 1, [9, 9])
      open.mustBe('A limit that has room is waited for no longer than the block.', {
        retryAfter: restOf(LONG / 2, blocked, open),
      })
    },
  },
  {
    title: 'requests of a blocked key are not counted, and what was counted before stays',
    needs: ['block'],
    play: (bench) =>
      inTime(async (duration) => {
        const store = bench.open(fixed(5), sliding(5))
        const key = bench.key(`${duration}`)
        await store.consume(key)
        const blocked = await store.block(key, duration)
        const refused = await store.consume(key)
        if (!isWithin(duration, blocked, refused)) return false
        refused.mustBe('A blocked key is refused.', { allowed: false })
        await pass(duration)
        const next = await store.consume(key)
        next.mustBe('A block takes nothing from the limits, and gives nothing back.', { remaining: [3, 3] })
        return true
      }),
  },
  {
    title: 'a block ends by itself, when it was told to',
    needs: ['block'],
    play: (bench) =>
      inTime(async (duration) => {
        const store = bench.open(fixed(5))
        const key = bench.key(`${duration}`)
        const blocked = await store.block(key, duration)
        const refused = await store.consume(key)
        if (!isWithin(duration, blocked, refused)) return false
        refused.mustBe('A block is waited for until it ends.', {
          allowed: false,
          retryAfter: { from: 0.001, to: duration },
        })
        await pass(refused.decision.retryAfter)
        const next = await store.consume(key)
        next.mustBe('The request passes once retryAfter is over.', { allowed: true })
        return true
      }),
  },
  {
    title: 'of several blocks the last one holds, also a shorter one',
    needs: ['block'],
    async play(bench) {
      const store = bench.open(fixed(5))
      const key = bench.key()
      for (const duration of [BLOCK, LONG, 2 * LONG, LONGEST_BLOCK, 1.5]) {
        const blocked = await store.block(key, duration)
        const refused = await store.consume(key)
        // A slow way to the store may take longer than the shortest.
        if (!isWithin(duration, blocked, refused)) continue
        refused.mustBe('The last call says how long a key is blocked.', {
          allowed: false,
          retryAfter: restOf(duration, blocked, refused),
        })
      }
    },
  },
  {
    title: 'peek tells of a block',
    needs: ['block', 'peek'],
    async play(bench) {
      const store = bench.open(fixed(5), sliding(5))
      const key = bench.key()
      const blocked = await store.block(key, BLOCK)
      const seen = await store.peek(key)
      seen.mustBe('A peek at a blocked key tells what a request would get.', {
        allowed: false,
        violated: [0, 1],
        remaining: [0, 0],
        retryAfter: restOf(BLOCK, blocked, seen),
      })
    },
  },
  {
    title: 'reset ends a block',
    needs: ['block', 'reset'],
    async play(bench) {
      const store = bench.open(fixed(5))
      const key = bench.key()
      await store.block(key, BLOCK)
      await store.reset(key)
      const said = await store.consume(key)
      said.mustBe('A reset forgets the block of a key, too.', { allowed: true, remaining: [4] })
    },
  },
]
