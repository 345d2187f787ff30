import { once } from 'node:events'
import { createServer, type AddressInfo, type Server } from 'node:net'
import createKnex, { type Knex } from 'knex'
import mssql from 'mssql'
import { Connection, Request } from 'tedious'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Condition } from '../../src/catalog/condition.ts'
import { recognize } from '../../src/index.ts'
import { becomes } from './becomes.ts'
import { startTdsServer, type TdsServer } from './tds-server.ts'
import { failureOf } from '../support/failure-of.ts'

interface Failure {
  readonly what: string
  readonly number: number
  readonly message: string
  readonly is: Condition | undefined
  readonly place?: object
}

const LURE = "Violation of UNIQUE KEY constraint 'secret'. (column 'secret')"

/** https://learn.microsoft.com/sql/relational-databases/errors-events/database-engine-events-and-errors */
const failures: readonly Failure[] = [
  {
    what: 'a duplicate key',
    number: 2627,
    message: `Violation of UNIQUE KEY constraint 'members_name'. Cannot insert duplicate key in object 'dbo.members'. The duplicate key value is (${LURE}).`,
    is: 'already-exists',
    place: { constraint: 'members_name' },
  },
  {
    what: 'a duplicate primary key',
    number: 2627,
    message:
      "Violation of PRIMARY KEY constraint 'PK_members'. Cannot insert duplicate key in object 'dbo.members'. The duplicate key value is (1).",
    is: 'already-exists',
    place: { constraint: 'PK_members' },
  },
  {
    what: 'a duplicate in an index',
    number: 2601,
    message: `Cannot insert duplicate key row in object 'dbo.members' with unique index 'members_name'. The duplicate key value is (${LURE}).`,
    is: 'already-exists',
    place: { constraint: 'members_name' },
  },
  {
    what: 'a row that is not there',
    number: 547,
    message:
      'The INSERT statement conflicted with the FOREIGN KEY constraint "FK_rentals". The conflict occurred in database "shop", table "dbo.members", column \'id\'.',
    is: 'conflict',
    place: { constraint: 'FK_rentals' },
  },
  {
    what: 'a row that others refer to',
    number: 547,
    message:
      'The DELETE statement conflicted with the REFERENCE constraint "FK_rentals". The conflict occurred in database "shop", table "dbo.rentals", column \'member\'.',
    is: 'conflict',
    place: { constraint: 'FK_rentals' },
  },
  {
    what: 'a CHECK, which has the number of a foreign key',
    number: 547,
    message:
      'The UPDATE statement conflicted with the CHECK constraint "positive". The conflict occurred in database "shop", table "dbo.scores", column \'score\'.',
    is: 'conflict',
    place: { constraint: 'positive' },
  },
  {
    what: 'null',
    number: 515,
    message:
      "Cannot insert the value NULL into column 'name', table 'shop.dbo.members'; column does not allow nulls. INSERT fails.",
    is: 'validation-failed',
    place: { column: 'name' },
  },
  {
    what: 'a text that is too long',
    number: 2628,
    message: `String or binary data would be truncated in table 'shop.dbo.members', column 'name'. Truncated value: '${LURE}'.`,
    is: 'validation-failed',
    place: { column: 'name' },
  },
  {
    what: 'a text that is too long for an old server',
    number: 8152,
    message: 'String or binary data would be truncated.',
    is: 'validation-failed',
  },
  {
    what: 'what is no number',
    number: 245,
    message: `Conversion failed when converting the varchar value '${LURE}' to data type int.`,
    is: 'validation-failed',
  },
  {
    what: 'what is no UUID',
    number: 8169,
    message: 'Conversion failed when converting from a character string to uniqueidentifier.',
    is: 'validation-failed',
  },
  {
    what: 'a deadlock',
    number: 1205,
    message:
      'Transaction (Process ID 52) was deadlocked on lock resources with another process and has been chosen as the deadlock victim. Rerun the transaction.',
    is: 'write-conflict',
  },
  {
    what: 'a lock that another holds',
    number: 1222,
    message: 'Lock request time out period exceeded.',
    is: 'write-conflict',
  },
  {
    what: 'a database that is moved',
    number: 40613,
    message: "Database 'shop' on server 'x' is not currently available.  Please retry the connection later.",
    is: 'unavailable',
  },
  { what: 'a syntax error', number: 102, message: "Incorrect syntax near 'selec'.", is: undefined },
  { what: 'a table that is not there', number: 208, message: "Invalid object name 'x'.", is: undefined },
  {
    what: 'a right that is missing',
    number: 229,
    message: 'The INSERT permission was denied.',
    is: undefined,
  },
  { what: "an app's own", number: 50000, message: LURE, is: undefined },
]

function failing({ number, message }: Failure): string {
  return `fail ${number} ${message} end`
}

