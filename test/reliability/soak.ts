// `npm run soak`: P-Z01 and P-Z03. A million errors at random requests over loopback, in at most two minutes; then
// the heap is as it was, nothing is left running, and the process ends by itself.
import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { parseArgs } from 'node:util'
import type { RequestListener } from 'node:http'
import { errorHandler } from '../../src/adapters/express/index.ts'
import { BizError as CdnError } from '../../src/catalogs/cdn.ts'
import { catalog as cloudWaf } from '../../src/catalogs/cloud-waf.ts'
import { frameworks, listen, type Route } from '../support/frameworks.ts'
import { showProgress } from '../support/progress.ts'
import { shop } from './fuzz.ts'

const { values } = parseArgs({
  options: {
    errors: { type: 'string', default: '1000000' },
    seconds: { type: 'string', default: '118' },
  },
})
const wanted = Number(values.errors)
const deadline = performance.now() + Number(values.seconds) * 1_000

const MAX_GROWTH_MB = 5
// Fills the bounded caches, and lets V8 compile what is hot.
const WARM_UP = Math.min(100_000, wanted / 2)
const IN_ONE_WRITE = 50
const CONNECTIONS = 4

// Random, yet the same on every run (mulberry32).
let randomState = 1
function random(below: number): number {
  randomState = (randomState + 0x6d2b79f5) | 0
  let mixed = Math.imul(randomState ^ (randomState >>> 15), 1 | randomState)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return ((mixed ^ (mixed >>> 14)) >>> 0) % below
}

const word = (): string => random(2 ** 31).toString(36)
const codes = [...cloudWaf].map(({ code, status }) => (status === 200 ? 500 : code))

/** Everything about an error that could be kept: codes, params, formats, details, headers, foreign texts. */
function randomError(): unknown {
  switch (random(8)) {
    case 0:
      return new shop.BizError('price_changed', { params: { price: random(2 ** 31) / 100 } })
    case 1:
      return new shop.BizError('stock_low', { params: { left: random(100), product: word() } })
    case 2:
      return new shop.BizError('cart_full', { params: { count: random(1_000) }, cause: new Error(word()) })
    case 3:
      return Reflect.construct(CdnError, [word()])
    case 4:
      return Object.assign(new Error(word()), { status: 400 + random(200), [word()]: word() })
    case 5:
      return word()
    default:
      return Reflect.construct(cloudWaf.BizError, [
        codes[random(codes.length)],
        { details: { [word()]: word() }, headers: { [`x-${word()}`]: word() }, retryAfter: random(1_000) },
      ])
  }
}

const LANGUAGES = ['en', 'de', 'fr', 'zh-CN', 'zh-TW', 'ja', 'es']

function randomRequest(): string {
  const language =
    random(2) === 0
      ? `${LANGUAGES[random(LANGUAGES.length)]};q=0.${random(1_000)}`
      : `${word().replaceAll(/\d/g, 'x').slice(0, 3)}-${word()}, ${LANGUAGES[random(LANGUAGES.length)]}`
  const id = random(3) === 0 ? `"${word()}"` : word() + word()
  return `GET / HTTP/1.1\r\nHost: test\r\nAccept-Language: ${language}\r\nX-Request-ID: ${id}\r\n\r\n`
}

const silent = { error: () => {}, warn: () => {}, info: () => {} }
let reported = 0
const onReport = (): void => void reported++

/** Our part alone, over real requests and responses: nineteen errors of twenty. */
function bareListener(): RequestListener {
  const handler = errorHandler({ catalog: cloudWaf, logger: silent, onReport })
  return (request, response) => handler(randomError(), request, response, () => {})
}

const failing: Route = () => Promise.reject(randomError())

/** Keeps connections busy until `count` answers came back, or until `until`. */
async function bombard(port: number, count: number, until: number): Promise<number> {
  const counts = await Promise.all(
    Array.from({ length: CONNECTIONS }, () => bombardOnce(port, Math.ceil(count / CONNECTIONS), until)),
  )
  return counts.reduce((sum, answered) => sum + answered, 0)
}

const STATUS_LINE = Buffer.from('HTTP/1.1 ')

