import { createRequire } from 'node:module'
import type Database from 'better-sqlite3'
import { sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/node-postgres'
import createKnex, { type Knex } from 'knex'
import { Pool } from 'pg'
import { DataSource, EntitySchema, OptimisticLockVersionMismatchError } from 'typeorm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { conditionOf, expectEverywhere } from './expected.ts'
import { describeWithPostgres, START_TIMEOUT, startPostgres, type Postgres } from './postgres.ts'
import { describeWithSqlite } from './sqlite.ts'
import { fails, PLACES_OF_SQLITE, TABLES } from './statements.ts'
import { failureOf } from '../../../support/failure-of.ts'

interface Member {
  readonly id: number
  readonly name: string
  readonly version: number
}

const MEMBER = new EntitySchema<Member>({
  name: 'Member',
  tableName: 'members',
  columns: {
    id: { type: 'int', primary: true },
    name: { type: 'varchar' },
    version: { type: 'int', version: true },
  },
})

describeWithPostgres('wrappers of pg', () => {
  let server: Postgres
  let pool: Pool

  beforeAll(async () => {
    server = await startPostgres()
    pool = new Pool(server.connection)
    await pool.query(TABLES)
  }, START_TIMEOUT)
  afterAll(async () => {
    await pool?.end()
    await server?.stop()
  })

  describe('Drizzle', () => {
    fails((statement) => drizzle(pool).execute(sql.raw(statement)))

    test('a database that cannot be reached is unavailable', async () => {
      const away = new Pool({ ...server.connection, host: '/nowhere' })
      expect(conditionOf(await failureOf(() => drizzle(away).execute(sql`select 1`)))).toBe('unavailable')
      await away.end()
    })
  })

  describe('Knex', () => {
    let knex: Knex

    beforeAll(() => {
      knex = createKnex({ client: 'pg', connection: server.connection })
    })
    afterAll(() => knex.destroy())

    fails((statement) => knex.raw(statement))

    test('a query that takes longer than its timeout is timeout', async () => {
      const error = await failureOf(() => knex.raw('select pg_sleep(5)').timeout(10, { cancel: true }))
      expect(error).toMatchObject({ name: 'KnexTimeoutError', timeout: 10 })
      await expectEverywhere(error, 'timeout')
    })

    test('a pool without a free connection is unavailable', async () => {
      const small = createKnex({
        client: 'pg',
        connection: server.connection,
        pool: { min: 0, max: 1, acquireTimeoutMillis: 200 },
        log: { warn: () => {} },
      })
      const transaction = await small.transaction()
      const error = await failureOf(() => small('members').select())
      await transaction.rollback()
      await small.destroy()
      expect(error).toHaveProperty('name', 'KnexTimeoutError')
      await expectEverywhere(error, 'unavailable')
    })
  })

  describe('TypeORM', () => {
    let source: DataSource

    beforeAll(async () => {
      const { host, port, user, database } = server.connection
      source = new DataSource({ type: 'postgres', host, port, username: user, database, entities: [MEMBER] })
      await source.initialize()
    })
    afterAll(() => source.destroy())

    fails((statement) => source.query(statement))

    test('an entity that is not there is not-found', async () => {
      const error = await failureOf(() => source.getRepository(MEMBER).findOneByOrFail({ name: 'zoe' }))
      expect(error).toHaveProperty('name', 'EntityNotFoundError')
      await expectEverywhere(error, 'not-found')
    })

    test('an entity of another version than the one asked for is conflict', async () => {
      const error = await failureOf(() =>
        source.getRepository(MEMBER).findOne({ where: { id: 1 }, lock: { mode: 'optimistic', version: 7 } }),
      )
      expect(error).toBeInstanceOf(OptimisticLockVersionMismatchError)
      await expectEverywhere(error, 'conflict')
    })
  })
})

describeWithSqlite('wrappers of better-sqlite3', (installed) => {
  describe('Drizzle', () => {
    const { Database, drizzle, sql } = installed
    let client: Database.Database

    beforeAll(() => {
      client = new Database(':memory:')
      client.exec(TABLES)
    })
    afterAll(() => client.close())

    fails((statement) => drizzle(client).run(sql.raw(statement)), PLACES_OF_SQLITE)
  })

  describe('Knex', () => {
    const Dialect = createRequire(import.meta.url)(
      'knex/lib/dialects/better-sqlite3/index.js',
    ) as typeof Knex.Client
    /** As that of `client: 'better-sqlite3'`, which requires the driver itself. */
    class Client extends Dialect {
      _driver(): typeof Database {
        return installed.Database
      }
    }
    let knex: Knex

    beforeAll(async () => {
      knex = createKnex({ client: Client, connection: ':memory:', useNullAsDefault: true })
      for (const statement of oneByOne(TABLES)) await knex.raw(statement)
    })
    afterAll(() => knex.destroy())

    fails((statement) => knex.raw(statement), PLACES_OF_SQLITE)
  })

  describe('TypeORM', () => {
    let source: DataSource

    beforeAll(async () => {
      source = new DataSource({ type: 'better-sqlite3', database: ':memory:', driver: installed.Database })
      await source.initialize()
      for (const statement of oneByOne(TABLES)) await source.query(statement)
    })
    afterAll(() => source.destroy())

    fails((statement) => source.query(statement), PLACES_OF_SQLITE)
  })
})

function oneByOne(statements: string): readonly string[] {
  return statements.split(';').filter((statement) => statement.trim() !== '')
}
