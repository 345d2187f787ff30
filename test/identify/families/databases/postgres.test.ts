import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { Client, Pool, type ClientConfig } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Condition } from '../../../../src/catalog/condition.ts'
import { catalog as secrets } from '../../../../src/catalogs/secrets.ts'
import { answersTo, errorHeaders, everywhere } from '../../../support/answers.ts'
import { conditionCatalog } from '../../../support/conditions.ts'
import { answerTo, conditionOf, expectEverywhere } from './expected.ts'
import { describeWithPostgres, START_TIMEOUT, startPostgres, type Postgres } from './postgres.ts'
import { failureOf } from '../../../support/failure-of.ts'

const SCHEMA = `
  create table members (
    id serial primary key, key uuid, born date, score smallint, notes jsonb,
    name varchar(8) not null unique check (name <> 'nobody'));
  create table rentals (
    member integer references members (id), days int4range, exclude using gist (days with &&));
  insert into members (name) values ('ann'), ('bob');
  insert into rentals values (1, '[1,5)');
  create role guest login;
  create role crowd login connection limit 0;
`

interface Statement {
  readonly what: string
  readonly sqlState: string
  readonly is: Condition | undefined
  readonly sql: string
  readonly values?: readonly unknown[]
}

const statements: readonly Statement[] = [
  {
    what: 'a duplicate key',
    sqlState: '23505',
    is: 'already-exists',
    sql: "insert into members (name) values ('ann')",
  },
  {
    what: 'a row that is not there',
    sqlState: '23503',
    is: 'conflict',
    sql: 'insert into rentals values (99)',
  },
  {
    what: 'a row that others refer to',
    sqlState: '23503',
    is: 'conflict',
    sql: "delete from members where name = 'ann'",
  },
  {
    what: 'an exclusion',
    sqlState: '23P01',
    is: 'conflict',
    sql: "insert into rentals values (2, '[3,6)')",
  },
  {
    what: 'null',
    sqlState: '23502',
    is: 'validation-failed',
    sql: 'insert into members (name) values (null)',
  },
  {
    what: 'a check',
    sqlState: '23514',
    is: 'validation-failed',
    sql: "insert into members (name) values ('nobody')",
  },
  {
    what: 'a text that is too long',
    sqlState: '22001',
    is: 'validation-failed',
    sql: 'insert into members (name) values ($1)',
    values: ['a long name'],
  },
  {
    what: 'a number out of range',
    sqlState: '22003',
    is: 'validation-failed',
    sql: 'update members set score = $1::integer',
    values: [99_999],
  },
  {
    what: 'what is no UUID',
    sqlState: '22P02',
    is: 'validation-failed',
    sql: 'select from members where key = $1',
    values: ['x'],
  },
  {
    what: 'what is no JSON',
    sqlState: '22P02',
    is: 'validation-failed',
    sql: 'update members set notes = $1',
    values: ['{'],
  },
  {
    what: 'what is no date',
    sqlState: '22007',
    is: 'validation-failed',
    sql: 'update members set born = $1',
    values: ['someday'],
  },
  {
    what: 'a day that does not exist',
    sqlState: '22008',
    is: 'validation-failed',
    sql: 'update members set born = $1',
    values: ['2026-02-30'],
  },
  {
    what: 'a NUL character',
    sqlState: '22021',
    is: 'validation-failed',
    sql: 'update members set name = $1',
    values: ['a\0'],
  },
  {
    what: 'a NUL character in JSON',
    sqlState: '22P05',
    is: 'validation-failed',
    sql: 'update members set notes = $1',
    values: ['"\\u0000"'],
  },
  {
    what: 'a pattern that ends with a backslash',
    sqlState: '22025',
    is: 'validation-failed',
    sql: 'select from members where lower(name) like $1',
    values: ['a\\'],
  },
  {
    what: 'what is no regular expression',
    sqlState: '2201B',
    is: 'validation-failed',
    sql: 'select from members where name ~ $1',
    values: ['('],
  },
  {
    what: 'a negative limit',
    sqlState: '2201W',
    is: 'validation-failed',
    sql: 'select from members limit $1',
    values: [-1],
  },
  {
    what: 'a negative offset',
    sqlState: '2201X',
    is: 'validation-failed',
    sql: 'select from members offset $1',
    values: [-1],
  },
  { what: 'a syntax error', sqlState: '42601', is: undefined, sql: 'selec' },
  { what: 'a table that is not there', sqlState: '42P01', is: undefined, sql: 'table nowhere' },
  { what: 'a division by zero', sqlState: '22012', is: undefined, sql: 'select 1 / 0' },
  {
    what: "a function's own exception",
    sqlState: 'P0001',
    is: undefined,
    sql: "do $$ begin raise exception 'no'; end $$",
  },
]

