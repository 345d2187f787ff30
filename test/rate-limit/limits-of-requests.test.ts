import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test, vi } from 'vitest'
import { rateLimit } from '../../src/adapters/express/index.ts'
import type { Served } from '../support/served.ts'
import { createLimiter } from '../../src/rate-limit/index.ts'
import {
  atNoon,
  counted,
  onLimited,
  routes,
  sendInTurn,
  sendTo,
  standingOf,
  type LimitedRequest,
} from './limited.ts'

atNoon()

const plans: Readonly<Record<string, number>> = { free: 2, pro: 5, none: 0, enterprise: Infinity }

const planOf = (request: LimitedRequest): number => plans[request.get('X-Plan') ?? 'free']!

const hourly = (limit: (request: LimitedRequest) => unknown) =>
  ({ policies: [{ name: 'hour', limit: limit as () => number, window: '1h' }], key: () => 'client' }) as const

const warnings = ({ log }: Served): readonly string[] =>
  log.flatMap(([level, , message]) => (level === 'warn' ? message : []))

const as = (plan: string) => ({ headers: { 'X-Plan': plan } })

const fields = (response: string): readonly string[] =>
  response.split('\r\n').filter((line) => line.startsWith('RateLimit'))

describe('M14: a limit that is a function', () => {
  for (const [what, limit] of [
    ['at once', planOf],
    ['in a promise', (request: LimitedRequest) => sleep(2, planOf(request))],
  ] as const) {
    onLimited(`M14: limits by plan, given ${what}`, { limit: hourly(limit), routes }, async (served) => {
      const responses = await sendInTurn(served, [as('free'), as('free'), as('free'), as('pro'), as('none')])
      expect(responses.map(counted)).toEqual([
        { status: 200, limit: 2, remaining: 1 },
        { status: 200, limit: 2, remaining: 0 },
        { status: 429, limit: 2, remaining: 0 },
        // An upgrade keeps what was counted.
        { status: 200, limit: 5, remaining: 2 },
        { status: 429, limit: 0, remaining: 0 },
      ])
      expect(warnings(served)).toEqual([])
    })
  }

  onLimited(
    'M14: refuses all requests of a plan with none, and says for how long',
    { limit: hourly(planOf), routes },
    async (served) => {
      expect(standingOf(await sendTo(served, as('none')))).toMatchObject({
        status: 429,
        limit: 0,
        remaining: 0,
        retryAfter: 3600,
      })
    },
  )

  onLimited(
    'M14: does not count a plan without a limit, and tells it nothing',
    { limit: hourly(planOf), routes },
    async (served) => {
      const responses = await sendInTurn(served, [as('enterprise'), as('enterprise'), as('free')])
      expect(responses.map(counted)).toEqual([
        { status: 200 },
        { status: 200 },
        { status: 200, limit: 2, remaining: 1 },
      ])
      expect(warnings(served)).toEqual([])
    },
  )

  onLimited(
    'M14: is told in the fields of the draft, and left out of them where it does not count',
    {
      limit: {
        policies: [
          { name: 'second', limit: 10, window: '1s' },
          { name: 'hour', limit: planOf, window: '1h' },
        ],
        key: () => 'client',
        headers: { draft: 'draft-11' },
      },
      routes,
    },
    async (served) => {
      const [pro, enterprise] = await sendInTurn(served, [as('pro'), as('enterprise')])
      const partition = 'pk=:lI7HjJdVJpZpAeyD:'
      expect(
        [fields(pro!), fields(enterprise!)].map((each) =>
          each.join(' ').replaceAll(/pk=:[^:]+:/g, partition),
        ),
      ).toEqual([
        `RateLimit-Policy: "second";q=10;w=1, "hour";q=5;w=3600 RateLimit: "second";r=9;t=1;${partition}, "hour";r=4;t=3600;${partition}`,
        `RateLimit-Policy: "second";q=10;w=1 RateLimit: "second";r=8;t=1;${partition}`,
      ])
    },
  )

  const wrong: Readonly<Record<string, () => unknown>> = {
    throws: () => {
      throw new Error('no plan')
    },
    rejects: () => Promise.reject(new Error('no plan')),
    'returns undefined': () => undefined,
    'returns NaN': () => NaN,
    'returns -1': () => -1,
    'returns -Infinity': () => -Infinity,
    'returns 1.5': () => 1.5,
    'returns a text': () => '100',
    'returns 1e15': () => 1e15,
    'resolves to null': () => Promise.resolve(null),
    'returns a hostile thenable': () => ({
      // oxlint-disable-next-line unicorn/no-thenable -- as hostile as can be
      get then() {
        throw new Error('then')
      },
    }),
  }
  for (const [what, limit] of Object.entries(wrong)) {
    onLimited(
      `M14: ${what} lets the request through, uncounted by it alone, and is logged once`,
      {
        limit: {
          policies: [
            { name: 'hour', limit: limit as () => number, window: '1h' },
            { name: 'day', limit: 2, window: 'day' },
          ],
          key: () => 'client',
        },
        routes,
      },
      async (served) => {
        expect((await sendInTurn(served, [{}, {}, {}])).map(counted)).toEqual([
          { status: 200, limit: 2, remaining: 1 },
          { status: 200, limit: 2, remaining: 0 },
          { status: 429, limit: 2, remaining: 0 },
        ])
        expect(warnings(served)).toEqual([
          'The limit of policy hour failed, or was no whole number, 0 or more; a request was not counted by it',
        ])
      },
    )
  }

  onLimited(
    'M14: is asked once for each request, whatever else is asked',
    { limit: { ...hourly(planOf), cost: () => sleep(1, 2), skip: () => sleep(1, false) }, routes },
    async (served) => {
      expect(counted(await sendTo(served, as('pro')))).toEqual({ status: 200, limit: 5, remaining: 3 })
    },
  )

  test('M14: never settles: after the timeout, the request is let through, uncounted by it', async () => {
    vi.useRealTimers()
    const logs: string[] = []
    const limiter = createLimiter({
      policies: [{ name: 'hour', limit: () => new Promise<number>(() => {}), window: '1h' }],
      timeout: '20ms',
      logger: { error() {}, warn: (_record, message) => logs.push(message) },
    })
    expect(await limiter.consume('a')).toEqual({ allowed: true, policies: [], retryAfter: 0 })
    expect(logs).toEqual([
      'The limit of policy hour failed, or was no whole number, 0 or more; a request was not counted by it: give consume and peek { request }',
    ])
  })

  test('M14: draft-7 has no room for two limits that may be the same', () => {
    const policies = [
      { name: 'a', limit: () => 1, window: '1s' },
      { name: 'b', limit: 2, window: '1h' },
    ] as const
    expect(() => rateLimit({ policies, headers: { draft: 'draft-7' } })).toThrow(
      `Option headers.draft is "draft-7", which tells policies apart by their limits, and one of a function may be that of another. Use 'draft-11'.`,
    )
  })
})
