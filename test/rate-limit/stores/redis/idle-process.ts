/** A process with one request and nothing else: asks once when told, and says how many milliseconds it took. */
import { libraries, limitOf, machine, untilReady } from './clients.ts'

const [, , name, port] = process.argv
const connected = libraries.find((library) => library.name === name)!.connect(Number(port))
const { store } = machine(connected.client, [limitOf(5)])
await untilReady(connected)
await store.consume('k', 1)
process.once('message', () => void ask())
process.send!('ready')

async function ask(): Promise<void> {
  const started = performance.now()
  await store.consume('k', 1)
  process.send!(performance.now() - started)
}
