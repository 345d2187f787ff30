import { expect, test, describe } from 'vitest'
import { rateLimit } from '../../src/adapters/express/index.ts'
import { cooldown, memoryStore, type Store, type StoreDecision } from '../../src/rate-limit/index.ts'
import * as koa from '../../src/adapters/koa/index.ts'
import { send } from '../support/raw.ts'
import { counted, onLimited, standingOf, type Options } from './limited.ts'

const policies = [{ name: 'minute', limit: 2, window: '1m' }] as const

const routes = {
  '/': (_request: unknown, response: { statusCode: number; end: (text: string) => void }): void => {
    response.statusCode = 200
    response.end('ok')
  },
}

/** Asks three times. */
async function statuses(port: number): Promise<readonly unknown[]> {
  const seen: unknown[] = []
  for (let times = 0; times < 3; times++) seen.push(counted(await send(port, { path: '/' })))
  return seen
}

const PASSED = [
  { status: 200, limit: 2, remaining: 1 },
  { status: 200, limit: 2, remaining: 0 },
  { status: 429, limit: 2, remaining: 0 },
]

function storeOf(consume: Store['consume']): () => Store {
  return () => ({ consume, close: () => {} })
}

describe('a store', () => {
  onLimited(
    'that is memoryStore() counts as the default does',
    { limit: { policies, store: memoryStore() }, routes },
    async ({ port }) => {
      expect(await statuses(port)).toEqual(PASSED)
    },
  )

  const counts = memoryStore()([{ ...policies[0], window: 60, algorithm: 'fixed' }])
  let key = 0
  onLimited(
    'of the app that answers in a promise decides',
    {
      limit: {
        policies,
        store: () => {
          const own = String(key++)
          return { consume: async (_key, cost) => counts.consume(own, cost), close: () => {} }
        },
      },
      routes,
    },
    async ({ port }) => {
      expect(await statuses(port)).toEqual(PASSED)
    },
  )

  const broken: Readonly<Record<string, Store['consume']>> = {
    throws: () => {
      throw new Error('store')
    },
    rejects: () => Promise.reject(new Error('store')),
  }
  for (const [what, consume] of Object.entries(broken)) {
    onLimited(
      `that ${what} is replaced by memory, and that is logged once`,
      { limit: { policies, store: storeOf(consume) }, routes },
      async ({ port, log }) => {
        expect(await statuses(port)).toEqual(PASSED)
        const warnings = log.filter(([level]) => level === 'warn')
        expect(warnings.map(([, record]) => (record['err'] as { message: string }).message)).toEqual([
          'store',
        ])
      },
    )
  }

  const malformed: Readonly<Record<string, unknown>> = {
    'an empty object': {},
    'a decision without standings': { allowed: true, standings: [], violated: [], retryAfter: 0 },
    'a decision that does not decide': {
      standings: [{ remaining: 0, resetAfter: 1 }],
      violated: [0],
      retryAfter: 1,
    },
    'a promise of undefined': Promise.resolve(undefined),
  }
  for (const [what, decision] of Object.entries(malformed)) {
    onLimited(
      `that answers ${what} lets requests through, without headers, and that is logged once`,
      { limit: { policies, store: storeOf(() => decision as StoreDecision) }, routes },
      async ({ port, log }) => {
        expect(await statuses(port)).toEqual(Array.from({ length: 3 }, () => ({ status: 200 })))
        expect(log.map(([level, , message]) => [level, message])).toEqual([
          ['warn', 'The store of the rate limits failed; requests are let through'],
        ])
        expect((log[0]![1]['err'] as { message: string }).message).toMatch(/^The store did not say w/)
      },
    )
  }

  onLimited(
    'that answers NaN and Infinity puts neither into a header',
    {
      limit: {
        policies: [{ ...policies[0], window: '30s' }],
        headers: { reset: 'delta', draft: 'draft-7' },
        store: storeOf(() => ({
          allowed: false,
          standings: [{ remaining: NaN, resetAfter: -5 }],
          violated: [0],
          retryAfter: Infinity,
        })),
      },
      routes,
    },
    async ({ port }) => {
      const response = await send(port, { path: '/' })
      expect(standingOf(response)).toEqual({ status: 429, limit: 2, remaining: 0, reset: 0, retryAfter: 30 })
      expect(response).toContain('\r\nRateLimit: limit=2, remaining=0, reset=0\r\n')
      expect(response).not.toMatch(/NaN|Infinity/)
    },
  )
})

