import { describe, expect, test, vi } from 'vitest'
import { rateLimit } from '../../src/adapters/express/index.ts'
import * as koa from '../../src/adapters/koa/index.ts'
import { createLimiter, type Limiter, type LimiterOptions } from '../../src/rate-limit/index.ts'
import { atNoon, counted, onLimited, routes, sendInTurn, sendTo, standingOf } from './limited.ts'

atNoon()

const policies = [
  { name: 'minute', limit: 3, window: '1m' },
  { name: 'day', limit: 5, window: 'day' },
] as const

function logging(): { readonly logs: string[]; readonly logger: NonNullable<LimiterOptions['logger']> } {
  const logs: string[] = []
  return { logs, logger: { error() {}, warn: (_record, message) => logs.push(message) } }
}

const FREE = { allowed: true, policies: [], retryAfter: 0 }

describe.each<[string, (options: LimiterOptions) => Limiter]>([
  ['createLimiter', createLimiter],
  ['rateLimit on Express', rateLimit as never],
  ['rateLimit on Koa', koa.rateLimit as never],
])('M16: a limiter of %s', (_name, create) => {
  test('M16: consume counts, and tells where the key stands with each policy', async () => {
    const limiter = create({ policies })
    expect(await limiter.consume('a')).toEqual({
      allowed: true,
      policies: [
        { name: 'minute', limit: 3, remaining: 2, resetAfter: 60 },
        { name: 'day', limit: 5, remaining: 4, resetAfter: 43_200 },
      ],
      retryAfter: 0,
    })
    expect((await limiter.consume('a', { cost: 2 })).policies.map(({ remaining }) => remaining)).toEqual([
      0, 2,
    ])
    vi.advanceTimersByTime(20_500)
    expect(await limiter.consume('a')).toEqual({
      allowed: false,
      policies: [
        { name: 'minute', limit: 3, remaining: 0, resetAfter: 40 },
        { name: 'day', limit: 5, remaining: 2, resetAfter: 43_180 },
      ],
      retryAfter: 40,
    })
    expect(
      (await limiter.consume('b')).policies.map(({ remaining }) => remaining),
      'another key',
    ).toEqual([2, 4])
  })

  test('M16: peek says the same, and counts nothing', async () => {
    const limiter = create({ policies })
    const untouched = {
      allowed: true,
      policies: [
        { name: 'minute', limit: 3, remaining: 3, resetAfter: 0 },
        { name: 'day', limit: 5, remaining: 5, resetAfter: 0 },
      ],
      retryAfter: 0,
    }
    expect(await limiter.peek('a')).toEqual(untouched)
    expect(await limiter.peek('a')).toEqual(untouched)
    await limiter.consume('a', { cost: 3 })
    const spent = {
      allowed: false,
      policies: [
        { name: 'minute', limit: 3, remaining: 0, resetAfter: 60 },
        { name: 'day', limit: 5, remaining: 2, resetAfter: 43_200 },
      ],
      retryAfter: 60,
    }
    expect([await limiter.peek('a'), await limiter.peek('a'), await limiter.consume('a')]).toEqual([
      spent,
      spent,
      spent,
    ])
    expect((await limiter.peek('a', { cost: 6 })).retryAfter, 'never').toBe(86_400)
  })

  test('M16: reset forgets the key, and no other', async () => {
    const limiter = create({ policies })
    await limiter.consume('a', { cost: 3 })
    await limiter.consume('b', { cost: 3 })
    expect(await limiter.reset('a')).toBe(true)
    expect(await limiter.reset('never seen')).toBe(true)
    expect((await limiter.consume('a')).allowed).toBe(true)
    expect((await limiter.consume('b')).allowed).toBe(false)
  })

  test('M16: block refuses a key for its time, whatever is left; the last one holds', async () => {
    const limiter = create({ policies })
    expect(await limiter.block('a', '10m')).toBe(true)
    const blocked = {
      allowed: false,
      policies: [
        { name: 'minute', limit: 3, remaining: 0, resetAfter: 600 },
        { name: 'day', limit: 5, remaining: 0, resetAfter: 600 },
      ],
      retryAfter: 600,
    }
    expect([await limiter.consume('a'), await limiter.peek('a')]).toEqual([blocked, blocked])
    expect((await limiter.consume('b')).allowed).toBe(true)
    await limiter.block('a', 30)
    vi.advanceTimersByTime(29_999)
    expect((await limiter.consume('a')).retryAfter).toBe(1)
    vi.advanceTimersByTime(1)
    expect((await limiter.consume('a')).policies.map(({ remaining }) => remaining)).toEqual([2, 4])
    await limiter.block('a', '1d')
    expect(await limiter.reset('a')).toBe(true)
    expect((await limiter.consume('a')).policies.map(({ remaining }) => remaining)).toEqual([2, 4])
  })

  test('M16: a limit that is a function is called with the request, or without one', async () => {
    const { logs, logger } = logging()
    const limiter = create({
      policies: [
        { name: 'plan', limit: (user) => (user as { limit: number }).limit, window: '1h' },
        { name: 'all', limit: () => 9, window: '1h' },
      ],
      logger,
    })
    const request = { limit: 4 }
    expect((await limiter.consume('a', { request })).policies).toEqual([
      { name: 'plan', limit: 4, remaining: 3, resetAfter: 3600 },
      { name: 'all', limit: 9, remaining: 8, resetAfter: 3600 },
    ])
    expect(logs).toEqual([])
    expect((await limiter.peek('a')).policies).toEqual([
      { name: 'all', limit: 9, remaining: 8, resetAfter: 3600 },
    ])
    expect(logs).toEqual([
      'The limit of policy plan failed, or was no whole number, 0 or more; a request was not counted by it: give consume and peek { request }',
    ])
  })

  test('M16: keys are those of requests: texts of any length, and numbers', async () => {
    const limiter = create({ policies })
    const megabyte = 'k'.repeat(1024 * 1024)
    for (const key of [7, megabyte, '__proto__', '\0gone', '\ud800', 'a}b%']) {
      expect((await limiter.consume(key, { cost: 3 })).allowed).toBe(true)
      expect((await limiter.consume(key)).allowed).toBe(false)
      expect(await limiter.reset(key)).toBe(true)
      expect(await limiter.block(key, '1s')).toBe(true)
      expect((await limiter.peek(key)).allowed).toBe(false)
    }
    expect((await limiter.peek('7')).allowed, 'the number 7 is the text').toBe(false)
  })

  test('M16: what is no key, cost or time is told, and harms nobody', async () => {
    const { logs, logger } = logging()
    const limiter = create({ policies, logger }) as Limiter &
      Record<string, (...args: unknown[]) => Promise<unknown>>
    for (const key of [undefined, null, '', NaN, {}, Symbol('key')]) {
      expect(await limiter.consume!(key as never)).toEqual(FREE)
      expect(await limiter.peek!(key as never)).toEqual(FREE)
      expect(await limiter.reset!(key as never)).toBe(false)
      expect(await limiter.block!(key as never, '1m')).toBe(false)
    }
    for (const time of [undefined, 'soon', 0, -1, NaN, Infinity, '401d', {}, '1w']) {
      expect(await limiter.block('a', time as never)).toBe(false)
    }
    for (const cost of [0, -1, 1.5, NaN, '2']) await limiter.consume('a', { cost: cost as never })
    expect((await limiter.peek('a')).policies.map(({ remaining }) => remaining)).toEqual([0, 2])
    expect(logs).toEqual([
      'consume was called without a key: give a text or a number',
      'peek was called without a key: give a text or a number',
      'reset was called without a key: give a text or a number',
      'block was called without a key: give a text or a number',
      "block was called with a time that is none, and blocks nothing: give seconds, or a text such as '500ms', '30s', '10m', '1h' or '7d'; at most '400d'",
      'The cost of a request was no positive whole number; 1 was counted',
    ])
  })
})

