import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createCalendar } from '../../../../src/rate-limit/calendar.ts'
import { redisStore, type RedisStoreOptions } from '../../../../src/rate-limit/stores/redis/redis-store.ts'
import type { Limit, Store } from '../../../../src/rate-limit/stores/store.ts'
import { libraries, limitOf, untilReady, type Client } from './clients.ts'
import { onServers } from './on-servers.ts'
import type { RedisServer } from './redis-server.ts'

const HOUR = 3_600_000

async function remaining(store: Required<Store>, key = 'k'): Promise<readonly (number | undefined)[]> {
  const { standings } = await store.peek(key, 1)
  return standings.map((standing) => standing?.remaining)
}

onServers('commands.test.ts', 'The Redis store', (startServer) => {
  let server: RedisServer
  let admin: Redis
  const clients: Client[] = []
  let prefixes = 0

  beforeAll(async () => {
    server = await startServer()
    admin = new Redis(server.port, '127.0.0.1')
    clients.push(...libraries.map(({ connect }) => connect(server.port)))
    await Promise.all(clients.map(untilReady))
  })

  afterAll(async () => {
    for (const { end } of clients) end()
    admin.disconnect()
    await server.stop()
  })

  interface Opened {
    readonly store: Required<Store>
    /** Another limiter that shares the values. */
    readonly beside: (limits: readonly Limit[]) => Required<Store>
    readonly key: string
    readonly sent: () => number
  }

  function open(limits: readonly Limit[], library = 0, options: RedisStoreOptions = {}): Opened {
    const prefix = `commands-${prefixes++}:`
    const { client, sent } = clients[library]!
    const factory = redisStore(client, { prefix, timeout: '10s', ...options })
    const beside = (others: readonly Limit[]): Required<Store> => factory(others) as Required<Store>
    return { store: beside(limits), beside, key: `${prefix}1:{k}`, sent }
  }

  const all = [
    limitOf(9, 60, { name: 'fixed' }),
    limitOf(9, 60, { name: 'sliding', algorithm: 'sliding' }),
    limitOf(9, createCalendar('week', 1, 'Europe/Berlin'), { name: 'calendar' }),
  ]

  describe.each(libraries.map(({ name }, index) => [name, index] as const))('with %s', (_name, library) => {
    test('sends each command once, and once more in full where the server has forgotten it', async () => {
      const { store, sent } = open(all, library)
      const { receipt } = await store.consume('k', 1)
      const commands: readonly (() => unknown)[] = [
        () => store.consume('k', 1),
        () => store.peek('k', 1),
        () => store.giveBack('k', 1, undefined, receipt),
        () => store.block('k', 60),
        () => store.reset('k'),
      ]
      for (const command of commands) {
        await command()
        const before = sent()
        await command()
        expect(sent() - before, 'EVALSHA').toBe(1)
        await admin.script('FLUSH')
        await command()
        expect(sent() - before, 'EVALSHA twice and EVAL').toBe(3)
      }
    })

    test('gives back what was counted, in all windows, and never more', async () => {
      const { store, beside, key } = open(all, library)
      const first = await store.consume('k', 2)
      const second = await store.consume('k', 3)
      await store.giveBack('k', 2, undefined, first.receipt)
      expect(await remaining(store)).toEqual([6, 6, 6])
      await store.giveBack('k', 2, undefined, first.receipt)
      await store.giveBack('k', 2, undefined, first.receipt)
      expect(await remaining(store), 'not below zero').toEqual([9, 9, 9])
      await store.giveBack('k', 3, undefined, second.receipt)
      expect(await remaining(store)).toEqual([9, 9, 9])
      const [fixed] = [beside([all[0]!])]
      await admin.del(key)
      const { receipt } = await fixed!.consume('k', 1)
      await fixed!.giveBack('k', 1, undefined, receipt)
      expect(await admin.exists(key), 'nothing is left to keep').toBe(0)
    })
  })

  test('a limit whose number is undefined counts nothing, is given nothing back, and tells nothing', async () => {
    const { store } = open([...all, limitOf(5, 60, { name: 'own', limit: undefined })])
    const numbers = [9, undefined, 4, 2]
    const { receipt, standings, allowed } = await store.consume('k', 2, numbers)
    expect(allowed).toBe(true)
    expect(standings.map((standing) => standing?.remaining)).toEqual([7, undefined, 2, 0])
    expect((await store.consume('k', 1, numbers)).violated).toEqual([3])
    expect(await remaining(store)).toEqual([7, 9, 7, undefined])
    await store.giveBack('k', 2, [undefined, 9, 4, 2], receipt)
    expect((await store.peek('k', 1, [9, 9, 9, 9])).standings.map((one) => one!.remaining)).toEqual([
      7, 9, 9, 9,
    ])
    const nothing = await store.consume('k', 1, [undefined, undefined, undefined, undefined])
    expect(nothing).toEqual({
      allowed: true,
      standings: [undefined, undefined, undefined, undefined],
      violated: [],
      retryAfter: 0,
    })
  })

  test('a request that no limit counts leaves nothing in Redis', async () => {
    const { store, key } = open(all)
    await store.consume('k', 1, [undefined, undefined, undefined])
    expect(await admin.exists(key)).toBe(0)
  })

  test('a limit of 0 refuses for as long as its window, and counts nothing', async () => {
    const { store, key } = open(all)
    expect(await store.consume('k', 1, [9, 0, 0])).toMatchObject({
      allowed: false,
      standings: [{ remaining: 9 }, { remaining: 0 }, { remaining: 0 }],
      violated: [1, 2],
      retryAfter: 604_800,
    })
    expect(await admin.exists(key)).toBe(0)
  })

  test('N11: what was counted stays while the number changes with each request', async () => {
    const { store } = open(all)
    expect((await store.consume('k', 3, [3, 3, 3])).allowed).toBe(true)
    expect((await store.consume('k', 1, [3, 3, 3])).violated).toEqual([0, 1, 2])
    expect(await store.consume('k', 1, [100, 5, 4])).toMatchObject({
      allowed: true,
      standings: [{ remaining: 96 }, { remaining: 1 }, { remaining: 0 }],
    })
    expect((await store.consume('k', 1, [1, 9, 9])).violated).toEqual([0])
    expect(await remaining(store)).toEqual([5, 5, 5])
  })

  test('to peek tells what would be decided, without the cost, and writes nothing', async () => {
    const { store, key } = open(all)
    const fresh = await store.peek('k', 9)
    expect(fresh).toEqual({
      allowed: true,
      standings: all.map(() => ({ remaining: 9, resetAfter: 0 })),
      violated: [],
      retryAfter: 0,
    })
    expect(await admin.exists(key)).toBe(0)
    await store.consume('k', 4)
    const [before, expires] = [await admin.getBuffer(key), await admin.call('PEXPIRETIME', key)]
    await admin.config('RESETSTAT')
    const decisions = [await store.peek('k', 5), await store.peek('k', 6), await store.peek('k', 10)]
    expect(decisions.map(({ allowed, violated, receipt }) => [allowed, violated, receipt])).toEqual([
      [true, [], undefined],
      [false, [0, 1, 2], undefined],
      [false, [0, 1, 2], undefined],
    ])
    expect(decisions[2]!.retryAfter).toBe(604_800)
    expect(decisions[1]!.standings.map((one) => one!.remaining)).toEqual([5, 5, 5])
    expect(await admin.getBuffer(key)).toEqual(before)
    expect(await admin.call('PEXPIRETIME', key)).toBe(expires)
    expect(await admin.info('commandstats')).not.toMatch(/cmdstat_(?:set|del):/)
  })

  test('a fixed window that was given back in full is closed: the next request begins one', async () => {
    const { store, key } = open([limitOf(3, 0.3)])
    const { receipt } = await store.consume('k', 1)
    await sleep(200)
    await store.giveBack('k', 1, undefined, receipt)
    expect(await admin.exists(key)).toBe(0)
    const { standings } = await store.consume('k', 1)
    expect(standings[0]!.resetAfter).toBe(0.3)
  })

  test('a give-back prolongs nothing, and makes nothing where all is gone', async () => {
    const { store, key } = open(all)
    const { receipt } = await store.consume('k', 2)
    const before = (await admin.call('PEXPIRETIME', key)) as number
    await sleep(20)
    await store.giveBack('k', 1, undefined, receipt)
    // PX is told in whole milliseconds from the server's time.
    expect(Math.abs(((await admin.call('PEXPIRETIME', key)) as number) - before)).toBeLessThanOrEqual(2)
    await admin.del(key)
    await store.giveBack('k', 2, undefined, receipt)
    expect(await admin.exists(key), 'as after a restart of Redis').toBe(0)
  })

  test.each([undefined, null, NaN, 'x', {}, { counted: 1 }])(
    'nothing is given back for the receipt %o',
    async (receipt) => {
      const { store } = open(all)
      await store.consume('k', 1)
      await store.giveBack('k', 1, undefined, receipt)
      expect(await remaining(store)).toEqual([8, 8, 8])
    },
  )

  test('a reset forgets the counts and the block of its own policies, and of no others', async () => {
    const { store, beside, key } = open(all)
    const other = beside([limitOf(9, 60, { name: 'other' }), all[0]!])
    await other.consume('k', 2)
    await other.block('k', 60)
    await store.reset('k')
    expect(await other.peek('k', 1)).toMatchObject({
      allowed: false,
      violated: [0],
      standings: [{ remaining: 0 }, { remaining: 9 }],
    })
    expect(await store.consume('k', 9), 'all of it is free').toMatchObject({ allowed: true })
    await other.reset('k')
    expect(await remaining(other)).toEqual([9, 9])
    expect(await remaining(store)).toEqual([9, 0, 0])
    await store.reset('another key')
    expect(await admin.exists(key.replace('{k}', '{another key}'))).toBe(0)
  })

  test('nothing that was counted before a reset is given back after it', async () => {
    const { store } = open(all)
    const before = await store.consume('k', 1)
    await store.reset('k')
    const after = await store.consume('k', 3)
    await store.giveBack('k', 1, undefined, before.receipt)
    expect(await remaining(store)).toEqual([6, 6, 6])
    await store.giveBack('k', 3, undefined, after.receipt)
    expect(await remaining(store)).toEqual([9, 9, 9])
    await store.reset('k')
    await store.giveBack('k', 3, undefined, after.receipt)
    expect(await remaining(store)).toEqual([9, 9, 9])
  })

  test('what is kept of a reset expires with the windows that it ended', async () => {
    const { store, key } = open([limitOf(3, 0.2), limitOf(3, 0.2, { name: 'sliding', algorithm: 'sliding' })])
    await store.consume('k', 3)
    await store.reset('k')
    expect(await admin.pttl(key)).toBeLessThanOrEqual(225)
    await sleep(240)
    expect(await admin.exists(key)).toBe(0)
  })

  test('a block uses up all limits for its time, the last one counts, and counts stay below it', async () => {
    const { store, key } = open(all)
    await store.consume('k', 2)
    await store.block('k', 3600)
    await store.block('k', 120)
    for (const decision of [await store.consume('k', 1), await store.peek('k', 1)]) {
      expect(decision).toEqual({
        allowed: false,
        standings: all.map(() => ({ remaining: 0, resetAfter: expect.any(Number) as number })),
        violated: [0, 1, 2],
        retryAfter: expect.closeTo(120, -1) as number,
      })
      const resets = decision.standings.map((standing) => standing!.resetAfter)
      expect(resets.slice(0, 2)).toEqual([decision.retryAfter, decision.retryAfter])
    }
    expect(await store.consume('k', 1, [undefined, 9, undefined])).toMatchObject({
      allowed: false,
      standings: [undefined, { remaining: 0 }, undefined],
      violated: [1],
    })
    expect(await store.consume('k', 1, [undefined, undefined, undefined])).toMatchObject({
      allowed: false,
      standings: [undefined, undefined, undefined],
      violated: [],
      retryAfter: expect.closeTo(120, -1) as number,
    })
    await store.block('k', 0.05)
    await sleep(60)
    expect(await remaining(store), 'nothing was counted meanwhile').toEqual([7, 7, 7])
    expect(await admin.pttl(key)).toBeGreaterThan(59_000)
  })

  test('a block alone is a key that expires with it', async () => {
    const { store, key } = open(all)
    await store.block('k', 0.1)
    expect(await admin.pttl(key)).toBeLessThanOrEqual(100)
    await sleep(110)
    expect(await admin.exists(key)).toBe(0)
    expect((await store.consume('k', 1)).allowed).toBe(true)
  })

  test('policies that count together are blocked together, and others of the same client are not', async () => {
    const { store, beside } = open([limitOf(9, 60, { name: 'login' })])
    const [same, mixed, other] = [
      beside([limitOf(5, 60, { name: 'login' })]),
      beside([limitOf(9, 60, { name: 'api' }), limitOf(5, 60, { name: 'login' })]),
      beside([limitOf(9, 60, { name: 'api' })]),
    ]
    await store.block('k', 60)
    expect((await same.consume('k', 1)).violated).toEqual([0])
    expect(await mixed.consume('k', 1)).toMatchObject({
      allowed: false,
      standings: [{ remaining: 9 }, { remaining: 0 }],
      violated: [1],
    })
    expect((await other.consume('k', 1)).allowed).toBe(true)
    expect((await store.consume('another', 1)).allowed).toBe(true)
    await same.reset('k')
    expect((await store.consume('k', 1)).allowed, 'unblocked').toBe(true)
  })

  test('N02: no command is waited for longer than the timeout, nor sent to a client that is not connected', async () => {
    const own = await startServer()
    const client = libraries[0]!.connect(own.port)
    await untilReady(client)
    const store = redisStore(client.client, { timeout: '50ms' })(all) as Required<Store>
    const { receipt } = await store.consume('k', 1)
    const commands: readonly (() => Promise<unknown>)[] = [
      async () => store.peek('k', 1),
      async () => store.giveBack('k', 1, undefined, receipt),
      async () => store.reset('k'),
      async () => store.block('k', 60),
    ]
    own.pause()
    for (const command of commands)
      await expect(command()).rejects.toThrow('No answer within 50 ms, the timeout')
    own.resume()
    await own.stop()
    await expect.poll(() => 'status' in client.client && client.client.status).toBe('reconnecting')
    for (const command of commands)
      await expect(command()).rejects.toThrow('The Redis client is not connected')
    store.close()
    client.end()
  })

  test('all commands work beside limits of a month for a client that has many windows open', async () => {
    const many = Array.from({ length: 8 }, (_, index) =>
      limitOf(50, index % 2 ? createCalendar('month', index + 1, 'Asia/Kathmandu') : index * 60 + 1, {
        name: `p${index}`,
        algorithm: index % 4 === 0 ? 'sliding' : 'fixed',
      }),
    )
    const { store, key } = open(many)
    const receipts = []
    for (let i = 0; i < 20; i++) receipts.push((await store.consume('k', 2)).receipt)
    await Promise.all(receipts.map(async (receipt) => store.giveBack('k', 1, undefined, receipt)))
    expect(await remaining(store)).toEqual(many.map(() => 30))
    await store.block('k', 60)
    await store.reset('k')
    expect(await remaining(store)).toEqual(many.map(() => 50))
    expect(await admin.strlen(key)).toBeLessThan(1024)
    expect(await admin.pttl(key)).toBeLessThanOrEqual(32 * 24 * HOUR)
  })
})