for (const [retryAfter, waits] of [
  [NaN, 1],
  [Infinity, 30],
  [-Infinity, 1],
  [-1, 1],
  [0, 1],
  [0.001, 1],
  [1, 1],
  [1.001, 2],
  [29, 29],
  [30.5, 30],
  [1e308, 30],
  [undefined, 1],
] as const) {
  const decision = {
    allowed: false,
    standings: [{ remaining: 0, resetAfter: 1 }],
    violated: [0],
    retryAfter,
  } as StoreDecision

  onLimited(
    `S05: a store that says to wait for ${retryAfter} s is told as at least 1 s and at most the window`,
    { limit: { policies: [{ ...policies[0], window: '30s' }], store: storeOf(() => decision) }, routes },
    async ({ port }) => {
      expect(standingOf(await send(port, { path: '/' })).retryAfter).toBe(waits)
    },
  )

  test(`S05: a cooldown whose store says to wait for ${retryAfter} s returns whole seconds`, async () => {
    expect(await cooldown({ window: '30s', store: storeOf(() => decision) }).start('a')).toBe(waits)
  })
}

interface Closable {
  readonly degraded: boolean
  readonly close: () => void
}

describe('a limiter', () => {
  const creators: Readonly<Record<string, (options: Options) => Closable>> = {
    Express: rateLimit as never,
    Koa: koa.rateLimit as never,
  }
  for (const [name, create] of Object.entries(creators)) {
    test(`on ${name} is not degraded in memory, and closes what its store holds`, () => {
      const limiter = create({ policies })
      expect(limiter.degraded).toBe(false)
      limiter.close()
      let closed = 0
      const own = create({
        policies,
        store: () => ({ consume: () => Promise.reject(new Error('x')), close: () => closed++ }),
      })
      own.close()
      expect(closed).toBe(1)
    })
  }

  test('on Express is degraded while its store fails, and says so when that changes', async () => {
    const changes: unknown[] = []
    let fails = true
    const good = memoryStore()
    const limiter = rateLimit({
      policies,
      key: () => 'a',
      logger: { error: () => {} },
      onStateChange: ({ state }) => changes.push(state),
      store: (all) => {
        const { consume, close } = good(all)
        return {
          close,
          consume: async (key, cost) => (fails ? Promise.reject(new Error('away')) : consume(key, cost)),
        }
      },
    })
    const ask = (): Promise<unknown> =>
      new Promise((resolve) => {
        const headers: Record<string, unknown> = {}
        const response = {
          headersSent: false,
          getHeader: () => undefined,
          setHeader: (name: string, value: unknown) => (headers[name] = value),
        }
        limiter({ method: 'GET', headers: {} } as never, response as never, () =>
          resolve(headers['X-RateLimit-Remaining']),
        )
      })
    expect([limiter.degraded, await ask(), limiter.degraded, changes]).toEqual([
      false,
      '1',
      true,
      ['degraded'],
    ])
    fails = false
    await expect.poll(() => ask().then(() => limiter.degraded), { timeout: 3000, interval: 20 }).toBe(false)
    expect(changes).toEqual(['degraded', 'restored'])
    limiter.close()
  })

  test('on Express passes on at once when its store answers at once', () => {
    let passed = 0
    const response = { headersSent: false, getHeader: () => undefined, setHeader: () => {} }
    rateLimit({ policies, key: () => 'a' })(
      { method: 'GET', headers: {} } as never,
      response as never,
      () => passed++,
    )
    expect(passed).toBe(1)
  })

  test('sets no header on a response whose head was sent while its store was asked', async () => {
    const set: string[] = []
    const response = {
      headersSent: true,
      getHeader: () => undefined,
      setHeader: (name: string) => set.push(name),
    }
    await new Promise<void>((resolve) => {
      rateLimit({ policies, key: () => Promise.resolve('a') })(
        { method: 'GET', headers: {} } as never,
        response as never,
        () => resolve(),
      )
    })
    expect(set).toEqual([])
  })
})

describe('a request that is skipped', () => {
  let asked = 0
  const count = (): string => `key ${++asked}`
  onLimited(
    'is not asked for its key, nor for its cost',
    { limit: { policies, skip: () => true, key: count, cost: () => ++asked }, routes },
    async ({ port }) => {
      asked = 0
      await statuses(port)
      expect(asked).toBe(0)
    },
  )
})

describe('a client that has left', () => {
  test('is counted, though it has no address any more', () => {
    const limiter = rateLimit({ policies, logger: { error: () => {} } })
    const gone = { method: 'GET', headers: {}, ip: undefined, socket: { destroyed: true } }
    const passes: boolean[] = []
    for (let times = 0; times < 3; times++) {
      const response = { headersSent: false, getHeader: () => undefined, setHeader: () => {} }
      limiter(gone as never, response as never, (error) => passes.push(error === undefined))
    }
    expect(passes).toEqual([true, true, false])
  })
})
