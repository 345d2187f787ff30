import { connect } from 'node:net'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test, vi } from 'vitest'
import { BizError } from '../../src/catalogs/cloud-waf.ts'
import { rateLimit } from '../../src/adapters/express/index.ts'
import type { AnsweredRequest, Limiter } from '../../src/rate-limit/index.ts'
import type { Route } from '../support/frameworks.ts'
import type { Served } from '../support/served.ts'
import {
  atNoon,
  counted,
  limitedOn,
  onLimited,
  pipeline,
  routes,
  sendInTurn,
  sendTo,
  type LimitedRequest,
} from './limited.ts'
import { serve } from '../support/served.ts'

atNoon()

const login = { policies: [{ name: 'login', limit: 2, window: '15m' }], key: () => 'client' } as const

const answering =
  (status: number): Route =>
  (_request, response) => {
    response.statusCode = status
    response.end('x')
  }

/** Tells how much is used, without using any. */
const used =
  (limiter: Limiter<LimitedRequest>): Route =>
  async (_request, response) => {
    const { policies } = await limiter.peek('client')
    const [{ limit, remaining }] = policies as [(typeof policies)[number]]
    response.statusCode = 200
    response.end(String(limit - remaining))
  }

const withUsed =
  (more: Readonly<Record<string, Route>> = {}) =>
  (limiter: Limiter<LimitedRequest>) => ({
    ...routes,
    '/200': answering(200),
    '/401': answering(401),
    ...more,
    '/used': used(limiter),
  })

/** A request that only looks is skipped. */
const skip = ({ path }: LimitedRequest): boolean => path === '/used'

async function usedOn(served: Served): Promise<string> {
  return (await sendTo(served, { path: '/used' })).split('\r\n\r\n')[1]!
}

function gate(): { readonly finished: Promise<void>; readonly finish: () => void } {
  let finish: (() => void) | undefined
  const finished = new Promise<void>((resolve) => (finish = resolve))
  return { finished, finish: () => finish?.() }
}

const warnings = ({ log }: Served): readonly string[] =>
  log.flatMap(([level, , message]) => (level === 'warn' ? message : []))

const withoutGiveBack = () => ({ consume: () => Promise.reject(new Error('x')), close() {} })

