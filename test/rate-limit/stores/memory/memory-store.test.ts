import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createCalendar } from '../../../../src/rate-limit/calendar.ts'
import { createMemoryStore, memoryStore } from '../../../../src/rate-limit/stores/memory/memory-store.ts'
import { Slots } from '../../../../src/rate-limit/stores/memory/slots.ts'
import type { StoreDecision, Limit, Store } from '../../../../src/rate-limit/stores/store.ts'

function limitOf(changed: Partial<Limit> = {}): Limit {
  return {
    name: 'p',
    limit: 100,
    window: 3600,
    algorithm: 'fixed',
    ...changed,
  }
}

function uuid(index: number): string {
  return `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`
}

function timers(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
}

function isWholeMilliseconds(seconds: number): boolean {
  return seconds === Math.round(seconds * 1000) / 1000
}

function remaining(store: Store, key: string): number {
  return (store.consume(key, 1) as StoreDecision).standings[0]!.remaining
}

// Other limiters hold a timer for each key and policy (rate-limiter-flexible: 413 bytes), or all keys of a window.
test('M07: of 300,000 keys 100,000 are kept, at no more than 150 bytes for each policy, and without a timer', async () => {
  setFlagsFromString('--expose-gc')
  const collectGarbage = runInNewContext('gc') as () => void
  const used = (): number => {
    collectGarbage()
    const { heapUsed, arrayBuffers } = process.memoryUsage()
    return heapUsed + arrayBuffers
  }
  const limits = [limitOf(), limitOf({ algorithm: 'sliding' }), limitOf({ window: createCalendar('month') })]
  await sleep(0)
  const [before, timersBefore] = [used(), timers()]
  const store = memoryStore()(limits)
  for (let key = 0; key < 300_000; key++) void store.consume(uuid(key), 1)
  const bytes = (used() - before) / 100_000 / limits.length
  expect(bytes).toBeGreaterThan(20)
  expect(bytes).toBeLessThan(150)
  expect(timers()).toBe(timersBefore)
  expect([remaining(store, uuid(299_999)), remaining(store, uuid(0))]).toEqual([98, 99])
})

test('M07: a key that was cut out of a long header does not keep the header', () => {
  setFlagsFromString('--expose-gc')
  const collectGarbage = runInNewContext('gc') as () => void
  const store = memoryStore()([limitOf()])
  collectGarbage()
  const before = process.memoryUsage().heapUsed
  for (let key = 0; key < 2000; key++) {
    const header = Buffer.alloc(16_000, `Bearer ${uuid(key)}, `).toString('latin1')
    void store.consume(header.slice(7, 43), 1)
  }
  collectGarbage()
  // The headers are 32 MB.
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(5_000_000)
  expect(remaining(store, uuid(0))).toBe(98)
})

test('M07: keys beyond maxKeys push out the one that was not asked for lately, and no other', () => {
  const store = memoryStore({ maxKeys: 3 })([limitOf()])
  expect(['a', 'b', 'c', 'a', 'c'].map((key) => remaining(store, key))).toEqual([99, 99, 99, 98, 98])
  expect(remaining(store, 'd')).toBe(99)
  expect(['a', 'c', 'd'].map((key) => remaining(store, key))).toEqual([97, 97, 98])
  expect(remaining(store, 'b')).toBe(99)
})

test('M07: a key that is asked for all the time stays among 100,000 that are asked for once', () => {
  const store = memoryStore({ maxKeys: 1000 })([limitOf({ limit: 1_000_000 })])
  remaining(store, 'busy')
  for (let other = 0; other < 100_000; other++) {
    remaining(store, `other-${other}`)
    if (other % 100 === 0) remaining(store, 'busy')
  }
  expect(remaining(store, 'busy')).toBe(1_000_000 - 1002)
})

test('a key whose windows have passed leaves its place to a new one, so that memory follows the active keys', () => {
  const slots = new Slots(100_000)
  const takenAt: number[] = []
  for (let now = 0; now < 10_000; now++) {
    // Each is in its window for as long as the next hundred come.
    const slot = slots.take(`key-${now}`, (other) => takenAt[other]! < now - 100)
    takenAt[slot] = now
  }
  expect(takenAt.length).toBeLessThan(300)
  expect(slots.size).toBe(takenAt.length)
  expect(slots.find('key-9999')).toBe(takenAt.indexOf(9999))
  expect(slots.find('key-1')).toBeUndefined()
})

