import { read } from '../../../guard/read.ts'
import { SetupError, show } from '../../../guard/setup-error.ts'
import { isEmitter, listenForErrors } from '../client-errors.ts'

/** This part of pg's `Pool` is used. Its `Client` and PGlite have it, too. */
export interface PostgresPool {
  /** Runs one statement with its parameters, `$1` and so on. */
  query(text: string, values?: (string | null)[]): Promise<{ readonly rows: readonly unknown[] }>
}

/** @throws SetupError - when a value is none */
export function checkPool(pool: unknown): void {
  if (typeof read(pool, 'query') === 'function') return
  throw new SetupError(
    `postgresStore was called with ${show(pool)}. Give a Pool of pg, or another object whose query(text, values) returns a promise of { rows }.`,
  )
}

/** Keeps errors of idle connections from ending the process. Returns what lets go of the pool. */
export function holdPool(pool: PostgresPool): () => void {
  return isEmitter(pool) ? listenForErrors(pool).release : () => {}
}

/** Returns the SQLSTATE of an error, or `''` where PostgreSQL did not send it. */
export function sqlState(error: unknown): string {
  const code = read(error, 'code')
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : ''
}
