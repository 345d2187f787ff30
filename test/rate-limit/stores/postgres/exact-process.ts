/** One of several processes that share a limit: asks 300 times at once when told, and says how many passed. */
import { Pool } from 'pg'
import { createCalendar } from '../../../../src/rate-limit/calendar.ts'
import { postgresStore } from '../../../../src/rate-limit/stores/postgres/postgres-store.ts'

const [, , connection, isolation] = process.argv
const pool = new Pool({
  ...(JSON.parse(connection!) as object),
  options: `-c default_transaction_isolation=${isolation}`,
})
const store = postgresStore(pool, { timeout: '10s' })([
  { name: 'all', limit: 100, window: 60, algorithm: 'fixed' },
  { name: 'sliding', limit: 150, window: 3600, algorithm: 'sliding' },
  { name: 'month', limit: 1_000_000, window: createCalendar('month'), algorithm: 'fixed' },
])
process.once('message', () => void ask())
process.send!('ready')

async function ask(): Promise<void> {
  const answers = await Promise.all(Array.from({ length: 300 }, async () => store.consume('k', 1)))
  process.send!(answers.filter(({ allowed }) => allowed).length)
  process.disconnect()
  store.close()
  await pool.end()
}
