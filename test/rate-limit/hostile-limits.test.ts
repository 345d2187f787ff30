import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test, vi } from 'vitest'
import { rateLimit } from '../../src/adapters/express/index.ts'
import { createLimiter, memoryStore, type Limiter, type LimiterOptions } from '../../src/rate-limit/index.ts'
import type { Served } from '../support/served.ts'
import { counted, onLimited, routes, sendInTurn, sendTo, standingOf } from './limited.ts'

const policies = [{ name: 'minute', limit: 3, window: '1m' }] as const

const DAY = { name: 'day', limit: 1, window: 'day' } as const

function logging(): { readonly logs: string[]; readonly logger: NonNullable<LimiterOptions['logger']> } {
  const logs: string[] = []
  return { logs, logger: { error() {}, warn: (_record, message) => logs.push(message) } }
}

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy
}

const throwing = (name: string): object =>
  Object.defineProperty({}, name, {
    get() {
      throw new Error(name)
    },
  })

const creators: readonly ((options: LimiterOptions) => unknown)[] = [createLimiter, rateLimit as never]

describe('a limit that no policy can have', () => {
  test.each([
    0,
    -0,
    -1,
    NaN,
    Infinity,
    1.5,
    1e15,
    '100',
    '100/h',
    10n,
    new Number(10),
    [10],
    null,
    undefined,
    true,
    Symbol('ten'),
    Promise.resolve(10),
    revoked,
  ])('M14: is refused at set-up: %#', (given) => {
    const limit = given === revoked ? revoked() : given
    for (const create of creators) {
      expect(() => create({ policies: [{ ...policies[0], limit: limit as never }] })).toThrow(
        /^Policy minute has limit .+\. Give a whole number from 1 to 999999999999999, or a function that returns that of a request; leave the policy out for no limit\.$/,
      )
    }
  })

  test.each([
    ['Mars/Phobos', 'Policy day has timeZone "Mars/Phobos".'],
    ['Europe/Berlni', 'Policy day has timeZone "Europe/Berlni". Did you mean Europe/Berlin?'],
    ['', 'Policy day has timeZone "".'],
    ['../../etc/localtime', 'Policy day has timeZone "../../etc/localtime".'],
    ['Europe/Berlin\0', 'Policy day has timeZone'],
    [null, 'Policy day has timeZone null.'],
    [1, 'Policy day has timeZone 1.'],
    [['UTC'], 'Policy day has timeZone'],
  ])('M14: nor a time zone that does not exist: %o', (timeZone, message) => {
    for (const create of creators) {
      expect(() => create({ policies: [{ ...DAY, timeZone: timeZone as never }] })).toThrow(message)
    }
  })
})

describe('a limit that is a function and hostile', () => {
  const values: Readonly<Record<string, () => unknown>> = {
    'a BigInt': () => 10n,
    'a boxed number': () => new Number(10),
    'an object with valueOf': () => ({ valueOf: () => 10 }),
    'a function': () => () => 10,
    'a symbol': () => Symbol('ten'),
    'an array': () => [10],
    'a revoked Proxy': revoked,
    'a thenable that throws': () => throwing('then'),
    'a thenable that settles twice': () => ({
      // oxlint-disable-next-line unicorn/no-thenable -- as hostile as can be
      then(resolve: (value: unknown) => void, reject: (error: unknown) => void) {
        reject(revoked())
        resolve(10)
      },
    }),
    'a rejection with a revoked Proxy': () => Promise.reject(revoked() as Error),
    'a rejection with undefined': () => Promise.reject(undefined as never),
    'a promise of a promise that rejects': () => Promise.resolve(Promise.reject(new Error('late'))),
  }
  for (const [what, limit] of Object.entries(values)) {
    onLimited(
      `M14: lets the request through where it returns ${what}, and the other policies count`,
      {
        limit: {
          policies: [{ ...policies[0], limit: limit as () => number }, DAY],
          key: () => 'client',
        },
        routes,
      },
      async (served) => {
        expect((await sendInTurn(served, [{}, {}])).map(counted)).toEqual([
          { status: 200, limit: 1, remaining: 0 },
          { status: 429, limit: 1, remaining: 0 },
        ])
        expect(warnings(served)).toEqual([
          'The limit of policy minute failed, or was no whole number, 0 or more; a request was not counted by it',
        ])
      },
    )
  }

  onLimited(
    'M14: minus zero refuses as zero does, and is shown as zero',
    { limit: { policies: [{ ...policies[0], limit: () => -0 }], key: () => 'client' }, routes },
    async (served) => {
      expect(standingOf(await sendTo(served))).toMatchObject({
        status: 429,
        limit: 0,
        remaining: 0,
        retryAfter: 60,
      })
    },
  )

  test('M14: minus zero is told as zero, and none of a limit of zero is given to a share', async () => {
    const decision = await createLimiter({ policies: [{ ...policies[0], limit: () => -0 }] }).peek('a')
    expect(decision).toEqual({
      allowed: false,
      policies: [{ name: 'minute', limit: 0, remaining: 0, resetAfter: 0 }],
      retryAfter: 60,
    })
    const shared = createLimiter({
      policies: [{ ...policies[0], limit: () => 0 }],
      store: () => ({ consume: () => Promise.reject(new Error('away')), close() {} }),
      fallback: { share: 1 / 2 },
      logger: logging().logger,
    })
    expect(await shared.consume('a', { cost: 2 })).toEqual(decision)
  })

  onLimited(
    'M14: a promise that never settles holds the request up for the timeout, one that rejects later harms nobody',
    {
      limit: {
        policies: [
          { ...policies[0], limit: () => new Promise<number>(() => {}) },
          { ...DAY, limit: () => sleep(60).then(() => Promise.reject(new Error('late'))) },
        ],
        key: () => 'client',
        timeout: '20ms',
      },
      routes,
    },
    async (served) => {
      const escaped = vi.fn()
      process.on('unhandledRejection', escaped)
      try {
        expect(counted(await sendTo(served))).toEqual({ status: 200 })
        await sleep(100)
      } finally {
        process.off('unhandledRejection', escaped)
      }
      expect(escaped).not.toHaveBeenCalled()
      expect(warnings(served)).toHaveLength(2)
    },
  )

  onLimited(
    'M14: the highest number there is limits exactly',
    {
      limit: {
        policies: [{ ...policies[0], limit: () => 999_999_999_999_999 }],
        cost: () => 999_999_999_999_998,
        key: () => 'client',
      },
      routes,
    },
    async (served) => {
      expect((await sendInTurn(served, [{}, {}])).map(counted)).toEqual([
        { status: 200, limit: 999_999_999_999_999, remaining: 1 },
        { status: 429, limit: 999_999_999_999_999, remaining: 1 },
      ])
    },
  )
})

