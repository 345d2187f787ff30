import type { Condition } from '../../../catalog/condition.ts'
import { read } from '../../../guard/read.ts'
import type { DatabaseRule } from './codes.ts'
import { messageOf, nameOf, NOWHERE, type Place } from './place.ts'

/** https://www.sqlite.org/rescode.html */
const RESULT_CODES: readonly (readonly [Condition, Readonly<Record<string, number>>])[] = [
  [
    'already-exists',
    { SQLITE_CONSTRAINT_UNIQUE: 2067, SQLITE_CONSTRAINT_PRIMARYKEY: 1555, SQLITE_CONSTRAINT_ROWID: 2579 },
  ],
  [
    'conflict',
    {
      SQLITE_CONSTRAINT_FOREIGNKEY: 787,
      // A trigger is also how SQLite keeps ON DELETE RESTRICT.
      SQLITE_CONSTRAINT_TRIGGER: 1811,
    },
  ],
  [
    'validation-failed',
    {
      SQLITE_CONSTRAINT_NOTNULL: 1299,
      SQLITE_CONSTRAINT_CHECK: 275,
      SQLITE_CONSTRAINT_DATATYPE: 3091,
      SQLITE_MISMATCH: 20,
      SQLITE_TOOBIG: 18,
    },
  ],
  [
    'write-conflict',
    {
      SQLITE_BUSY: 5,
      SQLITE_BUSY_RECOVERY: 261,
      SQLITE_BUSY_SNAPSHOT: 517,
      SQLITE_BUSY_TIMEOUT: 773,
      SQLITE_LOCKED: 6,
      SQLITE_LOCKED_SHAREDCACHE: 262,
    },
  ],
]

const CONSTRAINT = 19

const CONSTRAINTS: readonly (readonly [Condition, RegExp])[] = [
  ['already-exists', /^UNIQUE constraint failed: [^:]+$/],
  ['validation-failed', /^NOT NULL constraint failed: [^:]+$/],
  ['validation-failed', /^CHECK constraint failed: /],
]

export const sqlite: readonly DatabaseRule[] = [
  ...RESULT_CODES.map(([condition, codes]): DatabaseRule => ({
    from: 'SQLite (better-sqlite3)',
    property: 'code',
    values: Object.keys(codes),
    matches: (error) => read(error, 'name') === 'SqliteError',
    condition,
    extract: placeOf,
  })),
  ...RESULT_CODES.map(([condition, codes]): DatabaseRule => ({
    // https://github.com/TryGhost/node-sqlite3/wiki/API#databaserunsql--param---callback
    from: 'SQLite (sqlite3)',
    property: 'code',
    values: Object.keys(codes),
    matches: (error) => read(error, 'errno') === codes[read(error, 'code') as string],
    condition,
    extract: placeOf,
  })),
  ...CONSTRAINTS.map(([condition, words]): DatabaseRule => ({
    // Which constraint it was, only SQLite's message says, in which are names and no values.
    from: 'SQLite (sqlite3)',
    property: 'code',
    values: ['SQLITE_CONSTRAINT'],
    matches: (error) => read(error, 'errno') === CONSTRAINT && words.test(wordsOf(error)),
    condition,
    extract: placeOf,
  })),
  {
    from: 'SQLite (sqlite3)',
    property: 'code',
    values: ['SQLITE_CONSTRAINT'],
    matches: (error) => read(error, 'errno') === CONSTRAINT,
    condition: 'conflict',
  },
  ...RESULT_CODES.map(([condition, codes]): DatabaseRule => {
    const numbers = new Set<unknown>(Object.values(codes))
    return {
      // https://nodejs.org/api/errors.html#err_sqlite_error
      from: 'SQLite (node:sqlite), by its `errcode`',
      property: 'code',
      values: ['ERR_SQLITE_ERROR'],
      matches: (error) => numbers.has(read(error, 'errcode')),
      condition,
      extract: placeOf,
    }
  }),
]

const SAYS = 'SQLITE_CONSTRAINT: '

/** Returns what SQLite says of a constraint. A statement can stand before it, which Knex adds. */
function wordsOf(error: object): string {
  const message = messageOf(read(error, 'message'))
  const statement = message.lastIndexOf(` - ${SAYS}`)
  const said = statement === -1 ? message : message.slice(statement + ' - '.length)
  return said.startsWith(SAYS) ? said.slice(SAYS.length) : ''
}

/** As a statement may name it without quotes: a CHECK without a name is told by its expression. */
const NAME = String.raw`([\p{L}_][\p{L}\p{N}_$]*)`
// A statement can stand before it, which Knex adds.
const BROKEN = new RegExp(
  `(?:^|: | - )(?:(?:UNIQUE|NOT NULL) constraint failed: ${NAME}\\.${NAME}|` +
    `UNIQUE constraint failed: index '([^']+)'|CHECK constraint failed: ${NAME})$`,
  'u',
)

/**
 * Returns what SQLite tells in its message: a column, where a UNIQUE has no more than one, an index of expressions, a
 * CHECK that has a name. A user's value stands before it at the most, but for what a trigger says.
 */
function placeOf(error: object): Place {
  if (read(error, 'code') === 'SQLITE_CONSTRAINT_TRIGGER' || read(error, 'errcode') === 1811) return NOWHERE
  const [, , column, index, check] = BROKEN.exec(messageOf(read(error, 'message'))) ?? []
  return { constraint: nameOf(index) ?? nameOf(check), column: nameOf(column) }
}
