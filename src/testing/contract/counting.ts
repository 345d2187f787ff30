import type { Rule } from './bench.ts'
import { fixed, LONG, sliding } from './limits.ts'
import { restOf } from './times.ts'

/** Seconds: as long as a window may be, and more milliseconds than 32 bits hold. */
const LONGEST = 400 * 86_400
const HIGHEST = 999_999_999_999_999

export const COUNTING: readonly Rule[] = [
  {
    title: 'an allowed request has a standing with each limit, in their order and after it was counted',
    async play(bench) {
      const store = bench.open(fixed(5), fixed(100, 2 * LONG), sliding(10))
      const key = bench.key()
      const rule = 'Remaining is what is left of each limit once the request was counted.'
      ;(await store.consume(key)).mustBe(rule, { remaining: [4, 99, 9] })
      ;(await store.consume(key)).mustBe(rule, { remaining: [3, 98, 8] })
    },
  },
  {
    title: 'an allowed request violates nothing and has nothing to wait for',
    async play(bench) {
      const store = bench.open(fixed(5), sliding(5))
      const said = await store.consume(bench.key())
      said.mustBe('A request that fits into all limits is allowed.', {
        allowed: true,
        violated: [],
        retryAfter: 0,
      })
    },
  },
  {
    title: 'the request that fills a limit passes, and the next one is refused',
    async play(bench) {
      for (const kind of [fixed, sliding]) {
        const store = bench.open(kind(2))
        const key = bench.key(kind.name)
        await store.consume(key)
        const last = await store.consume(key)
        last.mustBe('A limit of 2 holds two requests.', { allowed: true, remaining: [0] })
        const next = await store.consume(key)
        next.mustBe('A limit of 2 holds no third request.', { allowed: false, remaining: [0] })
      }
    },
  },
  {
    title: 'a request counts against all limits, or against none of them when one refuses',
    async play(bench) {
      const narrow = [fixed(2), fixed(10, 2 * LONG), sliding(10)] as const
      const orders = [[0, 1, 2] as const, [1, 0, 2] as const, [1, 2, 0] as const]
      for (const [index, order] of orders.entries()) {
        const store = bench.open(...order.map((at) => narrow[at]))
        const key = bench.key(`order-${index}`)
        await store.consume(key, 2)
        const left = order.map((at) => (at === 0 ? 0 : 8))
        for (let again = 0; again < 2; again++) {
          const refused = await store.consume(key)
          refused.mustBe('A refused request is counted by none of the limits.', { remaining: left })
        }
      }
    },
  },
  {
    title: 'a refusal names all limits that refuse, in their order',
    async play(bench) {
      const store = bench.open(fixed(2), fixed(9, 2 * LONG), sliding(2))
      const key = bench.key()
      await store.consume(key, 2)
      const refused = await store.consume(key)
      refused.mustBe('Violated are the indexes of the limits that refuse.', { violated: [0, 2] })
    },
  },
  {
    title: 'a refusal tells the seconds until the same request would pass: the longest wait of all limits',
    async play(bench) {
      for (const windows of [[LONG, 2 * LONG] as const, [2 * LONG, LONG] as const]) {
        const store = bench.open(...windows.map((window) => fixed(1, window)))
        const key = bench.key(`${windows[0]}`)
        const counted = await store.consume(key)
        const refused = await store.consume(key)
        refused.mustBe('A window that is full is waited for until it ends, in seconds.', {
          retryAfter: restOf(2 * LONG, counted, refused),
        })
      }
    },
  },
  {
    title: 'a request takes as many units as it costs',
    async play(bench) {
      for (const kind of [fixed, sliding]) {
        const store = bench.open(kind(5))
        const key = bench.key(kind.name)
        const three = await store.consume(key, 3)
        three.mustBe('A cost of 3 takes 3 of 5.', { remaining: [2] })
        const tooMany = await store.consume(key, 3)
        tooMany.mustBe('A cost of 3 does not fit into the 2 that are left, and takes none of them.', {
          allowed: false,
          remaining: [2],
        })
        const two = await store.consume(key, 2)
        two.mustBe('A cost of 2 fits into the 2 that are left.', { allowed: true, remaining: [0] })
      }
    },
  },
  {
    title: 'a cost beyond the limit is refused for as long as the window, and counts nothing',
    async play(bench) {
      for (const kind of [fixed, sliding]) {
        const store = bench.open(kind(5), fixed(50, 2 * LONG))
        const key = bench.key(kind.name)
        const refused = await store.consume(key, 6)
        refused.mustBe('A cost that never fits waits for the length of the window.', {
          allowed: false,
          violated: [0],
          retryAfter: LONG,
        })
        refused.mustBe('A cost that never fits counts nothing.', { remaining: [5, 50], resetAfter: [0, 0] })
      }
    },
  },
  {
    title: 'a standing tells the seconds until the whole limit is free again',
    async play(bench) {
      const store = bench.open(fixed(5), sliding(5, 2 * LONG))
      const key = bench.key()
      const counted = await store.consume(key)
      const [first, second] = [restOf(LONG, counted, counted), restOf(2 * LONG, counted, counted)]
      counted.mustBe('What a window counts is free again once it has passed, in seconds.', {
        resetAfter: [first, second],
      })
    },
  },
  {
    title: 'the longest window, of 400 days, is counted in',
    async play(bench) {
      const store = bench.open(fixed(1, LONGEST), sliding(1, LONGEST))
      const key = bench.key()
      const counted = await store.consume(key)
      const refused = await store.consume(key)
      refused.mustBe('A window of 400 days is waited for to its end.', {
        allowed: false,
        retryAfter: restOf(LONGEST, counted, refused),
      })
    },
  },
  {
    title: 'the highest limit and cost are counted exactly',
    async play(bench) {
      for (const kind of [fixed, sliding]) {
        const store = bench.open(kind(HIGHEST))
        const key = bench.key(kind.name)
        const rule = `A limit of ${HIGHEST} is counted to the last unit.`
        ;(await store.consume(key, HIGHEST - 2)).mustBe(rule, { allowed: true, remaining: [2] })
        ;(await store.consume(key, 3)).mustBe(rule, { allowed: false, remaining: [2] })
        ;(await store.consume(key, 2)).mustBe(rule, { allowed: true, remaining: [0] })
      }
    },
  },
]
