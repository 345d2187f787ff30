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
import { withFallback } from '../../src/rate-limit/stores/fallback/fallback.ts'
import { memoryStore } from '../../src/rate-limit/stores/memory/memory-store.ts'
import type { Limit } from '../../src/rate-limit/stores/store.ts'
import { DECIDE, decideArguments } from '../../src/rate-limit/stores/redis/decide.ts'
import { createRedisPolicy } from '../../src/rate-limit/stores/redis/policy.ts'
import { redisStore } from '../../src/rate-limit/stores/redis/redis-store.ts'
import { startRedis } from '../rate-limit/stores/redis/redis-server.ts'
import { printCosts, type Ask } from './store-rounds.ts'

const ROUNDS = Number(process.argv[2] ?? 15)

const limitOf = (name: string, window: Limit['window']): Limit => ({
  name,
  limit: 1_000_000,
  window,
  algorithm: 'fixed',
})
const limits = [limitOf('second', 1), limitOf('hour', 3_600), limitOf('month', createCalendar('month'))]

/** As functions as limits return them. */
const numbers = (): number[] => [1_000_000, 1_000_000, 1_000_000]

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

const windowsOfTheirs = [1, 3_600, 2_592_000].map(
  (duration) =>
    new RateLimiterRedis({
      storeClient: ioredis,
      points: 1_000_000,
      duration,
      keyPrefix: `rlf-${duration}`,
    }),
)
const unionOnIoredis = new RateLimiterUnion(...windowsOfTheirs)

/** Counts a request, whose answer then shows that it does not count. Nobody waits for what is given back. */
async function countedInVain(key: string): Promise<void> {
  const { receipt } = await oursOnIoredis.consume(key, 1)
  void oursOnIoredis.giveBack(key, 1, undefined, receipt)
}

async function countedInVainByTheirs(key: string): Promise<void> {
  await unionOnIoredis.consume(key)
  for (const limiter of windowsOfTheirs) void limiter.reward(key)
}

const groups: Readonly<Record<string, Readonly<Record<string, Ask>>>> = {
  ioredis: {
    'bare EVALSHA': (key) => ioredis.evalsha(sha1, 1, `bare:{${key}}`, ...args),
    'Redis store with fallback': (key) => Promise.resolve(oursOnIoredis.consume(key, 1)),
    'the same, limits of the request': (key) => Promise.resolve(oursOnIoredis.consume(key, 1, numbers())),
    'the same, given back by countIf': countedInVain,
    'rate-limiter-flexible, union of 3': (key) => unionOnIoredis.consume(key),
    'the same, and `reward`': countedInVainByTheirs,
  },
  'node-redis': {
    'bare EVALSHA': (key) => nodeRedis.evalSha(sha1, { keys: [`bare:{${key}}`], arguments: args }),
    'Redis store with fallback': (key) => Promise.resolve(oursOnNodeRedis.consume(key, 1)),
  },
}

await printCosts(groups, ROUNDS)

oursOnIoredis.close()
oursOnNodeRedis.close()
ioredis.disconnect()
nodeRedis.destroy()
await server.stop()
