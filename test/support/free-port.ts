import { once } from 'node:events'
import { createServer } from 'node:net'

const FIRST = 10_000
const LAST = 29_999

/**
 * Returns a loopback port for a server that has to be told its own. It lies below those that systems hand out (from
 * 32768 on), so that no test that asks for any port is given it in the meantime.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * (LAST - FIRST + 1))
    const server = createServer()
    try {
      server.listen(port, '127.0.0.1')
      await once(server, 'listening')
      server.close()
      await once(server, 'close')
      return port
    } catch {
      // Taken: another one.
    }
  }
}
