import { afterAll, beforeAll, test } from 'vitest'
import { postgresStore } from '../../../../src/rate-limit/stores/postgres/postgres-store.ts'
import { storeContract } from '../../../../src/testing/index.ts'
import {
  describeWithPostgres,
  START_TIMEOUT,
  startPostgres,
  type Postgres,
} from '../../../identify/families/databases/postgres.ts'
import { poolOf, type CountingPool } from './machines.ts'

describeWithPostgres("postgresStore keeps the stores' contract:", () => {
  let server: Postgres
  let pool: CountingPool

  beforeAll(async () => {
    server = await startPostgres()
    pool = poolOf(server)
  }, START_TIMEOUT)

  afterAll(async () => {
    await pool?.pool.end()
    await server?.stop()
  })

  // Most cases wait for a window.
  for (const { title, run } of storeContract(() => postgresStore(pool, { timeout: '10s' }))) {
    test.concurrent(title, run)
  }
})