describeWithPostgres('PostgreSQL (pg)', () => {
  let server: Postgres
  let pool: Pool

  beforeAll(async () => {
    server = await startPostgres()
    pool = new Pool(server.connection)
    await pool.query(SCHEMA)
  }, START_TIMEOUT)
  afterAll(async () => {
    if (pool && !pool.ended) await pool.end()
    await server?.stop()
  })

  async function connect(config: ClientConfig = {}): Promise<Client> {
    const client = new Client({ ...server.connection, ...config })
    // Told again of a connection that ends while a query runs.
    client.on('error', () => {})
    await client.connect()
    return client
  }

  /** Runs an action with connections of their own. */
  async function withClients(
    config: ClientConfig,
    action: (one: Client, other: Client) => Promise<unknown>,
  ): Promise<unknown> {
    const clients = [await connect(config), await connect(config)] as const
    try {
      return await action(...clients)
    } finally {
      await Promise.all(clients.map((client) => client.end()))
    }
  }

  describe('a statement', () => {
    for (const { what, sqlState, is, sql, values } of statements) {
      test(`that fails for ${what} is ${is ?? 'unrecognized'}`, async () => {
        const error = await failureOf(() => pool.query(sql, values && [...values]))
        expect(error).toHaveProperty('code', sqlState)
        expect(conditionOf(error)).toBe(is)
      })
    }

    test('that fails in a route is answered with the code of the catalog', async () => {
      const answers = await answersTo(
        () => pool.query(statements[0]!.sql),
        { catalog: secrets },
        { headers: { 'X-Request-ID': 'probe-1' } },
      )
      const error = { code: 'name_conflict', message: 'Name already taken', request_id: 'probe-1' }
      expect(answers).toEqual(everywhere({ status: 409, headers: errorHeaders(), body: { error } }))
    })

    test('that fails for a right that is missing is unrecognized', async () => {
      const guest = await connect({ user: 'guest' })
      const error = await failureOf(() => guest.query('table members'))
      await guest.end()
      expect(error).toHaveProperty('code', '42501')
      expect(conditionOf(error)).toBe(undefined)
    })

    test('that takes longer than statement_timeout is timeout', async () => {
      const hasty = new Pool({ ...server.connection, statement_timeout: 20 })
      const answers = await answersTo(() => hasty.query('select pg_sleep(5)'), { catalog: conditionCatalog })
      await hasty.end()
      expect(answers).toEqual(everywhere(answerTo('timeout')))
    })
  })

  describe('two writers', () => {
    test('of which one reads what the other has changed are write-conflict', async () => {
      const error = await failureOf(() =>
        withClients({}, async (one, other) => {
          await one.query('begin isolation level serializable; select from members')
          await other.query("update members set score = 1 where name = 'ann'")
          await one.query("update members set score = 2 where name = 'ann'")
        }),
      )
      expect(error).toHaveProperty('code', '40001')
      expect(conditionOf(error)).toBe('write-conflict')
    })

    test('that wait for each other are write-conflict', async () => {
      const error = await failureOf(() =>
        withClients({ options: '-c deadlock_timeout=20ms' }, async (one, other) => {
          await Promise.all([one.query('begin'), other.query('begin')])
          await Promise.all([lock(one, 'ann'), lock(other, 'bob')])
          await Promise.all([lock(one, 'bob'), lock(other, 'ann')])
        }),
      )
      expect(error).toHaveProperty('code', '40P01')
      await expectEverywhere(error, 'write-conflict')
    })

    test.each([
      ['nowait', 'begin', 'table members for update nowait'],
      ['lock_timeout', 'begin; set lock_timeout = 20', 'table members for update'],
    ])('of which one holds the lock are write-conflict with %s', async (_, begin, wait) => {
      const error = await failureOf(() =>
        withClients({}, async (one, other) => {
          await one.query('begin; table members for update')
          await other.query(begin)
          await other.query(wait)
        }),
      )
      expect(error).toHaveProperty('code', '55P03')
      expect(conditionOf(error)).toBe('write-conflict')
    })
  })

  describe('a connection', () => {
    test('that is one too many is unavailable', async () => {
      const error = await failureOf(() => connect({ user: 'crowd' }))
      expect(error).toHaveProperty('code', '53300')
      await expectEverywhere(error, 'unavailable')
    })

    test('of a user that does not exist is unrecognized', async () => {
      const error = await failureOf(() => connect({ user: 'nobody' }))
      expect(error).toHaveProperty('code', '28000')
      expect(conditionOf(error)).toBe(undefined)
    })

    test('that the server ends is unavailable', async () => {
      const error = await failureOf(() =>
        withClients({}, async (one, other) => {
          const { rows } = await one.query<{ readonly pid: number }>('select pg_backend_pid() as pid')
          const sleep = one.query('select pg_sleep(5)')
          await Promise.all([sleep, other.query('select pg_terminate_backend($1)', [rows[0]!.pid])])
        }),
      )
      expect(error).toHaveProperty('code', '57P01')
      await expectEverywhere(error, 'unavailable')
    })
  })

  test('says nothing of table, constraint, column, value, statement or host', async () => {
    const error = await failureOf(() => pool.query('insert into members (name) values ($1)', ['ann']))
    expect(error).toMatchObject({
      table: 'members',
      constraint: 'members_name_key',
      detail: 'Key (name)=(ann) already exists.',
    })
    const answers = await answersTo(
      () => {
        throw error
      },
      { envelope: 'problem', reveal: { values: true } },
    )
    for (const answer of Object.values(answers)) {
      expect(JSON.stringify(answer)).not.toMatch(/members|\(?name\)?=|ann\b|insert|Key|23505|127\.0\.0\.1/)
    }
  })

  // Comes last: none is there any more.
  test('a connection to a server that stops, and to one that has stopped, is unavailable', async () => {
    const socket = { host: server.folder }
    await pool.end()
    const last = await connect()
    server.beginStop()
    const refused = await firstFailure(() => connect())
    expect(refused).toHaveProperty('code', '57P03')
    expect(conditionOf(refused)).toBe('unavailable')
    await last.end()
    await server.stop()
    const missing = await failureOf(() => connect(socket))
    expect(missing).toMatchObject({ code: 'ENOENT', syscall: 'connect' })
    await expectEverywhere(missing, 'unavailable')
  })
})

