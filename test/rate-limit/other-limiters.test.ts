import expressRateLimit from 'express-rate-limit'
import type { Express } from 'express'
import koaRateLimit from 'koa-ratelimit'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { describe, expect, test } from 'vitest'
import { limitHandler } from '../../src/rate-limit/index.ts'
import * as expressFace from '../../src/adapters/express/index.ts'
import * as koaFace from '../../src/adapters/koa/index.ts'
import { catalog as gateway } from '../../src/catalogs/gateway.ts'
import type { HandlerOptions } from '../../src/handler/options.ts'
import { send } from '../support/raw.ts'
import { expressApps, koaApps, onThese } from '../support/served.ts'
import { standardAnswer, type Headers } from '../support/standard-answer.ts'

const ID = { 'X-Request-ID': 'probe-1' }
const BODY = '{"code":429,"sub_code":42901,"message":"Per-second rate limit exceeded.","data":null}'

/** Asks twice where the limit is 1, and returns the refusal as a whole, but for the order of its lines. */
async function refusal(port: number): Promise<readonly string[]> {
  expect(await send(port, { path: '/', headers: ID })).toMatch(/^HTTP\/1\.1 200 /)
  return (await send(port, { path: '/', headers: ID })).split('\r\n').toSorted()
}

function whole(body: string, after: Headers): readonly string[] {
  return standardAnswer(429, body, { after }).split('\r\n').toSorted()
}

const handler = { catalog: gateway } as const

function answering(app: Express, recorder: HandlerOptions): void {
  app.get('/', (_request, response) => void response.json('ok'))
  app.use(expressFace.errorHandler({ ...recorder, ...handler }))
}

onThese(
  "express-rate-limit's refusal is answered by our error handler through limitHandler",
  expressApps((app, recorder) => {
    app.use(expressFace.requestId())
    app.use(
      expressRateLimit({
        limit: 1,
        windowMs: 60_000,
        standardHeaders: 'draft-7',
        legacyHeaders: false,
        handler: limitHandler({ catalog: gateway, error: 42901 }),
      }),
    )
    answering(app, recorder)
  }),
  async ({ port, reports }) => {
    expect(await refusal(port)).toEqual(
      whole(BODY, {
        'RateLimit-Policy': '1;w=60',
        RateLimit: 'limit=1, remaining=0, reset=60',
        'Retry-After': '60',
      }),
    )
    expect(reports.map(({ code }) => code)).toEqual([42901])
  },
)

onThese(
  'T03: limitHandler says how to call it, where it is a handler itself',
  expressApps((app, recorder) => {
    app.use(expressFace.requestId())
    app.use(expressRateLimit({ limit: 1, windowMs: 60_000, handler: limitHandler as never }))
    answering(app, recorder)
  }),
  async ({ port, log }) => {
    expect(await refusal(port)).toContain('HTTP/1.1 500 Internal Server Error')
    expect(log.map(([level, , message]) => [level, message])).toEqual([
      ['error', 'limitHandler was mounted uncalled; call it: limitHandler({ catalog })'],
    ])
  },
)

onThese(
  'limitHandler finds the reset under the name that express-rate-limit was given, and takes the window where it is unknown',
  expressApps((app, recorder) => {
    app.use(expressFace.requestId())
    app.use(
      expressRateLimit({
        limit: 1,
        windowMs: 90_000,
        legacyHeaders: false,
        requestPropertyName: 'quota',
        store: {
          localKeys: true,
          increment: (() => {
            let hits = 0
            return () => ({ totalHits: ++hits, resetTime: undefined })
          })(),
          decrement() {},
          resetKey() {},
        },
        handler: limitHandler({ catalog: gateway }),
      }),
    )
    answering(app, recorder)
  }),
  async ({ port }) => {
    const body =
      '{"code":429,"sub_code":null,"message":"Request frequency exceeded per-second/per-hour/monthly limits.","data":null}'
    expect(await refusal(port)).toEqual(whole(body, { 'Retry-After': '90' }))
  },
)

describe('limitHandler', () => {
  const refuse = limitHandler({ catalog: gateway })
  const foreign: readonly unknown[] = [Symbol('s'), 10n, 'soon', {}, [], null, NaN, -1, Infinity]
  test.each(foreign)(
    'S05: refuses without Retry-After where the window is %s and no reset is known',
    (windowMs) => {
      const passed: unknown[] = []
      refuse({ rateLimit: { resetTime: windowMs } }, {}, (error) => passed.push(error), { windowMs })
      expect(passed).toMatchObject([{ code: 429, retryAfter: undefined }])
    },
  )
})

const GENERIC =
  '{"code":429,"sub_code":null,"message":"Request frequency exceeded per-second/per-hour/monthly limits.","data":null}'

onThese(
  'what rate-limiter-flexible rejects with is answered as 429 with Retry-After',
  [
    ...expressApps((app, recorder) => {
      const limiter = new RateLimiterMemory({ points: 1, duration: 1000 })
      app.use(expressFace.requestId())
      app.use(
        expressFace.asyncHandler(async (_request, _response, next) => {
          await limiter.consume('all')
          next()
        }),
      )
      answering(app, recorder)
    }),
    ...koaApps((app, recorder) => {
      const limiter = new RateLimiterMemory({ points: 1, duration: 1000 })
      app.use(koaFace.errorHandler({ ...recorder, ...handler }))
      app.use(koaFace.requestId())
      app.use(async (context) => {
        await limiter.consume('all')
        context.body = 'ok'
      })
    }),
  ],
  async ({ port }) => {
    expect(await refusal(port)).toEqual(whole(GENERIC, { 'Retry-After': '1000' }))
  },
)

onThese(
  "koa-ratelimit's refusal is answered by our error handler when it throws",
  koaApps((app, recorder) => {
    app.use(koaFace.errorHandler({ ...recorder, ...handler }))
    app.use(koaFace.requestId())
    app.use(koaRateLimit({ driver: 'memory', db: new Map(), duration: 60_000, max: 1, throw: true }))
    app.use((context) => {
      context.body = 'ok'
    })
  }),
  async ({ port }) => {
    const answer = await refusal(port)
    const known = answer.filter((line) => !/^(?:X-RateLimit-Reset: [\d.]+|Retry-After: \d+)$/.test(line))
    expect(known).toEqual(whole(GENERIC, { 'X-RateLimit-Limit': '1', 'X-RateLimit-Remaining': '0' }))
    expect(answer).toHaveLength(known.length + 2)
  },
)
