import express, { type RequestHandler } from 'express'
import expressRateLimit from 'express-rate-limit'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createClient, type ApiError } from '../../src/client/index.ts'
import { errorHandler, rateLimit } from '../../src/index.ts'
import { redisStore } from '../../src/rate-limit/index.ts'
import type { RateLimitHeaders } from '../../src/rate-limit/fields.ts'
import { failureOf } from '../support/failure-of.ts'
import { listen } from '../support/frameworks.ts'
import {
  startRedis,
  WHY_SKIPPED,
  withoutRedis,
  type RedisServer,
} from '../rate-limit/stores/redis/redis-server.ts'
import { librariesOf } from './libraries.ts'
import { shop } from './shop.ts'

// The windows are long: whole seconds, rounded up, do not change while a test runs.
const hour = { policy: 'hour', limit: 2, remaining: 0, reset: 3600, window: 3600 }
const month = { policy: 'month', limit: 9, remaining: 7, reset: 2_592_000, window: 2_592_000 }

type Limiter = (redis: Redis) => RequestHandler

const keyOf = (request: express.Request): string => request.get('X-Caller')!

function ours(headers: RateLimitHeaders): Limiter {
  return (redis) =>
    rateLimit({
      catalog: shop,
      policies: [
        { name: 'hour', limit: 2, window: '1h', error: 10029 },
        { name: 'month', limit: 9, window: '30d', error: 10029 },
      ],
      key: keyOf,
      // Longer than a busy machine takes.
      store: redisStore(redis, {
        prefix: `${JSON.stringify(headers).replaceAll(/\W/g, '')}:`,
        timeout: '10s',
      }),
      headers,
    })
}

function another(standardHeaders: 'draft-6' | 'draft-7' | 'draft-8', legacyHeaders = false): Limiter {
  return () =>
    expressRateLimit({
      limit: 2,
      windowMs: 3_600_000,
      standardHeaders,
      legacyHeaders,
      keyGenerator: keyOf as never,
      identifier: 'hour',
      handler: (_request, response) => void response.status(429).send('Too many'),
    })
}

const { policy: _policy, window: _window, ...unnamed } = hour

/** The time of the reset is rounded up to a second, and the Date of the answer down. */
const aboutAnHour = expect.toBeOneOf([3600, 3601]) as number

/** Who limits, what it says, and what a front end has of it. */
const cases: readonly [title: string, limiter: Limiter, quotas: readonly object[]][] = [
  ['X-RateLimit-* with the time of the reset', ours({}), [{ ...unnamed, reset: aboutAnHour }]],
  ['X-RateLimit-* with the seconds until the reset', ours({ reset: 'delta' }), [unnamed]],
  ['draft 7', ours({ legacy: false, draft: 'draft-7' }), [{ ...hour, policy: undefined }]],
  ['draft 8', ours({ legacy: false, draft: 'draft-8' }), [hour, month]],
  ['draft 11', ours({ legacy: false, draft: 'draft-11' }), [hour, month]],
  ['draft 11 beside X-RateLimit-*', ours({ draft: 'draft-11' }), [hour, month]],
  ['draft 6 of express-rate-limit', another('draft-6'), [{ ...hour, policy: undefined }]],
  ['draft 7 of express-rate-limit', another('draft-7'), [{ ...hour, policy: undefined }]],
  ['draft 8 of express-rate-limit', another('draft-8'), [hour]],
]

const api = createClient({ retry: false })

describe.skipIf(withoutRedis('limits.test.ts'))(`a refusal of a limiter on Redis${WHY_SKIPPED}`, () => {
  let server: RedisServer
  let redis: Redis
  let origin: string
  let close: () => void

  beforeAll(async () => {
    server = await startRedis()
    redis = new Redis(server.port, '127.0.0.1')
    const app = express()
    for (const [index, [, limiter]] of cases.entries()) app.use(`/${index}`, limiter(redis))
    app.use((_request, response) => void response.json({ ok: true }))
    app.use(errorHandler({ catalog: shop }))
    const { port, server: http } = await listen(app)
    origin = `http://127.0.0.1:${port}`
    close = () => {
      http.close()
      http.closeAllConnections()
    }
  })
  afterAll(async () => {
    close()
    redis.disconnect()
    await server.stop()
  })

  describe.each(librariesOf(api))('by $name', ({ name, get }) => {
    test.each(cases.map(([title, , quotas], index) => [title, index, quotas] as const))(
      'tells the limits and the wait from %s',
      async (_title, index, quotas) => {
        const ask = (): Promise<unknown> => get(`${origin}/${index}`, { 'X-Caller': name })
        expect([await ask(), await ask()]).toEqual([{ ok: true }, { ok: true }])
        const error = (await failureOf(ask)) as ApiError
        const { status, retryAfter } = error
        expect({ status, retryAfter, quotas: error.quotas }).toEqual({
          status: 429,
          retryAfter: 3600,
          quotas,
        })
      },
    )
  })
})