test('M16: what is not as consume takes it is told, and counted as 1', async () => {
  const { logs, logger } = logging()
  const limiter = createLimiter({ policies, logger })
  for (const options of [5, null, { costs: 2 }, 'two']) await limiter.consume('a', options as never)
  expect((await limiter.peek('a')).policies.map(({ remaining }) => remaining)).toEqual([0, 2])
  expect(logs).toEqual(['The second argument of consume is { cost, request }, or nothing'])
})

describe('M16: the requests and the methods of a limiter', () => {
  onLimited(
    'M16: count together, and a block is answered as a refusal of all policies',
    {
      limit: { policies, key: () => 'client' },
      routes: (limiter) => ({
        ...routes,
        '/block': async (_request, response) => {
          await limiter.block('client', '10m')
          response.statusCode = 200
          response.end(JSON.stringify(await limiter.peek('client')))
        },
      }),
    },
    async (served) => {
      const [first, block, blocked] = await sendInTurn(served, [{}, { path: '/block' }, {}])
      expect(counted(first!)).toEqual({ status: 200, limit: 3, remaining: 2 })
      expect(
        JSON.parse(
          block!
            .split('\r\n\r\n')[1]!
            .replace(/^[\da-f]+\r\n/, '')
            .split('\r\n')[0]!,
        ),
      ).toMatchObject({
        allowed: false,
        retryAfter: 600,
      })
      expect(standingOf(blocked!)).toMatchObject({ status: 429, remaining: 0, retryAfter: 600 })
    },
  )

  onLimited(
    'M16: a blocked client is refused, though no policy counts it',
    {
      limit: { policies: [{ name: 'plan', limit: () => Infinity, window: '1h' }], key: () => 'client' },
      routes: (limiter) => ({
        ...routes,
        '/block': async (_request, response) => {
          await limiter.block('client', 90)
          response.statusCode = 204
          response.end()
        },
      }),
    },
    async (served) => {
      expect((await sendInTurn(served, [{}, { path: '/block' }, {}])).map(standingOf)).toEqual([
        { status: 200 },
        { status: 204 },
        { status: 429, retryAfter: 90 },
      ])
      expect(await sendTo(served, {})).toContain('"code":4005')
    },
  )
})

describe('M16: createLimiter refuses', () => {
  test.each([
    [undefined, 'createLimiter was called with undefined. Give { policies }.'],
    [{}, 'Option policies is undefined. Give an array of 1 to 8 policies.'],
    [{ policies, key: () => 'a' }, 'createLimiter has no "key"'],
    [{ policies: [{ ...policies[0], error: 429 }] }, 'Policy minute has no "error"'],
    [{ policies: [{ ...policies[0], limit: 0 }] }, 'Policy minute has limit 0.'],
  ])('M16: %o', (options, message) => {
    expect(() => createLimiter(options as never)).toThrow(message)
  })
})
