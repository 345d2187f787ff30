import { bodyOf, PARAMETERS, version } from './procedure.ts'

/** So many rows are swept at once. */
export const SWEPT = 1_000

/** What a store's things are called in SQL. */
export interface Names {
  readonly table: string
  readonly procedure: string
  readonly index: string
}

/** Returns the names for a table that was checked: `limits`, or `app.limits` in a schema. */
export function namesOf(table: string): Names {
  const parts = table.split('.')
  const last = parts.pop()!
  const schema = parts.map((part) => `"${part}".`).join('')
  return {
    table: `${schema}"${last}"`,
    procedure: `${schema}"${last}_${version()}"`,
    index: `"${last}_expires_at"`,
  }
}

/**
 * Returns what makes the table and the procedure.
 *
 * The table is unlogged: counts are not worth a write-ahead log, and are gone after a crash. `expires_at` is rounded
 * up, so that it rarely changes: PostgreSQL then changes a row within its page, and touches no index (HOT).
 */
export function definitionsOf({ table, procedure, index }: Names): string {
  return `CREATE UNLOGGED TABLE IF NOT EXISTS ${table} (
  key text COLLATE "C" PRIMARY KEY,
  counters jsonb NOT NULL,
  expires_at timestamptz NOT NULL
) WITH (fillfactor = 70);

CREATE INDEX IF NOT EXISTS ${index} ON ${table} (expires_at);

CREATE OR REPLACE PROCEDURE ${procedure}(
  task text, client text, cost bigint, policies jsonb, counted_at bigint, patience text, INOUT answer text
) LANGUAGE plpgsql AS $bizerror$
${bodyOf(table)}
$bizerror$;
`
}

/** Makes the table and the procedure where one of them is missing: one statement, whoever else does it meanwhile. */
export function setUpOf(names: Names): string {
  const { table, procedure } = names
  return `DO $set_up$
BEGIN
  PERFORM set_config('lock_timeout', '10s', true);
  PERFORM pg_advisory_xact_lock(hashtextextended('${table}', 1));
  IF to_regclass('${table}') IS NULL OR to_regprocedure('${procedure}(${PARAMETERS})') IS NULL THEN
    ${definitionsOf(names)}
  END IF;
END
$set_up$`
}

export function callOf({ procedure }: Names): string {
  return `CALL ${procedure}($1, $2, $3, $4, $5, $6, NULL)`
}

/** Takes away some rows that do not matter anymore, and none that another process is at. */
export function sweepOf({ table }: Names): string {
  return `DELETE FROM ${table} WHERE ctid = ANY (ARRAY(
  SELECT ctid FROM ${table} WHERE expires_at <= now() ORDER BY expires_at LIMIT ${SWEPT} FOR UPDATE SKIP LOCKED
)) RETURNING 1`
}
