import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { withFallback, type StateChange } from '../../../../src/rate-limit/stores/fallback/fallback.ts'
import type { Fallback } from '../../../../src/rate-limit/stores/fallback/local.ts'
import { memoryStore } from '../../../../src/rate-limit/stores/memory/memory-store.ts'
import { KeyFailure, type StoreDecision, type Store } from '../../../../src/rate-limit/stores/store.ts'
import { limitOf } from '../redis/clients.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const passed: StoreDecision = {
  allowed: true,
  standings: [{ remaining: 42, resetAfter: 1 }],
  violated: [],
  retryAfter: 0,
}
const away = new Error('away')

/** A store of the app's own, which answers what it is told to. */
function fallBack(consume: Store['consume'], fallback?: Fallback) {
  const changes: StateChange[] = []
  const logs: (readonly [string, unknown])[] = []
  const closed: string[] = []
  const store = withFallback(
    () => ({ consume, close: () => closed.push('shared') }),
    [limitOf(10), limitOf(4, 'day')],
    {
      fallback,
      local: memoryStore(),
      onStateChange: (change) => changes.push(change),
      warn: (message, error) => logs.push([message, error]),
    },
  )
  return { store, changes, logs, closed }
}

describe('withFallback', () => {
  test('returns the decision of a store that answers at once as it is', () => {
    const { store } = fallBack(() => passed)
    expect(store.consume('k', 1)).toBe(passed)
    expect(store.degraded).toBe(false)
  })

  test.each<[string, Store['consume']]>([
    [
      'throws',
      () => {
        throw away
      },
    ],
    ['rejects', () => Promise.reject(away)],
    [
      'throws undefined',
      () => {
        throw undefined
      },
    ],
    ['returns nothing', () => undefined as unknown as StoreDecision],
  ])('counts locally when the store %s', async (_how, consume) => {
    const { store, changes } = fallBack(consume)
    expect(await store.consume('k', 3)).toMatchObject({
      allowed: true,
      standings: [{ remaining: 7 }, { remaining: 1 }],
    })
    expect(await store.consume('k', 3)).toMatchObject({ allowed: false, violated: [1] })
    expect(store.degraded).toBe(true)
    expect(changes.map(({ state }) => state)).toEqual(['degraded'])
  })

  test.each<[Fallback, readonly number[]]>([
    ['allow', [10, 4]],
    ['memory', [9, 3]],
    [{ share: 0.5 }, [4, 1]],
    [{ share: 0.01 }, [0, 0]],
  ])('with %o grants its part of each limit', async (fallback, remaining) => {
    const { store } = fallBack(() => Promise.reject(away), fallback)
    const { allowed, standings } = await store.consume('k', 1)
    expect({ allowed, remaining: standings.map((standing) => standing!.remaining) }).toEqual({
      allowed: true,
      remaining,
    })
  })

  test('with a share lets pass once what costs more than that and less than the whole limit', async () => {
    const { store } = fallBack(() => Promise.reject(away), { share: 0.5 })
    const allowed: boolean[] = []
    for (const cost of [4, 1, 5]) allowed.push((await store.consume('k', cost)).allowed)
    expect(allowed).toEqual([true, false, false])
  })

  test('decides the request that finds the store back by the store', async () => {
    let broken = true
    const { store } = fallBack(() => (broken ? Promise.reject(away) : Promise.resolve(passed)))
    await store.consume('k', 1)
    broken = false
    await vi.advanceTimersByTimeAsync(60_000)
    expect(store.degraded).toBe(true)
    expect(await store.consume('k', 1)).toBe(passed)
    expect(store.degraded).toBe(false)
  })

  test('tells each change once, with the error and the time', async () => {
    let broken = true
    const { store, changes } = fallBack(() => (broken ? Promise.reject(away) : Promise.resolve(passed)))
    const at = Date.now()
    await Promise.all([store.consume('k', 1), store.consume('k', 1)])
    broken = false
    await vi.advanceTimersByTimeAsync(100)
    await store.consume('k', 1)
    await vi.advanceTimersByTimeAsync(0)
    expect(store.degraded).toBe(false)
    expect(changes).toEqual([
      { state: 'degraded', error: away, at: new Date(at) },
      { state: 'restored', error: undefined, at: new Date(at + 100) },
    ])
    expect(await store.consume('k', 1)).toBe(passed)
  })

  test('asks the store one at a time while it is away, less and less often', async () => {
    const times: number[] = []
    const start = performance.now()
    const { store } = fallBack(() => {
      times.push(performance.now() - start)
      return new Promise((_resolve, reject) => void setTimeout(() => reject(away), 50))
    })
    for (let elapsed = 0; elapsed < 20_000; elapsed += 5) {
      void store.consume('k', 1)
      await vi.advanceTimersByTimeAsync(5)
    }
    // Those that were sent before the first one failed.
    const probes = times.slice(10)
    expect(probes.length).toBeLessThan(20)
    const gaps = probes.slice(1).map((time, index) => time - probes[index]!)
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(100)
    expect(Math.max(...gaps)).toBeLessThanOrEqual(2_060)
    expect(gaps.at(-1)).toBeGreaterThanOrEqual(1_050)
  })

  test('takes no notice of failures that are older than its last change', async () => {
    const answers: { resolve: (decision: StoreDecision) => void; reject: (error: Error) => void }[] = []
    const { store, changes } = fallBack(
      () => new Promise((resolve, reject) => void answers.push({ resolve, reject })),
    )
    const first = store.consume('k', 1)
    const late = store.consume('k', 1)
    answers[0]!.reject(away)
    await first
    await vi.advanceTimersByTimeAsync(200)
    void store.consume('k', 1)
    answers[2]!.resolve(passed)
    await vi.advanceTimersByTimeAsync(0)
    answers[1]!.reject(away)
    expect(await late).toMatchObject({ allowed: true })
    expect(changes.map(({ state }) => state)).toEqual(['degraded', 'restored'])
  })

  test.each([
    ['of this copy of the package', new KeyFailure('k')],
    ['of another copy', Object.assign(new Error('k'), { [Symbol.for('bizerror.key-failure')]: true })],
  ])('takes a failure of one key, %s, for what it is', async (_copy, failure) => {
    const { store, changes, logs } = fallBack((key) =>
      key === 'k' ? Promise.reject(failure) : Promise.resolve(passed),
    )
    for (let i = 0; i < 5; i++) {
      expect((await store.consume('k', 1)).allowed).toBe(i < 4)
      expect(await store.consume('other', 1)).toBe(passed)
    }
    expect(changes).toEqual([])
    expect(logs).toEqual([['Rate limits of a key are decided without their store', failure]])
  })

  test('logs at most one line in 10 s, and in the end what is true', async () => {
    let broken = true
    const { store, changes, logs } = fallBack(() => (broken ? Promise.reject(away) : Promise.resolve(passed)))
    for (let second = 0; second < 34; second++) {
      broken = second % 2 === 0 && second < 30
      for (let i = 0; i < 200; i++) {
        await store.consume('k', 1)
        await vi.advanceTimersByTimeAsync(5)
      }
    }
    expect(changes.length).toBeGreaterThan(10)
    expect(logs.length).toBeLessThanOrEqual(4)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(store.degraded).toBe(false)
    expect(logs.at(0)).toEqual(['Rate limits are decided without their store, which failed', away])
    expect(logs.at(-1)).toEqual(['Rate limits are counted in their store again', undefined])
  })

  test.each<[string, () => unknown]>([
    [
      'throws',
      () => {
        throw new Error('hook')
      },
    ],
    ['rejects', () => Promise.reject(new Error('hook'))],
  ])('lives with a hook that %s, and says so', async (_how, onStateChange) => {
    const logs: string[] = []
    const store = withFallback(
      () => ({ consume: () => Promise.reject(away), close: () => {} }),
      [limitOf(1)],
      {
        local: memoryStore(),
        onStateChange,
        warn: (message) => logs.push(message),
      },
    )
    expect((await store.consume('k', 1)).allowed).toBe(true)
    expect(logs).toEqual([
      'Rate limits are decided without their store, which failed',
      'The onStateChange function failed',
    ])
  })

  test.each<Fallback>(['memory', 'allow', { share: 1 / 2 }])(
    'M15: with fallback %j, what was counted without the store is never given back to it',
    async (fallback) => {
      let broken = true
      const givenBack: unknown[] = []
      const store = withFallback(
        () => ({
          consume: () => (broken ? Promise.reject(away) : Promise.resolve(passed)),
          giveBack: (...taken) => void givenBack.push(taken),
          close() {},
        }),
        [limitOf(10)],
        { fallback, local: memoryStore(), warn: () => {} },
      )
      const here = await store.consume('k', 1)
      broken = false
      await vi.advanceTimersByTimeAsync(100)
      const there = await store.consume('k', 1)
      expect(store.degraded).toBe(false)
      await store.giveBack('k', 1, undefined, here.receipt)
      expect(givenBack).toEqual([])
      // A store may do without a receipt.
      await store.giveBack('k', 1, undefined, there.receipt)
      expect(givenBack).toEqual([['k', 1, undefined, undefined]])
    },
  )

  test('closed, it closes the store, leaves no timer, tells nothing more and still decides', async () => {
    const { store, changes, logs, closed } = fallBack(() => Promise.reject(away))
    const open = store.consume('k', 1)
    store.close()
    expect((await open).allowed).toBe(true)
    expect((await store.consume('k', 1)).allowed).toBe(true)
    expect([changes, logs, closed]).toEqual([[], [], ['shared']])
    expect(vi.getTimerCount()).toBe(0)
  })

  test('closed while a line of the log is due, it leaves no timer', async () => {
    let broken = true
    const { store } = fallBack(() => (broken ? Promise.reject(away) : Promise.resolve(passed)))
    await store.consume('k', 1)
    broken = false
    await vi.advanceTimersByTimeAsync(100)
    await store.consume('k', 1)
    await vi.advanceTimersByTimeAsync(0)
    expect(vi.getTimerCount()).toBe(1)
    store.close()
    expect(vi.getTimerCount()).toBe(0)
  })
})