function lock(client: Client, name: string): Promise<unknown> {
  return client.query('select from members where name = $1 for update', [name])
}

/** The server takes a moment to hear of a signal. */
async function firstFailure(action: () => Promise<Client>): Promise<unknown> {
  for (;;) {
    try {
      const client = await action()
      await client.end()
    } catch (error) {
      return error
    }
  }
}

describe('PostgreSQL (pg), of a later version', () => {
  test.each([
    ['a RESTRICT', '23001', 'conflict'],
    ['transaction_timeout', '25P04', 'timeout'],
  ] as const)('that fails for %s (%s) is %s', async (_, sqlState, condition) => {
    const server = createServer((socket) => socket.once('data', () => socket.end(errorResponse(sqlState))))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const error = await failureOf(() => new Client({ host: '127.0.0.1', port }).connect())
    server.close()
    expect(error).toHaveProperty('code', sqlState)
    expect(conditionOf(error)).toBe(condition)
  })
})

/** https://www.postgresql.org/docs/current/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-ERRORRESPONSE */
function errorResponse(sqlState: string): Buffer {
  const fields = Buffer.from(`SERROR\0VERROR\0C${sqlState}\0Mno\0\0`)
  const head = Buffer.alloc(5)
  head.write('E')
  head.writeInt32BE(4 + fields.length, 1)
  return Buffer.concat([head, fields])
}
