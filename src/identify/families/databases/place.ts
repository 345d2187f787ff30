import type { Recognized } from '../../../catalog/condition.ts'

/** The constraint or column that a statement broke, for the server alone. */
export type Place = Pick<Recognized, 'constraint' | 'column'>

export const NOWHERE: Place = Object.freeze({})

// PostgreSQL's own are at most 63 bytes, those of MySQL 64 characters, those of SQL Server 128.
const MAX_NAME_LENGTH = 128
// A statement can stand before what the database said.
const MAX_MESSAGE_LENGTH = 65_536

const UNCLEAN = /[\p{Cc}\u2028\u2029]/u

/** Returns a value if it can be the name of a constraint or column. */
export function nameOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && value.length <= MAX_NAME_LENGTH && !UNCLEAN.test(value)
    ? value
    : undefined
}

/** Returns a message in which names can be looked for. */
export function messageOf(value: unknown): string {
  return typeof value === 'string' && value.length <= MAX_MESSAGE_LENGTH ? value : ''
}
