import * as fc from 'fast-check'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCalendar } from '../../../../src/rate-limit/calendar.ts'
import { createMemoryStore } from '../../../../src/rate-limit/stores/memory/memory-store.ts'
import { redisStore } from '../../../../src/rate-limit/stores/redis/redis-store.ts'
import type { StoreDecision, Limit, Limits, Store } from '../../../../src/rate-limit/stores/store.ts'
import { limitOf } from './clients.ts'
import { onServers } from './on-servers.ts'
import type { RedisServer } from './redis-server.ts'
import { simulatedClock, type SimulatedClock } from './simulated-clock.ts'

const SECOND = 1000
const HOUR = 3600 * SECOND
const DAY = 24 * HOUR

/** Where clocks are set, or, in Apia, a day is left out. */
const CLOCKS_SET = [
  '2025-03-30T01:00Z',
  '2025-10-26T01:00Z',
  '2025-03-09T07:00Z',
  '2025-11-02T06:00Z',
  '2025-04-05T15:00Z',
  '2025-10-04T15:30Z',
  '2025-09-07T04:00Z',
  '2025-04-06T03:00Z',
  '2011-12-30T10:00Z',
] as const

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

type Command =
  | {
      readonly name: 'consume' | 'peek'
      readonly key: string
      readonly cost: number
      readonly numbers: Limits | undefined
    }
  | { readonly name: 'giveBack'; readonly which: number }
  | { readonly name: 'reset'; readonly key: string }
  | { readonly name: 'block'; readonly key: string; readonly seconds: number }

interface Turn {
  readonly after: number
  readonly command: Command
}

/** So many limits at most. */
const MOST = 4

const keys = fc.constantFrom('a', 'b')
const costs = fc.oneof({ weight: 3, arbitrary: fc.constant(1) }, fc.integer({ min: 1, max: 14 }))
const number = fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 0, max: 12 }) }, fc.constant(undefined))
const deciding = fc.record({
  name: fc.constantFrom('consume' as const, 'consume' as const, 'peek' as const),
  key: keys,
  cost: costs,
  numbers: fc.option(fc.array(number, { minLength: MOST, maxLength: MOST }), { nil: undefined }),
})
const givingBack = fc.record({ name: fc.constant('giveBack' as const), which: fc.nat(40) })
const resetting = fc.record({ name: fc.constant('reset' as const), key: keys })
const blocking = fc.record({
  name: fc.constant('block' as const),
  key: keys,
  seconds: fc.oneof(fc.constantFrom(0.001, 1, 60, 3600), fc.integer({ min: 1, max: 10_000 }).map(toSeconds)),
})

function turnsAfter(afters: fc.Arbitrary<number>): fc.Arbitrary<Turn[]> {
  const command = fc.oneof(
    { weight: 12, arbitrary: deciding },
    { weight: 6, arbitrary: givingBack },
    { weight: 3, arbitrary: resetting },
    { weight: 1, arbitrary: blocking },
  )
  return fc.array(fc.record({ after: afters, command }), { minLength: 1, maxLength: 60, size: 'max' })
}

const calendar = fc
  .record({
    unit: fc.constantFrom('day' as const, 'week' as const, 'month' as const),
    day: fc.constantFrom(1, 15, 31),
    zone: fc.constantFrom(
      'UTC',
      'Europe/Berlin',
      'America/New_York',
      'Asia/Kathmandu',
      'Australia/Lord_Howe',
      'America/Santiago',
      'Pacific/Apia',
    ),
  })
  .map(({ unit, day, zone }) => createCalendar(unit, unit === 'month' ? day : 1, zone))

