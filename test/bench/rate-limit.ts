// `tsx test/bench/rate-limit.ts`: what a limiter adds to a request, in memory, and what a key costs.
// All run in one process, in turns, so that a busy machine slows all of them alike; medians are shown.
import { randomUUID } from 'node:crypto'
import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import expressRateLimit from 'express-rate-limit'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { rateLimit } from '../../src/adapters/express/index.ts'
import { memoryStore } from '../../src/rate-limit/index.ts'
import type { PolicyDefinition } from '../../src/rate-limit/policy.ts'

type Middleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => unknown

interface Contestant {
  readonly name: string
  readonly keys: number
  readonly middleware: Middleware
}

const ROUNDS = 15
const REQUESTS = 20_000
const MILLION = 1_000_000

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

// In one piece, as headers are: randomUUID() leaves its text in twenty.
const keys = Array.from({ length: MILLION }, () => Buffer.from(randomUUID()).toString('latin1'))
const socket = new Socket()
const keyOf = (request: IncomingMessage): string => (request as IncomingMessage & { key: string }).key

// Nothing is refused: the limits are out of reach.
const policies: readonly PolicyDefinition[] = [
  { name: 'second', limit: 1e9, window: '1s' },
  { name: 'hour', limit: 1e9, window: '1h' },
  { name: 'month', limit: 1e9, window: 'month' },
]

const slidingPolicies: readonly PolicyDefinition[] = [
  { name: 'second', limit: 1e9, window: '1s', algorithm: 'sliding' },
  { name: 'hour', limit: 1e9, window: '1h', algorithm: 'sliding' },
  { name: 'day', limit: 1e9, window: '1d', algorithm: 'sliding' },
]

function ours(count: number, among = policies): Middleware {
  return rateLimit({
    policies: among.slice(0, count),
    key: keyOf,
    store: memoryStore({ maxKeys: MILLION }),
  }) as Middleware
}

/** rate-limiter-flexible has no middleware: this is the least that does the same. */
function flexible(count: number): Middleware {
  const limiters = [1, 3600, 2_592_000 / 2]
    .slice(0, count)
    .map((duration) => new RateLimiterMemory({ points: 1e9, duration, keyPrefix: String(duration) }))
  return async (request, response, next) => {
    const key = keyOf(request)
    const [first] = await Promise.all(limiters.map((limiter) => limiter.consume(key)))
    response.setHeader('X-RateLimit-Limit', '1000000000')
    response.setHeader('X-RateLimit-Remaining', String(first!.remainingPoints))
    response.setHeader('X-RateLimit-Reset', String(Math.ceil((Date.now() + first!.msBeforeNext) / 1000)))
    next()
  }
}

function expressRateLimiter(): Middleware {
  return expressRateLimit({
    windowMs: 3_600_000,
    limit: 1e9,
    keyGenerator: keyOf as never,
    validate: false,
  }) as unknown as Middleware
}

const empty: Middleware = (_request, _response, next) => next()

const contestants: readonly Contestant[] = [
  { name: 'empty middleware', keys: 1, middleware: empty },
  ...[1, 1000, MILLION].flatMap((count) => [
    { name: 'bizerror, 1 policy', keys: count, middleware: ours(1) },
    { name: 'bizerror, 3 policies', keys: count, middleware: ours(3) },
    { name: 'bizerror, 3 policies, sliding', keys: count, middleware: ours(3, slidingPolicies) },
    { name: 'express-rate-limit, 1 window', keys: count, middleware: expressRateLimiter() },
  ]),
  // A million keys of it would be a million timers for each window.
  ...[1, 1000].flatMap((count) => [
    { name: 'rate-limiter-flexible, 1 window', keys: count, middleware: flexible(1) },
    { name: 'rate-limiter-flexible, 3 windows', keys: count, middleware: flexible(3) },
  ]),
]

let turn = 0

/** Sends requests through a middleware, each under the next key. */
async function send({ middleware, keys: count }: Contestant, requests: number): Promise<void> {
  for (let sent = 0; sent < requests; sent++) {
    const request = Object.assign(new IncomingMessage(socket), { method: 'GET', key: keys[turn++ % count]! })
    await new Promise<void>((resolve) => {
      void middleware(request, new ServerResponse(request), resolve)
    })
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!
}

function usedMemory(): number {
  collectGarbage()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

// What was measured stays reachable, or it would be collected before it is weighed.
const weighed: Middleware[] = []

/** Bytes for each key, once so many are known. */
async function bytesPerKey(middleware: Middleware, count: number): Promise<number> {
  weighed.push(middleware)
  const before = usedMemory()
  turn = 0
  await send({ name: '', keys: count, middleware }, count)
  return (usedMemory() - before) / count
}

await send({ name: '', keys: 1000, middleware: ours(3) }, 100_000)
const memory = [
  ['bizerror, 3 policies', await bytesPerKey(ours(3), MILLION), 3],
  ['bizerror, 3 policies, sliding', await bytesPerKey(ours(3, slidingPolicies), MILLION), 3],
  ['express-rate-limit, 1 window', await bytesPerKey(expressRateLimiter(), MILLION), 1],
  ['rate-limiter-flexible, 3 windows', await bytesPerKey(flexible(3), 100_000), 3],
] as const

// All keys are known before time is taken.
for (const contestant of contestants) await send(contestant, Math.max(contestant.keys, REQUESTS))

const rounds = contestants.map((): number[] => [])
for (let round = 0; round < ROUNDS; round++) {
  for (const [index, contestant] of contestants.entries()) {
    const { user, system } = process.cpuUsage()
    await send(contestant, REQUESTS)
    const used = process.cpuUsage()
    rounds[index]!.push((used.user + used.system - user - system) / REQUESTS)
  }
}

const floor = median(rounds[0]!)
console.log(`node ${process.version}, ${ROUNDS} rounds of ${REQUESTS} requests, CPU time\n`)
console.log('| limiter | keys | µs per request | on top of an empty middleware |')
console.log('| --- | ---: | ---: | ---: |')
for (const [index, { name, keys: count }] of contestants.entries()) {
  const time = median(rounds[index]!)
  console.log(
    `| ${name} | ${count.toLocaleString('en')} | ${time.toFixed(2)} | ${(time - floor).toFixed(2)} |`,
  )
}
console.log(`\n| limiter (${weighed.length} weighed) | bytes per key | per key and policy |`)
console.log('| --- | ---: | ---: |')
for (const [name, bytes, windows] of memory) {
  console.log(`| ${name} | ${bytes.toFixed(0)} | ${(bytes / windows).toFixed(0)} |`)
}
process.exit() // rate-limiter-flexible holds a timer for each key.
