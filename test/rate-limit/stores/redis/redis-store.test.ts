import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { createClient } from 'redis'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createCalendar } from '../../../../src/rate-limit/calendar.ts'
import type { Limit } from '../../../../src/rate-limit/stores/store.ts'
import type { RedisClient } from '../../../../src/rate-limit/stores/redis/client.ts'
import { redisStore, type RedisStoreOptions } from '../../../../src/rate-limit/stores/redis/redis-store.ts'
import { libraries, limitOf, untilReady, type Client } from './clients.ts'
import { onServers } from './on-servers.ts'
import type { RedisServer } from './redis-server.ts'

/** Within 5 s. */
const near = (seconds: number): number => expect.closeTo(seconds, -1) as number

describe('redisStore', () => {
  const client = new Redis({ lazyConnect: true })

  test.each([
    [undefined, 'undefined'],
    [null, 'null'],
    ['redis://localhost', '"redis://localhost"'],
    [{}, 'an object'],
    [Redis, 'a function'],
    [{ evalsha: () => {}, eval: () => {} }, 'an object'],
    [{ on: () => {}, off: () => {}, listenerCount: () => 0, evalSha: 1 }, 'an object'],
  ])('refuses as a client, when it is called, %#', (given, shown) => {
    expect(() => redisStore(given as RedisClient)).toThrow(
      `redisStore was called with ${shown}. Give a client of ioredis, iovalkey or redis (node-redis), or a cluster of them.`,
    )
  })

  test.each<[object | null, string]>([
    [null, 'redisStore was called with null. Give an object of options, or nothing.'],
    [{ prefx: 'a' }, 'redisStore has no "prefx". Did you mean prefix?'],
    [{ prefix: 1 }, 'Option prefix is 1. Give a text without { and }.'],
    [{ prefix: '{limits}' }, 'Option prefix is "{limits}". Give a text without { and }.'],
    ...[0, -1, 0.0005, 10.001, NaN, Infinity, 100, '100'].map((timeout): [object, string] => [
      { timeout },
      `Option timeout is ${typeof timeout === 'string' ? '"100"' : timeout}. Give seconds, or a text such as '500ms', '30s', '10m', '1h' or '7d', from '1ms' to '10s'.`,
    ]),
  ])('refuses the options %o', (options, message) => {
    expect(() => redisStore(client, options as RedisStoreOptions)).toThrow(
      expect.objectContaining({ name: 'SetupError', message }),
    )
  })

  test('takes undefined options as not given', () => {
    expect(() => redisStore(client, { prefix: undefined, timeout: undefined })).not.toThrow()
  })

  test('takes the clients of both libraries by their types', () => {
    expect(() => redisStore(createClient())).not.toThrow()
    expect(() => redisStore(new Redis.Cluster([], { lazyConnect: true }))).not.toThrow()
  })
})

