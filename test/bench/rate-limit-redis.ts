/**
 * Prints what one request costs with limits in Redis, next to the bare EVALSHA of the same script on the same client:
 * microseconds per request, of the clock and of this process' CPU, with 1, 32 and 256 requests in flight. Rounds are
 * interleaved, so that a slow moment of the machine meets all; ratios are the medians of the rounds' ratios.
 *
 *     npx tsx test/bench/rate-limit-redis.ts
 */
import { Redis } from 'ioredis'
import { RateLimiterRedis, RateLimiterUnion } from 'rate-limiter-flexible'
import { createClient } from 'redis'
import { createCalendar } from '../../src/rate-limit/calendar.ts'
import { withFallback } from '../../src/rate-limit/stores/fallback.ts'
import { memoryStore } from '../../src/rate-limit/stores/memory-store.ts'
import type { Limit } from '../../src/rate-limit/stores/store.ts'
import { DECIDE, decideArguments } from '../../src/rate-limit/stores/redis-decide.ts'
import { createRedisPolicy } from '../../src/rate-limit/stores/redis-policy.ts'
import { redisStore } from '../../src/rate-limit/stores/redis-store.ts'
import { startRedis } from '../rate-limit/stores/redis/redis-server.ts'

const ROUNDS = Number(process.argv[2] ?? 15)
const REQUESTS = 4_000
const KEYS = 1_000
const IN_FLIGHT = [1, 32, 256]

const limitOf = (name: string, window: Limit['window']): Limit => ({
  name,
  limit: 1_000_000,
  window,
  algorithm: 'fixed',
})
const limits = [limitOf('second', 1), limitOf('hour', 3_600), limitOf('month', createCalendar('month'))]

type Ask = (key: string) => Promise<unknown>

interface Cost {
  readonly wall: number
  readonly cpu: number
}

/** Microseconds per request. */
async function measure(ask: Ask, inFlight: number): Promise<Cost> {
  let sent = 0
  const worker = async (): Promise<void> => {
    while (sent < REQUESTS) await ask(`client-${sent++ % KEYS}`)
  }
  const cpu = process.cpuUsage()
  const started = performance.now()
  await Promise.all(Array.from({ length: inFlight }, worker))
  const wall = performance.now() - started
  const { user, system } = process.cpuUsage(cpu)
  return { wall: (wall * 1000) / REQUESTS, cpu: (user + system) / REQUESTS }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!
}

const server = await startRedis()
const ioredis = new Redis(server.port, '127.0.0.1')
const nodeRedis = createClient({ socket: { port: server.port, host: '127.0.0.1' } })
nodeRedis.on('error', console.error)
await nodeRedis.connect()
await ioredis.ping()

const { text, sha1 } = DECIDE
const policies = limits.map(createRedisPolicy)
const args = decideArguments('consume', 1, policies, Array(3).fill(1_000_000), Date.now())
await ioredis.script('LOAD', text)

const limiter = (client: Redis | typeof nodeRedis) =>
  withFallback(redisStore(client, { prefix: 'ours:', timeout: '10s' }), limits, {
    local: memoryStore(),
    warn(message, error) {
      throw new Error(message, { cause: error })
    },
  })
const oursOnIoredis = limiter(ioredis)
const oursOnNodeRedis = limiter(nodeRedis)

const union = (storeClient: unknown, useRedisPackage: boolean) =>
  new RateLimiterUnion(
    ...[1, 3_600, 2_592_000].map(
      (duration) =>
        new RateLimiterRedis({
          storeClient,
          useRedisPackage,
          points: 1_000_000,
          duration,
          keyPrefix: `rlf-${duration}`,
        }),
    ),
  )
const unionOnIoredis = union(ioredis, false)

const groups: Readonly<Record<string, Readonly<Record<string, Ask>>>> = {
  ioredis: {
    'bare EVALSHA': (key) => ioredis.evalsha(sha1, 1, `bare:{${key}}`, ...args),
    'Redis store with fallback': (key) => Promise.resolve(oursOnIoredis.consume(key, 1)),
    'rate-limiter-flexible, union of 3': (key) => unionOnIoredis.consume(key),
  },
  'node-redis': {
    'bare EVALSHA': (key) => nodeRedis.evalSha(sha1, { keys: [`bare:{${key}}`], arguments: args }),
    'Redis store with fallback': (key) => Promise.resolve(oursOnNodeRedis.consume(key, 1)),
  },
}

console.log('| client | in flight | what | µs per request | CPU µs | × bare, time | × bare, CPU |')
console.log('| --- | ---: | --- | ---: | ---: | ---: | ---: |')
for (const [client, asks] of Object.entries(groups)) {
  for (const inFlight of IN_FLIGHT) {
    const costs = Object.values(asks).map((): Cost[] => [])
    for (let round = -2; round < ROUNDS; round++) {
      for (let turn = 0; turn < costs.length; turn++) {
        // Another one begins each round.
        const index = (turn + round + 2) % costs.length
        const cost = await measure(Object.values(asks)[index]!, inFlight)
        if (round >= 0) costs[index]!.push(cost)
      }
    }
    const ratio = (index: number, part: keyof Cost): string =>
      median(costs[index]!.map((cost, round) => cost[part] / costs[0]![round]![part])).toFixed(2)
    for (const [index, what] of Object.keys(asks).entries()) {
      const [wall, cpu] = [costs[index]!.map((cost) => cost.wall), costs[index]!.map((cost) => cost.cpu)]
      console.log(
        `| ${client} | ${inFlight} | ${what} | ${median(wall).toFixed(1)} | ${median(cpu).toFixed(1)} | ${ratio(index, 'wall')} | ${ratio(index, 'cpu')} |`,
      )
    }
  }
}

oursOnIoredis.close()
oursOnNodeRedis.close()
ioredis.disconnect()
nodeRedis.destroy()
await server.stop()
