import { fork } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test, type TestContext } from 'vitest'
import {
  describeWithPostgres,
  START_TIMEOUT,
  startPostgres,
  type Postgres,
} from '../../../identify/families/databases/postgres.ts'
import { built } from '../../../support/built.ts'
import { expectAllPassedInTime, LIMIT, states, traffic, untilRestored } from '../away.ts'
import { timed } from '../timed.ts'
import { limitOf, machine, poolOf, type CountingPool, type Machine } from './machines.ts'

const endingProcess = built(new URL('ending-process.ts', import.meta.url))

/** What ends with its test. */
function during({ onTestFinished }: TestContext) {
  return {
    pool({ connection }: Pick<Postgres, 'connection'>, options?: object): CountingPool {
      const pool = poolOf({ connection }, options)
      onTestFinished(() => pool.pool.end())
      return pool
    },
    async admin({ connection }: Pick<Postgres, 'connection'>): Promise<Client> {
      const admin = new Client(connection)
      await admin.connect()
      onTestFinished(() => admin.end())
      return admin
    },
    machine(...[pool, limits, options]: Parameters<typeof machine>): Machine {
      const made = machine(pool, limits, { timeout: '100ms', ...options })
      onTestFinished(made.store.close)
      return made
    },
  }
}

/** Counts once, so that the table is there and a connection is open, however long a busy machine takes. */
async function untilCounted(one: Machine): Promise<void> {
  await one.store.consume('k', 1)
  await untilRestored(one)
}

