import { EventEmitter, once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test, vi } from 'vitest'
import { cooldown, type StoreDecision } from '../../src/rate-limit/index.ts'
import { createDeadline } from '../../src/rate-limit/stores/deadline.ts'
import type { StateChange } from '../../src/rate-limit/stores/fallback/fallback.ts'
import { send } from '../support/raw.ts'
import { escaping, serve, type Served } from '../support/served.ts'
import { counted, limitedOn, onLimited, standingOf, type Options } from './limited.ts'

const policies = [{ name: 'hour', limit: 2, window: '1h' }] as const

const routes = {
  '/': (_request: unknown, response: ServerResponse): void => {
    response.statusCode = 200
    response.end('ok')
  },
}

const never = (): Promise<never> => new Promise(() => {})

/** Sends three requests, and returns what clients and the log are told. */
async function sendThree({ port, log }: Served): Promise<unknown> {
  const responses: unknown[] = []
  for (let times = 0; times < 3; times++) responses.push(counted(await send(port, { path: '/' })))
  const warnings = log.filter(([level]) => level === 'warn')
  return {
    responses,
    log: warnings.map(([, { err }, message]) => [message, (err as { message: string }).message]),
  }
}

const COUNTED = [
  { status: 200, limit: 2, remaining: 1 },
  { status: 200, limit: 2, remaining: 0 },
  { status: 429, limit: 2, remaining: 0 },
]
const UNCOUNTED = Array.from({ length: 3 }, () => ({ status: 200 }))
const NO_KEY = 'A request without a key was let through: give key a function that returns a text or a number'

