import * as fc from 'fast-check'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { idOf } from '../../../../src/rate-limit/stores/identity.ts'
import { redisStore } from '../../../../src/rate-limit/stores/redis/redis-store.ts'
import type { Store } from '../../../../src/rate-limit/stores/store.ts'
import { libraries, limitOf, machine, untilReady, type Client, type Machine } from './clients.ts'
import { pack, type Packable } from './message-pack.ts'
import { startRedis, WHY_SKIPPED, withoutRedis, type RedisServer } from './redis-server.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** Seconds. */
const LONGEST = (31 * DAY) / 1000
const LIMIT = 3

const limits = [
  limitOf(LIMIT, HOUR / 1000, { name: 'fixed' }),
  limitOf(LIMIT, HOUR / 1000, { name: 'sliding', algorithm: 'sliding' }),
  limitOf(LIMIT, 'day', { name: 'day' }),
  limitOf(LIMIT, 'month', { name: 'month' }),
]
/** What the limits are counted under. */
const [FIXED, SLIDING, ONE_DAY, MONTH] = limits.map(idOf) as [string, string, string, string]
const counters = [FIXED, SLIDING, ONE_DAY, MONTH]
const PART = HOUR / 8

function value(...counters: readonly (readonly [id: Packable, counter: Packable])[]): Buffer {
  return pack(new Map(counters))
}

/** As the script writes one: its end, the newest part, and the counts of ten parts. */
function sliding(end: number, part: number, ...counts: readonly number[]): readonly number[] {
  return [end, part, ...counts, ...Array.from({ length: 10 - counts.length }, () => 0)]
}

