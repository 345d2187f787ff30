import { once } from 'node:events'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { sql as drizzleSql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/mysql2'
import createKnex, { type Knex } from 'knex'
import { Kysely, MysqlDialect, sql as kyselySql } from 'kysely'
import { createConnection, createPool, type Connection, type Pool } from 'mariadb'
import { createPool as createCallbackPool } from 'mysql2'
import * as mysql2 from 'mysql2/promise'
import { Sequelize } from 'sequelize'
import { DataSource } from 'typeorm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Condition } from '../../src/catalog/condition.ts'
import { recognize } from '../../src/index.ts'
import {
  describeWithMariaDb,
  START_TIMEOUT,
  startMariaDb,
  type MariaDb,
} from '../identify/families/databases/mariadb.ts'
import { fails, PLACES_OF_MARIADB, TABLES } from '../identify/families/databases/statements.ts'
import { becomes, type Row } from './becomes.ts'
import { failureOf } from '../support/failure-of.ts'

const SCHEMA = `
  ${TABLES}
  create table scores (
    member int not null, score smallint, born date, kind enum('a', 'b'), notes json,
    constraint positive check (score >= 0), unique key \`of\`\`member\` (member));
  insert into scores (member) values (1);
  create user guest@'127.0.0.1';
  grant all on test.* to guest@'127.0.0.1';
  create user crowd@'127.0.0.1' with max_user_connections 1;
  grant all on test.* to crowd@'127.0.0.1'
`

interface Statement {
  readonly what: string
  readonly errno: number
  readonly is: Condition | undefined
  readonly sql: string
  readonly place?: object
}

const statements: readonly Statement[] = [
  {
    what: 'a key whose value looks like the name of another key',
    errno: 1062,
    is: 'already-exists',
    sql: `insert into members (id, name) values (4, "' key 'x"), (5, "' key 'x")`,
    place: { constraint: 'name' },
  },
  {
    what: 'a duplicate primary key',
    errno: 1062,
    is: 'already-exists',
    sql: "insert into members (id, name) values (1, 'zoe')",
    place: { constraint: 'PRIMARY' },
  },
  {
    what: 'a key with a backtick in its name',
    errno: 1062,
    is: 'already-exists',
    sql: 'insert into scores (member) values (1)',
    place: { constraint: 'of`member' },
  },
  {
    what: 'a CHECK with a name',
    errno: 4025,
    is: 'validation-failed',
    sql: 'insert into scores (member, score) values (2, -1)',
    place: { constraint: 'positive' },
  },
  {
    what: 'what is no JSON',
    errno: 4025,
    is: 'validation-failed',
    sql: "insert into scores (member, notes) values (2, '{')",
    place: { constraint: 'notes', column: 'notes' },
  },
  {
    what: 'a value that is missing',
    errno: 1364,
    is: 'validation-failed',
    sql: 'insert into scores (score) values (1)',
    place: { column: 'member' },
  },
  {
    what: 'a text that is too long',
    errno: 1406,
    is: 'validation-failed',
    sql: "insert into members (id, name) values (3, 'a long name')",
    place: { column: 'name' },
  },
  {
    what: 'a number out of range',
    errno: 1264,
    is: 'validation-failed',
    sql: 'insert into scores (member, score) values (2, 99999)',
    place: { column: 'score' },
  },
  {
    what: 'a text that looks like the end of the message, for a number',
    errno: 1366,
    is: 'validation-failed',
    sql: `insert into scores (member, score) values (2, "x' for column 'secret' at row 1")`,
    place: { column: 'score' },
  },
  {
    what: 'what is no date',
    errno: 1292,
    is: 'validation-failed',
    sql: "insert into scores (member, born) values (2, 'someday')",
    place: { column: 'born' },
  },
  {
    what: 'a text that looks like the end of the message, where no column is told',
    errno: 1292,
    is: 'validation-failed',
    sql: `update scores set score = 1 where member = 1 + "x' for column 'secret' at row 1"`,
  },
  {
    what: 'a value that the column does not list',
    errno: 1265,
    is: 'validation-failed',
    sql: "insert into scores (member, kind) values (2, 'z')",
    place: { column: 'kind' },
  },
  {
    what: 'what is no regular expression',
    errno: 1139,
    is: 'validation-failed',
    sql: "select * from members where name regexp '('",
  },
  {
    what: 'a row that others refer to',
    errno: 1451,
    is: 'conflict',
    sql: 'delete from members where id = 1',
    place: { constraint: 'rentals_ibfk_1' },
  },
  {
    what: 'max_statement_time',
    errno: 1969,
    is: 'timeout',
    sql: 'set statement max_statement_time = 0.01 for select sleep(5)',
  },
  { what: 'a table that is not there', errno: 1146, is: undefined, sql: 'select * from nowhere' },
  { what: 'an own exception', errno: 1644, is: undefined, sql: "signal sqlstate '45000'" },
]

type Run = (statement: string) => Promise<unknown>

/** A connection of either driver. */
interface Client {
  readonly query: Run
  readonly end: () => Promise<unknown>
  readonly threadId: number | null
}

describeWithMariaDb('MariaDB', () => {
  let server: MariaDb
  let admin: Connection

  beforeAll(async () => {
    server = await startMariaDb()
    admin = await createConnection({ ...server.connection, multipleStatements: true })
    await admin.query(SCHEMA)
    await admin.query('insert into rentals values (7, 1)')
  }, START_TIMEOUT)
  afterAll(async () => {
    await admin?.end()
    await server?.stop()
  })

  const drivers = {
    mariadb: (user = 'root') => createConnection({ ...server.connection, user }),
    mysql2: (user = 'root') => mysql2.createConnection({ ...server.connection, user }),
  }

  describe.each(Object.keys(drivers) as (keyof typeof drivers)[])('by %s', (driver) => {
    const connect = drivers[driver] as (user?: string) => Promise<Client>
    let client: Client

    beforeAll(async () => {
      client = await connect()
    })
    afterAll(() => client?.end())

    fails((statement) => client.query(statement), PLACES_OF_MARIADB)

    becomes(
      'R09: a statement that fails for',
      statements.map(({ what, is, sql }): Row => ({
        what,
        fail: () => client.query(sql),
        becomes: is,
        logged: { type: driver === 'mariadb' ? 'SqlError' : 'Error' },
      })),
    )

    test.each(statements)('R12: recognize tells where a statement failed for $what', async (statement) => {
      const error = await failureOf(() => client.query(statement.sql))
      expect(error).toHaveProperty('errno', statement.errno)
      expect(recognize(error)).toEqual(statement.is && { condition: statement.is, ...statement.place })
    })

    becomes('R09: what a server refuses becomes what it is', [
      {
        what: 'two writers that wait for each other',
        fail: () =>
          withTwo(connect, async (one, other) => {
            await Promise.all([one.query('begin'), other.query('begin')])
            await Promise.all([lock(one, 1), lock(other, 2)])
            await Promise.all([lock(one, 2), lock(other, 1)])
          }),
        becomes: 'write-conflict',
        logged: { code: 'ER_LOCK_DEADLOCK' },
      },
      {
        what: 'a lock that another holds',
        fail: () =>
          withTwo(connect, async (one, other) => {
            await one.query('begin')
            await lock(one, 1)
            await other.query('select * from members where id = 1 for update nowait')
          }),
        becomes: 'write-conflict',
        logged: { code: 'ER_LOCK_WAIT_TIMEOUT' },
      },
      {
        what: 'a row that has changed since it was read',
        fail: () =>
          withTwo(connect, async (one, other) => {
            await one.query('set innodb_snapshot_isolation = on')
            await one.query('start transaction with consistent snapshot')
            await other.query('update members set version = version + 1 where id = 2')
            await one.query('update members set version = 7 where id = 2')
          }),
        becomes: 'write-conflict',
        logged: { code: 'ER_CHECKREAD' },
      },
      {
        what: 'a server that only reads',
        fail: async () => {
          const guest = await connect('guest')
          await admin.query('set global read_only = 1')
          try {
            await guest.query("insert into members (id, name) values (9, 'zoe')")
          } finally {
            await admin.query('set global read_only = 0')
            await guest.end()
          }
        },
        becomes: 'unavailable',
        logged: { code: 'ER_OPTION_PREVENTS_STATEMENT' },
      },
      {
        what: 'one connection too many of a user',
        fail: async () => {
          const first = await connect('crowd')
          try {
            await (await connect('crowd')).end()
          } finally {
            await first.end()
          }
        },
        becomes: 'unavailable',
        logged: { code: 'ER_USER_LIMIT_REACHED' },
      },
      {
        what: 'one connection too many',
        fail: async () => {
          await admin.query('set @before = @@max_connections, global max_connections = 10')
          const clients: Client[] = []
          try {
            for (;;) clients.push(await connect('guest'))
          } finally {
            await Promise.all(clients.map((one) => one.end()))
            await admin.query('set global max_connections = @before')
          }
        },
        becomes: 'unavailable',
        logged: { code: 'ER_CON_COUNT_ERROR' },
      },
      {
        what: 'a connection that is killed',
        fail: async () => {
          const killed = await connect()
          const [failure] = await Promise.allSettled([
            killed.query('select sleep(5)'),
            admin.query(`kill ${killed.threadId}`),
          ])
          if (failure.status === 'rejected') throw failure.reason
        },
        becomes: 'unavailable',
      },
      {
        what: 'a user that does not exist',
        fail: () => connect('nobody'),
        becomes: undefined,
        logged: { code: 'ER_ACCESS_DENIED_ERROR' },
      },
    ])
  })

  describe('mariadb', () => {
    let silent: Server
    beforeAll(async () => {
      silent = createServer((socket) => socket.on('error', () => {})).listen(0, '127.0.0.1')
      await once(silent, 'listening')
    })
    afterAll(() => void silent.close())

    const pools: Pool[] = []
    function pool(options: object): Pool {
      const made = createPool({ ...server.connection, connectionLimit: 1, acquireTimeout: 200, ...options })
      pools.push(made)
      return made
    }
    afterAll(() => Promise.all(pools.map((made) => made.end())))

    becomes('R09: what its connector says itself becomes what it is', [
      {
        what: 'a connection that is refused, whatever the port',
        fail: () => createConnection({ ...server.connection, port: 1 }),
        becomes: 'unavailable',
        logged: { code: 'ECONNREFUSED' },
      },
      {
        what: 'a server that does not answer',
        fail: () =>
          createConnection({
            ...server.connection,
            port: (silent.address() as AddressInfo).port,
            connectTimeout: 50,
          }),
        becomes: 'unavailable',
        logged: { type: 'SqlError', code: 'ER_CONNECTION_TIMEOUT' },
      },
      {
        what: 'a pool without a free connection',
        fail: async () => {
          const small = pool({})
          const taken = await small.getConnection()
          try {
            await small.query('select 1')
          } finally {
            await taken.release()
          }
        },
        becomes: 'unavailable',
        logged: { type: 'SqlError', code: 'ER_GET_CONNECTION_TIMEOUT' },
      },
      {
        what: 'a pool whose server cannot be reached',
        fail: () => pool({ port: 1 }).query('select 1'),
        becomes: 'unavailable',
        logged: { type: 'SqlError', code: 'ER_GET_CONNECTION_TIMEOUT' },
      },
      {
        what: 'a pool that has ended',
        fail: async () => {
          const ended = createPool(server.connection)
          await ended.end()
          await ended.query('select 1')
        },
        becomes: 'unavailable',
        logged: { code: 'ER_POOL_ALREADY_CLOSED' },
      },
      {
        what: 'a connection that has ended',
        fail: async () => {
          const ended = await createConnection(server.connection)
          await ended.end()
          await ended.query('select 1')
        },
        becomes: 'unavailable',
        logged: { code: 'ER_CMD_CONNECTION_CLOSED' },
      },
      {
        what: 'a connection that is destroyed under a query',
        fail: async () => {
          const destroyed = await createConnection(server.connection)
          const query = destroyed.query('select sleep(5)')
          destroyed.destroy()
          await query
        },
        becomes: 'unavailable',
        logged: { code: 'ER_CMD_NOT_EXECUTED_DESTROYED' },
      },
      {
        what: 'a query that takes longer than `socketTimeout`',
        fail: async () => {
          const hasty = await createConnection({ ...server.connection, socketTimeout: 100 })
          await hasty.query('select sleep(5)')
        },
        becomes: 'timeout',
        logged: { code: 'ER_SOCKET_TIMEOUT' },
      },
      {
        what: 'a query that takes longer than its `timeout`',
        fail: () => admin.query({ sql: 'select sleep(5)', timeout: 10 }),
        becomes: 'timeout',
        logged: { code: 'ER_STATEMENT_TIMEOUT' },
      },
      {
        what: 'a parameter that the code forgot',
        fail: () => admin.query('select ?', []),
        becomes: undefined,
        logged: { code: 'ER_MISSING_PARAMETER' },
      },
    ])
  })

  test('R12: no length of a value makes what it says the name of a key', async () => {
    await admin.query(
      'create or replace table texts (text varchar(700) character set utf8mb4, unique key texts_key (text))',
    )
    const fake = "' for key 'fake'"
    for (const letter of ['x', '\u{1F600}', 'é']) {
      for (let length = 80; length < 640; length += 1) {
        const text = letter.repeat(length) + fake
        const fail = (): Promise<unknown> => admin.query('insert into texts values (?), (?)', [text, text])
        const { constraint } = recognize(await failureOf(fail)) ?? {}
        expect([undefined, 'texts_key'], `${length} of ${letter}`).toContain(constraint)
      }
    }
  }, 60_000)

  describe('wrappers of mysql2', () => {
    describe('Drizzle', () => {
      let client: mysql2.Pool
      beforeAll(() => {
        client = mysql2.createPool(server.connection)
      })
      afterAll(() => client.end())

      fails((statement) => drizzle(client).execute(drizzleSql.raw(statement)), PLACES_OF_MARIADB)
    })

    describe('Knex', () => {
      let knex: Knex
      beforeAll(() => {
        knex = createKnex({ client: 'mysql2', connection: server.connection })
      })
      afterAll(() => knex.destroy())

      fails((statement) => knex.raw(statement), PLACES_OF_MARIADB)
    })

    describe('Kysely', () => {
      let kysely: Kysely<object>
      beforeAll(() => {
        kysely = new Kysely({ dialect: new MysqlDialect({ pool: createCallbackPool(server.connection) }) })
      })
      afterAll(() => kysely.destroy())

      fails((statement) => kyselySql.raw(statement).execute(kysely), PLACES_OF_MARIADB)
    })

    describe('Sequelize', () => {
      let source: Sequelize
      beforeAll(() => {
        const { user, ...connection } = server.connection
        source = new Sequelize({ dialect: 'mysql', username: user, ...connection, logging: false })
      })
      afterAll(() => source.close())

      fails((statement) => source.query(statement), PLACES_OF_MARIADB)

      becomes('R09: what Sequelize wraps becomes what it is', [
        {
          what: 'max_statement_time',
          fail: () => source.query('set statement max_statement_time = 0.01 for select sleep(5)'),
          becomes: 'timeout',
          logged: { type: 'SequelizeDatabaseError' },
        },
      ])
    })

    describe('TypeORM', () => {
      let source: DataSource
      beforeAll(async () => {
        const { user, ...connection } = server.connection
        source = new DataSource({ type: 'mariadb', username: user, ...connection })
        await source.initialize()
      })
      afterAll(() => source.destroy())

      fails((statement) => source.query(statement), PLACES_OF_MARIADB)

      becomes('R09: what TypeORM wraps becomes what it is', [
        {
          what: 'max_statement_time',
          fail: () => source.query('set statement max_statement_time = 0.01 for select sleep(5)'),
          becomes: 'timeout',
          logged: { type: 'QueryFailedError' },
        },
      ])
    })
  })
})

function lock(client: Client, id: number): Promise<unknown> {
  return client.query(`select * from members where id = ${id} for update`)
}

async function withTwo(
  connect: () => Promise<Client>,
  action: (one: Client, other: Client) => Promise<unknown>,
): Promise<void> {
  const clients = [await connect(), await connect()] as const
  try {
    await action(...clients)
  } finally {
    await Promise.allSettled(clients.map((client) => client.query('rollback').then(() => client.end())))
  }
}
