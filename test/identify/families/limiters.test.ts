import { createRequire } from 'node:module'
import { rateLimit, type RateLimitExceededEventHandler } from 'express-rate-limit'
import * as fc from 'fast-check'
import createError from 'http-errors'
import type { Middleware } from 'koa'
import { BurstyRateLimiter, RateLimiterMemory } from 'rate-limiter-flexible'
import { describe, expect, test } from 'vitest'
import { BizError } from '../../../src/catalogs/cloud-waf.ts'
import { recognize } from '../../../src/identify/recognize.ts'
import type { Framework } from '../../support/frameworks.ts'
import { answersTo, errorHeaders, everywhere, type Answer } from '../../support/answers.ts'
import { conditionCatalog } from '../../support/conditions.ts'
import { answerOf, answersOn, each, expressWith, koaWith } from '../../support/stacks.ts'

// koa-ratelimit has no types.
const koaRateLimit = createRequire(import.meta.url)('koa-ratelimit') as (options: object) => Middleware

const catalog = conditionCatalog

describe('what rate-limiter-flexible rejects with is rate-limited', () => {
  test.each([
    ['rounded up', 4.9, '5'],
    ['at least one second', 0.01, '1'],
  ])('with Retry-After %s', async (_what, duration, retryAfter) => {
    const limiter = new RateLimiterMemory({ points: 1, duration })
    await limiter.consume('key')
    expect(await answersTo(() => limiter.consume('key', 2), { catalog })).toEqual(
      everywhere(answerOf('rate-limited', { 'retry-after': retryAfter })),
    )
  })

  test('with Retry-After of the block', async () => {
    const limiter = new RateLimiterMemory({ points: 1, duration: 1, blockDuration: 90 })
    expect(await answersTo(() => limiter.consume('key', 2), { catalog })).toEqual(
      everywhere(answerOf('rate-limited', { 'retry-after': '90' })),
    )
  })

  test('without Retry-After when the key stays blocked', async () => {
    const limiter = new RateLimiterMemory({ points: 1, duration: 1 })
    await limiter.block('key', 0)
    expect(await answersTo(() => limiter.consume('key'), { catalog })).toEqual(
      everywhere(answerOf('rate-limited')),
    )
  })

  test('with Retry-After of the burst that is left', async () => {
    const limiter = new BurstyRateLimiter(
      new RateLimiterMemory({ points: 1, duration: 5, keyPrefix: 'steady' }),
      new RateLimiterMemory({ points: 1, duration: 9, keyPrefix: 'burst' }),
    )
    await limiter.consume('key')
    await limiter.consume('key')
    expect(await answersTo(() => limiter.consume('key'), { catalog })).toEqual(
      everywhere(answerOf('rate-limited', { 'retry-after': '5' })),
    )
  })

  test('as the cause of the error that the app throws', async () => {
    const limiter = new RateLimiterMemory({ points: 0, duration: 30 })
    const fail = (): Promise<never> =>
      limiter.consume('key').then(
        () => expect.unreachable(),
        (cause: unknown) => {
          throw new Error('hunter2', { cause })
        },
      )
    expect(await answersTo(fail, { catalog })).toEqual(
      everywhere(answerOf('rate-limited', { 'retry-after': '30' })),
    )
  })
})

/** A limiter of one request for each window, and the answer to the second. */
async function second(frameworks: readonly Framework[]): Promise<Readonly<Record<string, Answer>>> {
  const routes = { '/': (_request: unknown, response: { end: (text: string) => void }) => response.end('{}') }
  return answersOn(frameworks, { before: 1 }, routes)
}

function limitedExpress(handler: RateLimitExceededEventHandler): readonly Framework[] {
  return expressWith((app) => app.use(rateLimit({ windowMs: 30_000, limit: 1, handler, validate: false })))
}

describe('what the handler of express-rate-limit passes on', () => {
  const limits = {
    'retry-after': '30',
    'x-ratelimit-limit': '1',
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': expect.stringMatching(/^\d+$/) as unknown as string,
  }

  test('keeps the Retry-After that the limiter has set, and its other headers', async () => {
    const express = limitedExpress((_request, _response, next, options) =>
      next(createError(options.statusCode)),
    )
    expect(await second(express)).toEqual(each(express, 'rate-limited', limits))
  })

  test('keeps it before that which the catalog has for its code', async () => {
    const express = limitedExpress((_request, _response, next) => next(new BizError(4005)))
    const limited = {
      status: 429,
      headers: errorHeaders('en', limits),
      body: { code: 4005, message: 'Rate limited' },
    }
    expect(await second(express)).toEqual({ 'Express 5': limited, 'Express 4': limited })
  })
})

function limited(more: object): readonly Framework[] {
  return koaWith((app) =>
    app.use(
      koaRateLimit({ driver: 'memory', db: new Map(), duration: 30_000, max: 1, throw: true, ...more }),
    ),
  )
}

describe('what koa-ratelimit throws', () => {
  test('is rate-limited, with Retry-After and its other headers', async () => {
    const koa = limited({})
    expect(await second(koa)).toEqual(
      each(koa, 'rate-limited', {
        'retry-after': expect.stringMatching(/^(?:29|30)$/) as unknown as string,
        'x-ratelimit-limit': '1',
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': expect.stringMatching(/^\d+\.\d+$/) as unknown as string,
      }),
    )
  })

  test('is forbidden for who stands on the blacklist', async () => {
    const koa = limited({ blacklist: () => true })
    expect(await answersOn(koa, {})).toEqual(each(koa, 'forbidden'))
  })
})

const facts = { encoded: false, contentType: undefined, authorization: undefined, clientGone: false }
const rejection = { msBeforeNext: 1500, remainingPoints: 0, consumedPoints: 2 }

describe('a rejection', () => {
  test('is known by its three numbers', () => {
    expect(recognize(rejection, facts)).toEqual({ condition: 'rate-limited', retryAfter: 1.5 })
  })

  test.each([
    ['without points', { msBeforeNext: 1500 }],
    ['whose time is a text', { ...rejection, msBeforeNext: '1500' }],
    ['whose points are a BigInt', { ...rejection, consumedPoints: 2n }],
    [
      'that cannot be read',
      Object.defineProperty({ ...rejection }, 'remainingPoints', {
        get() {
          throw new Error('hostile')
        },
      }),
    ],
    ['in an array', [rejection]],
  ])('%s is none', (_what, thrown) => {
    expect(recognize(thrown, facts)).toBe(undefined)
  })

  test.each([NaN, Infinity, -1, 0, 1e300])('whose time is %d is answered', async (msBeforeNext) => {
    const retryAfter = { 0: { 'retry-after': '1' } }[msBeforeNext]
    expect(
      await answersTo(() => Promise.reject({ ...rejection, msBeforeNext } as unknown as Error), { catalog }),
    ).toEqual(everywhere(answerOf('rate-limited', retryAfter)))
  })

  test('has a time to wait of a second at least, or none', () => {
    fc.assert(
      fc.property(fc.double(), (msBeforeNext) => {
        const { retryAfter } = recognize({ ...rejection, msBeforeNext }, facts) ?? {}
        expect(retryAfter === undefined || !((retryAfter as number) < 1)).toBe(true)
      }),
    )
  })
})
