import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test, vi } from 'vitest'
import { catalog as gateway } from '../../src/catalogs/gateway.ts'
import { serve } from '../support/served.ts'
import { standardAnswer } from '../support/standard-answer.ts'
import { atNoon, limitedOn, NOON, onLimited, routes, sendInTurn, sendTo, standingOf } from './limited.ts'

atNoon()

const envelope = { 'application/json': 'two-level', 'application/problem+json': 'problem' } as const

describe('M01: X-RateLimit-* stand on', () => {
  const tenPerMinute = { policies: [{ name: 'minute', limit: 10, window: '1m' as const }] }

  onLimited(
    'M01: every response: 200, 304, 404, 409, 429, 500, stream, HEAD',
    { limit: tenPerMinute, routes },
    async (served) => {
      const responses = await sendInTurn(served, [
        {},
        { path: '/not-modified' },
        { path: '/nowhere' },
        { path: '/thrown' },
        { path: '/limited-elsewhere' },
        { path: '/boom' },
        { path: '/stream' },
        { method: 'HEAD' },
        { method: 'HEAD', path: '/thrown' },
      ])
      const reset = NOON + 60
      expect(responses.map(standingOf)).toEqual([
        { status: 200, limit: 10, remaining: 9, reset },
        { status: 304, limit: 10, remaining: 8, reset },
        { status: 404, limit: 10, remaining: 7, reset },
        { status: 409, limit: 10, remaining: 6, reset },
        { status: 429, limit: 10, remaining: 5, reset, retryAfter: 9 },
        { status: 500, limit: 10, remaining: 4, reset },
        { status: 200, limit: 10, remaining: 3, reset },
        { status: 200, limit: 10, remaining: 2, reset },
        { status: 409, limit: 10, remaining: 1, reset },
      ])
      expect(responses[6]).toMatch(/one, .*two/s)
      return responses.slice(2, 6)
    },
  )

  onLimited(
    'M01: a stream that breaks off, whose head they were part of',
    {
      limit: tenPerMinute,
      routes: {
        '/': (_request, response) => {
          response.statusCode = 200
          response.write('begun')
          setImmediate(() => response.destroy(new Error('cut')))
          return new Promise((resolve) => response.once('close', resolve))
        },
      },
    },
    async (served) => {
      expect(standingOf(await sendTo(served))).toEqual({
        status: 200,
        limit: 10,
        remaining: 9,
        reset: NOON + 60,
      })
    },
  )

  onLimited(
    'M01: Reset in seconds from now, by option',
    { limit: { ...tenPerMinute, headers: { reset: 'delta' } }, routes },
    async (served) => {
      const before = await sendTo(served)
      expect(standingOf(before)).toEqual({ status: 200, limit: 10, remaining: 9, reset: 60 })
    },
  )
})

describe('M02: over the limit', () => {
  const one = { policies: [{ name: 'minute', limit: 1, window: '1m' as const }] }

  onLimited(
    'M02: a request is answered as a whole by the error handler',
    { limit: one, routes },
    async (served) => {
      await sendTo(served)
      const answer = standardAnswer(
        429,
        { code: 4005, message: 'Rate limited' },
        {
          before: {
            'X-RateLimit-Limit': '1',
            'X-RateLimit-Remaining': '0',
            'X-RateLimit-Reset': String(NOON + 60),
          },
          after: { 'Retry-After': '60' },
        },
      )
      expect(await sendTo(served)).toBe(answer)
      expect(served.reports.map(({ code, status }) => [code, status])).toEqual([[4005, 429]])
    },
  )
})

function codeOf(response: string): number | undefined {
  const code = /"sub_code":(\d+)/.exec(response)?.[1]
  return code === undefined ? undefined : Number(code)
}

describe('M02: several policies', () => {
  const limit = {
    catalog: gateway,
    policies: [
      { name: 'second', limit: 2, window: '1s' as const, error: 42901 },
      { name: 'hour', limit: 3, window: '1h' as const, error: 42902 },
      { name: 'month', limit: 4, window: 'month' as const, error: 42903 },
    ],
  }
  const handler = { catalog: gateway, envelope }
  test('M02: each policy refuses with its code until its window has passed', async () => {
    const app = limitedOn('Express 5', { limit, handler, routes })
    await serve(...app, async (served) => {
      const refusals: unknown[] = []
      for (const ms of [0, 0, 0, 999, 1, 0, 3_598_000, 1000, 0]) {
        vi.advanceTimersByTime(ms)
        const response = await sendTo(served)
        const { reset: _reset, ...standing } = standingOf(response)
        refusals.push({ ...standing, code: codeOf(response) })
      }
      expect(refusals).toEqual([
        { status: 200, limit: 2, remaining: 1 },
        { status: 200, limit: 2, remaining: 0 },
        { status: 429, limit: 2, remaining: 0, retryAfter: 1, code: 42901 },
        { status: 429, limit: 2, remaining: 0, retryAfter: 1, code: 42901 },
        { status: 200, limit: 3, remaining: 0 },
        { status: 429, limit: 3, remaining: 0, retryAfter: 3599, code: 42902 },
        { status: 429, limit: 3, remaining: 0, retryAfter: 1, code: 42902 },
        { status: 200, limit: 4, remaining: 0 },
        // To the end of November.
        {
          status: 429,
          limit: 4,
          remaining: 0,
          retryAfter: Date.UTC(2026, 11, 1) / 1000 - NOON - 3600,
          code: 42903,
        },
      ])
    })
  })
})

