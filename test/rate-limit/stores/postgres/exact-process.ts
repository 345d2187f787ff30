/**
 * One of several processes that share a limit. When told an isolation, it asks 300 times at once by a new pool and a new
 * store, and says how many passed.
 */
import { Pool } from 'pg'
import { createCalendar } from '../../../../src/rate-limit/calendar.ts'
import { postgresStore } from '../../../../src/rate-limit/stores/postgres/postgres-store.ts'

const connection = JSON.parse(process.argv[2]!) as object
process.on('message', (isolation: string) => void ask(isolation))
process.send!('ready')

async function ask(isolation: string): Promise<void> {
  const pool = new Pool({ ...connection, options: `-c default_transaction_isolation=${isolation}` })
  const store = postgresStore(pool, { timeout: '10s' })([
    { name: 'all', limit: 100, window: 60, algorithm: 'fixed' },
    { name: 'sliding', limit: 150, window: 3600, algorithm: 'sliding' },
    { name: 'month', limit: 1_000_000, window: createCalendar('month'), algorithm: 'fixed' },
  ])
  const answers = await Promise.all(Array.from({ length: 300 }, async () => store.consume('k', 1)))
  store.close()
  await pool.end()
  process.send!(answers.filter(({ allowed }) => allowed).length)
}
