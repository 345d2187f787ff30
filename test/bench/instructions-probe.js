// One server in a process of its own, without a network: `node instructions-probe.js <module> <options as JSON> <status>`. Each
// message from its parent is a number of requests to answer; it tells when they are.
import { Duplex } from 'node:stream'

const [module, options = '{}', status = '409'] = process.argv.slice(2)
const { create } = await import(`./servers/${module}.js`)
const server = await create(JSON.parse(options))

const REQUEST = Buffer.from(
  'GET / HTTP/1.1\r\nHost: 127.0.0.1:3000\r\nAccept-Language: de-AT,de;q=0.9,en-US;q=0.8,en;q=0.7\r\n\r\n',
)
// Until V8 has compiled what it will; then some that are not counted, in the state that the count finds it in.
const WARM_UP = 35_000

/** A connection that is kept alive, and ends nowhere. */
class Connection extends Duplex {
  #written = ''

  _read() {}

  _write(chunk, _encoding, written) {
    this.#written += chunk.latin1Slice(0, 12)
    written()
  }

  /** Sends one request and waits for the answer, which must have the status. */
  async ask() {
    this.#written = ''
    this.push(REQUEST)
    while (this.#written === '') await new Promise(setImmediate)
    if (!this.#written.startsWith(`HTTP/1.1 ${status}`))
      throw new Error(`Not what was expected: ${this.#written}`)
  }
}

const connection = new Connection()
server.emit('connection', connection)

async function answer(requests) {
  for (let index = 0; index < requests; index++) await connection.ask()
}

await answer(WARM_UP)
process.on('disconnect', () => process.exit())
process.on('message', (requests) => void answer(requests).then(() => process.send('answered')))
process.send(process.version)
