import { once } from 'node:events'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { EntitySchema, LockMode, MikroORM, type SqlEntityManager } from '@mikro-orm/postgresql'
import { sql as drizzleSql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/postgres-js'
import createKnex, { type Knex } from 'knex'
import { Kysely, PostgresDialect, sql as kyselySql } from 'kysely'
import { Model } from 'objection'
import { Pool } from 'pg'
import postgres, { type Options, type Sql } from 'postgres'
import { afterAll, beforeAll, describe } from 'vitest'
import {
  describeWithPostgres,
  START_TIMEOUT,
  startPostgres,
  type Postgres,
} from '../identify/families/databases/postgres.ts'
import { fails, TABLES } from '../identify/families/databases/statements.ts'
import { becomes } from './becomes.ts'

interface Member {
  id: number
  name: string
  version: number
}

const MEMBER = new EntitySchema<Member>({
  name: 'Member',
  tableName: 'members',
  properties: {
    id: { type: 'integer', primary: true },
    name: { type: 'string' },
    version: { type: 'integer', version: true },
  },
})

describeWithPostgres('PostgreSQL by other libraries', () => {
  let server: Postgres
  let silent: Server
  let pool: Pool

  beforeAll(async () => {
    server = await startPostgres()
    silent = createServer((socket) => socket.on('error', () => {})).listen(0, '127.0.0.1')
    await once(silent, 'listening')
    pool = new Pool(server.connection)
    await pool.query(TABLES)
  }, START_TIMEOUT)
  afterAll(async () => {
    await pool?.end()
    silent?.close()
    await server?.stop()
  })

  /** Resolves once a query that has this text runs. */
  async function untilItRuns(text: string): Promise<void> {
    for (;;) {
      const found = await pool.query(
        "select from pg_stat_activity where state = 'active' and pid <> pg_backend_pid() and position($1 in query) > 0",
        [text],
      )
      if (found.rowCount! > 0) return
    }
  }

  describe('postgres', () => {
    const clients: Sql[] = []
    function connect(options: Options<Record<string, never>> = {}): Sql {
      const { host, port, user, database } = server.connection
      const client = postgres({ host, port, user, database, max: 1, ...options })
      clients.push(client)
      return client
    }
    afterAll(() => Promise.all(clients.map((client) => client.end({ timeout: 0 }))))

    let sql: Sql
    beforeAll(() => {
      sql = connect()
    })

    fails((statement) => sql.unsafe(statement))

    describe('under Drizzle', () => {
      fails((statement) => drizzle(sql).execute(drizzleSql.raw(statement)))
    })

    becomes('R09: what it throws becomes what it is', [
      {
        what: 'statement_timeout',
        fail: () => connect({ connection: { statement_timeout: 20 } })`select pg_sleep(5)`,
        becomes: 'timeout',
        logged: { type: 'PostgresError', code: '57014' },
      },
      {
        what: 'a server that does not answer',
        fail: () =>
          connect({ port: (silent.address() as AddressInfo).port, connect_timeout: 0.05 })`select 1`,
        becomes: 'unavailable',
        logged: { code: 'CONNECT_TIMEOUT' },
      },
      {
        what: 'a connection that is refused, whatever the port',
        fail: () => connect({ port: 1 })`select 1`,
        becomes: 'unavailable',
        logged: { code: 'ECONNREFUSED' },
      },
      {
        what: 'a host that is not there',
        fail: () => connect({ host: 'nowhere.invalid' })`select 1`,
        becomes: 'unavailable',
        logged: { code: 'ENOTFOUND' },
      },
      {
        what: 'a connection that the server closes',
        fail: async () => {
          const client = connect()
          const [row] = await client<{ pid: number }[]>`select pg_backend_pid() as pid`
          await Promise.all([
            client`select pg_sleep(5), 'ended'`,
            untilItRuns('ended').then(() => pool.query('select pg_terminate_backend($1)', [row!.pid])),
          ])
        },
        becomes: 'unavailable',
      },
      {
        what: 'a connection that has ended',
        fail: async () => {
          const client = connect()
          await client.end()
          await client`select 1`
        },
        becomes: 'unavailable',
        logged: { code: 'CONNECTION_ENDED' },
      },
      {
        what: 'a connection that is destroyed under a query',
        fail: async () => {
          const client = connect()
          await Promise.all([
            client`select pg_sleep(5), 'destroyed'`,
            untilItRuns('destroyed').then(() => client.end({ timeout: 0 })),
          ])
        },
        becomes: 'unavailable',
        logged: { code: 'CONNECTION_DESTROYED' },
      },
      {
        what: 'a value that the code forgot',
        fail: () => sql`select ${undefined as unknown as string}`,
        becomes: undefined,
        logged: { code: 'UNDEFINED_VALUE' },
      },
      {
        what: 'a transaction that the code begins by itself',
        fail: () => connect({ max: 2 })`begin`,
        becomes: undefined,
        logged: { code: 'UNSAFE_TRANSACTION' },
      },
    ])
  })

  describe('MikroORM', () => {
    let orm: MikroORM
    const orms: MikroORM[] = []
    async function connect(port: number): Promise<MikroORM> {
      const { host, user, database } = server.connection
      const made = await MikroORM.init({
        entities: [MEMBER],
        host,
        port,
        user,
        dbName: database,
        connect: false,
      })
      orms.push(made)
      return made
    }
    function manager(): SqlEntityManager {
      return orm.em.fork()
    }
    beforeAll(async () => {
      orm = await connect(server.connection.port)
    })
    afterAll(() => Promise.all(orms.map((made) => made.close())))

    fails((statement) => manager().execute(statement))

    becomes('R09: what it throws becomes what it is', [
      {
        what: 'an entity whose name is taken',
        fail: async () => {
          const em = manager()
          em.create(MEMBER, { id: 9, name: 'ann', version: 1 })
          await em.flush()
        },
        becomes: 'already-exists',
        logged: { type: 'UniqueConstraintViolationException', code: '23505' },
      },
      {
        what: 'an entity that is not there',
        fail: () => manager().findOneOrFail(MEMBER, { id: 99 }),
        becomes: 'not-found',
        logged: { type: 'NotFoundError' },
      },
      {
        what: 'two writers',
        fail: async () => {
          const [one, other] = [manager(), manager()]
          const [first, second] = [await one.findOneOrFail(MEMBER, 2), await other.findOneOrFail(MEMBER, 2)]
          first.name = 'bill'
          await one.flush()
          second.name = 'rob'
          await other.flush()
        },
        becomes: 'write-conflict',
        logged: { type: 'OptimisticLockError' },
      },
      {
        what: 'an entity of another version than the one asked for',
        fail: () => manager().findOne(MEMBER, { id: 1 }, { lockMode: LockMode.OPTIMISTIC, lockVersion: 7 }),
        becomes: 'write-conflict',
        logged: { type: 'OptimisticLockError' },
      },
      {
        what: 'what is no number',
        fail: () => manager().findOne(MEMBER, { id: 'x' as unknown as number }),
        becomes: 'validation-failed',
        logged: { type: 'DriverException', code: '22P02' },
      },
      {
        what: 'two that wait for each other',
        fail: async () => {
          await Promise.all(
            [
              [1, 2],
              [2, 1],
            ].map(([first, second]) =>
              manager().transactional(async (em) => {
                await em.execute("set local deadlock_timeout = '20ms'")
                await em.findOne(MEMBER, first!, { lockMode: LockMode.PESSIMISTIC_WRITE })
                await em.execute('select pg_sleep(0.05)')
                await em.findOne(MEMBER, second!, { lockMode: LockMode.PESSIMISTIC_WRITE })
              }),
            ),
          )
        },
        becomes: 'write-conflict',
        logged: { type: 'DeadlockException', code: '40P01' },
      },
      {
        what: 'a connection that is refused, whatever the port',
        fail: async () => (await connect(1)).em.fork().findOne(MEMBER, 1),
        becomes: 'unavailable',
        logged: { type: 'DriverException', code: 'ECONNREFUSED' },
      },
      {
        what: 'an entity without what it needs, which it tells as it tells misuse',
        fail: async () => {
          const em = manager()
          em.create(MEMBER, { id: 10 } as Member, { partial: true })
          await em.flush()
        },
        becomes: undefined,
        logged: { type: 'ValidationError' },
      },
    ])
  })

  describe('Kysely', () => {
    interface Database {
      readonly members: Member
    }
    let kysely: Kysely<Database>
    beforeAll(() => {
      kysely = new Kysely({ dialect: new PostgresDialect({ pool: new Pool(server.connection) }) })
    })
    afterAll(() => kysely.destroy())

    fails((statement) => kyselySql.raw(statement).execute(kysely))

    becomes('R09: what it throws becomes what it is', [
      {
        what: 'a row that is not there',
        fail: () => kysely.selectFrom('members').selectAll().where('id', '=', 99).executeTakeFirstOrThrow(),
        becomes: 'not-found',
        logged: { type: 'NoResultError' },
      },
      {
        what: 'a row that is not there to be changed',
        fail: () =>
          kysely
            .updateTable('members')
            .set({ name: 'zoe' })
            .where('id', '=', 99)
            .returningAll()
            .executeTakeFirstOrThrow(),
        becomes: 'not-found',
        logged: { type: 'NoResultError' },
      },
      {
        what: 'a row that is not there to be deleted',
        fail: () =>
          kysely.deleteFrom('members').where('id', '=', 99).returningAll().executeTakeFirstOrThrow(),
        becomes: 'not-found',
        logged: { type: 'NoResultError' },
      },
    ])
  })

  describe('Objection', () => {
    class Members extends Model {
      static override readonly tableName = 'members'
    }
    let knex: Knex
    beforeAll(() => {
      knex = createKnex({ client: 'pg', connection: server.connection })
    })
    afterAll(() => knex.destroy())

    fails((statement) => Members.query(knex).with('failing', knex.raw(statement)))

    becomes('R09: what it throws becomes what it is', [
      {
        what: 'a name that is taken',
        fail: () => Members.query(knex).insert({ id: 9, name: 'ann' } as object),
        becomes: 'already-exists',
        logged: { type: 'UniqueViolationError' },
      },
      {
        what: 'null',
        fail: () => Members.query(knex).insert({ id: 9 } as object),
        becomes: 'validation-failed',
        logged: { type: 'NotNullViolationError' },
      },
      {
        what: 'a check',
        fail: () => Members.query(knex).insert({ id: 9, name: 'nobody' } as object),
        becomes: 'validation-failed',
        logged: { type: 'CheckViolationError' },
      },
      {
        what: 'a row that others refer to',
        fail: async () => {
          await pool.query('insert into rentals values (1, 1)')
          await Members.query(knex).deleteById(1)
        },
        becomes: 'conflict',
        logged: { type: 'ForeignKeyViolationError' },
      },
      {
        what: 'a text that is too long',
        fail: () => Members.query(knex).insert({ id: 9, name: 'a long name' } as object),
        becomes: 'validation-failed',
        logged: { type: 'DataError' },
      },
      {
        what: 'a division by zero, which it tells as a DataError too',
        fail: () => Members.query(knex).whereRaw('id / 0 = 1'),
        becomes: undefined,
        logged: { type: 'DataError' },
      },
      {
        what: 'a column that is not there',
        fail: () => Members.query(knex).insert({ nowhere: 1 } as object),
        becomes: undefined,
        logged: { type: 'DBError' },
      },
      {
        what: 'a row that is not there',
        fail: () => Members.query(knex).findById(99).throwIfNotFound(),
        becomes: 'not-found',
        logged: { type: 'NotFoundError' },
      },
    ])
  })
})
