import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCalendar } from '../../../../src/rate-limit/calendar.ts'
import { createMemoryStore } from '../../../../src/rate-limit/stores/memory/memory-store.ts'
import { createPostgresStore } from '../../../../src/rate-limit/stores/postgres/postgres-store.ts'
import { namesOf } from '../../../../src/rate-limit/stores/postgres/sql.ts'
import type { StoreDecision, Limit, Limits, Store } from '../../../../src/rate-limit/stores/store.ts'
import {
  describeWithPostgres,
  START_TIMEOUT,
  startPostgres,
  type Postgres,
} from '../../../identify/families/databases/postgres.ts'
import { simulatedClock, type SimulatedClock } from './simulated-clock.ts'

const SECOND = 1000
const HOUR = 3600 * SECOND
const DAY = 24 * HOUR

/** What is asked of both stores. A request that passed is given back once at most. */
type Task = 'consume' | 'peek' | 'giveBack' | 'reset' | 'block'

interface Step {
  readonly task: Task
  readonly after: number
  readonly cost: number
  readonly key: string
  readonly numbers: Limits | undefined
  readonly which: number
}

type Told = Omit<StoreDecision, 'receipt'> | undefined

const numbersOf = (limits: number): fc.Arbitrary<Limits | undefined> =>
  fc.option(
    fc.array(
      fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 1, max: 12 }) }, fc.constantFrom(undefined, 0)),
      { minLength: limits, maxLength: limits },
    ),
    { nil: undefined },
  )

function stepsOf(
  limits: number,
  tasks: fc.Arbitrary<Task>,
  afters: fc.Arbitrary<number>,
): fc.Arbitrary<Step[]> {
  const step = fc.record({
    task: tasks,
    after: afters,
    cost: fc.oneof({ weight: 3, arbitrary: fc.constant(1) }, fc.integer({ min: 1, max: 14 })),
    key: fc.constantFrom('a', 'b'),
    numbers: numbersOf(limits),
    which: fc.nat(),
  })
  return fc.array(step, { minLength: 1, maxLength: 30 })
}

const limitsOf = (rules: fc.Arbitrary<Pick<Limit, 'window' | 'algorithm'>>): fc.Arbitrary<Limit[]> =>
  fc
    .array(fc.record({ limit: fc.integer({ min: 1, max: 12 }), rule: rules }), {
      minLength: 1,
      maxLength: 4,
    })
    .map((all) => all.map(({ limit, rule }, index) => ({ name: `p${index}`, limit, ...rule })))

