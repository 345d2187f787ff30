import { conditionOfStatus, type Condition } from '../catalog/condition.ts'
import { isBizError } from '../error/biz-error.ts'
import { withCauses } from './causes.ts'
import { recognize as recognizeIn } from './recognize.ts'

/** Says what a foreign error is, for code that decides by it. */
export interface RecognizedError {
  /** One word that says what happened: `'already-exists'`. More words may come: have a default branch. */
  readonly condition: Condition
  /**
   * The constraint or index that a statement broke, by its name in the database, where the driver tells it: of
   * PostgreSQL, MySQL and MariaDB, SQL Server, and of SQLite a CHECK or an index of expressions; also through Drizzle,
   * Knex, Kysely, MikroORM, Objection, Prisma, Sequelize and TypeORM. It is for the server alone: no answer tells it.
   */
  readonly constraint?: string
  /** The column that is to blame, where the driver tells it: of the same, and of SQLite's UNIQUE of one column. */
  readonly column?: string
}

const NO_REQUEST = { encoded: false, contentType: undefined, authorization: undefined, clientGone: false }

/**
 * Returns what a foreign error is, as `errorHandler` recognizes it: by the documented marks of parsers, validators,
 * token libraries, databases and HTTP clients, on the error itself or on what it was caused by. Undefined for one that
 * nobody knows, and for a BizError. Never throws.
 *
 * @example
 * const { condition, constraint } = recognize(error) ?? {}
 * if (condition === 'already-exists' && constraint === 'users_name_key') throw new BizError(1006, { cause: error })
 */
export function recognize(error: unknown): RecognizedError | undefined {
  const values = withCauses(error)
  if (values.some((value) => isBizError(value))) return undefined
  for (const value of values) {
    const recognized = recognizeIn(value, NO_REQUEST)
    if (recognized === undefined) continue
    const { status = 500, constraint, column } = recognized
    const condition = recognized.condition ?? conditionOfStatus(status)
    return condition === undefined
      ? undefined
      : {
          condition,
          ...(constraint !== undefined && { constraint }),
          ...(column !== undefined && { column }),
        }
  }
  return undefined
}