test.each([1, 2, 3, 4, 5, 6, 9, 100])(
  'M07: of %i live keys, each has to make room in its turn',
  (maxKeys) => {
    const slots = new Slots(maxKeys)
    const taken = (keys: readonly number[]): void => {
      for (const key of keys) slots.take(`key-${key}`, () => false)
    }
    const known = (keys: readonly number[]): readonly number[] =>
      keys.filter((key) => slots.find(`key-${key}`) !== undefined)
    const first = Array.from({ length: maxKeys }, (_, index) => index)
    const second = first.map((key) => key + maxKeys)
    taken(first)
    expect(known(first)).toEqual(first)
    taken(second)
    // All were asked for above, so that each has one turn more.
    expect([known(first), known(second)]).toEqual([[], second])
  },
)

test('a slot that changes hands keeps nothing of what was counted there', () => {
  const limits = [
    limitOf({ limit: 5 }),
    limitOf({ algorithm: 'sliding', limit: 5 }),
    limitOf({ window: createCalendar('day'), limit: 5 }),
  ]
  const store = memoryStore({ maxKeys: 1 })(limits)
  for (const key of ['a', 'b', 'a']) {
    expect((store.consume(key, 3) as StoreDecision).standings.map((standing) => standing!.remaining)).toEqual(
      [2, 2, 2],
    )
  }
})

test('M15: a sliding window is free once nothing is left of it, though its last request was given back', async () => {
  let elapsed = 2 ** 36
  const store = createMemoryStore([limitOf({ window: 8, algorithm: 'sliding' })], 10, () => ({
    elapsed,
    wall: elapsed,
  }))
  await store.consume('a', 1)
  elapsed += 7_999
  const { receipt } = await store.consume('a', 1)
  await store.giveBack('a', 1, undefined, receipt)
  elapsed += 1_001
  expect(await store.peek('a', 1)).toEqual({
    allowed: true,
    standings: [{ remaining: 100, resetAfter: 0 }],
    violated: [],
    retryAfter: 0,
  })
})

test('keys that are no ASCII, cut out of other texts or names of Object.prototype are told apart', () => {
  const store = memoryStore()([limitOf()])
  const keys = [
    '日本',
    '日木',
    'é',
    '\u00C3\u00A9',
    '__proto__',
    'constructor',
    'x'.repeat(500).slice(3, 40),
    'a',
    'A',
    '\uD800',
    '\uDBFF',
  ]
  for (const left of [99, 98]) expect(keys.map((key) => remaining(store, key))).toEqual(keys.map(() => left))
})

test('the limiters of one memoryStore() count apart', () => {
  const factory = memoryStore()
  const [one, other] = [factory([limitOf()]), factory([limitOf()])]
  expect([remaining(one, 'a'), remaining(one, 'a'), remaining(other, 'a')]).toEqual([99, 98, 99])
})

test('the largest limit and cost are counted exactly', () => {
  const store = memoryStore()([limitOf({ limit: 999_999_999_999_999 })])
  const left = (cost: number): number => (store.consume('a', cost) as StoreDecision).standings[0]!.remaining
  expect([left(999_999_999_999_998), left(2), left(1), left(1)]).toEqual([1, 1, 0, 0])
})

// Differences between the clocks of Node's timers and of the calendar are what other limiters trip over.
test('clocks: a process that has just begun, and the wall clock at its ends', () => {
  for (const wall of [0, 1, 8.64e15 - 1, -1]) {
    const store = createMemoryStore(
      [
        limitOf({ window: 400 * 86_400 }),
        limitOf({ window: createCalendar('day') }),
        limitOf({ window: createCalendar('week', 1, 'Pacific/Kiritimati') }),
      ],
      10,
      () => ({ elapsed: 2 ** 36, wall }),
    )
    const { standings } = store.consume('a', 1) as StoreDecision
    expect(standings.map((standing) => standing!.remaining)).toEqual([99, 99, 99])
    expect(
      standings.every((standing) => isWholeMilliseconds(standing!.resetAfter) && standing!.resetAfter > 0),
    ).toBe(true)
  }
})