describeWithPostgres('PostgreSQL away', () => {
  let started: Postgres
  let databases = 0

  beforeAll(async () => {
    started = await startPostgres()
  }, START_TIMEOUT)

  afterAll(() => started?.stop())

  /** The server, with a new database, and what ends with the test, after which the server is there again. */
  async function begin(
    context: TestContext,
  ): Promise<{ readonly own: ReturnType<typeof during>; readonly server: Postgres }> {
    const database = `test_${++databases}`
    const admin = new Client(started.connection)
    await admin.connect()
    await admin.query(`CREATE DATABASE ${database}`)
    await admin.end()
    context.onTestFinished(async () => {
      await started.kill()
      await started.start()
    })
    return { own: during(context), server: { ...started, connection: { ...started.connection, database } } }
  }
  test(
    'N01: down at the start, the first answer is in time and local; once up, it is used by itself',
    async (context) => {
      const { own, server } = await begin(context)
      await server.kill()
      const one = own.machine(own.pool(server), [limitOf(1_000)])
      const first = await timed(one.store, 'k')
      expect(first.ms).toBeLessThan(LIMIT)
      expect({ ...first, ms: 0 }).toEqual({
        allowed: true,
        standings: [{ remaining: 999, resetAfter: 60 }],
        violated: [],
        retryAfter: 0,
        ms: 0,
      })
      expectAllPassedInTime(await Promise.all(Array.from({ length: 50 }, () => timed(one.store, 'k'))))
      expect(states(one)).toEqual(['degraded'])
      await server.start()
      const admin = await own.admin(server)
      await untilRestored(one)
      await one.store.consume('after', 1)
      const { rows } = await admin.query("SELECT key FROM bizerror_limits WHERE key = 'after'")
      expect(rows).toHaveLength(1)
      expect(states(one).slice(0, 2)).toEqual(['degraded', 'restored'])
    },
    START_TIMEOUT,
  )

  test(
    'N02: killed in the middle and back after 1 s: nobody is refused or waits, no listener is needed, and counting goes on',
    async (context) => {
      const { own, server } = await begin(context)
      const one = own.machine(own.pool(server), [limitOf(100_000)])
      await untilCounted(one)
      const logged = one.logs.length
      const clients = traffic(one, 8)
      await sleep(200)
      await server.kill()
      await sleep(1_000)
      expect(one.store.degraded).toBe(true)
      await server.start()
      await untilRestored(one)
      await sleep(100)
      expectAllPassedInTime(await clients.end())
      const { rows } = await (await own.admin(server)).query('SELECT key FROM bizerror_limits')
      expect(rows, 'what was unlogged is gone, and counted again').toContainEqual({ key: 'k' })
      expect(one.logs.length - logged, 'one line in 10 s').toBeLessThanOrEqual(1)
    },
    START_TIMEOUT,
  )

  test(
    'N03: it hangs (SIGSTOP): every request is answered in time, and few statements wait',
    async (context) => {
      const { own, server } = await begin(context)
      const pool = own.pool(server)
      const one = own.machine(pool, [limitOf(100_000)])
      await untilCounted(one)
      server.pause()
      const before = pool.sent.length
      const clients = traffic(one, 8)
      await sleep(250)
      const sentAtFirst = pool.sent.length - before
      const burst = await Promise.all(Array.from({ length: 2_000 }, () => timed(one.store, 'k')))
      await sleep(1_500)
      const sentLater = pool.sent.length - before - sentAtFirst
      server.resume()
      await untilRestored(one)
      expectAllPassedInTime([...burst, ...(await clients.end())])
      expect(sentAtFirst, 'within the time limit of the first one').toBeLessThan(60)
      expect(sentLater, 'single probes, less and less often').toBeLessThan(8)
    },
    START_TIMEOUT,
  )

  test(
    'N03: it hangs under a burst: all are answered within one time limit',
    async (context) => {
      const { own, server } = await begin(context)
      const pool = own.pool(server)
      const one = own.machine(pool, [limitOf(100_000)])
      await untilCounted(one)
      server.pause()
      const before = pool.sent.length
      const burst = await Promise.all(Array.from({ length: 12_000 }, () => timed(one.store, 'k')))
      server.resume()
      expect(burst.every(({ allowed }) => allowed)).toBe(true)
      expect(Math.max(...burst.map(({ ms }) => ms))).toBeLessThan(1_000)
      const calls = pool.sent.slice(before).filter((text) => text.startsWith('CALL'))
      expect(calls.length, 'more are not sent at all').toBeLessThanOrEqual(10_000)
    },
    START_TIMEOUT,
  )

  test(
    'N04: while somebody has locked the table, all are answered in time, and no connection of the pool stays taken',
    async (context) => {
      const { own, server } = await begin(context)
      const pool = own.pool(server)
      const one = own.machine(pool, [limitOf(100_000)])
      await untilCounted(one)
      const admin = await own.admin(server)
      await admin.query('BEGIN')
      await admin.query('LOCK TABLE bizerror_limits')
      expectAllPassedInTime(await Promise.all(Array.from({ length: 50 }, () => timed(one.store, 'k'))))
      expect(one.store.degraded).toBe(true)
      await expect
        .poll(async () => (await pool.pool.query<{ one: number }>('SELECT 1 AS one')).rows)
        .toEqual([{ one: 1 }])
      await expect.poll(() => pool.pool.waitingCount, { timeout: 20_000 }).toBe(0)
      await admin.query('ROLLBACK')
      await untilRestored(one)
    },
    START_TIMEOUT,
  )

  test(
    'N04: an error of PostgreSQL never refuses a client, and it is used again after it',
    async (context) => {
      const { own, server } = await begin(context)
      const admin = await own.admin(server)
      const pool = own.pool(server)
      const one = own.machine(pool, [limitOf(100_000)], { timeout: '2s' })
      await untilCounted(one)
      const set = async (sql: string): Promise<void> => {
        await admin.query(sql)
        await admin.query('SELECT pg_reload_conf()')
      }
      const troubles: readonly (readonly [
        begin: () => Promise<unknown>,
        end: () => Promise<unknown>,
        RegExp,
      ])[] = [
        [
          () => set('ALTER SYSTEM SET default_transaction_read_only = on'),
          () =>
            admin
              .query('SET default_transaction_read_only = off')
              .then(() => set('ALTER SYSTEM RESET default_transaction_read_only')),
          /read-only transaction/,
        ],
        [
          () => admin.query('ALTER TABLE bizerror_limits RENAME COLUMN counters TO others'),
          () => admin.query('ALTER TABLE bizerror_limits RENAME COLUMN others TO counters'),
          /counters does not exist/,
        ],
        [
          () => admin.query('ALTER TABLE bizerror_limits ADD CHECK (false) NOT VALID'),
          () => admin.query('ALTER TABLE bizerror_limits DROP CONSTRAINT bizerror_limits_check'),
          /violates check constraint/,
        ],
      ]
      for (const [begin, end, error] of troubles) {
        const changes = one.changes.length
        await begin()
        await expect.poll(async () => (await one.store.consume('k', 1), one.store.degraded)).toBe(true)
        expectAllPassedInTime(await Promise.all(Array.from({ length: 30 }, () => timed(one.store, 'k'))))
        expect(String(one.changes[changes]!.error)).toMatch(error)
        await end()
        await untilRestored(one)
      }
    },
    START_TIMEOUT,
  )

  test(
    'N04: while the app uses all connections of the pool, requests are decided locally',
    async (context) => {
      const { own, server } = await begin(context)
      const pool = own.pool(server, { max: 2 })
      const one = own.machine(pool, [limitOf(1_000)])
      await untilCounted(one)
      const clients = [await pool.pool.connect(), await pool.pool.connect()]
      expectAllPassedInTime(await Promise.all(Array.from({ length: 20 }, () => timed(one.store, 'k'))))
      expect(one.store.degraded).toBe(true)
      for (const client of clients) client.release()
      await untilRestored(one)
    },
    START_TIMEOUT,
  )

  test(
    'N08: a limit that is reached in PostgreSQL is reached: the local store is not asked',
    async (context) => {
      const { own, server } = await begin(context)
      const one = own.machine(own.pool(server), [limitOf(5)], { timeout: '10s' })
      const answers = await Promise.all(Array.from({ length: 50 }, () => timed(one.store, 'k')))
      expect(answers.filter(({ allowed }) => allowed)).toHaveLength(5)
      expect(states(one)).toEqual([])
      // Had the local store been asked, it would have counted.
      await server.kill()
      await expect.poll(async () => (await one.store.consume('other', 1), one.store.degraded)).toBe(true)
      expect(await one.store.consume('k', 5)).toMatchObject({ allowed: true, standings: [{ remaining: 0 }] })
    },
    START_TIMEOUT,
  )

  test(
    'N05, N09: a process whose pool has ended exits by itself, whether PostgreSQL is there or not',
    async (context) => {
      const { server } = await begin(context)
      for (const up of [true, false]) {
        if (!up) await server.kill()
        const child = fork(endingProcess, [JSON.stringify(server.connection)], {
          stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
        })
        const printed = Promise.all([text(child.stdout!), text(child.stderr!)])
        const [code] = (await once(child, 'exit')) as [number]
        const [stdout, stderr] = await printed
        expect(code).toBe(0)
        expect(stderr === '', 'the log tells that it is away').toBe(true)
        expect(stdout, 'milliseconds').toMatch(/^\d{1,3}$/)
      }
    },
    START_TIMEOUT,
  )
})
