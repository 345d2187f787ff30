import { setTimeout as sleep } from 'node:timers/promises'
import type { OpenStore, Rule } from './bench.ts'
import { fixed, LONG, sliding } from './limits.ts'
import { failure, type Said } from './said.ts'
import { inTime, isWithin, pass, restOf, TOLERANCE } from './times.ts'

export const WINDOWS: readonly Rule[] = [
  {
    title: 'a fixed window ends when it was told to, and the next one is whole',
    play: (bench) =>
      inTime(async (window) => {
        const store = bench.open(fixed(2, window))
        const key = bench.key(`${window}`)
        const counted = await store.consume(key, 2)
        const refused = await store.consume(key)
        if (!isWithin(window, counted, refused)) return false
        refused.mustBe('A refusal lasts for the rest of the window.', {
          allowed: false,
          retryAfter: { from: 0.001, to: window },
        })
        await pass(refused.decision.retryAfter)
        const next = await store.consume(key)
        next.mustBe('The request passes once retryAfter is over, in a window that has counted nothing.', {
          allowed: true,
          remaining: [1],
        })
        return true
      }),
  },
  {
    title: 'a fixed window is prolonged by no request',
    async play(bench) {
      const store = bench.open(fixed(2))
      const key = bench.key()
      const first = await store.consume(key)
      await sleep(100)
      const second = await store.consume(key)
      const rule = 'A fixed window ends so long after the first request, however many follow.'
      second.mustBe(rule, { resetAfter: [restOf(LONG, first, second)] })
      await sleep(50)
      const refused = await store.consume(key)
      refused.mustBe(rule, { retryAfter: restOf(LONG, first, refused) })
    },
  },
  {
    title: 'windows of one key pass on their own',
    play: (bench) =>
      inTime(async (window) => {
        const store = bench.open(fixed(9), fixed(2, window), sliding(9))
        const key = bench.key(`${window}`)
        const counted = await store.consume(key, 2)
        await pass(counted.answered - counted.sent + window)
        const later = await store.consume(key)
        later.mustBe('A short window passes, and longer ones of the same key stay as they are.', {
          allowed: true,
          remaining: [6, 1, 6],
        })
        return true
      }),
  },
  {
    title: 'the shortest window, of a millisecond, passes',
    async play(bench) {
      for (const kind of [fixed, sliding]) {
        const store = bench.open(kind(1, 0.001))
        const key = bench.key(kind.name)
        await store.consume(key)
        await pass(0.001)
        const next = await store.consume(key)
        next.mustBe('A window of a millisecond is over after one.', { allowed: true, remaining: [0] })
      }
    },
  },
  {
    title: 'a sliding window never lets more than the limit into any span as long',
    play: (bench) =>
      inTime(async (window) => {
        const limit = 5
        const store = bench.open(sliding(limit, window))
        const key = bench.key(`${window}`)
        const first = await store.consume(key)
        await pass(0.6 * window)
        const rest = await store.consume(key, limit - 1)
        if (!isWithin(window, first, rest)) return false
        const asked = await askUntil(store, key, rest.answered + window)
        const passed = [first, rest, ...asked].filter(({ decision }) => decision.allowed)
        for (const from of passed) mustHoldSpan(limit, window, from, passed)
        // Where a fixed window would begin anew, the sliding one has room for one request at the most.
        const telling = asked.filter(
          (one) => one.sent > first.answered + window && isWithin(window, rest, one),
        )
        return telling.length > 1
      }),
  },
  {
    title: 'a sliding window comes free bit by bit, when it was told to',
    play: (bench) =>
      inTime(async (window) => {
        const store = bench.open(sliding(2, window))
        const key = bench.key(`${window}`)
        const first = await store.consume(key)
        await sleep(window * 500)
        await store.consume(key)
        const refused = await store.consume(key)
        if (!isWithin(window, first, refused)) return false
        // It may free what it counted in parts, each as a whole.
        const part = window / 4
        refused.mustBe('The first request comes free a window after it was counted.', {
          allowed: false,
          retryAfter: { from: 0.001, to: first.answered + window + part - refused.sent },
        })
        await pass(refused.decision.retryAfter)
        const next = await store.consume(key)
        next.mustBe('The request passes once retryAfter is over.', { allowed: true })
        return true
      }),
  },
  {
    title: 'a sliding window is free again a window after the last request',
    async play(bench) {
      const store = bench.open(sliding(2))
      const key = bench.key()
      await store.consume(key)
      await sleep(100)
      const last = await store.consume(key)
      last.mustBe('The last request counts for a whole window.', { resetAfter: [restOf(LONG, last, last)] })
    },
  },
]

/** Asks over and over, until nobody has been waiting for any answer by then. */
async function askUntil(store: OpenStore, key: string, time: number): Promise<readonly Said[]> {
  const asked: Said[] = []
  do {
    asked.push(await store.consume(key))
    await sleep(5)
  } while (asked.at(-1)!.answered < time)
  return asked
}

/** A span is as long as the store can have seen it at the most. */
function mustHoldSpan(limit: number, window: number, from: Said, passed: readonly Said[]): void {
  const inSpan = passed.filter(
    (one) => one.sent >= from.sent && one.answered - from.sent < window - TOLERANCE / 4,
  )
  const units = inSpan.reduce((sum, { call }) => sum + call.cost, 0)
  if (units <= limit) return
  const times = inSpan.map(({ call, sent }) => `${call.cost} after ${(sent - inSpan[0]!.sent).toFixed(3)} s`)
  throw failure(
    'A sliding window never lets more than the limit into any span as long.',
    `at most ${limit} units within ${window} s`,
    `allowed ${units}: ${times.join(', ')}`,
  )
}
