/** One of several processes that share a limit: asks 1,000 times at once when told, and says how many passed. */
import { libraries, limitOf, untilReady } from './clients.ts'
import { redisStore } from '../../../../src/rate-limit/stores/redis-store.ts'

const [, , name, port] = process.argv
const connected = libraries.find((library) => library.name === name)!.connect(Number(port))
const store = redisStore(connected.client, { timeout: '10s' })([
  limitOf(100),
  limitOf(1_000_000, 'month', { name: 'month' }),
])
await untilReady(connected)
process.once('message', () => void ask())
process.send!('ready')

async function ask(): Promise<void> {
  const answers = await Promise.all(Array.from({ length: 1_000 }, async () => store.consume('k', 1)))
  process.send!(answers.filter(({ allowed }) => allowed).length)
  process.disconnect()
  store.close()
  connected.end()
}