describe('M15: countIf', () => {
  onLimited(
    'M15: of logins counts failures alone, and shows each as it came',
    { limit: { ...login, skip, countIf: ({ status }) => status === 401 }, routes: withUsed() },
    async (served) => {
      const paths = ['/200', '/200', '/401', '/200', '/401', '/200', '/401']
      const responses = await sendInTurn(
        served,
        paths.map((path) => ({ path })),
      )
      expect(responses.map(counted)).toEqual([
        { status: 200, limit: 2, remaining: 1 },
        { status: 200, limit: 2, remaining: 1 },
        { status: 401, limit: 2, remaining: 1 },
        { status: 200, limit: 2, remaining: 0 },
        { status: 401, limit: 2, remaining: 0 },
        { status: 429, limit: 2, remaining: 0 },
        { status: 429, limit: 2, remaining: 0 },
      ])
      expect(await usedOn(served)).toBe('2')
      expect(warnings(served)).toEqual([])
    },
  )

  onLimited(
    'M15: is told the code that the client was told, and the request',
    {
      limit: {
        ...login,
        skip,
        countIf: ({ code, request }) => code === 1006 && request.path === '/thrown',
      },
      routes: withUsed(),
    },
    async (served) => {
      await sendInTurn(served, [
        { path: '/thrown' },
        { path: '/boom' },
        { path: '/nowhere' },
        { path: '/200' },
      ])
      expect(await usedOn(served)).toBe('1')
    },
  )

  test.each(['Express 5', 'Express 4', 'Koa 3', 'Koa 2'] as const)(
    'M15: is called once for each request that passed, with its status and code, on %s',
    async (framework) => {
      const told: unknown[] = []
      const countIf = ({ status, code }: AnsweredRequest<LimitedRequest>): boolean => {
        told.push([status, code])
        return true
      }
      await serve(
        ...limitedOn(framework, {
          limit: [
            { policies: [{ name: 'hour', limit: 4, window: '1h' }], countIf },
            { policies: [{ name: 'day', limit: 9, window: 'day' }], countIf },
          ],
          routes: withUsed(),
          mounted: 2,
        }),
        async (served) => {
          for (const path of ['/200', '/thrown', '/boom', '/stream', '/200']) await sendTo(served, { path })
        },
      )
      const each = [
        [200, undefined],
        [409, 1006],
        [500, 500],
        [200, undefined],
      ]
      // Two limiters, and the second one is not asked about what the first one refused.
      expect(told).toEqual(each.flatMap((one) => [one, one]))
    },
  )

  onLimited(
    'M15: lets no more than the limit be under way at once, however they end',
    {
      limit: {
        ...login,
        policies: [{ ...login.policies[0], limit: 5 }],
        skip: ({ path }) => path === '/used' || path === '/finish',
        countIf: () => false,
      },
      routes: (limiter) => {
        const { finished, finish } = gate()
        return withUsed({
          '/': async (request, response) => {
            await finished
            return answering(200)(request, response)
          },
          '/finish': (request, response) => {
            finish()
            return answering(204)(request, response)
          },
        })(limiter)
      },
    },
    async (served) => {
      const statuses: string[] = []
      const requests = Array.from({ length: 10 }, async () => {
        statuses.push(...(await pipeline(served.port, 1)))
      })
      await expect.poll(() => statuses).toEqual(Array.from({ length: 5 }, () => '429'))
      await sendTo(served, { path: '/finish' })
      await Promise.all(requests)
      expect(statuses.filter((status) => status === '200')).toHaveLength(5)
      await expect.poll(() => usedOn(served)).toBe('0')
    },
  )

  onLimited(
    'M15: gives back the whole cost, and to a limit that a function gave',
    {
      limit: {
        key: () => 'client',
        policies: [{ name: 'bytes', limit: () => 100, window: '1h' }],
        cost: () => 60,
        skip,
        countIf: ({ status }) => status < 400,
      },
      routes: withUsed(),
    },
    async (served) => {
      await sendTo(served, { path: '/401' })
      expect(await usedOn(served)).toBe('0')
      await sendTo(served, { path: '/200' })
      expect(await usedOn(served)).toBe('60')
    },
  )

  onLimited(
    'M15: may be a promise; one that fails, or returns neither true nor false, counts, and is logged once',
    {
      limit: {
        key: () => 'client',
        policies: [{ name: 'hour', limit: 9, window: '1h' }],
        skip,
        countIf: (({ status }: AnsweredRequest<LimitedRequest>) => {
          if (status === 401) throw new Error('no')
          return status === 200 ? sleep(1, false) : undefined
        }) as never,
      },
      routes: withUsed({ '/204': answering(204) }),
    },
    async (served) => {
      await sendInTurn(served, [{ path: '/401' }, { path: '/204' }, { path: '/200' }])
      await expect.poll(() => usedOn(served)).toBe('2')
      expect(warnings(served)).toEqual([
        'countIf failed, or returned neither true nor false; the request counts',
      ])
    },
  )

  const leaving = {
    '/slow-200': 200,
    '/slow-401': 401,
    '/slow-thrown': 'thrown',
    '/slow-boom': 'boom',
  } as const
  for (const [path, answer] of Object.entries(leaving)) {
    onLimited(
      `M15: a client that leaves before ${path} is answered counts as it was answered`,
      {
        limit: { ...login, skip, countIf: ({ status, code }) => status === 401 || code === 1006 },
        routes: withUsed({
          [path]: async (request, response) => {
            await new Promise((resolve) => response.once('close', resolve))
            if (answer === 'thrown') throw new BizError(1006)
            if (answer === 'boom') throw new Error('boom')
            return answering(answer)(request, response)
          },
        }),
      },
      async (served) => {
        const socket = connect(served.port, '127.0.0.1')
        await once(socket, 'connect')
        socket.write(`GET ${path} HTTP/1.1\r\nHost: test\r\n\r\n`)
        await expect.poll(() => usedOn(served)).toBe('1')
        socket.destroy()
        const counts = answer === 401 || answer === 'thrown'
        await sleep(30)
        if (counts) expect(await usedOn(served)).toBe('1')
        else await expect.poll(() => usedOn(served)).toBe('0')
      },
    )
  }

  onLimited(
    'M15: a client that leaves in the middle of its answer counts as it was answered',
    {
      limit: { ...login, skip, countIf: ({ status }) => status === 401 },
      routes: withUsed({
        '/half': async (_request, response) => {
          response.writeHead(200)
          response.write('half')
          await new Promise((resolve) => response.once('close', resolve))
        },
      }),
    },
    async (served) => {
      const socket = connect(served.port, '127.0.0.1')
      socket.write('GET /half HTTP/1.1\r\nHost: test\r\n\r\n')
      await once(socket, 'data')
      expect(await usedOn(served)).toBe('1')
      socket.destroy()
      await expect.poll(() => usedOn(served)).toBe('0')
    },
  )

  test.each(['Express 5', 'Express 4', 'Koa 3', 'Koa 2'] as const)(
    'M15: adds one listener to a response, however many limiters ask, on %s',
    async (framework) => {
      const listeners = async (limiters: number): Promise<readonly number[]> => {
        const counts: number[] = []
        const limit = Array.from({ length: limiters }, () => ({ ...login, skip, countIf: () => true }))
        const count: Route = (request, response) => {
          const names = response.eventNames()
          counts.push(names.reduce((sum, name) => sum + response.listenerCount(name), 0))
          return answering(200)(request, response)
        }
        await serve(...limitedOn(framework, { limit, routes: { '/': count, '/used': count } }), (served) =>
          sendInTurn(served, [{ path: '/used' }, { path: '/' }]),
        )
        return counts
      }
      for (const limiters of [1, 3]) {
        const [skipped, counted] = await listeners(limiters)
        expect(counted).toBe(skipped! + 1)
      }
    },
  )

  // The clock is that of all frameworks.
  test('M15: gives nothing back into another window, nor after a reset', async () => {
    const app = limitedOn('Express 5', {
      limit: { ...login, skip, countIf: () => false },
      routes: (limiter) => ({
        ...routes,
        '/next-window': async (_request, response) => {
          vi.advanceTimersByTime(900_000)
          await limiter.consume('client')
          response.end()
        },
        '/reset': async (_request, response) => {
          await limiter.reset('client')
          await limiter.consume('client')
          response.end()
        },
        '/used': used(limiter),
      }),
    })
    await serve(...app, async (served) => {
      await sendTo(served, { path: '/next-window' })
      expect(await usedOn(served)).toBe('1')
      await sendTo(served, { path: '/reset' })
      expect(await usedOn(served)).toBe('1')
    })
  })

  test('M15: a store without giveBack is refused at set-up', () => {
    expect(() => rateLimit({ ...login, store: withoutGiveBack, countIf: () => true })).toThrow(
      /^Option store is a function that returned .+\. Give memoryStore\(\), redisStore\(client\), postgresStore\(pool\) or a function that returns \{ consume, giveBack, close \}\.$/,
    )
    expect(() => rateLimit({ ...login, countIf: 401 as never })).toThrow(
      'Option countIf is 401. Give a function that returns true or false.',
    )
  })
})
