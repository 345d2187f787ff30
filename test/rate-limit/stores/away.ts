import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import type { FallbackStore, StateChange } from '../../../src/rate-limit/stores/fallback/fallback.ts'
import { timed } from './timed.ts'

/** The most that any request may wait, in milliseconds, while a store is away. */
export const LIMIT = 300

export type Timed = Awaited<ReturnType<typeof timed>>

/** The store of one process, whose server may go away, with what it told. */
interface Machine {
  readonly store: FallbackStore
  readonly changes: readonly StateChange[]
}

/** Asks every few milliseconds until told to stop. */
export function traffic({ store }: Machine, pause = 4): { readonly end: () => Promise<readonly Timed[]> } {
  const answers: Promise<Timed>[] = []
  const ended = new AbortController()
  const run = (async () => {
    while (!ended.signal.aborted) {
      answers.push(timed(store, 'k'))
      await sleep(pause)
    }
  })()
  return {
    async end() {
      ended.abort()
      await run
      return Promise.all(answers)
    },
  }
}

export function expectAllPassedInTime(answers: readonly Timed[]): void {
  expect(answers.length).toBeGreaterThan(0)
  expect(answers.filter(({ allowed }) => !allowed)).toEqual([])
  expect(Math.max(...answers.map(({ ms }) => ms))).toBeLessThan(LIMIT)
}

/** Asks until the store is back, as the next clients do. */
export async function untilRestored({ store }: Machine): Promise<void> {
  await expect
    .poll(async () => (await store.consume('probe', 1), store.degraded), { interval: 20, timeout: 20_000 })
    .toBe(false)
}

export const states = ({ changes }: Machine): readonly string[] => changes.map(({ state }) => state)
