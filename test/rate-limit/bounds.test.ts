import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createCalendar } from '../../src/rate-limit/calendar.ts'
import { createMemoryStore } from '../../src/rate-limit/stores/memory/memory-store.ts'
import type { Moment } from '../../src/rate-limit/stores/memory/counter.ts'
import type { StoreDecision, Limit, Standing } from '../../src/rate-limit/stores/store.ts'

const START = 2 ** 36
const NOON = Date.UTC(2026, 10, 20, 12)

function limitOf(changed: Partial<Limit>): Limit {
  return { name: 'p', limit: 10, window: 1, algorithm: 'fixed', ...changed }
}

/** A request: so long after the one before, by so much was the wall clock set meanwhile, at such a cost. */
interface Step {
  readonly after: number
  readonly jump: number
  readonly cost: number
}

/** Gaps around the window and its eighths, fractions of a millisecond included. */
function stepsFor(window: number): fc.Arbitrary<readonly Step[]> {
  const after = fc.oneof(
    fc.double({ min: 0, max: window / 4, noNaN: true }),
    fc.integer({ min: 0, max: 16 }).map((eighths) => (eighths * window) / 8),
    fc.constantFrom(0, window, window - 1, window + 1, Number.EPSILON),
  )
  const jump = fc.oneof(
    { weight: 9, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.integer({ min: -9e9, max: 9e9 }) },
  )
  return fc.array(fc.record({ after, jump, cost: fc.integer({ min: 1, max: 12 }) }), { maxLength: 120 })
}

interface Passed extends Moment {
  readonly cost: number
}

/** Runs requests through a store of one policy and returns those that passed. What any decision must be is checked. */
function run(policy: Limit, steps: readonly Step[]): readonly Passed[] {
  let now: Moment = { elapsed: START, wall: NOON }
  const store = createMemoryStore([policy], 10, () => now)
  const passed: Passed[] = []
  const faults: string[] = []
  for (const { after, jump, cost } of steps) {
    now = { elapsed: now.elapsed + after, wall: now.wall + after + jump }
    const decision = store.consume('key', cost) as StoreDecision
    faults.push(...faultsOf(decision, policy, cost))
    if (decision.allowed) {
      passed.push({ ...now, cost })
    } else if (cost <= policy.limit! && !passesLater(policy, passed, now, cost, decision.retryAfter * 1000)) {
      faults.push('does not pass after retryAfter')
    }
  }
  // Once: to expect takes longer than to decide, and here are a million decisions.
  expect(faults).toEqual([])
  return passed
}

/** Whether a request passes after a wait in which nobody asks for more. What was refused before was not counted. */
function passesLater(
  policy: Limit,
  passed: readonly Passed[],
  now: Moment,
  cost: number,
  wait: number,
): boolean {
  let time = now
  const store = createMemoryStore([policy], 10, () => time)
  for (const earlier of passed) {
    time = earlier
    void store.consume('key', earlier.cost)
  }
  time = { elapsed: now.elapsed + wait, wall: now.wall + wait }
  return (store.consume('key', cost) as StoreDecision).allowed
}

function faultsOf(decision: StoreDecision, policy: Limit, cost: number): readonly string[] {
  const { allowed, standings, violated, retryAfter } = decision
  const [{ remaining, resetAfter }] = standings as [Standing]
  const span = typeof policy.window === 'number' ? policy.window : 31 * 86_400
  const isSpan = (seconds: number): boolean =>
    seconds >= 0 && seconds <= span && seconds === Math.round(seconds * 1000) / 1000
  const holds = {
    'remaining is whole, and at most the limit':
      Number.isInteger(remaining) && remaining >= 0 && remaining <= policy.limit!,
    'resetAfter is of whole milliseconds in the window': isSpan(resetAfter),
    'retryAfter is of whole milliseconds in the window': isSpan(retryAfter),
    'retryAfter is above 0 where it is refused, and only there': retryAfter > 0 === !allowed,
    'the limit is violated where it is refused, and only there': violated.join() === (allowed ? '' : '0'),
    'what is refused costs more than what remains': allowed || remaining < cost,
  }
  return Object.entries(holds).flatMap(([what, isTrue]) =>
    isTrue ? [] : [`not: ${what}, in ${JSON.stringify(decision)}`],
  )
}

/** The highest sum of costs in any span [t, t + window). */
function highestSum(passed: readonly Passed[], window: number): number {
  const sums = passed.map(({ elapsed }) =>
    passed
      .filter((other) => other.elapsed >= elapsed && other.elapsed < elapsed + window)
      .reduce((sum, { cost }) => sum + cost, 0),
  )
  return Math.max(0, ...sums)
}

