import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { cooldown, memoryStore, type Logger } from '../../src/rate-limit/index.ts'
import { BizError } from '../../src/catalogs/cloud-waf.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'], now: Date.UTC(2026, 10, 20, 12) })
})
afterEach(() => {
  vi.useRealTimers()
})

test('a key rests from its start until the window has passed, and tells the seconds that are left', async () => {
  const alerts = cooldown({ window: '10m' })
  expect(await alerts.start('a')).toBe(0)
  expect(await alerts.start('a')).toBe(600)
  vi.advanceTimersByTime(599_001)
  expect(await alerts.start('a')).toBe(1)
  expect(await alerts.start('b')).toBe(0)
  // Asking while it rests does not prolong it.
  vi.advanceTimersByTime(999)
  expect([await alerts.start('a'), await alerts.start('a')]).toEqual([0, 600])
})

test('what is left is what an alert in cooldown answers', async () => {
  const alerts = cooldown({ window: '90s' })
  await alerts.start(7)
  const error = new BizError(5008, { retryAfter: await alerts.start(7) })
  expect(error.headers).toEqual({ 'Retry-After': '90' })
})

test('of a thousand callers at once one starts it', async () => {
  const alerts = cooldown({ window: '1h' })
  const left = await Promise.all(Array.from({ length: 1000 }, () => alerts.start('a')))
  expect(left.filter((seconds) => seconds === 0)).toHaveLength(1)
  expect(left.filter((seconds) => seconds === 3600)).toHaveLength(999)
})

test('a calendar window rests to its end', async () => {
  const reports = cooldown({ window: 'day' })
  expect([await reports.start('a'), await reports.start('a')]).toEqual([0, 12 * 3600])
})

test('two cooldowns count apart', async () => {
  const store = memoryStore()
  const [one, other] = [cooldown({ window: '1m', store }), cooldown({ window: '1m', store, name: 'other' })]
  expect([await one.start('a'), await other.start('a'), await one.start('a')]).toEqual([0, 0, 60])
})

test('without a key nothing rests, and the log says so at most once in 10 s', async () => {
  const warnings: string[] = []
  const logger: Logger = { error: () => {}, warn: (_record, message) => warnings.push(message) }
  const alerts = cooldown({ window: '1m', logger })
  for (const key of ['', undefined, null, {}, NaN, '']) expect(await alerts.start(key as string)).toBe(0)
  expect(warnings).toEqual(['A cooldown was started without a key: give a text or a number'])
})

test('a store that fails is replaced by memory; one that breaks its contract stops nothing', async () => {
  const logger: Logger = { error: () => {} }
  const away = cooldown({
    window: '1m',
    logger,
    store: () => ({ consume: () => Promise.reject(new Error('away')), close: () => {} }),
  })
  expect([await away.start('a'), await away.start('a'), away.degraded]).toEqual([0, 60, true])
  away.close()
  for (const decision of [undefined, {}, { standings: [], violated: [0], retryAfter: 9 }]) {
    const broken = cooldown({
      window: '1m',
      logger,
      store: () => ({ consume: () => Promise.resolve(decision as never), close: () => {} }),
    })
    expect([await broken.start('a'), await broken.start('a')]).toEqual([0, 0])
  }
})
