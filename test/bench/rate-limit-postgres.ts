/**
 * Prints what one request costs with limits in PostgreSQL, next to the bare call of the same procedure on the same pool,
 * and to limits in Redis: microseconds per request, of the clock and of this process' CPU, with 1, 32 and 256 requests
 * in flight. The pool has pg's default of ten connections.
 *
 *     npx tsx test/bench/rate-limit-postgres.ts
 */
import { Redis } from 'ioredis'
import { Pool } from 'pg'
import { RateLimiterPostgres, RateLimiterUnion } from 'rate-limiter-flexible'
import { createCalendar } from '../../src/rate-limit/calendar.ts'
import { createDeadline } from '../../src/rate-limit/stores/deadline.ts'
import { openStore } from '../../src/rate-limit/stores/open-store.ts'
import { createPolicyTexts } from '../../src/rate-limit/stores/postgres/call.ts'
import { callOf, namesOf } from '../../src/rate-limit/stores/postgres/sql.ts'
import { postgresStore } from '../../src/rate-limit/stores/postgres/postgres-store.ts'
import { redisStore } from '../../src/rate-limit/stores/redis/redis-store.ts'
import type { Limit, StoreFactory } from '../../src/rate-limit/stores/store.ts'
import { startPostgres } from '../identify/families/databases/postgres.ts'
import { startRedis } from '../rate-limit/stores/redis/redis-server.ts'
import { printCosts } from './store-rounds.ts'

const ROUNDS = Number(process.argv[2] ?? 9)

const limitOf = (name: string, window: Limit['window']): Limit => ({
  name,
  limit: 1_000_000,
  window,
  algorithm: 'fixed',
})
const limits = [limitOf('second', 1), limitOf('hour', 3_600), limitOf('month', createCalendar('month'))]

const server = await startPostgres()
const pool = new Pool(server.connection)
const redisServer = await startRedis()
const redis = new Redis(redisServer.port, '127.0.0.1')
await redis.ping()

const open = (store: StoreFactory) =>
  openStore(limits, store, createDeadline(10_000), {
    warn(message, error) {
      throw new Error(message, { cause: error })
    },
  })
const inPostgres = open(postgresStore(pool, { timeout: '10s' }))
const inRedis = open(redisStore(redis, { timeout: '10s' }))
await inPostgres.consume('first', 1)

const call = callOf(namesOf('bizerror_limits'))
const { write } = createPolicyTexts(limits)
const policies = write(limits.map(({ limit }) => limit))

const union = new RateLimiterUnion(
  ...(await Promise.all(
    [1, 3_600, 2_592_000].map(
      (duration) =>
        new Promise<RateLimiterPostgres>((resolve, reject) => {
          const limiter: RateLimiterPostgres = new RateLimiterPostgres(
            { storeClient: pool, points: 1_000_000, duration, keyPrefix: `rlf-${duration}` },
            (error?: Error) => (error ? reject(error) : resolve(limiter)),
          )
        }),
    ),
  )),
)

await printCosts(
  {
    pg: {
      'bare CALL': (key) => pool.query(call, ['consume', `bare-${key}`, '1', policies, null, '10000']),
      'PostgreSQL store with fallback': (key) => Promise.resolve(inPostgres.consume(key, 1)),
      'rate-limiter-flexible, union of 3': (key) => union.consume(key),
      'Redis store with fallback': (key) => Promise.resolve(inRedis.consume(key, 1)),
    },
  },
  ROUNDS,
)

inPostgres.close()
inRedis.close()
await pool.end()
redis.disconnect()
await redisServer.stop()
await server.stop()
