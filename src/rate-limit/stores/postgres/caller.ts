import { read } from '../../../guard/read.ts'
import { readAnswer, type Answer } from './call.ts'
import { sqlState, type PostgresPool } from './pool.ts'
import { callOf, setUpOf, type Names } from './sql.ts'

/** What a call is given: the task, the key, the cost, the policies, the receipt, and the longest wait for a lock. */
export type Values = readonly [string, string, string, string, string | null, string]

/** `undefined_function`, `undefined_table`, `invalid_schema_name`. */
const MISSING = new Set(['42883', '42P01', '3F000'])

/**
 * Returns a function that calls the procedure. Where it is missing, or its table, they are made first: once for all who
 * ask meanwhile.
 */
export function prepareCaller(pool: PostgresPool, names: Names): (values: Values) => Promise<Answer> {
  const text = callOf(names)
  let settingUp: Promise<void> | undefined

  async function call(values: Values): Promise<Answer> {
    return readAnswer(await pool.query(text, [...values]))
  }

  async function setUp(): Promise<void> {
    try {
      await pool.query(setUpOf(names))
    } catch (error) {
      throw sqlState(error) === '' ? error : cannotSetUp(names, error)
    } finally {
      settingUp = undefined
    }
  }

  return async (values) => {
    try {
      return await call(values)
    } catch (error) {
      if (!MISSING.has(sqlState(error))) throw error
      settingUp ??= setUp()
      await settingUp
      return call(values)
    }
  }
}

function cannotSetUp({ table }: Names, cause: unknown): Error {
  return new Error(
    `The table ${table} of postgresStore or its procedure is missing, and could not be made: ${String(read(cause, 'message'))}. Run what postgresStoreSql() returns with a role that may make it.`,
    { cause },
  )
}