onServers('same-as-memory.test.ts', 'The Redis store', (startServer) => {
  let server: RedisServer
  let redis: Redis
  let clock: SimulatedClock
  let now = 0
  let stores = 0

  beforeAll(async () => {
    server = await startServer()
    redis = new Redis(server.port, '127.0.0.1')
    clock = simulatedClock(redis)
  })

  afterAll(async () => {
    redis.disconnect()
    await server.stop()
  })

  const inMemory = (limits: readonly Limit[]): Required<Store> =>
    createMemoryStore(limits, 100, () => ({ elapsed: now, wall: now }))
  const inRedis = (limits: readonly Limit[]): Required<Store> =>
    redisStore(clock.client, { prefix: `run-${stores++}:`, timeout: '10s' })(limits) as Required<Store>

  function setClock(time: number): void {
    now = time
    clock.set(time)
  }

  async function play(
    store: Store,
    start: number,
    steps: readonly Step[],
  ): Promise<readonly StoreDecision[]> {
    const decisions: StoreDecision[] = []
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
  const rules = fc.oneof(
    fc.record({ window: calendar, algorithm: fc.constant('fixed' as const) }),
    fc.record({
      window: spans.map(toSeconds),
      algorithm: fc.constantFrom('fixed' as const, 'sliding' as const),
    }),
  )
  function limitsBy(rule: fc.Arbitrary<Pick<Limit, 'window' | 'algorithm'>>): fc.Arbitrary<Limit[]> {
    return fc
      .array(fc.record({ limit: number, rule }), { minLength: 1, maxLength: MOST })
      .map((all) => all.map(({ limit, rule }, index) => ({ name: `p${index}`, limit, ...rule })))
  }
  const limits = limitsBy(rules)
  const starts = fc.oneof(
    fc.integer({ min: Date.UTC(1999, 0), max: Date.UTC(2101, 0) }),
    fc
      .record({ near: fc.constantFrom(...CLOCKS_SET), off: fc.integer({ min: -2 * DAY, max: DAY }) })
      .map(({ near, off }) => Date.parse(near) + off),
  )
  const afters = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(0, 1, 2, 50, 97, 125, 500, SECOND) },
    fc.integer({ min: 0, max: 6_000 }),
    fc.integer({ min: 0, max: 2 * HOUR }),
    fc.integer({ min: 0, max: 40 * DAY }),
  )
  const steps = stepsAfter(afters)

  /** Does the same in memory and in Redis, and compares all that they answer. */
  async function playBoth(limits: readonly Limit[], start: number, turns: readonly Turn[]): Promise<void> {
    const [memory, redis] = [inMemory(limits), inRedis(limits)]
    const counted: (readonly [
      key: string,
      cost: number,
      numbers: Limits | undefined,
      ...receipts: unknown[],
    ])[] = []
    setClock(start)
    for (const { after, command } of turns) {
      setClock(now + after)
      if (command.name === 'giveBack') {
        // Each once, in any order.
        const [taken] = counted.splice(command.which % counted.length, 1)
        if (taken === undefined) continue
        const [key, cost, numbers, ours, theirs] = taken
        await memory.giveBack(key, cost, numbers, ours)
        await redis.giveBack(key, cost, numbers, theirs)
      } else if (command.name === 'reset') {
        await memory.reset(command.key)
        await redis.reset(command.key)
      } else if (command.name === 'block') {
        await memory.block(command.key, command.seconds)
        await redis.block(command.key, command.seconds)
      } else {
        const { name, key, cost } = command
        const numbers = command.numbers?.slice(0, limits.length)
        const { receipt: ours, ...expected } = await memory[name](key, cost, numbers)
        const { receipt: theirs, ...decision } = await redis[name](key, cost, numbers)
        expect(decision).toEqual(expected)
        // Where nothing is counted, nothing can be given back.
        if (theirs !== undefined) counted.push([key, cost, numbers, ours, theirs])
      }
    }
  }

  const consume = { name: 'consume', key: 'a', cost: 1, numbers: undefined } as const
  const lastGivenBack: [Limit[], number, Turn[]] = [
    [{ name: 'p', limit: 9, window: 1.001, algorithm: 'sliding' }],
    Date.parse(CLOCKS_SET[0]),
    [
      { after: 0, command: consume },
      { after: 1000, command: consume },
      { after: 0, command: { name: 'giveBack', which: 1 } },
      { after: 97, command: { ...consume, name: 'peek' } },
      { after: 97, command: { ...consume, name: 'peek' } },
    ],
  ]

  // Redis and Valkey run the same scripts: what is at random here is seen by both.
  test('decides as the memory store does, for any limits, times, costs and commands, and while limits change', async () => {
    await fc.assert(fc.asyncProperty(limits, starts, turnsAfter(afters), playBoth), {
      numRuns: 30,
      examples: [lastGivenBack],
    })
  })

  const monthTurns = fc
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

  // What memory keeps by another clock is left out, or longer than Redis does: other windows, blocks, and the order of
  // counts and resets; a window that is over, until it is asked for or a new key takes its place; one that was ahead,
  // until it is asked for.
  const numbersOfAll = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: MOST, maxLength: MOST })
  const counting = fc.record({
    name: fc.constant('consume' as const),
    key: fc.constant('a'),
    cost: costs,
    numbers: numbersOfAll,
  })
  const calendars = limitsBy(fc.record({ window: calendar, algorithm: fc.constant('fixed' as const) }))

  test('S05: decides as the memory store does in calendar windows, however the clock jumps', async () => {
    const turns = fc.array(fc.record({ after: jumps, command: counting }), { minLength: 1, maxLength: 40 })
    await fc.assert(fc.asyncProperty(calendars, fc.oneof(monthTurns, starts), turns, playBoth), {
      numRuns: 50,
    })
  })

  const little = fc.oneof(
    { weight: 2, arbitrary: fc.integer({ min: -HOUR / 2, max: HOUR / 2 }) },
    fc.integer({ min: 0, max: 6 * HOUR }),
  )

  /** Sets no clock back by more than an hour from where it was. */
  function atMostAnHourBack<T extends { readonly after: number }>(steps: readonly T[]): T[] {
    let [time, latest] = [0, 0]
    return steps.map((step) => {
      const next = Math.max(time + step.after, latest - HOUR)
      const after = next - time
      time = next
      latest = Math.max(latest, time)
      return { ...step, after }
    })
  }

  test('S05: gives back as the memory store does in calendar windows, while the clock is set back by up to an hour', async () => {
    const command = fc.oneof({ weight: 2, arbitrary: counting }, { weight: 1, arbitrary: givingBack })
    const turns = fc
      .array(fc.record({ after: little, command }), { minLength: 1, maxLength: 60 })
      .map(atMostAnHourBack)
    await fc.assert(fc.asyncProperty(calendars, fc.oneof(monthTurns, starts), turns, playBoth), {
      numRuns: 50,
    })
  })

  const kinds = [
    ['in memory', inMemory],
    ['in Redis', inRedis],
  ] as const

  test.each(kinds)(
    'S05: a clock that is set back by up to an hour gives no calendar window a second limit, and takes none away: %s',
    async (_where, open) => {
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom('day' as const, 'month' as const),
          monthTurns,
          stepsAfter(little).map(atMostAnHourBack),
          async (window, start, steps) => {
            const limit = 6
            const decisions = await play(open([limitOf(limit, window)]), start, steps)
            // What each window was asked for, by the window of the clock or the one that a key had got into before.
            const charged = new Map<string, { window: string; used: number }>()
            let time = start
            for (const [index, { after, cost, key }] of steps.entries()) {
              time += after
              const now = new Date(time).toISOString().slice(0, window === 'day' ? 10 : 7)
              const known = charged.get(key)
              const current = known && known.window >= now ? known : { window: now, used: 0 }
              const { allowed, retryAfter } = decisions[index]!
              expect(allowed).toBe(current.used + cost <= limit)
              expect(retryAfter).toBeLessThanOrEqual(toSeconds(31 * DAY))
              if (allowed) charged.set(key, { window: current.window, used: current.used + cost })
            }
          },
        ),
        { numRuns: 30 },
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
        { numRuns: 30 },
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
      '2199-11-30',
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
