import { setTimeout as sleep } from 'node:timers/promises'
import { Client, Pool } from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createCalendar } from '../../../../src/rate-limit/calendar.ts'
import type { PostgresPool } from '../../../../src/rate-limit/stores/postgres/pool.ts'
import { namesOf } from '../../../../src/rate-limit/stores/postgres/sql.ts'
import {
  createPostgresStore,
  postgresStore,
  postgresStoreSql,
  type PostgresStoreOptions,
} from '../../../../src/rate-limit/stores/postgres/postgres-store.ts'
import type { Limit, Store } from '../../../../src/rate-limit/stores/store.ts'
import {
  describeWithPostgres,
  START_TIMEOUT,
  startPostgres,
  type Postgres,
} from '../../../identify/families/databases/postgres.ts'
import { limitOf, machine, poolOf, type CountingPool } from './machines.ts'

/** Within 5 s. */
const near = (seconds: number): number => expect.closeTo(seconds, -1) as number

describe('postgresStore', () => {
  const pool = new Pool()

  test.each([
    [undefined, 'undefined'],
    [null, 'null'],
    ['postgres://localhost', '"postgres://localhost"'],
    [{}, 'an object'],
    [{ query: 1 }, 'an object'],
  ])('refuses as a pool, when it is called, %#', (given, shown) => {
    expect(() => postgresStore(given as unknown as PostgresPool)).toThrow(
      expect.objectContaining({
        name: 'SetupError',
        message: `postgresStore was called with ${shown}. Give a Pool of pg, or another object whose query(text, values) returns a promise of { rows }.`,
      }),
    )
  })

  const A_NAME =
    "a name of at most 50 letters, digits, _, - and $, as in 'limits', or in a schema, as in 'app.limits'"

  test.each<[object | null, string]>([
    [null, 'postgresStore was called with null. Give an object of options, or nothing.'],
    [{ tabel: 'a' }, 'postgresStore has no "tabel". Did you mean table?'],
    ...[1, '', '.', 'a.', '.a', 'a.b.c', 'a b', 'a"b', "a'b", 'a;b', 'a\0', 'é', 'a'.repeat(51)].map(
      (table): [object, string] => [
        { table },
        `Option table is ${typeof table === 'string' ? JSON.stringify(table) : table}. Give ${A_NAME}.`,
      ],
    ),
    ...[0, 10.001, NaN, 100, '100'].map((timeout): [object, string] => [
      { timeout },
      `Option timeout is ${typeof timeout === 'string' ? '"100"' : timeout}. Give seconds, or a text such as '500ms', '30s', '10m', '1h' or '7d', from '1ms' to '10s'.`,
    ]),
  ])('refuses the options %o', (options, message) => {
    expect(() => postgresStore(pool, options as PostgresStoreOptions)).toThrow(
      expect.objectContaining({ name: 'SetupError', message }),
    )
  })

  test.each([
    undefined,
    null,
    [],
    [{ answer: '[]' }],
    { rows: [] },
    { rows: [{ answer: 1 }] },
    { rows: [{ answer: '{}' }] },
  ])('tells of a pool that returns %o that it is none', async (result) => {
    const strange = { query: () => Promise.resolve(result) } as unknown as PostgresPool
    const one = machine(strange, [limitOf(5)])
    expect(await one.store.consume('k', 1)).toMatchObject({ allowed: true })
    expect(String(one.logs[0]![1])).toBe(
      'Error: The pool of postgresStore returned something else than { rows } with an answer of its procedure',
    )
    one.store.close()
  })

  test('the SQL refuses the same tables', () => {
    expect(() => postgresStoreSql({ table: 'a"b' })).toThrow(`Option table is "a\\"b". Give ${A_NAME}.`)
  })
})

const standing = (remaining: number, resetAfter: number) => ({ remaining, resetAfter: near(resetAfter) })

