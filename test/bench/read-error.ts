// What it costs a client to read an error, beside `response.json()` of the same answer, which came by the network.
import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createReader } from '../../src/client/index.ts'

const ROUNDS = 15
const EACH = 400
const AT_ONCE = 40

const body = JSON.stringify({
  code: 10002,
  message: 'Only 3 of tea left',
  details: { fields: [{ path: 'items[0].n', code: 'too_small', message: 'Too small', params: { min: 1 } }] },
})
const server = createServer((_request, response) => {
  response.writeHead(409, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Language': 'en',
    'X-Request-ID': '7f3c',
    'X-RateLimit-Limit': '100',
    'X-RateLimit-Remaining': '50',
    'X-RateLimit-Reset': '60',
  })
  response.end(body)
})
server.listen(0, '127.0.0.1')
await once(server, 'listening')
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`

const api = createReader()
const ways = { json: (response: Response) => response.json(), read: api.read }
const costs: Record<keyof typeof ways, number[]> = { json: [], read: [] }

/** Microseconds of CPU time that one answer takes from its request to its error. */
async function costOf(read: (response: Response) => Promise<unknown>): Promise<number> {
  const begin = process.cpuUsage()
  for (let done = 0; done < EACH; done += AT_ONCE) {
    await Promise.all(Array.from({ length: AT_ONCE }, async () => read(await fetch(url))))
  }
  const { user, system } = process.cpuUsage(begin)
  return (user + system) / EACH
}

for (let round = 0; round < ROUNDS; round++) {
  for (const [name, read] of Object.entries(ways)) {
    costs[name as keyof typeof ways].push(await costOf(read))
  }
}
server.close()
server.closeAllConnections()

// The first rounds compile.
const [json, read] = [costs.json, costs.read].map(
  (all) => all.slice(3).sort((a, b) => a - b)[Math.floor((ROUNDS - 3) / 2)]!,
) as [number, number]
console.log(
  `An answer with response.json() ${json.toFixed(0)} µs, with the reader ${read.toFixed(0)} µs: ${(read / json).toFixed(2)} times (goal 1.2)`,
)