function bombardOnce(port: number, count: number, until: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1').setNoDelay(true)
    let sent = 0
    let answered = 0
    let rest = Buffer.alloc(0)
    const write = (): void => {
      const requests = Math.min(IN_ONE_WRITE, count - sent)
      sent += requests
      socket.write(Array.from({ length: requests }, randomRequest).join(''))
    }
    socket.on('connect', write)
    socket.on('error', reject)
    socket.on('close', () => resolve(answered))
    socket.on('data', (chunk) => {
      const bytes = Buffer.concat([rest, chunk])
      let from = 0
      for (let at = 0; (at = bytes.indexOf(STATUS_LINE, from)) !== -1; from = at + STATUS_LINE.length)
        answered++
      rest = bytes.subarray(Math.max(from, bytes.length - STATUS_LINE.length + 1))
      if (answered < sent) return
      if (sent < count && performance.now() < until) write()
      else socket.end()
    })
  })
}

function collect(): number {
  assert(globalThis.gc, 'Run with node --expose-gc.')
  for (let round = 0; round < 4; round++) globalThis.gc()
  return process.memoryUsage().heapUsed / 2 ** 20
}

const listeners = (): number =>
  process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0)

const listenersBefore = listeners()
const servers = await Promise.all([
  listen(bareListener()),
  ...frameworks.map((framework) =>
    listen(framework.listener({ options: { logger: silent, onReport }, routes: { '/': failing } })),
  ),
])

/** Nineteen of twenty to our part alone, the rest to the frameworks. */
async function spread(count: number, until: number): Promise<number> {
  let answered = 0
  for (const [index, { port }] of servers.entries()) {
    const share = index === 0 ? (count * 19) / 20 : count / 20 / frameworks.length
    // One after the other, so that what is measured is not the frameworks' queue.
    // oxlint-disable-next-line no-await-in-loop
    answered += await bombard(port, Math.ceil(share), until)
  }
  return answered
}

const progress = showProgress(wanted, 'errors')
const started = performance.now()
let answered = await spread(WARM_UP, deadline)
const before = collect()
let peak = before
while (answered < wanted && performance.now() < deadline) {
  // oxlint-disable-next-line no-await-in-loop
  answered += await spread(Math.min(100_000, wanted - answered), deadline)
  const now = collect()
  peak = Math.max(peak, now)
  const seconds = (performance.now() - started) / 1_000
  progress.clear()
  console.log(
    `${answered} errors, ${seconds.toFixed(0)} s, ${(answered / seconds).toFixed(0)}/s, heap ${now.toFixed(2)} MB (${(now - before).toFixed(2)} MB more)`,
  )
  progress.update(answered)
}
progress.stop()
const growth = collect() - before

await Promise.all(
  servers.map(({ server }) => {
    server.closeIdleConnections()
    return new Promise((resolve) => server.close(resolve))
  }),
)
const closed = performance.now()
// Handles that were closed leave the list at the end of a turn of the event loop.
for (let turn = 0; turn < 3; turn++) {
  // oxlint-disable-next-line no-await-in-loop
  await new Promise((resolve) => setImmediate(resolve))
}
const left = process
  .getActiveResourcesInfo()
  .filter((name) => /Timeout|Immediate|TCP|HTTP|FSReq|DNS/i.test(name))

console.log(
  `${answered} errors answered, ${reported} reported; heap grew by ${growth.toFixed(2)} MB (peak ${(peak - before).toFixed(2)} MB); left running: ${left.join(', ') || 'nothing'}; new process listeners: ${listeners() - listenersBefore}`,
)
if (answered < wanted) console.log(`The time was up before ${wanted}.`)

process.on('exit', (code) => {
  if (code === 0)
    console.log(`The process ended by itself ${(performance.now() - closed).toFixed(0)} ms after close`)
})
setTimeout(() => {
  console.error('P-Z03: the process is still running 1 s after server.close()')
  process.exit(1)
}, 1_000).unref()

assert.equal(reported, answered, 'P-Z01: every answer is reported once')
assert(growth < MAX_GROWTH_MB, `P-Z01: the heap grew by ${growth.toFixed(2)} MB`)
assert.deepEqual(left, [], 'P-Z01: nothing is left running')
assert.equal(listeners() - 1, listenersBefore, 'P-Z01: no listener is left but the one of this script')