describeWithPostgres('postgresStore on PostgreSQL', () => {
  let server: Postgres
  let admin: Client
  let pool: CountingPool
  const stores: Store[] = []

  beforeAll(async () => {
    server = await startPostgres()
    admin = new Client(server.connection)
    await admin.connect()
    pool = poolOf(server)
  }, START_TIMEOUT)

  afterEach(() => {
    for (const store of stores.splice(0)) store.close()
  })

  afterAll(async () => {
    await pool?.pool.end()
    await admin?.end()
    await server?.stop()
  })

  function open(limits: readonly Limit[], table: string, on: PostgresPool = pool): Required<Store> {
    const store = createPostgresStore(on, limits, namesOf(table), 10_000)
    stores.push(store)
    return store
  }

  async function rowsOf(table: string): Promise<readonly Record<string, unknown>[]> {
    return (await admin.query<Record<string, unknown>>(`SELECT * FROM ${table} ORDER BY key`)).rows
  }

  async function roleOf(name: string): Promise<CountingPool> {
    await admin.query(`CREATE ROLE ${name} LOGIN`)
    return poolOf({ connection: { ...server.connection, user: name } })
  }

  async function updatesOf(table: string): Promise<{ all: number; cold: number }> {
    const { rows } = await admin.query<{ all: string; hot: string }>(
      'SELECT n_tup_upd AS all, n_tup_hot_upd AS hot FROM pg_stat_user_tables WHERE relname = $1',
      [table],
    )
    const all = Number(rows[0]!.all)
    return { all, cold: all - Number(rows[0]!.hot) }
  }

  async function count(table: string): Promise<number> {
    return Number((await admin.query<{ count: string }>(`SELECT count(*) FROM ${table}`)).rows[0]!.count)
  }

  test('M10: one limit is shared by stores, and headers and waits are true', async () => {
    const limits = [limitOf(3, 60), limitOf(100, createCalendar('day'), { name: 'day' })]
    const [a, b] = [open(limits, 'shared'), open(limits, 'shared')]
    const answers = [
      await a.consume('k', 1),
      await b.consume('k', 1),
      await a.consume('k', 2),
      await b.peek('k', 1),
      await b.consume('k', 1),
      await a.peek('k', 1),
    ]
    const untilMidnight = 86_400 - ((Date.now() / 1000) % 86_400)
    const standings = (minute: number, day: number) => [standing(minute, 60), standing(day, untilMidnight)]
    const passed = (minute: number, day: number) => ({
      allowed: true,
      standings: standings(minute, day),
      violated: [],
      retryAfter: 0,
    })
    const counted = { receipt: expect.any(Number) as number }
    const refused = (minute: number, day: number) => ({
      allowed: false,
      standings: standings(minute, day),
      violated: [0],
      retryAfter: near(60),
    })
    expect(answers).toEqual([
      { ...passed(2, 99), ...counted },
      { ...passed(1, 98), ...counted },
      refused(1, 98),
      passed(1, 98),
      { ...passed(0, 97), ...counted },
      refused(0, 97),
    ])
  })

  test('a request is one statement, whatever the number of limits, and so are the other tasks', async () => {
    const many = Array.from({ length: 8 }, (_, i) => limitOf(1_000, 60 + i / 1000, { name: `p${i}` }))
    const store = open([...many, limitOf(1_000, createCalendar('month'), { name: 'month' })], 'one')
    await store.consume('k', 1)
    const CALL = `CALL ${namesOf('one').procedure}($1, $2, $3, $4, $5, $6, NULL)`
    expect(pool.sent.slice(-3), 'the first one makes the table').toEqual([
      CALL,
      expect.stringMatching(/^DO /),
      CALL,
    ])
    const before = pool.sent.length
    for (let i = 0; i < 10; i++) await store.consume('k', 1)
    const { receipt } = (await store.consume('k', 1)) as { receipt: unknown }
    await store.peek('k', 1)
    await store.giveBack('k', 1, undefined, receipt)
    await store.block('k', 60)
    await store.reset('k')
    expect(pool.sent.slice(before)).toEqual(Array<string>(15).fill(CALL))
  })

  test('what is refused writes nothing', async () => {
    const store = open([limitOf(1)], 'refused')
    await store.consume('k', 1)
    const [before] = (await admin.query('SELECT xmin, ctid, * FROM refused')).rows
    for (let i = 0; i < 5; i++) expect(await store.consume('k', 1)).toMatchObject({ allowed: false })
    expect(await store.consume('other', 2)).toMatchObject({ allowed: false, retryAfter: 60 })
    await store.peek('another', 1)
    expect((await admin.query('SELECT xmin, ctid, * FROM refused')).rows).toEqual([before])
  })

  test('a sliding window that is asked often changes its row without touching an index', async () => {
    const store = open([limitOf(1_000, 60, { algorithm: 'sliding' })], 'hot')
    for (let i = 0; i < 100; i++) await store.consume('k', 1)
    // The server counts with a delay. One change may have met the end of five minutes.
    await expect
      .poll(async () => updatesOf('hot'), { timeout: 15_000 })
      .toEqual({ all: 99, cold: expect.toSatisfy((cold: number) => cold <= 1) as number })
  })

  describe('give-back', () => {
    test('is exact while others count: what stays is what was not given back', async () => {
      const limits = [limitOf(1_000, 60), limitOf(1_000, 60, { name: 'sliding', algorithm: 'sliding' })]
      const [a, b] = [open(limits, 'given'), open(limits, 'given')]
      const tasks = Array.from({ length: 200 }, async (_, i) => {
        const store = i % 2 ? a : b
        const { receipt } = await store.consume('k', 3)
        if (i % 4 < 2) await store.giveBack('k', 3, undefined, receipt)
      })
      await Promise.all(tasks)
      expect((await a.peek('k', 1)).standings.map((one) => one?.remaining)).toEqual([700, 700])
    })

    test('leaves a later window, what came after a reset, and what does not count, and is never below zero', async () => {
      const minute = limitOf(5, 60, { name: 'minute' })
      const store = open([limitOf(5, 0.2), minute], 'later')
      const first = await store.consume('k', 2)
      await sleep(250)
      await store.consume('k', 1)
      await store.giveBack('k', 2, [undefined, 5], first.receipt)
      await store.giveBack('k', 2, undefined, first.receipt)
      expect((await store.peek('k', 1)).standings[1]?.remaining, 'taken off twice, of 3').toBe(5)
      const second = await store.consume('k', 2)
      await store.reset('k')
      await store.consume('k', 2)
      await store.giveBack('k', 2, undefined, second.receipt)
      expect((await store.peek('k', 1)).standings[1]?.remaining).toBe(3)
    })

    test('takes a receipt of another store for none', async () => {
      const store = open([limitOf(5)], 'receipts')
      await store.consume('k', 2)
      for (const receipt of [undefined, null, 'x', {}, NaN, -1, 0, 1e300, 1.5, -(2 ** 53 - 1)]) {
        await store.giveBack('k', 2, undefined, receipt)
      }
      expect((await store.peek('k', 1)).standings[0]?.remaining).toBe(3)
    })
  })

  test('a block and a reset are of one store’s policies alone, though others have the same key and table', async () => {
    const [minute, hour, day] = [
      limitOf(5, 60, { name: 'minute' }),
      limitOf(5, 3600, { name: 'hour' }),
      limitOf(5, createCalendar('day'), { name: 'day' }),
    ]
    const [a, b, c] = [open([minute, hour], 'mixed'), open([hour, day], 'mixed'), open([day], 'mixed')]
    await b.consume('k', 1)
    await a.block('k', 10_000)
    expect(await a.consume('k', 1)).toEqual({
      allowed: false,
      standings: [
        { remaining: 0, resetAfter: near(10_000) },
        { remaining: 0, resetAfter: near(10_000) },
      ],
      violated: [0, 1],
      retryAfter: near(10_000),
    })
    expect(await b.consume('k', 1)).toMatchObject({
      allowed: false,
      violated: [0],
      standings: [{ remaining: 0 }, { remaining: 4 }],
    })
    expect(await b.consume('k', 1, [undefined, undefined]), 'nothing counts').toMatchObject({
      allowed: false,
      violated: [],
      retryAfter: near(10_000),
    })
    expect(await c.consume('k', 1)).toMatchObject({ allowed: true, standings: [{ remaining: 3 }] })
    await a.reset('k')
    expect(await b.consume('k', 1)).toMatchObject({
      allowed: true,
      standings: [{ remaining: 4 }, { remaining: 2 }],
    })
    await b.reset('k')
    await c.block('k', 0.2)
    await sleep(210)
    expect(await c.consume('k', 1)).toMatchObject({ allowed: true, standings: [{ remaining: 4 }] })
    await c.reset('k')
    expect(await rowsOf('mixed')).toEqual([])
  })

  test('N11: a limit that is changed keeps what was counted; another name, window or algorithm does not', async () => {
    const minute = limitOf(5, 60, { name: 'minute' })
    await open([minute], 'changed').consume('k', 3)
    expect(await open([{ ...minute, limit: 9 }], 'changed').consume('k', 1)).toMatchObject({
      standings: [{ remaining: 5 }],
    })
    expect(await open([{ ...minute, limit: 2 }], 'changed').consume('k', 1)).toMatchObject({
      allowed: false,
      standings: [{ remaining: 0, resetAfter: near(60) }],
    })
    for (const other of [
      { name: 'upload' },
      { window: 60.001 },
      { window: createCalendar('day') },
      { algorithm: 'sliding' },
    ] as const) {
      expect(await open([{ ...minute, ...other }], 'changed').consume('k', 1)).toMatchObject({
        standings: [{ remaining: 4 }],
      })
    }
  })

  test('every key is its own, whatever it is made of', async () => {
    const store = open([limitOf(1)], 'keys')
    const keys = [
      'k',
      '',
      ' ',
      'k ',
      'K',
      "'",
      '"',
      "'; DROP TABLE keys; --",
      '$1',
      '\\',
      '\\x00',
      'k\u0000',
      '\u0000',
      '%',
      '%0025',
      '%0000',
      'é',
      'e\u0301',
      '\ud800',
      '\ud801',
      '\ufffd',
      '😀',
      'x'.repeat(128),
      '\u{10ffff}'.repeat(64),
      '*',
      '!',
      'k!',
    ]
    for (const allowed of [true, false]) {
      const answers = await Promise.all(keys.map(async (key) => store.consume(key, 1)))
      expect(keys.filter((_, index) => answers[index]!.allowed !== allowed)).toEqual([])
    }
    expect(await rowsOf('keys')).toHaveLength(keys.length)
  })

  test('a key that is too long for the table fails alone, and one of a database of another encoding does not', async () => {
    await admin.query("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0")
    const latin = poolOf({ connection: { ...server.connection, database: 'latin' } })
    const store = open([limitOf(1)], 'limits', latin)
    expect(await store.consume('😀', 1)).toMatchObject({ allowed: true })
    await expect(store.consume('x'.repeat(1_000_000), 1)).rejects.toMatchObject({ name: 'KeyFailure' })
    await latin.pool.end()
  })

  test.each(['Quota', 'app.Limits-2', 'app.select', `app.${'t'.repeat(50)}`])(
    'the table may be called %s',
    async (table) => {
      await admin.query('CREATE SCHEMA IF NOT EXISTS app')
      const store = open([limitOf(2)], table)
      await store.consume('k', 1)
      expect(await store.consume('k', 1)).toMatchObject({ standings: [{ remaining: 0 }] })
      expect(await rowsOf(namesOf(table).table)).toHaveLength(1)
    },
  )

  test('a table that is dropped, or is lost with the procedure, is made again', async () => {
    const store = open([limitOf(2)], 'dropped')
    await store.consume('k', 1)
    await admin.query('DROP TABLE dropped')
    expect(await store.consume('k', 1)).toMatchObject({ standings: [{ remaining: 1 }] })
    await admin.query(`DROP PROCEDURE ${namesOf('dropped').procedure}`)
    expect(await store.consume('k', 1)).toMatchObject({ standings: [{ remaining: 0 }] })
  })

  test('many stores that need their table at once all count in it', async () => {
    const pools = Array.from({ length: 4 }, () => poolOf(server))
    const all = pools.map((pool) => open([limitOf(100)], 'together', pool))
    await Promise.all(all.flatMap((store) => Array.from({ length: 10 }, async () => store.consume('k', 1))))
    expect((await all[0]!.peek('k', 1)).standings).toMatchObject([{ remaining: 60 }])
    await Promise.all(pools.map(({ pool }) => pool.end()))
  })

  test("a lock of the app's own by the same text is not waited for", async () => {
    const store = open([limitOf(2)], 'locks')
    await store.consume('user-1', 1)
    await admin.query('BEGIN')
    await admin.query("SELECT pg_advisory_xact_lock(hashtextextended('user-1', 0)), pg_advisory_xact_lock(1)")
    expect(await store.consume('user-1', 1)).toMatchObject({ standings: [{ remaining: 0 }] })
    await admin.query('ROLLBACK')
  })

  test('in a transaction of the app it counts with it, and not at all where that sees no change of others', async () => {
    const client = new Client(server.connection)
    await client.connect()
    const store = open([limitOf(5)], 'transactions', client)
    await store.consume('k', 1)
    await client.query('BEGIN')
    await store.consume('k', 1)
    await client.query('ROLLBACK')
    expect(await store.peek('k', 1)).toMatchObject({ standings: [{ remaining: 4 }] })
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ')
    await expect(store.consume('k', 1)).rejects.toThrow('invalid transaction termination')
    await client.query('ROLLBACK')
    await client.end()
  })

  describe('rights', () => {
    test('a role that may not make tables is told what to run; once it was run, its limits are counted', async () => {
      const role = await roleOf('app_role')
      const one = machine(role, [limitOf(5)], { table: 'granted', timeout: '10s' })
      expect(await one.store.consume('k', 1), 'decided without the store').toMatchObject({ allowed: true })
      expect(one.store.degraded).toBe(true)
      expect(one.logs.map(([message, error]) => [message, String(error)])).toEqual([
        [
          'Rate limits are decided without their store, which failed',
          'Error: The table "granted" of postgresStore or its procedure is missing, and could not be made: permission denied for schema public. Run what postgresStoreSql() returns with a role that may make it.',
        ],
      ])
      const sql = postgresStoreSql({ table: 'granted' })
      await admin.query(sql)
      await admin.query(sql)
      await admin.query('GRANT SELECT, INSERT, UPDATE, DELETE ON granted TO app_role')
      await expect
        .poll(async () => (await one.store.consume('k', 1), one.store.degraded), { timeout: 10_000 })
        .toBe(false)
      expect(await rowsOf('granted')).toHaveLength(1)
      one.store.close()
      await role.pool.end()
    })

    test('a role that may not delete is told so, since its table would grow without end', async () => {
      const role = await roleOf('writer')
      await admin.query(postgresStoreSql({ table: 'kept' }))
      await admin.query('GRANT SELECT, INSERT, UPDATE ON kept TO writer')
      const store = createPostgresStore(role, [limitOf(100)], namesOf('kept'), 10_000, 1)
      stores.push(store)
      await expect
        .poll(async () => Promise.resolve(store.consume('k', 1)).then(() => '', String))
        .toBe('Error: Expired rows of "kept" cannot be deleted')
      await role.pool.end()
    })

    test('a schema that is not there is told', async () => {
      const one = machine(pool, [limitOf(5)], { table: 'nowhere.limits', timeout: '10s' })
      await one.store.consume('k', 1)
      expect(String(one.logs[0]![1])).toContain('could not be made: schema "nowhere" does not exist.')
      one.store.close()
    })
  })

  describe('rows that do not matter anymore', () => {
    test('are swept in batches, and none that still counts', async () => {
      const first = open([limitOf(5, 60)], 'swept')
      await first.consume('k', 1)
      await admin.query(
        `INSERT INTO swept SELECT 'old' || n, '{}', now() - interval '1 second' FROM generate_series(1, 2500) n`,
      )
      const sweeps = (): number => pool.sent.filter((text) => text.startsWith('DELETE FROM "swept"')).length
      const store = createPostgresStore(pool, [limitOf(5, 60)], namesOf('swept'), 10_000, 1)
      stores.push(store)
      await store.consume('k', 1)
      await expect.poll(() => count('swept')).toBe(1)
      await expect.poll(sweeps).toBe(3)
      expect(await store.consume('k', 1)).toMatchObject({ standings: [{ remaining: 2 }] })
    })

    test('are not waited for while somebody else is at them', async () => {
      const first = open([limitOf(5, 60)], 'locked')
      await first.consume('k', 1)
      await admin.query(`INSERT INTO locked SELECT 'old' || n, '{}', 'epoch' FROM generate_series(1, 10) n`)
      await admin.query('BEGIN')
      await admin.query("SELECT FROM locked WHERE key = 'old1' FOR UPDATE")
      const store = createPostgresStore(pool, [limitOf(5, 60)], namesOf('locked'), 10_000, 1)
      stores.push(store)
      await store.consume('k', 1)
      await expect.poll(() => count('locked')).toBe(2)
      await admin.query('ROLLBACK')
    })

    test('a client whose counters are over has a row of its new ones alone', async () => {
      const store = open([limitOf(5, 0.05), limitOf(5, 0.05, { name: 'b', algorithm: 'sliding' })], 'pruned')
      await store.consume('k', 1)
      await store.block('k', 0.05)
      await sleep(60)
      await store.consume('k', 1, [undefined, 5])
      const [row] = await rowsOf('pruned')
      expect(Object.values(row!['counters'] as object)).toEqual([expect.objectContaining({ length: 13 })])
    })
  })

  test('close fails what waits, ends the sweeping, and leaves the pool open and without our listener', async () => {
    const own = poolOf(server)
    const [a, b] = [open([limitOf(5)], 'closed', own), open([limitOf(5)], 'closed', own)]
    expect(own.pool.listenerCount('error')).toBe(1)
    own.pool.on('error', () => {})
    const waiting = a.consume('k', 1)
    a.close()
    a.close()
    await expect(waiting).rejects.toThrow('The rate limiter was closed')
    expect(await b.consume('k', 1)).toMatchObject({ allowed: true })
    b.close()
    expect(own.pool.listenerCount('error')).toBe(1)
    expect((await own.pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
    await own.pool.end()
  })
})
