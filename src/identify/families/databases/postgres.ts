import type { Recognized } from '../../../catalog/condition.ts'
import { read } from '../../../guard/read.ts'
import { rulesFor, type Codes, type DatabaseRule } from './codes.ts'

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

/** The drivers give each field of the server's message a property; severity is never missing. */
export const postgres: readonly DatabaseRule[] = rulesFor(SQLSTATES, (condition, values) => ({
  from: 'PostgreSQL (pg)',
  property: 'code',
  values,
  matches: isPostgres,
  condition,
  extract: placeOf,
}))

function isPostgres(error: unknown): boolean {
  return typeof read(error, 'severity') === 'string'
}

/**
 * Returns the constraint or column that a statement broke, if the error is PostgreSQL's
 * (https://www.postgresql.org/docs/current/protocol-error-fields.html).
 */
export function placeOf(error: unknown): Pick<Recognized, 'constraint' | 'column'> {
  if (!isPostgres(error)) return NOWHERE
  return { constraint: nameOf(read(error, 'constraint')), column: nameOf(read(error, 'column')) }
}

const NOWHERE = {}
// PostgreSQL's own are at most 63 bytes.
const MAX_NAME_LENGTH = 128

function nameOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && value.length <= MAX_NAME_LENGTH ? value : undefined
}
