import * as fc from 'fast-check'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCalendar } from '../../../../src/rate-limit/calendar.ts'
import { idOf } from '../../../../src/rate-limit/stores/identity.ts'
import {
  describeWithPostgres,
  START_TIMEOUT,
  startPostgres,
  type Postgres,
} from '../../../identify/families/databases/postgres.ts'
import { limitOf, machine, poolOf, type CountingPool, type Machine } from './machines.ts'

const HOUR = 3_600_000
/** Seconds. */
const LONGEST = 31 * 86_400
const LIMIT = 3

const limits = [
  limitOf(LIMIT, HOUR / 1000, { name: 'fixed' }),
  limitOf(LIMIT, HOUR / 1000, { name: 'sliding', algorithm: 'sliding' }),
  limitOf(LIMIT, createCalendar('month'), { name: 'month' }),
]
const [FIXED, SLIDING, MONTH] = limits.map(idOf) as [string, string, string]

/** The counts of all parts of a sliding window, the newest first. */
const parts = (...counts: unknown[]): unknown[] => [
  ...counts,
  ...Array.from({ length: 10 - counts.length }, () => 0),
]

describeWithPostgres('A row in PostgreSQL', () => {
  let server: Postgres
  let admin: Client
  let pool: CountingPool
  let one: Machine
  let keys = 0
  const now = Date.now()
  const soon = now + HOUR / 2
  const part = Math.floor(now / (HOUR / 8))

  beforeAll(async () => {
    server = await startPostgres()
    admin = new Client(server.connection)
    await admin.connect()
    pool = poolOf(server)
    one = machine(pool, limits, { timeout: '10s' })
    await one.store.consume('other', 1)
  }, START_TIMEOUT)

  afterAll(async () => {
    one?.store.close()
    await pool?.pool.end()
    await admin?.end()
    await server?.stop()
  })

  const begun = performance.now()

  async function put(counters: unknown): Promise<string> {
    const key = `row-${keys++}`
    await admin.query("INSERT INTO bizerror_limits VALUES ($1, $2, now() + interval '1 hour')", [
      key,
      JSON.stringify(counters),
    ])
    return key
  }

  /** Asks five times, and checks what any answer must be, and that other keys are counted in PostgreSQL. */
  async function ask(key: string): Promise<readonly boolean[]> {
    const decisions = []
    for (let i = 0; i < 5; i++) {
      const decision = await one.store.consume(key, 1)
      decisions.push(decision)
      await one.store.peek(key, 1)
      await one.store.giveBack(key, 1, [undefined, undefined, undefined], decision.receipt)
    }
    for (const { allowed, standings, retryAfter } of decisions) {
      for (const standing of standings) {
        expect([0, 1, 2, 3]).toContain(standing?.remaining)
        expect(standing!.resetAfter >= 0 && standing!.resetAfter <= LONGEST, `${standing!.resetAfter}`).toBe(
          true,
        )
      }
      expect(retryAfter > 0 && retryAfter <= LONGEST).toBe(!allowed)
    }
    expect((await one.store.peek('other', 1)).standings[0]).toMatchObject({ remaining: 2 })
    expect(one.changes).toEqual([])
    return decisions.map(({ allowed }) => allowed)
  }

  async function countersOf(key: string): Promise<unknown> {
    const { rows } = await admin.query<{ counters: unknown }>(
      'SELECT counters FROM bizerror_limits WHERE key = $1',
      [key],
    )
    return rows[0]?.counters
  }

  const LOCAL = [true, true, true, false, false]
  const born = (now - 1000) * 1000

  const strange: Readonly<Record<string, unknown>> = {
    'a text': 'hello',
    'a number': 5,
    true: true,
    nothing: null,
    'a list': [1, 2, 3],
    'a counter that is a number': { [FIXED]: 5 },
    'a counter that is a text': { [FIXED]: '{1,2,3,4}x' },
    'a counter that is a map': { [FIXED]: { end: soon } },
    'a counter that is a list of lists': { [FIXED]: [[soon, born, 0, 1]] },
    'a counter without a count': { [FIXED]: [soon, born, 0] },
    'a counter with too much': { [FIXED]: [soon, born, 0, 1, 1] },
    'a count that is a text': { [FIXED]: [soon, born, 0, 'x'] },
    'a count that is null': { [FIXED]: [soon, born, 0, null] },
    'a count that is true': { [FIXED]: [soon, born, 0, true] },
    'an end that is null': { [FIXED]: [null, born, 0, 1] },
    'a sliding counter that is a fixed one': { [SLIDING]: [soon, born, 0, 1] },
    'a fixed counter that is a sliding one': { [FIXED]: [soon, born, part, ...parts(1)] },
    'a sliding counter of 5,000 parts': { [SLIDING]: [soon, born, part, ...Array<number>(5_000).fill(0)] },
    'a block that is a text': { [`${FIXED}!`]: 'x' },
    'a block of two ends': { [`${FIXED}!`]: [soon, soon] },
    'a block that is negative': { [`${FIXED}!`]: [-soon] },
    ...Object.fromEntries(
      [1e308, -1, 0.5, 2 ** 53, 2 ** 63, 2 ** 64].flatMap((number) => [
        [`a count of ${number}`, { [FIXED]: [soon, born, 0, number] }],
        [`a count of ${number} in a month`, { [MONTH]: [soon + HOUR, born, 0, number] }],
        [`a count of ${number} in a part`, { [SLIDING]: [soon, born, part, ...parts(0, number)] }],
        [`a birth of ${number}`, number === 2 ** 53 ? 5 : { [FIXED]: [soon, number, 0, 1] }],
        [
          `an end of ${number} in what is not over`,
          { [FIXED]: [soon, born, 0, 1], [MONTH]: [number < 1 ? 'x' : number, born, 0, 1] },
        ],
      ]),
    ),
    'foreign fields beside ours': { name: 'Bob' },
  }

  test.each(Object.entries(strange))(
    'S05: decides that key alone without it, and stays as it is: %s',
    async (_what, counters) => {
      const key = await put(counters)
      expect(await ask(key)).toEqual(LOCAL)
      expect(await countersOf(key)).toEqual(counters)
    },
  )

  test('S05: what is not ours is told once in 10 s', () => {
    expect(new Set(one.logs.map(([message, error]) => `${message}: ${String(error)}`))).toEqual(
      new Set([
        'Rate limits of a key are decided without their store: ' +
          'KeyFailure: The row of a key in "bizerror_limits" is not ours',
      ]),
    )
    expect(one.logs.length).toBeLessThanOrEqual(1 + (performance.now() - begun) / 10_000)
  })

  test('S05: a block that would never end is over after 400 days at the latest, and a reset ends it', async () => {
    const key = await put({ [`${FIXED}!`]: [8e14] })
    expect(await one.store.peek(key, 1)).toMatchObject({ allowed: false, retryAfter: 400 * 86_400 })
    await one.store.reset(key)
    expect(await one.store.peek(key, 1)).toMatchObject({ allowed: true })
  })

  test.each(['infinity', '-infinity', '294276-12-31', '4713-01-01 BC'])(
    'S05: a row that expires at %s counts as any other',
    async (expires) => {
      const key = await put({ [FIXED]: [soon, born, 0, 1] })
      await admin.query('UPDATE bizerror_limits SET expires_at = $1 WHERE key = $2', [expires, key])
      expect(await ask(key)).toEqual([true, true, false, false, false])
    },
  )

  const numbers = fc.oneof(
    fc.constantFrom(0, -1, soon, now - 1, born, part, part + 5, 2 ** 53 - 1, 1e15, 8.64e15, 1e300),
    fc.integer({ min: -5, max: 20 }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
  )
  const counters = fc.oneof(
    { weight: 4, arbitrary: fc.tuple(numbers, numbers, numbers, numbers) },
    { weight: 4, arbitrary: fc.array(numbers, { minLength: 13, maxLength: 13 }) },
    { weight: 2, arbitrary: fc.tuple(numbers) },
    fc.jsonValue({ maxDepth: 2 }).filter((value) => !JSON.stringify(value).includes('\\u0000')),
  )
  const rows = fc.oneof(
    {
      weight: 9,
      arbitrary: fc.dictionary(
        fc.constantFrom(FIXED, SLIDING, MONTH, `${FIXED}!`, `${SLIDING}!`, 'others', 'others!'),
        counters,
      ),
    },
    counters,
  )

  test('S05: whatever a row holds, no answer breaks a promise, and the store stays', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (counters) => {
        const key = await put(counters)
        for (const task of ['consume', 'peek', 'consume'] as const) {
          const { allowed, standings, violated, retryAfter } = await one.store[task](key, 1)
          expect(standings.map((one) => typeof one?.remaining)).toEqual(['number', 'number', 'number'])
          expect(violated.length === 0).toBe(allowed)
          expect(retryAfter > 0 && retryAfter <= 400 * 86_400).toBe(!allowed)
        }
        await one.store.giveBack(key, 1, undefined, born)
        await one.store.block(key, 1)
        await one.store.reset(key)
        expect(one.changes).toEqual([])
      }),
      { numRuns: 120 },
    )
  })
})