const warnings = ({ log }: Served): readonly string[] =>
  log.flatMap(([level, , message]) => (level === 'warn' ? message : []))

const HOSTILE_KEYS = [
  'k'.repeat(1024 * 1024),
  '\0',
  '\0gone',
  '\ud800',
  '\udc00',
  '\u{1f4a9}',
  '__proto__',
  'constructor',
  'sha256:x',
  'a\r\nSet-Cookie: b=c',
  'a}b{c%',
  ' ',
  -0,
  1e21,
  Number.MAX_SAFE_INTEGER,
]

describe('M16: keys of hostile clients', () => {
  test('M16: are blocked, counted and forgotten each for itself', async () => {
    const limiter = createLimiter({ policies })
    for (const [index, key] of HOSTILE_KEYS.entries()) {
      expect(await limiter.block(key, '10m'), `block ${index}`).toBe(true)
      for (const other of HOSTILE_KEYS.slice(index + 1)) {
        expect((await limiter.peek(other)).allowed, `${index} is another`).toBe(true)
      }
      expect((await limiter.consume(key)).allowed).toBe(false)
    }
    for (const key of HOSTILE_KEYS) {
      expect(await limiter.reset(key)).toBe(true)
      expect((await limiter.consume(key)).policies[0]!.remaining).toBe(2)
    }
  })

  test('M16: beyond maxKeys, blocks take the place of others, and the memory is bounded', async () => {
    const limiter = createLimiter({ policies, store: memoryStore({ maxKeys: 100 }) })
    for (let key = 0; key < 10_000; key++) await limiter.block(`key ${key}`, '1d')
    let blocked = 0
    for (let key = 0; key < 10_000; key++) {
      if (!(await limiter.peek(`key ${key}`)).allowed) blocked++
    }
    expect(blocked).toBe(100)
  })

  test('M16: a blocked client that goes on asking stays blocked, however many others come', async () => {
    const limiter = createLimiter({ policies, store: memoryStore({ maxKeys: 100 }) })
    await limiter.block('attacker', '1d')
    for (let key = 0; key < 10_000; key++) {
      await limiter.consume(`key ${key}`)
      if (key % 10 === 0) expect((await limiter.consume('attacker')).allowed, String(key)).toBe(false)
    }
  })
})

describe('M16: the methods of a limiter', () => {
  test('M16: never throw nor reject, whatever they are called with, nor on what', async () => {
    const { logs, logger } = logging()
    const { consume, peek, reset, block, close } = createLimiter({
      policies: [{ ...policies[0], limit: (request: unknown) => (request === undefined ? 3 : 0) }],
      logger,
    }) as Limiter & Record<'consume' | 'peek' | 'block', (...given: unknown[]) => Promise<unknown>>
    for (const options of [null, 5, 'x', [], throwing('cost'), throwing('request'), revoked()]) {
      expect(await peek('a', options as never)).toMatchObject({ allowed: true })
      expect(await consume('b', { cost: options as never })).toBeDefined()
    }
    for (const key of [revoked(), [], ['a'], new String('a'), 10n, true, () => 'a']) {
      expect(await consume(key as never)).toEqual({ allowed: true, policies: [], retryAfter: 0 })
      expect(await reset(key as never)).toBe(false)
      expect(await block(key as never, revoked() as never)).toBe(false)
    }
    for (const time of [
      revoked(),
      throwing('valueOf'),
      10n,
      new Number(60),
      ['60s'],
      0.0004,
      '0ms',
      '1e9d',
    ]) {
      expect(await block('a', time as never)).toBe(false)
    }
    expect(await peek('a')).toMatchObject({ allowed: true })
    close()
    close()
    expect(await peek('a')).toMatchObject({ allowed: true })
    expect(logs.map((message) => message.split(/[:,;] /)[0])).toEqual([
      'The second argument of peek is { cost',
      'The cost of a request was no positive whole number',
      'consume was called without a key',
      'reset was called without a key',
      'block was called without a key',
      'block was called with a time that is none',
    ])
  })

  test('M16: are told of what a store of the app has not', async () => {
    const { logs, logger } = logging()
    const { consume } = memoryStore()([{ ...policies[0], window: 60, algorithm: 'fixed' }])
    const limiter = createLimiter({
      policies,
      store: () => ({ consume, close() {} }),
      logger,
    })
    expect(await limiter.reset('a')).toBe(false)
    expect(await limiter.block('a', '1m')).toBe(false)
    expect((await limiter.consume('a')).allowed, 'its store decides').toBe(true)
    expect(limiter.degraded).toBe(false)
    expect(logs).toEqual(['Rate limits of a key are decided without their store'])
  })
})
