import { Pool } from 'pg'
import { createDeadline } from '../../../../src/rate-limit/stores/deadline.ts'
import type { FallbackStore, StateChange } from '../../../../src/rate-limit/stores/fallback/fallback.ts'
import type { Fallback } from '../../../../src/rate-limit/stores/fallback/local.ts'
import { openStore } from '../../../../src/rate-limit/stores/open-store.ts'
import type { PostgresPool } from '../../../../src/rate-limit/stores/postgres/pool.ts'
import {
  postgresStore,
  type PostgresStoreOptions,
} from '../../../../src/rate-limit/stores/postgres/postgres-store.ts'
import type { Limit } from '../../../../src/rate-limit/stores/store.ts'
import type { Postgres } from '../../../identify/families/databases/postgres.ts'

export function limitOf(limit: number, window: Limit['window'] = 60, more: Partial<Limit> = {}): Limit {
  return { name: 'all', limit, window, algorithm: 'fixed', ...more }
}

/** A pool with pg's defaults, that nobody listens to. It counts what it is asked for. */
export interface CountingPool extends PostgresPool {
  readonly pool: Pool
  /** The texts of the statements that were sent. */
  readonly sent: readonly string[]
}

export function poolOf({ connection }: Pick<Postgres, 'connection'>, options: object = {}): CountingPool {
  const pool = new Pool({ ...connection, ...options })
  const sent: string[] = []
  const query = pool.query.bind(pool) as PostgresPool['query']
  return Object.assign(pool as Omit<Pool, 'query'>, {
    pool,
    sent,
    query(text: string, values?: (string | null)[]) {
      sent.push(text)
      return query(text, values)
    },
  })
}

export interface Machine {
  readonly store: FallbackStore
  readonly changes: readonly StateChange[]
  readonly logs: readonly (readonly [message: string, error: unknown])[]
}

/** What a limiter counts with, with all that it tells. */
export function machine(
  pool: PostgresPool,
  limits: readonly Limit[],
  { fallback, ...options }: PostgresStoreOptions & { readonly fallback?: Fallback } = {},
): Machine {
  const changes: StateChange[] = []
  const logs: [string, unknown][] = []
  const store = openStore(limits, postgresStore(pool, options), createDeadline(60_000), {
    fallback,
    onStateChange: (change) => changes.push(change),
    warn: (message, error) => logs.push([message, error]),
  })
  return { store, changes, logs }
}