describeWithPostgres('The PostgreSQL store', () => {
  let server: Postgres
  let clock: SimulatedClock
  let now = 0
  let keys = 0

  beforeAll(async () => {
    server = await startPostgres()
    clock = await simulatedClock(server)
  }, START_TIMEOUT)

  afterAll(async () => {
    await clock?.end()
    await server?.stop()
  })

  const inMemory = (limits: readonly Limit[]): Required<Store> =>
    createMemoryStore(limits, 100, () => ({ elapsed: now, wall: now }))
  const inPostgres = (limits: readonly Limit[]): Required<Store> =>
    createPostgresStore(clock.pool, limits, namesOf('limits'), 10_000, 1_000_000)

  function setClock(time: number): void {
    now = time
    clock.set(time)
  }

  /** Plays under keys that nothing was counted of. */
  async function play(
    store: Required<Store>,
    start: number,
    steps: readonly Step[],
  ): Promise<readonly Told[]> {
    const run = keys++
    const told: Told[] = []
    const passed: { key: string; cost: number; numbers: Limits | undefined; receipt: unknown }[] = []
    setClock(start)
    for (const { task, after, cost, key: name, numbers, which } of steps) {
      if (after !== 0) setClock(now + after)
      const key = `${run}-${name}`
      if (task === 'consume' || task === 'peek') {
        const { receipt, ...decision } = await store[task](key, cost, numbers)
        if (task === 'consume' && decision.allowed) passed.push({ key, cost, numbers, receipt })
        told.push(decision)
        continue
      }
      const [one] = task === 'giveBack' ? passed.splice(which % passed.length, 1) : []
      if (one) await store.giveBack(one.key, one.cost, one.numbers, one.receipt)
      if (task === 'reset') await store.reset(key)
      if (task === 'block') await store.block(key, cost / 4)
      told.push(undefined)
    }
    return told
  }

  const spans = fc.oneof(
    fc.constantFrom(1, 7, 8, 777, SECOND, 60 * SECOND, HOUR),
    fc.integer({ min: 1, max: 5_000 }),
  )
  const calendars = fc.constantFrom(
    createCalendar('day'),
    createCalendar('week'),
    createCalendar('month'),
    createCalendar('month', 15),
    createCalendar('month', 31),
    createCalendar('day', 1, 'Europe/Berlin'),
    createCalendar('week', 1, 'Asia/Kathmandu'),
    createCalendar('month', 15, 'America/New_York'),
    createCalendar('day', 1, 'Pacific/Apia'),
  )
  const rules = fc.oneof(
    fc.record({ window: calendars, algorithm: fc.constant('fixed' as const) }),
    fc.record({
      window: spans.map((span) => span / SECOND),
      algorithm: fc.constantFrom('fixed' as const, 'sliding' as const),
    }),
  )
  const starts = fc.integer({ min: Date.UTC(1999, 0), max: Date.UTC(2101, 0) })
  const afters = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(0, 1, 2, 50, 97, 125, 500, SECOND) },
    fc.integer({ min: 0, max: 6_000 }),
    fc.integer({ min: 0, max: 40 * DAY }),
  )
  const tasks = fc.oneof(
    { weight: 6, arbitrary: fc.constant<Task>('consume') },
    fc.constantFrom<Task>('peek', 'giveBack', 'giveBack', 'reset', 'block'),
  )

  async function sameAsMemory(
    rules: fc.Arbitrary<Pick<Limit, 'window' | 'algorithm'>>,
    starts: fc.Arbitrary<number>,
    stepsOf: (limits: number) => fc.Arbitrary<Step[]>,
  ): Promise<void> {
    const runs = limitsOf(rules).chain((limits) =>
      fc.record({ limits: fc.constant(limits), start: starts, steps: stepsOf(limits.length) }),
    )
    await fc.assert(
      fc.asyncProperty(runs, async ({ limits, start, steps }) => {
        const expected = await play(inMemory(limits), start, steps)
        expect(await play(inPostgres(limits), start, steps)).toEqual(expected)
      }),
      { numRuns: 60 },
    )
  }

  test('decides as the memory store does, for any limits, times, costs and tasks', async () => {
    await sameAsMemory(rules, starts, (limits) => stepsOf(limits, tasks, afters))
  })

  // Of other windows, memory takes no notice of the calendar's clock: PostgreSQL has no other.
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
    await sameAsMemory(
      fc.record({ window: calendars, algorithm: fc.constant('fixed' as const) }),
      turns,
      (limits) =>
        stepsOf(limits, fc.constantFrom<Task>('consume', 'consume', 'consume', 'peek'), jumps).map((steps) =>
          // In PostgreSQL, time takes what has passed. In memory, a new key does.
          steps.map((step) => ({ ...step, key: 'a', numbers: undefined })),
        ),
    )
  })

  test('is told windows around a clock that is weeks ahead once, and knows them from then on', async () => {
    const store = inPostgres([{ name: 'day', limit: 5, window: createCalendar('day'), algorithm: 'fixed' }])
    const calls = clock.calls()
    for (let i = 1; i <= 3; i++) {
      setClock(Date.now() + 40 * DAY)
      expect(await store.consume('ahead', 1)).toMatchObject({ standings: [{ remaining: 5 - i }] })
    }
    expect(clock.calls() - calls).toBe(4)
  })

  test.each<[string, Pick<Limit, 'window' | 'algorithm'>, number]>([
    ['fixed', { window: HOUR / SECOND, algorithm: 'fixed' }, HOUR],
    ['sliding', { window: HOUR / SECOND, algorithm: 'sliding' }, HOUR],
    ['day', { window: createCalendar('day'), algorithm: 'fixed' }, DAY],
  ])(
    'S05: a clock that is set back by weeks gives nothing back early, and keeps no client out for longer than a window: %s',
    async (name, rule, window) => {
      const store = inPostgres([{ name: 'back', limit: 2, ...rule }])
      const key = `back-${name}`
      const then = Date.UTC(2025, 5, 15, 0, 0, 1)
      setClock(then)
      await store.consume(key, 1)
      await store.consume(key, 1)
      setClock(then - 21 * DAY)
      expect(await store.consume(key, 1)).toMatchObject({ allowed: false, standings: [{ remaining: 0 }] })
      setClock(then - 21 * DAY + window - 2 * SECOND)
      const { allowed, retryAfter } = await store.consume(key, 1)
      expect(allowed).toBe(false)
      expect(retryAfter).toBeLessThanOrEqual(2)
      setClock(then - 21 * DAY + window)
      expect((await store.consume(key, 1)).allowed).toBe(true)
    },
  )
})
