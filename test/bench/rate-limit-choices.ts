/**
 * Prints what each choice of a limiter in memory adds to a request: limits of the request, what counts, calendars, and a
 * key that is counted without a request. All run in one process, in turns; medians are shown, as multiples of
 * express-rate-limit with a fixed limit.
 *
 *     npx tsx test/bench/rate-limit-choices.ts [rounds]
 */
import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import expressRateLimit from 'express-rate-limit'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import type * as express from '../../src/adapters/express/index.ts'
import { table } from './report.ts'
import { build } from './server.ts'

// As it is built: what tsx makes of our source is slower.
await build()
const { rateLimit } = (await import('#bizerror/express' as string)) as typeof express

type Middleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => unknown

/** Does once what is measured. */
type Turn = (key: string) => Promise<unknown>

const ROUNDS = Number(process.argv[2] ?? 31)
const REQUESTS = 5_000
const keys = Array.from({ length: 1_000 }, (_, index) => `client-${index}`)
const socket = new Socket()
const keyOf = (request: IncomingMessage): string => (request as IncomingMessage & { key: string }).key

// Nothing is refused: the limit is out of reach.
const LIMIT = 1e9
const limitOf = (): number => LIMIT
const eventualLimitOf = (): Promise<number> => Promise.resolve(LIMIT)

type Options = Parameters<typeof rateLimit<IncomingMessage>>[0]
type Policy = Options['policies'][number]

function ours(policy: Partial<Policy> = {}, options: Partial<Options> = {}): Turn {
  const policies = [{ name: 'hour', limit: LIMIT, window: '1h', ...policy } as Policy]
  return through(rateLimit<IncomingMessage>({ policies, key: keyOf, ...options }) as Middleware)
}

function theirs(options: object = {}): Turn {
  const given = { windowMs: 3_600_000, limit: LIMIT, keyGenerator: keyOf, validate: false, ...options }
  return through(expressRateLimit(given as object) as unknown as Middleware)
}

const points = { points: LIMIT, duration: 3600 }

/** rate-limiter-flexible has no middleware: this is the least that gives back what was counted. */
function flexible(isGivenBack: boolean): Turn {
  const limiter = new RateLimiterMemory(points)
  return through(async (request, response, next) => {
    const key = keyOf(request)
    const { remainingPoints, msBeforeNext } = await limiter.consume(key)
    response.setHeader('X-RateLimit-Limit', String(LIMIT))
    response.setHeader('X-RateLimit-Remaining', String(remainingPoints))
    response.setHeader('X-RateLimit-Reset', String(Math.ceil((Date.now() + msBeforeNext) / 1000)))
    if (isGivenBack) response.once('finish', () => void limiter.reward(key))
    next()
  })
}

/** Sends a request through a middleware, and answers it. */
function through(middleware: Middleware): Turn {
  return async (key) => {
    const request = Object.assign(new IncomingMessage(socket), { method: 'GET', key })
    const response = Object.assign(new ServerResponse(request), { socket })
    await new Promise<void>((resolve) => {
      void middleware(request, response, resolve)
    })
    response.writeHead(204)
    response.emit('finish')
    response.emit('close')
  }
}

const limiter = rateLimit({ policies: [{ name: 'hour', limit: LIMIT, window: '1h' }] })
const memory = new RateLimiterMemory(points)

const requests: Readonly<Record<string, Turn>> = {
  'empty middleware': through((_request, _response, next) => next()),
  'express-rate-limit, a fixed limit': theirs(),
  'express-rate-limit, `limit: fn`': theirs({ limit: limitOf }),
  'express-rate-limit, `limit: fn`, a promise': theirs({ limit: eventualLimitOf }),
  'express-rate-limit, `skipSuccessfulRequests`: given back': theirs({ skipSuccessfulRequests: true }),
  'express-rate-limit, `skipFailedRequests`: counted': theirs({ skipFailedRequests: true }),
  'rate-limiter-flexible, `consume`': flexible(false),
  'rate-limiter-flexible, `consume` and `reward`': flexible(true),
  'bizerror, a fixed limit': ours(),
  'bizerror, `limit: fn`': ours({ limit: limitOf }),
  'bizerror, `limit: fn`, a promise': ours({ limit: eventualLimitOf }),
  'bizerror, `countIf`: given back': ours({}, { countIf: ({ status }) => status >= 400 }),
  'bizerror, `countIf`: counted': ours({}, { countIf: ({ status }) => status < 400 }),
  "bizerror, `'day'`": ours({ window: 'day' }),
  "bizerror, `'day'` in Europe/Berlin": ours({ window: 'day', timeZone: 'Europe/Berlin' }),
}
const calls: Readonly<Record<string, Turn>> = {
  nothing: () => Promise.resolve(),
  'rate-limiter-flexible, `RateLimiterMemory.consume(key)`': (key) => memory.consume(key),
  'bizerror, `limiter.consume(key)`': (key) => limiter.consume(key),
  'bizerror, `limiter.peek(key)`': (key) => limiter.peek(key),
}

/** Microseconds of this process' CPU for each turn. */
async function measure(turn: Turn): Promise<number> {
  const { user, system } = process.cpuUsage()
  for (let sent = 0; sent < REQUESTS; sent++) await turn(keys[sent % keys.length]!)
  const used = process.cpuUsage()
  return (used.user + used.system - user - system) / REQUESTS
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!
}

/** Prints what each takes on top of the first, as multiples of the second. */
async function print(title: string, turns: Readonly<Record<string, Turn>>): Promise<void> {
  const all = Object.values(turns)
  const rounds = all.map((): number[] => [])
  for (let round = -3; round < ROUNDS; round++) {
    for (let turn = 0; turn < all.length; turn++) {
      // Another one begins each round.
      const index = (turn + round + 3) % all.length
      const time = await measure(all[index]!)
      if (round >= 0) rounds[index]!.push(time)
    }
  }
  const floor = median(rounds[0]!)
  const base = median(rounds[1]!) - floor
  const rows = Object.keys(turns).map((name, index) => {
    const added = median(rounds[index]!) - floor
    return [name, added.toFixed(2), (added / base).toFixed(2)]
  })
  console.log(`\n${table([title, 'µs on top', 'multiple'], rows)}`)
}

console.log(`node ${process.version}, ${ROUNDS} rounds of ${REQUESTS} requests, CPU time`)
await print('a request', requests)
await print('a key', calls)
process.exit() // rate-limiter-flexible holds a timer for each key.