describe('SQL Server', () => {
  let server: TdsServer
  let silent: Server
  let silentPort: number
  beforeAll(async () => {
    server = await startTdsServer()
    silent = createServer((socket) => socket.on('error', () => {})).listen(0, '127.0.0.1')
    await once(silent, 'listening')
    silentPort = (silent.address() as AddressInfo).port
  })
  afterAll(() => {
    server?.close()
    silent?.close()
  })

  async function connectTedious(options: object = {}): Promise<Connection> {
    const connection = new Connection({
      server: '127.0.0.1',
      authentication: { type: 'default', options: { userName: 'sa', password: 'x' } },
      options: { port: server.port, encrypt: false, ...options },
    })
    connection.on('error', () => {})
    await new Promise<void>((resolve, reject) => {
      connection.connect((error) => (error ? reject(error) : resolve()))
    })
    return connection
  }

  async function queryTedious(sql: string, options?: object): Promise<void> {
    const connection = await connectTedious(options)
    try {
      await new Promise<void>((resolve, reject) => {
        connection.execSql(new Request(sql, (error) => (error ? reject(error) : resolve())))
      })
    } finally {
      connection.close()
    }
  }

  describe('by mssql', () => {
    const pools: mssql.ConnectionPool[] = []
    async function connect(options?: Partial<mssql.config>): Promise<mssql.ConnectionPool> {
      const made = new mssql.ConnectionPool({
        server: '127.0.0.1',
        port: server.port,
        user: 'sa',
        password: 'x',
        options: { encrypt: false },
        connectionTimeout: 2_000,
        ...options,
      })
      // Told again of a connection that ends.
      made.on('error', () => {})
      pools.push(made)
      return made.connect()
    }
    let pool: mssql.ConnectionPool
    beforeAll(async () => {
      pool = await connect()
    })
    afterAll(() => Promise.all(pools.map((made) => made.close())))

    becomes(
      'R09: a statement that fails for',
      failures.map((failure) => ({
        what: failure.what,
        fail: () => pool.query(failing(failure)),
        becomes: failure.is,
        logged: { type: 'RequestError', code: 'EREQUEST' },
      })),
    )

    test.each(failures)('R12: recognize tells where a statement failed for $what', async (failure) => {
      const error = await failureOf(() => pool.query(failing(failure)))
      expect(recognize(error)).toEqual(failure.is && { condition: failure.is, ...failure.place })
    })

    becomes('R09: what it says itself becomes what it is', [
      {
        what: 'a query that takes longer than requestTimeout',
        fail: async () => (await connect({ requestTimeout: 100 })).query('wait'),
        becomes: 'timeout',
        logged: { type: 'RequestError', code: 'ETIMEOUT' },
      },
      {
        what: 'a connection that ends under a query',
        fail: () => pool.query('drop'),
        becomes: 'unavailable',
        logged: { type: 'RequestError' },
      },
      {
        what: 'a connection that is refused, whatever the port',
        fail: () => connect({ port: 1 }),
        becomes: 'unavailable',
        logged: { type: 'ConnectionError', code: 'ESOCKET' },
      },
      {
        what: 'a host that is not there',
        fail: () => connect({ server: 'nowhere.invalid' }),
        becomes: 'unavailable',
        logged: { type: 'ConnectionError', code: 'ESOCKET' },
      },
      {
        what: 'a server that does not answer',
        fail: () => connect({ port: silentPort, connectionTimeout: 50 }),
        becomes: 'unavailable',
        logged: { type: 'ConnectionError', code: 'ETIMEOUT' },
      },
      {
        what: 'a pool that is closed',
        fail: async () => {
          const closed = await connect()
          await closed.close()
          await closed.query('select 1')
        },
        becomes: 'unavailable',
        logged: { type: 'ConnectionError', code: 'ECONNCLOSED' },
      },
      {
        what: 'a password that is wrong',
        fail: () => connect({ user: 'user18456' }),
        becomes: undefined,
        logged: { type: 'ConnectionError', code: 'ELOGIN' },
      },
    ])
  })

  describe('by tedious', () => {
    test.each(failures)('R12: recognize tells where a statement failed for $what', async (failure) => {
      const error = await failureOf(() => queryTedious(failing(failure)))
      expect(recognize(error)).toEqual(failure.is && { condition: failure.is, ...failure.place })
    })

    becomes('R09: what it throws becomes what it is', [
      {
        what: 'a duplicate key',
        fail: () => queryTedious(failing(failures[0]!)),
        becomes: 'already-exists',
        logged: { type: 'RequestError', code: 'EREQUEST' },
      },
      {
        what: 'a query that takes longer than requestTimeout',
        fail: () => queryTedious('wait', { requestTimeout: 100 }),
        becomes: 'timeout',
        logged: { type: 'RequestError', code: 'ETIMEOUT' },
      },
      {
        what: 'a connection that is refused, whatever the port',
        fail: () => connectTedious({ port: 1 }),
        becomes: 'unavailable',
        logged: { type: 'ConnectionError', code: 'ESOCKET' },
      },
      {
        what: 'a server that does not answer',
        fail: () => connectTedious({ port: silentPort, connectTimeout: 50 }),
        becomes: 'unavailable',
        logged: { type: 'ConnectionError', code: 'ETIMEOUT' },
      },
    ])
  })

  describe('under Knex', () => {
    let knex: Knex
    beforeAll(() => {
      knex = createKnex({
        client: 'mssql',
        connection: {
          server: '127.0.0.1',
          port: server.port,
          user: 'sa',
          password: 'x',
          options: { encrypt: false },
        },
      })
    })
    afterAll(() => knex.destroy())

    // Knex writes the statement before the message, and a user's values stand on both sides of the name.
    test.each(failures)(
      'R09: a statement that fails for $what is what it is, without a place',
      async (failure) => {
        const error = await failureOf(() => knex.raw(failing(failure)))
        expect(recognize(error)).toEqual(failure.is && { condition: failure.is })
      },
    )
  })
})