describe('M02: the policy that matters most', () => {
  test('M02: is of those with equally much left the one that resets last', async () => {
    const app = limitedOn('Express 5', {
      limit: {
        policies: [
          { name: 'minute', limit: 5, window: '1m' },
          { name: 'hour', limit: 5, window: '1h' },
          { name: 'second', limit: 5, window: '1s' },
        ],
      },
      routes,
    })
    await serve(...app, async (served) => {
      expect(standingOf(await sendTo(served))).toEqual({
        status: 200,
        limit: 5,
        remaining: 4,
        reset: NOON + 3600,
      })
    })
  })

  test('M02: is of those that refuse the one that never lets such a cost pass', async () => {
    const app = limitedOn('Express 5', {
      limit: {
        catalog: gateway,
        policies: [
          { name: 'small', limit: 5, window: '1h', error: 42901 },
          { name: 'large', limit: 10, window: '2h', error: 42902 },
        ],
        cost: (request) => Number(request.get('X-Cost')),
      },
      handler: { catalog: gateway },
      routes,
    })
    await serve(...app, async (served) => {
      await sendTo(served, { headers: { 'X-Cost': '5' } })
      // Now the small one is free and the large one for half an hour not.
      vi.advanceTimersByTime(5_400_000)
      const response = await sendTo(served, { headers: { 'X-Cost': '8' } })
      expect({ ...standingOf(response), code: codeOf(response) }).toEqual({
        status: 429,
        limit: 5,
        remaining: 5,
        reset: NOON + 5400,
        retryAfter: 3600,
        code: 42901,
      })
    })
  })
})

describe('M02: all that refuse are named in the problem document, and the code is of the one that takes longest', () => {
  onLimited(
    'M02: in the problem document',
    {
      limit: {
        catalog: gateway,
        policies: [
          { name: 'hour', limit: 1, window: '1h', error: 42902 },
          { name: 'second', limit: 1, window: '1s', error: 42901 },
        ],
      },
      handler: { catalog: gateway, envelope },
      routes,
    },
    async (served) => {
      await sendTo(served)
      const response = await sendTo(served, { headers: { Accept: 'application/problem+json' } })
      expect(JSON.parse(response.split('\r\n\r\n')[1]!)).toEqual({
        type: 'https://iana.org/assignments/http-problem-types#quota-exceeded',
        title: 'RPH Limit Exceeded',
        status: 429,
        detail: 'Per-hour rate limit exceeded.',
        code: 42902,
        action: 'Lower request frequency.',
        request_id: 'probe-1',
        'violated-policies': ['hour', 'second'],
      })
      expect(standingOf(response)).toEqual({
        status: 429,
        limit: 1,
        remaining: 0,
        reset: NOON + 3600,
        retryAfter: 3600,
      })
      return response
    },
  )
})

describe('M03: a window of 30 days', () => {
  const thirtyDays = { policies: [{ name: 'long', limit: 2, window: '30d' as const }] }

  // Timers of Node end at 24.85 days: a limiter that uses one for each window forgets it after 1 ms.
  onLimited(
    'M03: counts 2 at a second request 50 ms later',
    { limit: thirtyDays, routes },
    async (served) => {
      const first = standingOf(await sendTo(served)).remaining
      await sleep(50)
      const second = standingOf(await sendTo(served)).remaining
      const third = standingOf(await sendTo(served)).status
      expect({ first, second, third }).toEqual({ first: 1, second: 0, third: 429 })
    },
  )

  test('M03: holds until its last millisecond', async () => {
    const app = limitedOn('Express 5', { limit: thirtyDays, routes })
    await serve(...app, async (served) => {
      await sendInTurn(served, [{}, {}])
      vi.advanceTimersByTime(30 * 86_400_000 - 1)
      expect(standingOf(await sendTo(served)).retryAfter).toBe(1)
      vi.advanceTimersByTime(1)
      expect(standingOf(await sendTo(served)).remaining).toBe(1)
    })
  })
})
