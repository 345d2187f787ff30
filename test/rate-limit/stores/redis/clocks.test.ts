import { Redis } from 'ioredis'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCalendar, type Calendar } from '../../../../src/rate-limit/calendar.ts'
import type { IoredisClient } from '../../../../src/rate-limit/stores/redis/client.ts'
import { redisStore } from '../../../../src/rate-limit/stores/redis/redis-store.ts'
import type { Limit, Store } from '../../../../src/rate-limit/stores/store.ts'
import { limitOf } from './clients.ts'
import { onServers } from './on-servers.ts'
import type { RedisServer } from './redis-server.ts'
import { simulatedClock, type SimulatedClock } from './simulated-clock.ts'

const SECOND = 1000
const HOUR = 3600 * SECOND
const DAY = 24 * HOUR

const days = limitOf(5, createCalendar('day', 1, 'Europe/Berlin'), { name: 'days' })
const months = limitOf(5, createCalendar('month', 15, 'America/New_York'), { name: 'months' })
const calendars = [days, months]

onServers('clocks.test.ts', 'The clock of a server', (startServer) => {
  let server: RedisServer
  let redis: Redis
  let clock: SimulatedClock
  let scripts = 0
  let client: IoredisClient
  let stores = 0

  beforeAll(async () => {
    server = await startServer()
    redis = new Redis(server.port, '127.0.0.1')
    clock = simulatedClock(redis)
    client = {
      ...clock.client,
      eval: async (...args) => {
        scripts++
        return clock.client.eval(...args)
      },
    }
  })

  afterAll(async () => {
    redis.disconnect()
    await server.stop()
  })

  function open(limits: readonly Limit[]): Required<Store> & { readonly key: string } {
    const prefix = `clocks-${stores++}:`
    const store = redisStore(client, { prefix, timeout: '10s' })(limits) as Required<Store>
    return { ...store, key: `${prefix}1:{k}` }
  }

  /** Counts the scripts that a store runs. */
  async function trips(ask: () => unknown): Promise<number> {
    const before = scripts
    await ask()
    return scripts - before
  }

  const now = Date.now()
  const today = (days.window as Calendar).periodAt(now)
  test.each([
    ['that of the machine', now, 1],
    ['before it by a day', today.start - HOUR, 1],
    ['ahead of it by a day', today.end, 1],
    ['before it by days', today.start - 3 * DAY, 2],
    ['ahead of it by days', today.end + 3 * DAY, 2],
    ['before it by years', now - 3000 * DAY, 2],
    ['ahead of it by years', now + 3000 * DAY, 2],
  ])(
    'is %s: a calendar is asked for once, and the first time once more at most',
    async (_name, start, first) => {
      clock.set(start)
      const store = open(calendars)
      expect(await trips(() => store.consume('k', 1))).toBe(first)
      for (let i = 1; i <= 4; i++) {
        clock.set(start + i)
        expect(await trips(() => store.consume('k', 1))).toBe(1)
      }
      expect(await trips(() => store.peek('k', 1))).toBe(1)
      const time = start + 5
      clock.set(time)
      const { standings, violated } = await store.consume('k', 1)
      expect(violated).toEqual([0, 1])
      const ends = [days, months].map(({ window }) => (window as Calendar).periodAt(time).end)
      expect(standings.map((one) => time + one!.resetAfter * SECOND)).toEqual(ends)
    },
  )

  test('that jumps while the store is used is followed, with one more question', async () => {
    const store = open(calendars)
    for (const off of [0, 400 * DAY, -400 * DAY, 0]) {
      clock.set(now + off)
      await store.consume(`client ${off}`, 1)
      expect(await trips(() => store.consume(`client ${off}`, 1))).toBe(1)
    }
  })

  test('is not asked for a second time by limits without a calendar', async () => {
    clock.set(now + 3000 * DAY)
    const store = open([limitOf(5, 60), limitOf(5, 60, { name: 'sliding', algorithm: 'sliding' })])
    expect(await trips(() => store.consume('k', 1))).toBe(1)
  })

  test('S05: that is set back moves no window when it is only peeked at', async () => {
    const store = open([...calendars, limitOf(5, 60)])
    clock.set(now + 90 * DAY)
    await store.consume('k', 5)
    clock.set(now)
    const before = await redis.getBuffer(store.key)
    expect(await store.peek('k', 1)).toMatchObject({ allowed: false, violated: [0, 1, 2] })
    expect(await redis.getBuffer(store.key)).toEqual(before)
    expect((await store.consume('k', 1)).allowed).toBe(false)
    expect(await redis.getBuffer(store.key), 'counted on').not.toEqual(before)
  })

  test('S05: that is set back keeps no client blocked for longer than the block was', async () => {
    const store = open([limitOf(5, 60)])
    clock.set(now + 90 * DAY)
    await store.block('k', 600)
    clock.set(now)
    expect(await store.peek('k', 1)).toMatchObject({ allowed: false, retryAfter: 600 })
    expect(await store.consume('k', 1)).toMatchObject({ allowed: false, retryAfter: 600 })
    clock.set(now + 599 * SECOND)
    expect(await store.consume('k', 1)).toMatchObject({ allowed: false, retryAfter: 1 })
    clock.set(now + 600 * SECOND)
    expect(await store.consume('k', 1)).toMatchObject({ allowed: true })
  })

  test.each([
    ['fixed', limitOf(3, 60), 60 * SECOND],
    ['sliding', limitOf(3, 60, { algorithm: 'sliding' }), 75 * SECOND],
    ['day', limitOf(3, createCalendar('day')), DAY],
  ])(
    'says in which %s window a request is given back: in its own, and in no other',
    async (_name, one, later) => {
      const store = open([one])
      const start = Date.UTC(2026, 5, 1, 12)
      clock.set(start)
      const first = await store.consume('k', 1)
      clock.set(start + 5)
      const second = await store.consume('k', 1)
      clock.set(start + 10)
      await store.giveBack('k', 1, undefined, second.receipt)
      expect(await store.peek('k', 1)).toMatchObject({ standings: [{ remaining: 2 }] })
      clock.set(start + later)
      await store.consume('k', 2)
      await store.giveBack('k', 1, undefined, first.receipt)
      expect(await store.peek('k', 1)).toMatchObject({ standings: [{ remaining: 1 }] })
    },
  )

  test('says that a request was counted before a reset, until it could be given back no more', async () => {
    const one = limitOf(9, 8, { algorithm: 'sliding' })
    const start = Math.ceil(now / (8 * SECOND)) * 8 * SECOND
    const store = open([one])
    clock.set(start)
    const before = await store.consume('k', 1)
    clock.set(start + 1)
    await store.reset('k')
    // The same part of the window.
    clock.set(start + 999)
    await store.consume('k', 3)
    for (const after of [1000, 7999, 8000, 8001, 8998]) {
      clock.set(start + after)
      await store.giveBack('k', 1, undefined, before.receipt)
      expect(await store.peek('k', 1), String(after)).toMatchObject({ standings: [{ remaining: 6 }] })
    }
  })
})
