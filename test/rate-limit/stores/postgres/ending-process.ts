/** A process that counts, or cannot, and then ends its pool and nothing else. Says for how long it was awake since. */
import { writeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { Pool } from 'pg'
import { limitOf, machine } from './machines.ts'

const pool = new Pool(JSON.parse(process.argv[2]!) as object)
const { store } = machine(pool, [limitOf(5)])
for (let i = 0; i < 10; i++) {
  await store.consume('k', 1)
  await sleep(20)
}
process.disconnect()
const ending = performance.now()
process.once('exit', () => writeSync(1, String(Math.round(performance.now() - ending))))
await pool.end()
