import { once } from 'node:events'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { createConnection as createServerSide, type ConnectionOptions } from 'mysql2'
import { createConnection, createPool, type Connection, type Pool } from 'mysql2/promise'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Condition } from '../../../../src/catalog/condition.ts'
import { answersTo, everywhere } from '../../../support/answers.ts'
import { conditionCatalog } from '../../../support/conditions.ts'
import { answerTo, conditionOf, expectEverywhere } from './expected.ts'
import { failureOf } from '../../../support/failure-of.ts'

/** https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html */
const errors: readonly (readonly [number: number, name: string, is: Condition | undefined])[] = [
  [1062, 'ER_DUP_ENTRY', 'already-exists'],
  [1586, 'ER_DUP_ENTRY_WITH_KEY_NAME', 'already-exists'],
  [1216, 'ER_NO_REFERENCED_ROW', 'conflict'],
  [1217, 'ER_ROW_IS_REFERENCED', 'conflict'],
  [1451, 'ER_ROW_IS_REFERENCED_2', 'conflict'],
  [1452, 'ER_NO_REFERENCED_ROW_2', 'conflict'],
  [1048, 'ER_BAD_NULL_ERROR', 'validation-failed'],
  [1364, 'ER_NO_DEFAULT_FOR_FIELD', 'validation-failed'],
  [3819, 'ER_CHECK_CONSTRAINT_VIOLATED', 'validation-failed'],
  [1406, 'ER_DATA_TOO_LONG', 'validation-failed'],
  [1690, 'ER_DATA_OUT_OF_RANGE', 'validation-failed'],
  [1264, 'ER_WARN_DATA_OUT_OF_RANGE', 'validation-failed'],
  [1292, 'ER_TRUNCATED_WRONG_VALUE', 'validation-failed'],
  [1366, 'ER_TRUNCATED_WRONG_VALUE_FOR_FIELD', 'validation-failed'],
  [1525, 'ER_WRONG_VALUE', 'validation-failed'],
  [3140, 'ER_INVALID_JSON_TEXT', 'validation-failed'],
  [1265, 'WARN_DATA_TRUNCATED', 'validation-failed'],
  [1213, 'ER_LOCK_DEADLOCK', 'write-conflict'],
  [1205, 'ER_LOCK_WAIT_TIMEOUT', 'write-conflict'],
  [3572, 'ER_LOCK_NOWAIT', 'write-conflict'],
  [1203, 'ER_TOO_MANY_USER_CONNECTIONS', 'unavailable'],
  [1226, 'ER_USER_LIMIT_REACHED', 'unavailable'],
  [1053, 'ER_SERVER_SHUTDOWN', 'unavailable'],
  [3032, 'ER_SERVER_OFFLINE_MODE', 'unavailable'],
  [4031, 'ER_CLIENT_INTERACTION_TIMEOUT', 'unavailable'],
  [3024, 'ER_QUERY_TIMEOUT', 'timeout'],
  [1317, 'ER_QUERY_INTERRUPTED', 'timeout'],
  [1064, 'ER_PARSE_ERROR', undefined],
  [1146, 'ER_NO_SUCH_TABLE', undefined],
  [1142, 'ER_TABLEACCESS_DENIED_ERROR', undefined],
]

/** Fails each query with the error whose number it is. `drop` ends the connection, `wait` has no answer. */
function serve(socket: Socket): void {
  const connection = createServerSide({ stream: socket, isServer: true })
  connection.on('error', () => {})
  connection.on('query', (query: string) => {
    if (query === 'drop') connection.destroy()
    if (/^\d+$/.test(query)) {
      connection.writeError({ code: Number(query), message: "no 'ann' in secret.members" })
    }
    startAnew()
  })
  // Packets count from 0 for each command, which this side leaves to us.
  const startAnew = (): void => {
    connection.sequenceId = 0
  }
  connection.serverHandshake({
    protocolVersion: 10,
    serverVersion: '8.4.0',
    connectionId: 1,
    statusFlags: 2,
    characterSet: 33,
    capabilityFlags: 0xff_ff_ff,
    authCallback(_: unknown, accept: () => void) {
      accept()
      startAnew()
    },
  })
}

