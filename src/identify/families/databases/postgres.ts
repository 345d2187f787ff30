import { isArray, read } from '../../../guard/read.ts'
import { isError } from '../is-error.ts'
import { rulesFor, type Codes, type DatabaseRule } from './codes.ts'
import { messageOf, nameOf, type Place } from './place.ts'

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
export const SQLSTATES: Codes<string> = {
  'already-exists': ['23505'],
  // Foreign key (PostgreSQL 18 tells RESTRICT apart), exclusion.
  conflict: ['23503', '23001', '23P01'],
  'validation-failed': [
    '23502', // not null
    '23514', // check
    '22001', // too long
    '22003', // out of range
    '22007', // no date
    '22008', // a date that does not exist
    '22P02', // not of the type: a UUID, a number, JSON
    '22021', // a NUL character
    '22P05', // a NUL character in JSON
    '22025', // LIKE that ends with a backslash
    '2201B', // not a regular expression
    '2201W', // negative LIMIT
    '2201X', // negative OFFSET
  ],
  // Serialization failure, deadlock, lock not available.
  'write-conflict': ['40001', '40P01', '55P03'],
  // Too many connections, no memory, a connection that broke, a server that stops, crashes or starts, an idle session.
  unavailable: ['53300', '53200', '08006', '57P01', '57P02', '57P03', '57P05'],
  // A statement that was canceled, which statement_timeout does; a transaction that was idle, or took too long.
  timeout: ['57014', '25P03', '25P04'],
}

export const postgres: readonly DatabaseRule[] = [
  // The drivers give each field of the server's message a property; severity is never missing.
  ...rulesFor(SQLSTATES, (condition, values) => ({
    from: 'PostgreSQL (pg)',
    property: 'code',
    values,
    matches: (error) => typeof read(error, 'severity') === 'string',
    condition,
    extract: placeOf,
  })),
  {
    // https://github.com/porsager/postgres#connection-errors
    from: 'PostgreSQL (postgres)',
    property: 'code',
    values: ['CONNECT_TIMEOUT', 'CONNECTION_CLOSED', 'CONNECTION_DESTROYED', 'CONNECTION_ENDED'],
    matches: (error) => read(error, 'errno') === read(error, 'code') && isError(error),
    condition: 'unavailable',
  },
  {
    // A system error that ended the connection, on which the driver writes the query.
    from: 'PostgreSQL (postgres)',
    property: 'code',
    values: ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND'],
    matches: (error) =>
      typeof read(error, 'syscall') === 'string' &&
      isArray(read(error, 'args')) &&
      read(error, 'types') !== undefined,
    condition: 'unavailable',
  },
]

/**
 * Returns the constraint or column that a statement broke, as the server names them
 * (https://www.postgresql.org/docs/current/protocol-error-fields.html), by pg's words or those of postgres.
 */
function placeOf(error: object): Place {
  return {
    constraint: nameOf(read(error, 'constraint')) ?? nameOf(read(error, 'constraint_name')),
    column: nameOf(read(error, 'column')) ?? nameOf(read(error, 'column_name')),
  }
}

const FAILED_CHECK = / violates check constraint "(.{1,128})"$/
const NULL_COLUMN = /^null value in column "(.{1,128})" of relation ".{1,128}" violates not-null constraint$/

/** Returns the same by the message, for what keeps nothing else. Values are not in these two. */
export function placeInMessage(message: unknown): Place {
  const text = messageOf(message)
  return {
    constraint: nameOf(FAILED_CHECK.exec(text)?.[1]),
    column: nameOf(NULL_COLUMN.exec(text)?.[1]),
  }
}
