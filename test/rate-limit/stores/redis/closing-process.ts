/**
 * A process that closes its limiter and its client while Redis is down, and has nothing else to do. When it ends, it
 * says for how many milliseconds it was awake since.
 */
import { writeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { libraries, limitOf, machine } from './clients.ts'
import { awakeFor } from '../timed.ts'

const [, , name, port] = process.argv
const library = libraries.find((library) => library.name === name)!
const { client, end } = library.connect(Number(port), { disconnectTimeout: 500 })
const { store } = machine(client, [limitOf(5)])
for (let i = 0; i < 20; i++) {
  await store.consume('k', 1)
  await sleep(20)
}
process.disconnect()
const closedAt = awakeFor()
process.once('exit', () => writeSync(1, String(Math.round(awakeFor() - closedAt))))
store.close()
await sleep(100)
end()