describe('S05: a promise that never settles holds no request up:', () => {
  const table: readonly (readonly [what: string, Partial<Options>, responses: unknown, message: string])[] = [
    [
      'of skip, and the request is counted',
      { skip: never },
      COUNTED,
      'The skip function failed; the request was counted',
    ],
    ['of key, and the request is let through', { key: never }, UNCOUNTED, NO_KEY],
    [
      'of cost, and the request costs 1',
      { cost: never },
      COUNTED,
      'The cost of a request was no positive whole number; 1 was counted',
    ],
    [
      'of a store, which memory replaces',
      { store: () => ({ consume: never, close() {} }) },
      COUNTED,
      'Rate limits are decided without their store, which failed',
    ],
    [
      'of a store, that is only like one',
      // oxlint-disable-next-line unicorn/no-thenable -- what a query builder returns
      { store: () => ({ consume: () => ({ then() {} }) as never, close() {} }) },
      COUNTED,
      'Rate limits are decided without their store, which failed',
    ],
    // oxlint-disable-next-line unicorn/no-thenable -- what a query builder returns
    ['of key, that is only like one', { key: () => ({ then() {} }) as never }, UNCOUNTED, NO_KEY],
  ]
  for (const [what, options, responses, message] of table) {
    onLimited(
      `S05: ${what}`,
      { limit: { policies, timeout: '20ms', ...options }, routes },
      async (served) => {
        expect(await sendThree(served)).toEqual({
          responses,
          log: [[message, 'No answer within 20 ms, the timeout']],
        })
      },
    )
  }

  onLimited(
    'S05: without a timeout, it is 1 s',
    { limit: { policies, key: never }, routes },
    async ({ port, log }) => {
      expect(standingOf(await send(port, { path: '/' })).status).toBe(200)
      expect((log[0]![1]['err'] as { message: string }).message).toBe('No answer within 1000 ms, the timeout')
    },
  )

  onLimited(
    'S05: seconds are a number',
    { limit: { policies, key: never, timeout: 0.03 }, routes },
    async ({ port, log }) => {
      expect(standingOf(await send(port, { path: '/' })).status).toBe(200)
      expect((log[0]![1]['err'] as { message: string }).message).toBe('No answer within 30 ms, the timeout')
    },
  )

  onLimited(
    'S05: all three and the store at once, one after the other',
    {
      limit: {
        policies,
        timeout: '10ms',
        skip: never,
        cost: never,
        key: async () => 'a',
        store: () => ({ consume: never, close() {} }),
      },
      routes,
    },
    async ({ port }) => {
      expect(counted(await send(port, { path: '/' }))).toEqual(COUNTED[0])
    },
  )

  test('S05: a thousand that wait need one timer, and none once they were answered', async () => {
    vi.useFakeTimers()
    try {
      const deadline = createDeadline(10_000)
      let failed = 0
      for (let waiting = 0; waiting < 1000; waiting++) deadline.within(never()).catch(() => failed++)
      expect(vi.getTimerCount()).toBe(1)
      // At once: what other tests have left behind sets timers of its own as soon as it runs.
      vi.advanceTimersByTime(10_001)
      expect(vi.getTimerCount()).toBe(0)
      await vi.advanceTimersByTimeAsync(0)
      expect(failed).toBe(1000)
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('S05: a promise that settles', () => {
  onLimited(
    'S05: in time is waited for',
    {
      limit: {
        policies,
        timeout: '1m',
        skip: () => sleep(5, false),
        key: () => sleep(5, 'a'),
        cost: () => sleep(5, 2),
      },
      routes,
    },
    async ({ port, log }) => {
      const first = counted(await send(port, { path: '/' }))
      const second = standingOf(await send(port, { path: '/' })).status
      expect({ first, second, logged: log.length }).toEqual({
        first: { status: 200, limit: 2, remaining: 0 },
        second: 429,
        logged: 1,
      })
    },
  )

  test('S05: too late, or fails too late, changes nothing and ends no process', async () => {
    const escaped = await escaping(async () => {
      for (const late of [async () => 'late', () => Promise.reject(new Error('late'))]) {
        const response = new EventEmitter()
        let settled = 0
        const app = limitedOn('Express 5', {
          limit: {
            policies,
            timeout: '5ms',
            key: async () => {
              await once(response, 'answered')
              settled++
              return late()
            },
          },
          routes,
        })
        await serve(...app, async ({ port }) => {
          expect(counted(await send(port, { path: '/' }))).toEqual({ status: 200 })
          response.emit('answered')
          await expect.poll(() => settled).toBe(1)
          await sleep(0)
        })
      }
    })
    expect(escaped).toEqual([])
  })
})

const FREE: StoreDecision = {
  allowed: true,
  standings: [{ remaining: 42, resetAfter: 1 }],
  violated: [],
  retryAfter: 0,
}

describe('S05: a store that never settles', () => {
  test('S05: is asked again by single requests, and used once it answers', async () => {
    const changes: StateChange['state'][] = []
    let hangs = true
    let asked = 0
    const app = limitedOn('Express 5', {
      limit: {
        policies: [{ name: 'hour', limit: 100, window: '1h' }],
        timeout: '20ms',
        onStateChange: ({ state }) => changes.push(state),
        store: () => ({
          consume() {
            asked++
            return hangs ? never() : Promise.resolve(FREE)
          },
          close() {},
        }),
      },
      routes,
    })
    await serve(...app, async ({ port }) => {
      const left = async (): Promise<unknown> => standingOf(await send(port, { path: '/' })).remaining
      expect(await left()).toBe(99)
      // It is asked for a second time, and that one does not stay the last one.
      await expect.poll(left).not.toBe(99)
      await expect.poll(async () => (await left(), asked), { timeout: 5_000 }).toBeGreaterThanOrEqual(3)
      hangs = false
      await expect.poll(left, { timeout: 5_000 }).toBe(42)
      expect(changes).toEqual(['degraded', 'restored'])
    })
  })

  test('S05: lets a cooldown start', async () => {
    const rest = cooldown({
      window: '10m',
      timeout: '20ms',
      logger: { error: () => {} },
      store: () => ({ consume: never, close() {} }),
    })
    expect([await rest.start('a'), (await rest.start('a')) > 0]).toEqual([0, true])
    expect(rest.degraded).toBe(true)
    rest.close()
  })
})

describe('S05: a refusal does not hang on its headers', () => {
  onLimited(
    'S05: it is one though the response takes none, and that is logged once',
    {
      limit: {
        policies: [{ name: 'hour', limit: 1, window: '1h' }],
        key: (request) => {
          const { res } = request as unknown as { res: ServerResponse }
          const setHeader = res.setHeader.bind(res)
          res.setHeader = (name, value) => {
            if (/ratelimit/i.test(name)) throw new Error('patched')
            return setHeader(name, value)
          }
          return 'a'
        },
      },
      routes,
    },
    async ({ port, log }) => {
      const statuses: unknown[] = []
      for (let times = 0; times < 3; times++)
        statuses.push(standingOf(await send(port, { path: '/' })).status)
      expect(statuses).toEqual([200, 429, 429])
      expect(
        log
          .filter(([level]) => level === 'warn')
          .map(([, { err }, message]) => [message, (err as Error).message]),
      ).toEqual([['The headers of the rate limits could not be set', 'patched']])
    },
  )
})
