import * as fc from 'fast-check'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createMemoryStore } from '../../../../src/rate-limit/stores/memory-store.ts'
import { redisStore } from '../../../../src/rate-limit/stores/redis-store.ts'
import type { Decision, Limit, Store } from '../../../../src/rate-limit/stores/store.ts'
import { limitOf } from './clients.ts'
import { startRedis, WHY_SKIPPED, withoutRedis, type RedisServer } from './redis-server.ts'
import { simulatedClock, type SimulatedClock } from './simulated-clock.ts'

const SECOND = 1000
const HOUR = 3600 * SECOND
const DAY = 24 * HOUR

function toSeconds(milliseconds: number): number {
  return milliseconds / 1000
}

interface Step {
  readonly after: number
  readonly cost: number
  readonly key: string
}

function stepsAfter(afters: fc.Arbitrary<number>): fc.Arbitrary<Step[]> {
  return fc.array(
    fc.record({
      after: afters,
      cost: fc.oneof({ weight: 3, arbitrary: fc.constant(1) }, fc.integer({ min: 1, max: 14 })),
      key: fc.constantFrom('a', 'b'),
    }),
    { minLength: 1, maxLength: 40 },
  )
}

describe.skipIf(withoutRedis('same-as-memory.test.ts'))(`The Redis store${WHY_SKIPPED}`, () => {
  let server: RedisServer
  let redis: Redis
  let clock: SimulatedClock
  let now = 0
  let stores = 0

  beforeAll(async () => {
    server = await startRedis()
    redis = new Redis(server.port, '127.0.0.1')
    clock = simulatedClock(redis)
  })

  afterAll(async () => {
    redis.disconnect()
    await server.stop()
  })

  const inMemory = (limits: readonly Limit[]): Store =>
    createMemoryStore(limits, 100, () => ({ elapsed: now, wall: now }))
  const inRedis = (limits: readonly Limit[], prefix = `run-${stores++}:`): Store =>
    redisStore(clock.client, { prefix, timeout: '10s' })(limits)

  function setClock(time: number): void {
    now = time
    clock.set(time)
  }

  async function play(store: Store, start: number, steps: readonly Step[]): Promise<readonly Decision[]> {
    const decisions: Decision[] = []
    setClock(start)
    for (const { after, cost, key } of steps) {
      setClock(now + after)
      const { receipt: _, ...decision } = await store.consume(key, cost)
      decisions.push(decision)
    }
    return decisions
  }

  const spans = fc.oneof(
    fc.constantFrom(1, 7, 8, 777, SECOND, 60 * SECOND, HOUR),
    fc.integer({ min: 1, max: 5_000 }),
  )
  const limits = fc
    .array(
      fc.record({
        limit: fc.integer({ min: 1, max: 12 }),
        rule: fc.oneof(
          fc.record({
            window: fc.constantFrom('day' as const, 'month' as const),
            algorithm: fc.constant('fixed' as const),
          }),
          fc.record({
            window: spans.map(toSeconds),
            algorithm: fc.constantFrom('fixed' as const, 'sliding' as const),
          }),
        ),
      }),
      { minLength: 1, maxLength: 4 },
    )
    .map((all) =>
      all.map(({ limit, rule }, index) =>
        limitOf(limit, rule.window, { name: `p${index}`, algorithm: rule.algorithm }),
      ),
    )
  const starts = fc.integer({ min: Date.UTC(1999, 0), max: Date.UTC(2101, 0) })
  const afters = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(0, 1, 2, 50, 97, 125, 500, SECOND) },
    fc.integer({ min: 0, max: 6_000 }),
    fc.integer({ min: 0, max: 40 * DAY }),
  )
  const steps = stepsAfter(afters)

  test('decides as the memory store does, for any limits, times and costs', async () => {
    await fc.assert(
      fc.asyncProperty(limits, starts, steps, async (limits, start, steps) => {
        const expected = await play(inMemory(limits), start, steps)
        expect(await play(inRedis(limits), start, steps)).toEqual(expected)
      }),
      { numRuns: 300 },
    )
  })

  test('N11: decides as the memory store does while limits change', async () => {
    const changes = fc.array(
      fc.record({
        after: afters,
        cost: fc.integer({ min: 1, max: 5 }),
        numbers: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 4, maxLength: 4 }),
      }),
      { minLength: 1, maxLength: 40 },
    )
    await fc.assert(
      fc.asyncProperty(limits, starts, changes, async (limits, start, steps) => {
        const memory = inMemory(limits)
        const prefix = `changing-${stores++}:`
        setClock(start)
        for (const { after, cost, numbers } of steps) {
          setClock(now + after)
          const changed = limits.map((limit, index) => ({ ...limit, limit: numbers[index]! }))
          const expected = await memory.consume('a', cost, numbers.slice(0, limits.length))
          const decided = await inRedis(changed, prefix).consume('a', cost)
          expect(decided).toEqual({ ...expected, receipt: decided.receipt })
        }
      }),
      { numRuns: 200 },
    )
  })

  // Of other windows, memory takes no notice of the calendar's clock: Redis has no other.
  const calendars = fc
    .array(fc.record({ limit: fc.integer({ min: 1, max: 12 }), window: fc.constantFrom('day', 'month') }), {
      minLength: 1,
      maxLength: 3,
    })
    .map((all) => all.map(({ limit, window }, index) => limitOf(limit, window, { name: `p${index}` })))
  const turns = fc
    .record({
      month: fc.integer({ min: 0, max: 1200 }),
      day: fc.constantFrom(1, 1, 2, 15, 28, 31),
      off: fc.integer({ min: -2 * HOUR, max: 2 * HOUR }),
    })
    .map(({ month, day, off }) => Date.UTC(2001, month, day) + off)
  const jumps = fc.oneof(
    { weight: 3, arbitrary: fc.integer({ min: 0, max: HOUR }) },
    fc.integer({ min: -2 * HOUR, max: 2 * HOUR }),
    fc.integer({ min: -40 * DAY, max: 40 * DAY }),
    fc.constantFrom(-1, -HOUR, -HOUR - 1, -DAY, DAY, -28 * DAY, -31 * DAY, 366 * DAY, -366 * DAY),
  )

  test('S05: decides as the memory store does in calendar windows, however the clock jumps', async () => {
    await fc.assert(
      fc.asyncProperty(calendars, turns, stepsAfter(jumps), async (limits, start, twoKeys) => {
        // A new key may take the place of one whose windows have passed, and in Redis time takes it.
        const steps = twoKeys.map((step) => ({ ...step, key: 'a' }))
        const expected = await play(inMemory(limits), start, steps)
        expect(await play(inRedis(limits), start, steps)).toEqual(expected)
      }),
      { numRuns: 300 },
    )
  })

  const kinds = [
    ['in memory', inMemory],
    ['in Redis', inRedis],
  ] as const

  test.each(kinds)(
    'S05: a clock that is set back by up to an hour gives no calendar window a second limit, and takes none away: %s',
    async (_where, open) => {
      const little = fc.oneof(
        { weight: 2, arbitrary: fc.integer({ min: -HOUR / 2, max: HOUR / 2 }) },
        fc.integer({ min: 0, max: 6 * HOUR }),
      )
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom('day' as const, 'month' as const),
          turns,
          stepsAfter(little),
          async (window, start, jumping) => {
            let latest = start
            const steps: Step[] = []
            let time = start
            for (const { after, cost, key } of jumping) {
              const next = Math.max(time + after, latest - HOUR)
              steps.push({ after: next - time, cost, key })
              time = next
              latest = Math.max(latest, time)
            }
            const one = limitOf(6, window)
            const decisions = await play(open([one]), start, steps)
            // What each window was asked for, by the window of the clock or the one that a key had got into before.
            const charged = new Map<string, { window: string; used: number }>()
            time = start
            for (const [index, { after, cost, key }] of steps.entries()) {
              time += after
              const now = new Date(time).toISOString().slice(0, window === 'day' ? 10 : 7)
              const known = charged.get(key)
              const current = known && known.window >= now ? known : { window: now, used: 0 }
              const { allowed, retryAfter } = decisions[index]!
              expect(allowed).toBe(current.used + cost <= one.limit!)
              expect(retryAfter).toBeLessThanOrEqual(toSeconds(31 * DAY))
              if (allowed) charged.set(key, { window: current.window, used: current.used + cost })
            }
          },
        ),
        { numRuns: 100 },
      )
    },
  )

  test.each(
    kinds.flatMap(([where, open]) =>
      (['day', 'month'] as const).flatMap((window) =>
        [2 * HOUR, 3 * DAY, 40 * DAY, 366 * DAY, 30 * 366 * DAY].map(
          (ahead) => [where, window, ahead, open] as const,
        ),
      ),
    ),
  )(
    'S05: a clock that was ahead and is put right keeps no client out for longer than its window: %s, %s, %i ms',
    async (_where, window, ahead, open) => {
      const store = open([limitOf(2, window)])
      const then = Date.UTC(2025, 5, 30, 21)
      setClock(then + ahead)
      await store.consume('k', 2)
      setClock(then)
      expect(await store.consume('k', 1), 'nothing is given back').toEqual({
        allowed: false,
        standings: [{ remaining: 0, resetAfter: toSeconds(3 * HOUR) }],
        violated: [0],
        retryAfter: toSeconds(3 * HOUR),
      })
      setClock(then + 3 * HOUR - 1)
      expect(await store.consume('k', 1)).toMatchObject({ allowed: false, retryAfter: 0.001 })
      setClock(then + 3 * HOUR)
      expect(await store.consume('k', 1)).toMatchObject({ allowed: true, standings: [{ remaining: 1 }] })
    },
  )

  test.each(['fixed', 'sliding'] as const)(
    'lets no more than its bound into any span as long as a %s window, for any times and costs',
    async (algorithm) => {
      await fc.assert(
        fc.asyncProperty(
          fc.integer({ min: 1, max: 9 }),
          spans,
          starts,
          steps,
          async (limit, window, start, steps) => {
            const decisions = await play(
              inRedis([limitOf(limit, toSeconds(window), { algorithm })]),
              start,
              steps,
            )
            const bound = algorithm === 'sliding' ? limit : 2 * limit
            let time = start
            const passed = steps.flatMap(({ after, cost, key }, index) => {
              time += after
              return decisions[index]!.allowed ? [{ time, cost, key }] : []
            })
            for (const { time, key } of passed) {
              const inSpan = passed.filter(
                (one) => one.key === key && one.time >= time && one.time < time + window,
              )
              expect(inSpan.reduce((sum, { cost }) => sum + cost, 0)).toBeLessThanOrEqual(bound)
            }
          },
        ),
        { numRuns: 100 },
      )
    },
  )

  test('a month ends with its last day in UTC, in leap years, too', async () => {
    const [store] = [inRedis([limitOf(1, 'month')])]
    const ends: [string, string][] = []
    const days = [
      '2023-02-28',
      '2024-02-28',
      '2024-02-29',
      '2000-02-29',
      '2100-02-28',
      '2024-12-31',
      '2025-01-01',
      '2025-04-30',
      '1970-01-01',
      '2399-11-30',
    ]
    for (const day of days) {
      const at = Date.parse(`${day}T12:34:56.789Z`)
      setClock(at)
      const { standings } = await store!.consume(day, 1)
      ends.push([day, new Date(at + standings[0]!.resetAfter * 1000).toISOString()])
    }
    expect(ends).toEqual(
      days.map((day) => {
        const date = new Date(day)
        return [day, new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1)).toISOString()]
      }),
    )
  })

  test.each<[string, Limit, number]>([
    ['fixed', limitOf(2, toSeconds(HOUR)), HOUR],
    ['sliding', limitOf(2, toSeconds(HOUR), { algorithm: 'sliding' }), HOUR],
    ['day', limitOf(2, 'day'), DAY],
  ])(
    'a clock that is set back by weeks gives nothing back early, and keeps no client out for longer than a window: %s',
    async (_name, one, window) => {
      const store = inRedis([one])
      const then = Date.UTC(2025, 5, 15, 0, 0, 1)
      setClock(then)
      await store.consume('k', 1)
      await store.consume('k', 1)
      setClock(then - 21 * DAY)
      expect(await store.consume('k', 1)).toMatchObject({ allowed: false, standings: [{ remaining: 0 }] })
      setClock(then - 21 * DAY + window - 2 * SECOND)
      const { allowed, retryAfter } = await store.consume('k', 1)
      expect({ allowed, retryAfter }).toEqual({ allowed: false, retryAfter: expect.any(Number) as number })
      expect(retryAfter).toBeLessThanOrEqual(toSeconds(2 * SECOND))
      setClock(then - 21 * DAY + window)
      expect((await store.consume('k', 1)).allowed).toBe(true)
    },
  )
})
