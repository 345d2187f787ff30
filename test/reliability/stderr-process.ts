// Answers failing requests with the default logger, and prints on stdout what became of the process: each answer, and
// each error of stderr that is the app's own.
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import express from 'express'
import { errorHandler } from '../../src/adapters/express/index.ts'
import { send } from '../support/raw.ts'

const [count, own] = process.argv.slice(2)
process.on('uncaughtException', ({ message }) => console.log(`uncaught: ${message}`))

const app = express()
app.use(() => {
  throw new Error('x'.repeat(8_000))
})
app.use(errorHandler())
const server = app.listen(0, '127.0.0.1')
await once(server, 'listening')
const { port } = server.address() as AddressInfo
for (let request = 0; request < Number(count); request++) {
  const answer = await send(port, { path: '/' })
  if (!answer.startsWith('HTTP/1.1 500')) console.log(answer)
}
await wait(20)
console.log(`waits for less than 2 MB: ${process.stderr.writableLength < 2_000_000}`)
if (own !== undefined) process.stderr.write('own\n')
await wait(20)
console.log('alive')
server.close()
