import { read } from '../../../guard/read.ts'
import { isError } from '../is-error.ts'
import { rulesFor, type Codes, type DatabaseRule } from './codes.ts'
import { placeOf } from './mysql-place.ts'

/**
 * https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html,
 * https://mariadb.com/docs/server/reference/error-codes
 */
const ERRORS: Codes<string> = {
  'already-exists': [
    'ER_DUP_ENTRY',
    'ER_DUP_ENTRY_WITH_KEY_NAME',
    'ER_DUP_KEY',
    'ER_DUP_UNIQUE',
    'ER_DUP_UNKNOWN_IN_INDEX',
  ],
  conflict: [
    'ER_ROW_IS_REFERENCED',
    'ER_ROW_IS_REFERENCED_2',
    'ER_NO_REFERENCED_ROW',
    'ER_NO_REFERENCED_ROW_2',
  ],
  'validation-failed': [
    'ER_BAD_NULL_ERROR',
    'ER_NO_DEFAULT_FOR_FIELD',
    'ER_CHECK_CONSTRAINT_VIOLATED',
    'ER_CONSTRAINT_FAILED', // the same of MariaDB
    'ER_DATA_TOO_LONG',
    'ER_DATA_OUT_OF_RANGE',
    'ER_WARN_DATA_OUT_OF_RANGE',
    'ER_TRUNCATED_WRONG_VALUE',
    'ER_TRUNCATED_WRONG_VALUE_FOR_FIELD',
    'ER_WRONG_VALUE',
    'ER_WRONG_VALUE_FOR_TYPE',
    'ER_INVALID_CHARACTER_STRING',
    'ER_INVALID_JSON_TEXT',
    'ER_REGEXP_ERROR',
    'WARN_DATA_TRUNCATED',
  ],
  'write-conflict': [
    'ER_LOCK_DEADLOCK',
    'ER_LOCK_WAIT_TIMEOUT',
    'ER_LOCK_NOWAIT',
    'ER_CHECKREAD', // innodb_snapshot_isolation
  ],
  unavailable: [
    'ER_CON_COUNT_ERROR',
    'ER_TOO_MANY_USER_CONNECTIONS',
    'ER_USER_LIMIT_REACHED',
    'ER_SERVER_SHUTDOWN',
    'ER_CONNECTION_KILLED',
    'ER_SERVER_OFFLINE_MODE',
    'ER_CLIENT_INTERACTION_TIMEOUT',
    'ER_UNKNOWN_COM_ERROR', // A node of Galera that has lost the others.
    // A server that has become a replica.
    'ER_OPTION_PREVENTS_STATEMENT',
    'ER_READ_ONLY_MODE',
  ],
  timeout: ['ER_QUERY_TIMEOUT', 'ER_STATEMENT_TIMEOUT', 'ER_QUERY_INTERRUPTED'],
}

/** https://mariadb.com/docs/connectors/mariadb-connector-nodejs: its own codes, from 45000 on. */
const CONNECTOR: Codes<string> = {
  unavailable: [
    'ER_GET_CONNECTION_TIMEOUT',
    'ER_CONNECTION_TIMEOUT',
    'ER_CONNECTION_ALREADY_CLOSED',
    'ER_CMD_CONNECTION_CLOSED',
    'ER_CMD_NOT_EXECUTED_DESTROYED',
    'ER_SOCKET_UNEXPECTED_CLOSE',
    'ER_PING_TIMEOUT',
    'ER_POOL_NO_CONNECTION',
    'ER_POOL_ALREADY_CLOSED',
    'ER_CLOSING_POOL',
  ],
  timeout: ['ER_SOCKET_TIMEOUT'],
}

export const mysql: readonly DatabaseRule[] = [
  ...rulesFor(ERRORS, (condition, values) => ({
    from: 'MySQL (mysql2)',
    property: 'code',
    values,
    matches: isOfServer,
    condition,
    extract: placeOf,
  })),
  {
    // A CHECK of MariaDB: mysql2 has the name that MySQL gave to the number for something else, with another SQLSTATE.
    from: 'MariaDB (mysql2)',
    property: 'code',
    values: ['ER_INNODB_AUTOEXTEND_SIZE_OUT_OF_RANGE'],
    matches: (error) => read(error, 'errno') === 4025 && read(error, 'sqlState') === '23000',
    condition: 'validation-failed',
    extract: placeOf,
  },
  {
    // MariaDB's ER_STATEMENT_TIMEOUT: mysql2 has no name for it, and leaves out the code. The name is every Error's.
    from: 'MariaDB (mysql2)',
    property: 'name',
    values: ['Error'],
    matches: (error) =>
      read(error, 'errno') === 1969 && read(error, 'sqlState') === '70100' && isError(error),
    condition: 'timeout',
  },
  ...rulesFor(CONNECTOR, (condition, values) => ({
    from: 'MariaDB (mariadb)',
    property: 'code',
    values,
    matches: isOfServer,
    condition,
  })),
  {
    // A system error that ended the connection, which the driver marks.
    from: 'MySQL (mysql2)',
    property: 'code',
    values: [
      'PROTOCOL_CONNECTION_LOST',
      'ECONNREFUSED',
      'ECONNRESET',
      'EPIPE',
      'ETIMEDOUT',
      'EHOSTUNREACH',
      'ENETUNREACH',
      'ENOTFOUND',
      'EAI_AGAIN',
      'ENOENT',
    ],
    matches: (error) => read(error, 'fatal') === true,
    condition: 'unavailable',
  },
  {
    // The option `timeout` of a query.
    from: 'MySQL (mysql2)',
    property: 'code',
    values: ['PROTOCOL_SEQUENCE_TIMEOUT'],
    condition: 'timeout',
  },
]

function isOfServer(error: object): boolean {
  return typeof read(error, 'errno') === 'number' && typeof read(error, 'sqlState') === 'string'
}