onServers('redis-store.test.ts', 'redisStore', (startServer) => {
  let server: RedisServer
  let admin: Redis
  const clients: Client[] = []

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

  /** The stores of one limiter on both libraries, which count together. */
  function stores(limits: readonly Limit[], options?: RedisStoreOptions) {
    return clients.map(({ client }) => redisStore(client, { timeout: '10s', ...options })(limits))
  }

  test('M10: one limit is shared by stores on both clients, and headers and waits are true', async () => {
    const [a, b] = stores([limitOf(3, 60), limitOf(100, 'day', { name: 'day' })], { prefix: 'shared:' })
    const DAY = 86_400
    const answers = [
      await a!.consume('k', 1),
      await b!.consume('k', 1),
      await a!.consume('k', 2),
      await b!.consume('k', 1),
      await a!.consume('k', 1),
    ]
    const untilMidnight = DAY - ((Date.now() / 1000) % DAY)
    const standing = (remaining: number, resetAfter: number) => ({ remaining, resetAfter: near(resetAfter) })
    const day = (remaining: number) => standing(remaining, untilMidnight)
    const counted = { allowed: true, violated: [], retryAfter: 0, receipt: expect.any(Number) as number }
    expect(answers).toEqual([
      { ...counted, standings: [standing(2, 60), day(99)] },
      { ...counted, standings: [standing(1, 60), day(98)] },
      { allowed: false, standings: [standing(1, 60), day(98)], violated: [0], retryAfter: near(60) },
      { ...counted, standings: [standing(0, 60), day(97)] },
      { allowed: false, standings: [standing(0, 60), day(97)], violated: [0], retryAfter: near(60) },
    ])
  })

  test('M10: 1,000 parallel requests of two clients against a limit of 100: exactly 100 pass', async () => {
    const both = stores([limitOf(100)], { prefix: 'parallel:' })
    const answers = await Promise.all(
      Array.from({ length: 1_000 }, async (_, i) => both[i % 2]!.consume('k', 1)),
    )
    expect(answers.filter(({ allowed }) => allowed)).toHaveLength(100)
  })

  test.concurrent.each(['fixed', 'sliding'] as const)(
    'a %s window of less than a second ends, and its key expires',
    async (algorithm) => {
      const [store] = stores([limitOf(1, 0.6, { algorithm })], { prefix: `short-${algorithm}:` })
      const first = await store!.consume('k', 1)
      const second = await store!.consume('k', 1)
      expect([first.allowed, second.allowed]).toEqual([true, false])
      expect(second.retryAfter).toBeGreaterThan(0)
      expect(second.retryAfter).toBeLessThanOrEqual(0.6)
      expect(await admin.pttl(`short-${algorithm}:1:{k}`)).toBeGreaterThan(0)
      await sleep(second.retryAfter * 1000 + 1)
      expect((await store!.consume('k', 1)).allowed).toBe(true)
      await sleep(610)
      expect(await admin.exists(`short-${algorithm}:1:{k}`)).toBe(0)
    },
  )

  test('a key lives as long as its longest window that is open', async () => {
    const [long] = stores([limitOf(9, 60), limitOf(9, 30 * 86_400, { name: 'long' })], {
      prefix: 'live:',
    })
    await long!.consume('k', 1)
    expect(await admin.pttl('live:1:{k}')).toBeGreaterThan(30 * 86_400_000 - 5_000)
    // Another limiter with the same prefix, whose windows are short.
    const [short] = stores([limitOf(9, 0.1, { name: 'short' })], { prefix: 'live:' })
    await short!.consume('k', 1)
    expect(await admin.pttl('live:1:{k}')).toBeGreaterThan(30 * 86_400_000 - 5_000)
  })

  test('M03: a window of 30 days counts on', async () => {
    const [store] = stores([limitOf(2, 30 * 86_400)], { prefix: 'days:' })
    await store!.consume('k', 1)
    await sleep(50)
    expect(await store!.consume('k', 1)).toMatchObject({ allowed: true, standings: [{ remaining: 0 }] })
    expect((await store!.consume('k', 1)).allowed).toBe(false)
  })

  test('N11: a limit that is raised or lowered keeps what was counted, on machines of before and after', async () => {
    const minute = limitOf(5, 60, { name: 'minute' })
    const hour = limitOf(5, 3600, { name: 'hour', algorithm: 'sliding' })
    const [before] = stores([minute, hour], { prefix: 'changed:' })
    const [raised] = stores([{ ...minute, limit: 9 }, hour], { prefix: 'changed:' })
    const [lowered] = stores(
      [
        { ...minute, limit: 2 },
        { ...hour, limit: 1 },
      ],
      { prefix: 'changed:' },
    )
    await before!.consume('k', 3)
    expect(await raised!.consume('k', 1)).toMatchObject({
      allowed: true,
      standings: [{ remaining: 5 }, { remaining: 1 }],
    })
    expect(await lowered!.consume('k', 1)).toMatchObject({
      allowed: false,
      standings: [
        { remaining: 0, resetAfter: near(60) },
        { remaining: 0, resetAfter: near(3600) },
      ],
      violated: [0, 1],
    })
    expect(await before!.consume('k', 1), 'a refusal counts nothing').toMatchObject({
      allowed: true,
      standings: [{ remaining: 0 }, { remaining: 0 }],
    })
  })

  test('N11: with another name, window or algorithm a limit counts afresh, and only that one', async () => {
    const minute = limitOf(5, 60, { name: 'minute' })
    const hour = limitOf(5, 3600, { name: 'hour' })
    const [before] = stores([minute, hour], { prefix: 'mix:' })
    await before!.consume('k', 3)
    for (const other of [
      { name: 'upload' },
      { window: 60.001 },
      { window: createCalendar('day') },
      { algorithm: 'sliding' },
    ] as const) {
      const [changed] = stores([{ ...minute, ...other }], { prefix: 'mix:' })
      expect(await changed!.consume('k', 1)).toMatchObject({ standings: [{ remaining: 4 }] })
    }
    expect(await before!.consume('k', 1)).toMatchObject({
      allowed: true,
      standings: [{ remaining: 1 }, { remaining: 1 }],
    })
  })

  // Were they to change, every client's month would begin anew with a deployment.
  test('N11: the key of a client, and the ids of its limits below it, stay what they are', async () => {
    const [store] = stores([limitOf(5, 60, { name: 'minute' }), limitOf(5, 'month', { name: 'all' })])
    await store!.consume('k', 1)
    expect(await admin.keys('bizerror:*')).toEqual(['bizerror:1:{k}'])
    const value = await admin.getBuffer('bizerror:1:{k}')
    for (const id of ['yI1EJX', 'z4Eok6']) expect(value!.includes(id), id).toBe(true)
  })

  test('stores with other prefixes do not mix', async () => {
    const [a] = stores([limitOf(1)], { prefix: 'a:' })
    const [b] = stores([limitOf(1)], { prefix: 'b:' })
    expect([(await a!.consume('k', 1)).allowed, (await b!.consume('k', 1)).allowed]).toEqual([true, true])
  })

  test('every key is its own, whatever it is made of', async () => {
    const [store] = stores([limitOf(1)], { prefix: 'keys:' })
    const keys = [
      'k',
      '',
      ' ',
      'K',
      '{k}',
      '{k',
      'k}',
      '}',
      '{}',
      '%7d',
      '}}',
      '%',
      '%25',
      '%257d',
      'a}b',
      'a%7db',
      'é',
      'e\u0301',
      '\ud800',
      '\ud801',
      '\ufffd',
      '%d800',
      '1',
      '01',
      '😀',
      'x'.repeat(128),
      '*',
      'k\u0000',
    ]
    const answers = await Promise.all(keys.map(async (key) => store!.consume(key, 1)))
    expect(keys.filter((_, index) => !answers[index]!.allowed)).toEqual([])
    expect(await admin.keys('keys:*')).toHaveLength(keys.length)
    const again = await Promise.all(keys.map(async (key) => store!.consume(key, 1)))
    expect(keys.filter((_, index) => again[index]!.allowed)).toEqual([])
  })

  test('a cost above the limit is refused for as long as the window, and costs nothing', async () => {
    const [store] = stores([limitOf(5, 60), limitOf(50, 'month', { name: 'month' })], { prefix: 'cost:' })
    expect(await store!.consume('k', 6)).toEqual({
      allowed: false,
      standings: [
        { remaining: 5, resetAfter: 0 },
        { remaining: 50, resetAfter: 0 },
      ],
      violated: [0],
      retryAfter: 60,
    })
    expect(await admin.exists('cost:1:{k}')).toBe(0)
  })

  test('the script is sent once in full, and once more when the server has forgotten it', async () => {
    const [store] = stores([limitOf(100)], { prefix: 'sha:' })
    const { sent } = clients[0]!
    await store!.consume('k', 1)
    const before = sent()
    await store!.consume('k', 1)
    expect(sent() - before, 'EVALSHA').toBe(1)
    await admin.script('FLUSH')
    expect(await store!.consume('k', 1)).toMatchObject({ standings: [{ remaining: 97 }] })
    expect(sent() - before, 'EVALSHA twice and EVAL').toBe(3)
    await store!.consume('k', 1)
    expect(sent() - before, 'EVALSHA').toBe(4)
  })

  test('a request runs the script once and nothing else, whatever the number of limits', async () => {
    const many = Array.from({ length: 8 }, (_, i) => limitOf(1_000, 60 + i / 1000, { name: `p${i}` }))
    const [store] = stores(many, { prefix: 'trips:' })
    await store!.consume('k', 1)
    await admin.config('RESETSTAT')
    for (let i = 0; i < 10; i++) await store!.consume('k', 1)
    const stats = await admin.info('commandstats')
    const calls = Object.fromEntries(
      [...stats.matchAll(/cmdstat_(\w+):calls=(\d+)/g)].map(([, name, n]) => [name, Number(n)]),
    )
    expect(calls).toEqual({ evalsha: 10, get: 10, set: 10, time: 10 })
  })

  test('clients that return numbers as strings, or put a prefix before keys, count the same', async () => {
    const strange = new Redis({
      port: server.port,
      host: '127.0.0.1',
      stringNumbers: true,
      keyPrefix: 'app:',
    })
    const store = redisStore(strange, { prefix: 'limits:' })([limitOf(2)])
    await strange.ping()
    expect(await store.consume('k', 1)).toEqual({
      allowed: true,
      standings: [{ remaining: 1, resetAfter: 60 }],
      violated: [],
      retryAfter: 0,
      receipt: expect.any(Number) as number,
    })
    expect(await admin.exists('app:limits:1:{k}')).toBe(1)
    store.close()
    strange.disconnect()
  })
})
