import type { Condition } from '../../../catalog/condition.ts'
import { read } from '../../../guard/read.ts'
import type { DatabaseRule } from './codes.ts'

/** https://www.sqlite.org/rescode.html */
const RESULT_CODES: readonly (readonly [Condition, Readonly<Record<string, number>>])[] = [
  [
    'already-exists',
    { SQLITE_CONSTRAINT_UNIQUE: 2067, SQLITE_CONSTRAINT_PRIMARYKEY: 1555, SQLITE_CONSTRAINT_ROWID: 2579 },
  ],
  // A trigger is also how SQLite keeps ON DELETE RESTRICT.
  ['conflict', { SQLITE_CONSTRAINT_FOREIGNKEY: 787, SQLITE_CONSTRAINT_TRIGGER: 1811 }],
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

export const sqlite: readonly DatabaseRule[] = [
  ...RESULT_CODES.map(([condition, codes]): DatabaseRule => ({
    from: 'SQLite (better-sqlite3)',
    property: 'code',
    values: Object.keys(codes),
    matches: (error) => read(error, 'name') === 'SqliteError',
    condition,
  })),
  ...RESULT_CODES.map(([condition, codes]): DatabaseRule => {
    const numbers = new Set<unknown>(Object.values(codes))
    return {
      // https://nodejs.org/api/errors.html#err_sqlite_error
      from: 'SQLite (node:sqlite), by its `errcode`',
      property: 'code',
      values: ['ERR_SQLITE_ERROR'],
      matches: (error) => numbers.has(read(error, 'errcode')),
      condition,
    }
  }),
]
