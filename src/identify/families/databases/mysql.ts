import { read } from '../../../guard/read.ts'
import { rulesFor, type Codes, type DatabaseRule } from './codes.ts'

/** https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html */
const ERRORS: Codes<string> = {
  'already-exists': ['ER_DUP_ENTRY', 'ER_DUP_ENTRY_WITH_KEY_NAME'],
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
    'ER_DATA_TOO_LONG',
    'ER_DATA_OUT_OF_RANGE',
    'ER_WARN_DATA_OUT_OF_RANGE',
    'ER_TRUNCATED_WRONG_VALUE',
    'ER_TRUNCATED_WRONG_VALUE_FOR_FIELD',
    'ER_WRONG_VALUE',
    'ER_INVALID_JSON_TEXT',
    'WARN_DATA_TRUNCATED',
  ],
  'write-conflict': ['ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT', 'ER_LOCK_NOWAIT'],
  unavailable: [
    'ER_CON_COUNT_ERROR',
    'ER_TOO_MANY_USER_CONNECTIONS',
    'ER_USER_LIMIT_REACHED',
    'ER_SERVER_SHUTDOWN',
    'ER_SERVER_OFFLINE_MODE',
    'ER_CLIENT_INTERACTION_TIMEOUT',
  ],
  timeout: ['ER_QUERY_TIMEOUT', 'ER_QUERY_INTERRUPTED'],
}

export const mysql: readonly DatabaseRule[] = [
  ...rulesFor(ERRORS, (condition, values) => ({
    from: 'MySQL (mysql2)',
    property: 'code',
    values,
    matches: (error) =>
      typeof read(error, 'errno') === 'number' && typeof read(error, 'sqlState') === 'string',
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