describe('for any sequence of times and costs, with the wall clock set back and forth', () => {
  for (const window of [1, 7, 1000, 86_400_000]) {
    test(`a sliding window of ${window} ms never holds more than the limit in any span as long`, () => {
      const policy = limitOf({ algorithm: 'sliding', window: window / 1000 })
      fc.assert(
        fc.property(stepsFor(window), (steps) => {
          expect(highestSum(run(policy, steps), window)).toBeLessThanOrEqual(policy.limit!)
        }),
        { numRuns: 100 },
      )
    })

    test(`a fixed window of ${window} ms never holds more than the limit, and no span as long more than twice`, () => {
      const policy = limitOf({ window: window / 1000 })
      fc.assert(
        fc.property(stepsFor(window), (steps) => {
          const passed = run(policy, steps)
          expect(highestSum(passed, window)).toBeLessThanOrEqual(2 * policy.limit!)
          // The windows themselves, each from the first request after the one before.
          let end = -Infinity
          let used = 0
          for (const { elapsed, cost } of passed) {
            used = elapsed < end ? used + cost : cost
            if (elapsed >= end) end = elapsed + window
            expect(used).toBeLessThanOrEqual(policy.limit!)
          }
        }),
        { numRuns: 100 },
      )
    })
  }

  const calendars = [
    () => createCalendar('day'),
    () => createCalendar('week'),
    () => createCalendar('month'),
    () => createCalendar('month', 31),
    () => createCalendar('day', 1, 'Pacific/Chatham'),
    () => createCalendar('month', 15, 'America/New_York'),
  ]
  for (const create of calendars) {
    const calendar = create()
    const policy = limitOf({ window: create() })

    test(`a ${calendar.name} never holds more than the limit while time goes on`, () => {
      const steps = fc.array(
        fc.record({
          after: fc.integer({ min: 0, max: 12 * 3_600_000 }),
          jump: fc.constant(0),
          cost: fc.integer({ min: 1, max: 12 }),
        }),
        { maxLength: 150 },
      )
      fc.assert(
        fc.property(steps, (steps) => {
          const sums = new Map<number, number>()
          for (const { wall, cost } of run(policy, steps)) {
            const { start } = calendar.periodAt(wall)
            sums.set(start, (sums.get(start) ?? 0) + cost)
          }
          expect(Math.max(0, ...sums.values())).toBeLessThanOrEqual(policy.limit!)
        }),
        { numRuns: 100 },
      )
    })

    test(`a clock that is set back within a ${calendar.name}, or into the one before, gives nothing back`, () => {
      let wall = calendar.periodAt(NOON).end + 1000
      const store = createMemoryStore([policy], 10, () => ({ elapsed: START, wall }))
      expect(store.consume('key', 10)).toMatchObject({ allowed: true })
      wall -= 2000
      expect(store.consume('key', 1)).toMatchObject({ allowed: false, retryAfter: 1 })
      wall += 1000
      expect(store.consume('key', 1)).toMatchObject({ allowed: false })
    })
  }
})

/** What passes of one request a millisecond, in so many windows. */
function throughput(policy: Limit, windows: number): number {
  const steps = Array.from({ length: windows * 1000 }, () => ({ after: 1, jump: 0, cost: 1 }))
  let now: Moment = { elapsed: START, wall: NOON }
  const store = createMemoryStore([policy], 10, () => now)
  return steps.filter(({ after }) => {
    now = { elapsed: now.elapsed + after, wall: now.wall + after }
    return (store.consume('key', 1) as StoreDecision).allowed
  }).length
}

function at(ms: number): Moment {
  return { elapsed: START + ms, wall: NOON }
}

describe('the algorithms', () => {
  test('fixed grants the whole limit in each window', () => {
    expect(throughput(limitOf({ limit: 100 }), 20)).toBe(2000)
  })

  test('sliding grants at least 8 ninths of the limit to one who asks all the time', () => {
    const granted = throughput(limitOf({ limit: 100, algorithm: 'sliding' }), 20)
    expect(granted).toBeGreaterThanOrEqual((2000 * 8) / 9)
    expect(granted).toBeLessThanOrEqual(2000)
  })

  test('fixed grants twice the limit across the end of a window, which sliding does not', () => {
    for (const [algorithm, passed] of [
      ['fixed', 20],
      ['sliding', 10],
    ] as const) {
      let now = at(0)
      const store = createMemoryStore([limitOf({ algorithm })], 10, () => now)
      const decisions = [0, ...Array(9).fill(999), ...Array(10).fill(1000)].map((ms: number) => {
        now = at(ms)
        return store.consume('key', 1) as StoreDecision
      })
      // The first stands at the beginning of the window, all others at its end.
      expect(decisions.filter(({ allowed }) => allowed)).toHaveLength(passed)
    }
  })

  test.each([
    ['day', '2026-11-20T23:59:59.999Z', 1],
    ['day', '2026-11-20T00:00:00.000Z', 86_400_000],
    ['month', '2026-11-30T23:59:59.999Z', 1],
    ['month', '2026-02-01T00:00:00.000Z', 28 * 86_400_000],
    ['month', '2028-02-01T00:00:00.000Z', 29 * 86_400_000],
    ['month', '2100-02-28T12:00:00.000Z', 12 * 3_600_000],
    ['month', '2026-12-31T23:00:00.000Z', 3_600_000],
    ['day', '2028-02-29T23:00:00.000Z', 3_600_000],
    ['day', '2026-12-31T23:00:00.000Z', 3_600_000],
  ] as const)('a %s at %s ends in %i ms', (unit, time, milliseconds) => {
    const wall = Date.parse(time)
    const store = createMemoryStore([limitOf({ window: createCalendar(unit) })], 10, () => ({
      elapsed: START,
      wall,
    }))
    expect(store.consume('key', 3)).toMatchObject({
      allowed: true,
      standings: [{ remaining: 7, resetAfter: milliseconds / 1000 }],
      violated: [],
      retryAfter: 0,
    })
  })

  test('several limits are counted together or not at all', () => {
    let now: Moment = { elapsed: START, wall: NOON }
    const limits = [
      limitOf({ name: 'a', limit: 2 }),
      limitOf({ name: 'b', limit: 3, window: 5, algorithm: 'sliding' }),
    ]
    const store = createMemoryStore(limits, 10, () => now)
    const remaining = (): readonly number[] =>
      (store.consume('key', 1) as StoreDecision).standings.map((standing) => standing!.remaining)
    expect([remaining(), remaining(), remaining(), remaining()]).toEqual([
      [1, 2],
      [0, 1],
      [0, 1],
      [0, 1],
    ])
    now = { elapsed: START + 1000, wall: NOON }
    expect([remaining(), remaining()]).toEqual([
      [1, 0],
      [1, 0],
    ])
  })
})