describe.skipIf(withoutRedis('hostile-values.test.ts'))(`A value in Redis${WHY_SKIPPED}`, () => {
  let server: RedisServer
  let admin: Redis
  let clients: readonly Client[]
  let runs = 0
  const soon = Date.now() + HOUR / 2
  const nowPart = Math.floor(Date.now() / PART)

  beforeAll(async () => {
    server = await startRedis()
    admin = new Redis(server.port, '127.0.0.1')
    clients = libraries.map(({ connect }) => connect(server.port))
    await Promise.all(clients.map(untilReady))
  })

  afterAll(async () => {
    for (const { end } of clients) end()
    admin.disconnect()
    await server.stop()
  })

  interface Run extends Machine {
    readonly prefix: string
    readonly key: string
    /** The store without its fallback. */
    readonly bare: Required<Store>
  }

  function open(client: Client): Run {
    const prefix = `run-${runs++}:`
    // Longer than anything takes here but a loop without an end.
    const options = { prefix, timeout: '10s' } as const
    const bare = redisStore(client.client, options)(limits) as Required<Store>
    return { ...machine(client.client, limits, options), bare, prefix, key: `${prefix}1:{k}` }
  }

  const commands: readonly ((store: Required<Store>) => unknown)[] = [
    (store) => store.peek('k', 1),
    (store) => store.giveBack('k', 1, undefined, Date.now() * 1000),
    (store) => store.block('k', 60),
    (store) => store.reset('k'),
  ]

  /** Expects that no command takes the value for ours. */
  async function refuseAll({ bare }: Run): Promise<void> {
    for (const command of commands) {
      await expect(async () => command(bare)).rejects.toThrow(expect.objectContaining({ name: 'KeyFailure' }))
    }
  }

  /** Asks five times, and checks what any answer must be, and that another key is counted in Redis. */
  async function ask({ store, changes, prefix }: Run, longest = LONGEST): Promise<readonly boolean[]> {
    const other = store.consume('other', 1)
    const decisions = await Promise.all([1, 2, 3, 4, 5].map(async () => store.consume('k', 1)))
    for (const { allowed, standings, retryAfter } of decisions) {
      for (const standing of standings) {
        const { remaining, resetAfter } = standing!
        expect([0, 1, 2, 3]).toContain(remaining)
        expect(resetAfter >= 0 && resetAfter <= longest, `reset ${resetAfter}`).toBe(true)
      }
      expect(retryAfter > 0 && retryAfter <= longest).toBe(!allowed)
    }
    expect(await other).toMatchObject({ allowed: true })
    expect(await admin.exists(`${prefix}1:{other}`), 'the other key').toBe(1)
    expect(changes).toEqual([])
    expect(store.degraded).toBe(false)
    return decisions.map(({ allowed }) => allowed)
  }

  const LOCAL = [true, true, true, false, false]

  const strange: Readonly<Record<string, () => Buffer>> = {
    'an empty text': () => Buffer.alloc(0),
    'a text': () => Buffer.from('hello'),
    'a number': () => Buffer.from('5'),
    JSON: () => Buffer.from('{"count":1}'),
    'bytes that are no MessagePack': () => Buffer.from([0xc1]),
    'an empty map': () => value(),
    'a list': () => pack([1, 2, 3]),
    'a list of counters': () => pack([[soon, 1]]),
    'a text that is packed': () => pack('hello'),
    nil: () => pack(null),
    'a map that is cut': () => value([FIXED, [soon, 1]]).subarray(0, -3),
    'a map with more behind it': () => Buffer.concat([value([FIXED, [soon, 1]]), pack(1)]),
    'foreign fields': () => value(['name', 'Bob'], ['age', 5]),
    'foreign fields beside ours': () => value([FIXED, [soon, 1]], ['name', 'Bob']),
    'a counter under a number': () => value([FIXED, [soon, 1]], [1, [soon, 1]]),
    'a counter under NaN': () => value([NaN, [soon, 1]]),
    'a counter that is a map': () => value([FIXED, new Map<Packable, Packable>([['end', soon]])]),
    'a counter without a count': () => value([FIXED, [soon]]),
    'a counter that is empty': () => value([FIXED, []]),
    'a counter with too much': () => value([FIXED, [soon, 1, 1]]),
    'a count that is a text': () => value([FIXED, [soon, '1']]),
    'a count that is a list': () => value([FIXED, [soon, [1]]]),
    'a count that is nil': () => value([FIXED, [soon, null]]),
    'a sliding counter that is a fixed one': () => value([SLIDING, [soon, 1]]),
    'a fixed counter that is a sliding one': () => value([FIXED, sliding(soon, nowPart, 1)]),
    'a sliding counter without a newest part': () => value([SLIDING, [soon]]),
    'a sliding counter that is too long': () => value([SLIDING, [...sliding(soon, nowPart, 1), 0]]),
    'a sliding counter of 5,000 parts': () =>
      value([SLIDING, [soon, nowPart, ...Array<number>(5000).fill(0)]]),
    'a block without a length': () => value([`${FIXED}!`, [soon]]),
    'a block whose length is a text': () => value([`${FIXED}!`, [soon, 'x']]),
    'a block that is longer than any': () => value([`${MONTH}!`, [soon, 401 * DAY]]),
    'a block with too much': () => value([FIXED, [soon, 1]], [`${FIXED}!`, [soon, 1, 1]]),
    'a megabyte of zeros': () => Buffer.alloc(1_000_000),
    'lists in lists, 60,000 deep': () => Buffer.alloc(60_000, 0x91),
    'a map that says that it has 4,294,967,295 members': () => Buffer.from([0xdf, 255, 255, 255, 255, 1, 1]),
    ...Object.fromEntries(
      [NaN, Infinity, -Infinity, 1e308, -1e308, -1, 0.5, 2 ** 53, 2 ** 63, 1e15].flatMap((number) => [
        [`a count of ${number}`, () => value([FIXED, [soon, number]])],
        [`a count of ${number} in a day`, () => value([ONE_DAY, [soon, number]])],
        [`a count of ${number} in a part`, () => value([SLIDING, sliding(soon, nowPart, 0, number)])],
      ]),
    ),
    ...Object.fromEntries(
      [NaN, Infinity, -Infinity, 1e308, -1e308, -1, soon + 0.5, 2 ** 53].flatMap((number) => [
        [`an end of ${number}`, () => value([FIXED, [number, 1]])],
        [`an end of ${number} of somebody else's`, () => value(['others', [number, 1]])],
        [`an end of ${number} in a sliding window`, () => value([SLIDING, sliding(number, nowPart, 1)])],
        [
          `a newest part ${number}`,
          () => value([SLIDING, sliding(soon, number === soon + 0.5 ? 0.5 : number, 1)]),
        ],
      ]),
    ),
  }

  describe('S05: decides that key alone, stays as it is, and is told once:', () => {
    test.each(Object.entries(strange))('S05: %s', async (_what, make) => {
      for (const client of clients) {
        const run = open(client)
        const before = make()
        await admin.set(run.key, before)
        expect(await ask(run)).toEqual(LOCAL)
        await refuseAll(run)
        expect((await admin.getBuffer(run.key))?.equals(before), 'is as it was').toBe(true)
        expect(run.logs.map(([message, error]) => [message, String(error)])).toEqual([
          [
            'Rate limits of a key are decided without their store',
            `KeyFailure: A value in Redis below "${run.prefix}" is not ours`,
          ],
        ])
        run.store.close()
      }
    })

    const types: Readonly<Record<string, (key: string) => Promise<unknown>>> = {
      list: (key) => admin.lpush(key, 'a', 'b'),
      hash: (key) => admin.hset(key, FIXED, '1', 'name', 'Bob'),
      set: (key) => admin.sadd(key, FIXED),
      zset: (key) => admin.zadd(key, 1, FIXED),
      stream: (key) => admin.xadd(key, '*', 'a', 'b'),
      HyperLogLog: (key) => admin.pfadd(key, 'a'),
    }
    test.each(Object.entries(types))('S05: a %s', async (type, set) => {
      for (const client of clients) {
        const run = open(client)
        await set(run.key)
        expect(await ask(run)).toEqual(LOCAL)
        await refuseAll(run)
        expect(run.logs).toHaveLength(1)
        expect(await admin.type(run.key)).toBe(type === 'HyperLogLog' ? 'string' : type)
        run.store.close()
      }
    })
  })

  test('S05: that was decided locally is counted in Redis once it is gone', async () => {
    const run = open(clients[0]!)
    await admin.set(run.key, 'hello')
    await run.store.consume('k', 1)
    await admin.del(run.key)
    expect(await run.store.consume('k', 1)).toMatchObject({
      standings: limits.map(() => ({ remaining: 2 })),
    })
    expect(await admin.exists(run.key)).toBe(1)
    run.store.close()
  })

  test('S05: whose windows are over counts no more, whatever is in them', async () => {
    const run = open(clients[0]!)
    await admin.set(
      run.key,
      value([FIXED, [1, 3]], [SLIDING, sliding(2, 0, 3)], [ONE_DAY, [DAY, 'x']], [MONTH, [31 * DAY, 3]]),
    )
    expect(await ask(run)).toEqual([true, true, true, false, false])
    expect(run.logs).toEqual([])
    run.store.close()
  })

  test('S05: whose newest part is old or ahead is shifted in bounded time, and counts on', async () => {
    for (const part of [0, 1, nowPart - 1_000_000, nowPart + 1_000_000, 2 ** 53 - 1]) {
      const run = open(clients[0]!)
      await admin.set(run.key, value([SLIDING, sliding(soon, part, 1)]))
      const allowed = await ask(run)
      expect(allowed.filter(Boolean).length, String(part)).toBeGreaterThanOrEqual(2)
      expect(run.logs).toEqual([])
      run.store.close()
    }
  })

  test('N11: that counted more than the limit, because it was lowered since, refuses until its end', async () => {
    const run = open(clients[0]!)
    const used = LIMIT + 1
    await admin.set(
      run.key,
      value(
        [FIXED, [soon, used]],
        [SLIDING, sliding(soon, nowPart, 0, used)],
        [MONTH, [soon, 999_999_999_999_999]],
      ),
    )
    expect(await ask(run)).toEqual([false, false, false, false, false])
    expect(run.logs).toEqual([])
    run.store.close()
  })

  test('S05: with an end in a thousand years keeps nobody out for longer than a window, and expires', async () => {
    const far = soon + 1000 * 366 * DAY
    const run = open(clients[0]!)
    await admin.set(
      run.key,
      value([FIXED, [far, 3]], [SLIDING, sliding(far, 0, 3)], [ONE_DAY, [far, 3]], ['others', [far, 3]]),
    )
    expect(await ask(run)).toEqual([false, false, false, false, false])
    expect(await admin.pttl(run.key)).toBeLessThanOrEqual(400 * DAY)
    expect(await admin.pttl(run.key)).toBeGreaterThan(0)
    run.store.close()
  })

  test('S05: with a block until a thousand years keeps nobody out for longer than the block says', async () => {
    const run = open(clients[0]!)
    await admin.set(run.key, value([`${FIXED}!`, [soon + 1000 * 366 * DAY, HOUR]], [FIXED, [soon, 1]]))
    expect(await ask(run)).toEqual([false, false, false, false, false])
    expect(await run.bare.peek('k', 1)).toMatchObject({
      violated: [0],
      retryAfter: expect.closeTo(3600, -2) as number,
    })
    expect(await admin.pttl(run.key)).toBeLessThanOrEqual(HOUR)
    run.store.close()
  })

  test('S05: whose reset is no time is given nothing back, and stays as it is', async () => {
    for (const reset of [[soon], [soon, 'x'], [soon, NaN], [soon, -1], [soon, 1, 1]]) {
      const run = open(clients[0]!)
      const before = value([FIXED, [soon, 2]], [`${FIXED}~`, reset])
      await admin.set(run.key, before)
      for (const command of commands.slice(1)) {
        await expect(async () => command(run.bare)).rejects.toThrow(
          expect.objectContaining({ name: 'KeyFailure' }),
        )
      }
      expect((await admin.getBuffer(run.key))?.equals(before)).toBe(true)
      run.store.close()
    }
  })

  test('S05: with an end in a thousand years is reset, and what is kept of that expires', async () => {
    const run = open(clients[0]!)
    const far = soon + 1000 * 366 * DAY
    await admin.set(
      run.key,
      value([FIXED, [far, 3]], [SLIDING, sliding(far, 0, 3)], [ONE_DAY, [2 ** 53 - 1, 3]]),
    )
    await run.bare.reset('k')
    expect(await admin.pttl(run.key)).toBeLessThanOrEqual(400 * DAY)
    expect(await ask(run)).toEqual([true, true, true, false, false])
    run.store.close()
  })

  const odd = fc.oneof(
    fc.constantFrom(
      NaN,
      Infinity,
      -Infinity,
      1e308,
      -1e308,
      5e-324,
      -0,
      0,
      1,
      2,
      3,
      4,
      -1,
      0.5,
      2 ** 31,
      2 ** 53,
      2 ** 63,
    ),
    fc.integer({ min: -5, max: 5 }).map((off) => soon + off * DAY),
    fc.integer({ min: -20, max: 20 }).map((off) => nowPart + off),
    fc.double(),
  )
  const anything = fc.letrec<{ value: Packable }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      odd,
      fc.string({ maxLength: 5 }),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 14 }),
      fc.array(fc.tuple(tie('value'), tie('value')), { maxLength: 4 }).map((all) => new Map(all)),
    ),
  })).value
  const nearlyOurs = fc.oneof(
    fc.tuple(odd, odd),
    fc.tuple(fc.constant(soon), odd),
    fc.tuple(odd, fc.constantFrom(0, 1, 3)),
    fc.array(odd, { minLength: 12, maxLength: 12 }),
    fc
      .tuple(
        fc.constantFrom(soon, soon - HOUR, soon + HOUR),
        odd,
        fc.array(fc.constantFrom(0, 1, 2, 3), { minLength: 10, maxLength: 10 }),
      )
      .map(([end, part, counts]) => [end, part].concat(counts)),
    anything,
  )
  const valuesUnder = (...ids: readonly Packable[]): fc.Arbitrary<Buffer> =>
    fc.oneof(
      {
        weight: 6,
        arbitrary: fc
          .array(fc.tuple(fc.constantFrom(...ids), nearlyOurs), {
            minLength: 1,
            maxLength: 5,
          })
          .map((all) => value(...all)),
      },
      anything.map(pack),
      fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    )

  test('S05: of any bytes is answered as any other, and no other key is decided without Redis', async () => {
    await fc.assert(
      fc.asyncProperty(valuesUnder(...counters, 'others'), fc.boolean(), async (bytes, first) => {
        const run = open(clients[first ? 0 : 1]!)
        await admin.set(run.key, bytes)
        await ask(run)
        run.store.close()
        await admin.del(run.key)
      }),
      { numRuns: 80 },
    )
  })

  test('S05: of any bytes fails no command but for its key, and keeps nobody out for longer than a block may last', async () => {
    const all = counters.flatMap((id) => [id, `${id}!`, `${id}~`])
    await fc.assert(
      fc.asyncProperty(
        valuesUnder(...all),
        fc.boolean(),
        fc.shuffledSubarray([...commands], { minLength: 1 }),
        async (bytes, first, some) => {
          const run = open(clients[first ? 0 : 1]!)
          await admin.set(run.key, bytes)
          for (const command of some) {
            try {
              await command(run.bare)
            } catch (error) {
              expect(error).toMatchObject({ name: 'KeyFailure' })
            }
          }
          await ask(run, (400 * DAY) / 1000)
          run.store.close()
          await admin.del(run.key)
        },
      ),
      { numRuns: 80 },
    )
  })
})