describe('MySQL (mysql2)', () => {
  let server: Server
  let port: number
  let pool: Pool

  beforeAll(async () => {
    server = await listening(createServer(serve))
    port = portOf(server)
    pool = createPool({ host: '127.0.0.1', port, user: 'root' })
  })
  afterAll(async () => {
    await pool.end()
    server.close()
  })

  for (const [number, name, condition] of errors) {
    test(`${name} is ${condition ?? 'unrecognized'}`, async () => {
      const error = await failureOf(() => pool.query(String(number)))
      expect(error).toMatchObject({ code: name, errno: number })
      expect(conditionOf(error)).toBe(condition)
    })
  }

  test('a duplicate key in a route is answered with the code of the catalog', async () => {
    const answers = await answersTo(() => pool.query('1062'), { catalog: conditionCatalog })
    expect(answers).toEqual(everywhere(answerTo('already-exists')))
  })

  test('a query that takes longer than its `timeout` is timeout', async () => {
    const connection = await connect(port)
    const error = await failureOf(() => connection.query({ sql: 'wait', timeout: 10 }))
    connection.destroy()
    expect(error).toHaveProperty('code', 'PROTOCOL_SEQUENCE_TIMEOUT')
    await expectEverywhere(error, 'timeout')
  })

  test('a connection that the server ends is unavailable', async () => {
    const error = await failureOf(() => pool.query('drop'))
    expect(error).toMatchObject({ code: 'PROTOCOL_CONNECTION_LOST', fatal: true })
    await expectEverywhere(error, 'unavailable')
  })

  test('a connection that is one too many is unavailable', async () => {
    // Before the handshake, which leaves the SQLSTATE out.
    const full = await listening(
      createServer((socket) => socket.end(errorPacket(1040, 'Too many connections'))),
    )
    const error = await failureOf(() => connect(portOf(full)))
    full.close()
    expect(error).toMatchObject({ code: 'ER_CON_COUNT_ERROR', sqlState: '' })
    await expectEverywhere(error, 'unavailable')
  })

  test('a server that does not answer is unavailable', async () => {
    const silent = await listening(createServer((socket) => socket.on('error', () => {})))
    const error = await failureOf(() => connect(portOf(silent), { connectTimeout: 10 }))
    silent.close()
    expect(error).toMatchObject({ code: 'ETIMEDOUT', fatal: true })
    expect(conditionOf(error)).toBe('unavailable')
  })

  test('a connection that is refused is unavailable, whatever the port', async () => {
    const closed = await listening(createServer())
    const unused = portOf(closed)
    closed.close()
    const error = await failureOf(() => connect(unused))
    expect(error).toMatchObject({ code: 'ECONNREFUSED', port: unused, fatal: true })
    await expectEverywhere(error, 'unavailable')
  })

  test('a Unix socket that is not there is unavailable', async () => {
    const error = await failureOf(() =>
      createConnection({ user: 'root', socketPath: '/nowhere/mysqld.sock' }),
    )
    expect(error).toMatchObject({ code: 'ENOENT', fatal: true })
    expect(conditionOf(error)).toBe('unavailable')
  })
})

async function connect(port: number, options: ConnectionOptions = {}): Promise<Connection> {
  return createConnection({ host: '127.0.0.1', port, user: 'root', ...options })
}

async function listening(server: Server): Promise<Server> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}

/** https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_basic_err_packet.html */
function errorPacket(code: number, message: string): Buffer {
  const packet = Buffer.alloc(7 + message.length)
  packet.writeUIntLE(3 + message.length, 0, 3)
  packet.writeUInt8(0xff, 4)
  packet.writeUInt16LE(code, 5)
  packet.write(message, 7)
  return packet
}
