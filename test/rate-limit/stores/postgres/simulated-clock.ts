import { Client } from 'pg'
import type { PostgresPool } from '../../../../src/rate-limit/stores/postgres/pool.ts'
import type { Postgres } from '../../../identify/families/databases/postgres.ts'

/** The procedure reads the server's clock once. */
const REAL = 'clock_timestamp()'

/** A connection on whose server the procedure runs at any time: the rest of it is what it is. */
export interface SimulatedClock {
  readonly pool: PostgresPool
  /** Milliseconds since the epoch, from the next request on. */
  set: (now: number) => void
  /** The number of calls so far. */
  readonly calls: () => number
  readonly end: () => Promise<void>
}

export async function simulatedClock({ connection }: Postgres): Promise<SimulatedClock> {
  const client = new Client(connection)
  await client.connect()
  await client.query(
    `CREATE OR REPLACE FUNCTION simulated_clock() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$
      SELECT timestamptz 'epoch' + current_setting('test.micros')::bigint * interval '1 microsecond'
    $$`,
  )
  let micros = 0
  let calls = 0
  return {
    pool: {
      async query(text, values) {
        const parts = text.split(REAL)
        if (text.startsWith('DO') && parts.length !== 2) throw new Error(`The procedure has not one ${REAL}`)
        if (text.startsWith('CALL')) calls++
        // No two requests are at the same time.
        await client.query("SELECT set_config('test.micros', $1, false)", [String(micros++)])
        return client.query(parts.join('simulated_clock()'), values)
      },
    },
    set(now) {
      micros = now * 1000
    },
    calls: () => calls,
    end: () => client.end(),
  }
}
