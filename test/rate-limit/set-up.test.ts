import { describe, expect, test } from 'vitest'
import { rateLimit } from '../../src/adapters/express/index.ts'
import { cooldown, limitHandler, memoryStore } from '../../src/rate-limit/index.ts'
import * as koa from '../../src/adapters/koa/index.ts'
import { catalog as gateway } from '../../src/catalogs/gateway.ts'
import { defineCatalog, SetupError } from '../../src/index.ts'

const good = { name: 'minute', limit: 10, window: '1m' }

/** What each adapter says of options. */
function problemsOf(options: unknown): readonly string[] {
  return [rateLimit, koa.rateLimit].map((create: (options: never) => unknown) => {
    try {
      create(options as never)
      return 'none'
    } catch (error) {
      return error instanceof SetupError ? error.message : String(error)
    }
  })
}

function refuses(what: string, options: unknown, message: string): void {
  test(what, () => {
    expect(problemsOf(options)).toEqual([message, message])
  })
}

const withPolicy = (changed: object): object => ({ policies: [{ ...good, ...changed }] })

describe('M08: a policy is refused with', () => {
  const LIMIT =
    'Give a whole number from 1 to 999999999999999, or a function that returns that of a request; leave the policy out for no limit.'
  for (const [limit, shown] of [
    [0, '0'],
    [-1, '-1'],
    [NaN, 'NaN'],
    [Infinity, 'Infinity'],
    ['10', '"10"'],
    [1.5, '1.5'],
    [1e15, '1000000000000000'],
    [undefined, 'undefined'],
    [10n, '10'],
  ] as const) {
    refuses(
      `M08: limit ${typeof limit} ${String(limit)}`,
      withPolicy({ limit }),
      `Policy minute has limit ${shown}. ${LIMIT}`,
    )
  }

  const WINDOW =
    "Give seconds, or a text such as '500ms', '30s', '10m', '1h' or '7d'; at least '1ms' and at most '400d'; or 'day', 'week', 'month' or { month: 15 }."
  for (const [window, shown] of [
    [0, '0'],
    [-1, '-1'],
    [NaN, 'NaN'],
    [Infinity, 'Infinity'],
    [0.0001, '0.0001'],
    // Half a millisecond is none.
    [0.0005, '0.0005'],
    ['1x', '"1x"'],
    ['1e3s', '"1e3s"'],
    [' 10m', '" 10m"'],
    ['0ms', '"0ms"'],
    ['day ', '"day "'],
    [1n, '1'],
    [Symbol('1s'), 'Symbol(1s)'],
    [['1s'], 'an array'],
    ['0s', '"0s"'],
    ['-1s', '"-1s"'],
    ['1.5h', '"1.5h"'],
    ['1 h', '"1 h"'],
    ['', '""'],
    ['1h\n', '"1h\\n"'],
    ['401d', '"401d"'],
    [400 * 86_400 + 1, '34560001'],
    [400 * 86_400 + 0.0004, '34560000.0004'],
    // Milliseconds are meant.
    [86_400_000, '86400000'],
    ['year', '"year"'],
    ['Week', '"Week"'],
    ['month 15', '"month 15"'],
    [null, 'null'],
    [undefined, 'undefined'],
  ] as const) {
    refuses(
      `M08: window ${typeof window} ${shown}`,
      withPolicy({ window }),
      `Policy minute has window ${shown}. ${WINDOW}`,
    )
  }

  for (const [month, shown] of [
    [0, '0'],
    [-1, '-1'],
    [32, '32'],
    [1.5, '1.5'],
    [NaN, 'NaN'],
    ['15', '"15"'],
    [15n, '15'],
    [null, 'null'],
    [undefined, 'undefined'],
    [[15], 'an array'],
  ] as const) {
    refuses(
      `M08: a month from day ${typeof month} ${shown}`,
      withPolicy({ window: { month } }),
      `Policy minute has window { month: ${shown} }. Give the day on which its months begin: a whole number from 1 to 31.`,
    )
  }
  refuses(
    'M08: a window without a member',
    withPolicy({ window: {} }),
    'Policy minute has window { month: undefined }. Give the day on which its months begin: a whole number from 1 to 31.',
  )
  refuses(
    'M08: a window of another unit',
    withPolicy({ window: { week: 1 } }),
    `Policy minute's window has no "week". Known are: month.`,
  )
  refuses(
    'M08: a window with one member too many',
    withPolicy({ window: { month: 15, timeZone: 'Europe/Berlin' } }),
    `Policy minute's window has no "timeZone". Known are: month.`,
  )
  refuses(
    'M08: a month that is inherited',
    withPolicy({ window: Object.create({ month: 15 }) as object }),
    `Policy minute's window inherits month. Give it as a member of the object itself.`,
  )
  refuses(
    'M08: a window that is still to come',
    withPolicy({ window: Promise.resolve('day') }),
    `Policy minute's window was given a promise. Wait for it, and give what it resolves to.`,
  )

  const ZONE = "Give the IANA name of a time zone, such as 'Europe/Berlin'."
  for (const [timeZone, shown, advice = ZONE] of [
    ['', '""'],
    ['Mars/Olympus_Mons', '"Mars/Olympus_Mons"'],
    ['Europe/Belin', '"Europe/Belin"', 'Did you mean Europe/Berlin?'],
    ['europe/belin', '"europe/belin"', 'Did you mean Europe/Berlin?'],
    ['Europe/Berlin\n', '"Europe/Berlin\\n"', 'Did you mean Europe/Berlin?'],
    ['Europe/Berlin\0', '"Europe/Berlin\\u0000"', 'Did you mean Europe/Berlin?'],
    ['+25:00', '"+25:00"'],
    ['x'.repeat(100), `"${'x'.repeat(60)}…"`],
    [60, '60'],
    [null, 'null'],
    [['Europe/Berlin'], 'an array'],
    [{ toString: () => 'Europe/Berlin' }, 'an object'],
  ] as const) {
    refuses(
      `M08: a time zone ${typeof timeZone} ${shown}`,
      withPolicy({ window: 'day', timeZone }),
      `Policy minute has timeZone ${shown}. ${advice}`,
    )
  }
  for (const [window, shown] of [
    ['1d', '"1d"'],
    [86_400, '86400'],
  ] as const) {
    refuses(
      `M08: a time zone of window ${shown}`,
      withPolicy({ window, timeZone: 'Europe/Berlin' }),
      `Policy minute has timeZone "Europe/Berlin", but window ${shown} is as long everywhere. Leave timeZone out, or give window 'day', 'week', 'month' or { month: 15 }.`,
    )
  }

  const NAME = "Use lower case letters, digits, _ and -, as in 'per-hour'."
  for (const [name, shown] of [
    ['', '""'],
    ['Minute', '"Minute"'],
    ['a b', '"a b"'],
    ['a";q=1', '"a\\";q=1"'],
    ['a\r\nSet-Cookie: b', '"a\\r\\nSet-Cookie: b"'],
    ['1st', '"1st"'],
    ['a\n', '"a\\n"'],
    [`a${'b'.repeat(64)}`, `"a${'b'.repeat(59)}…"`],
    [undefined, 'undefined'],
  ] as const) {
    refuses(
      `M08: name ${JSON.stringify(name)}`,
      withPolicy({ name }),
      `A policy has the name ${shown}. ${NAME}`,
    )
  }

  refuses(
    'M08: an unknown algorithm',
    withPolicy({ algorithm: 'leaky' }),
    `Policy minute has algorithm "leaky". Use 'fixed' or 'sliding'.`,
  )
  for (const [window, shown, instead] of [
    ['day', 'day', '1d'],
    ['week', 'week', '7d'],
    ['month', 'month', '30d'],
    [{ month: 15 }, 'month 15', '30d'],
  ] as const) {
    refuses(
      `M08: a sliding calendar ${shown}`,
      withPolicy({ window, algorithm: 'sliding' }),
      `Policy minute has algorithm 'sliding', but a calendar ${shown} begins at a fixed time. Use 'fixed', or a window such as '${instead}'.`,
    )
  }
  refuses(
    'M08: a unit that breaks out of a structured field',
    withPolicy({ unit: 'bytes";x="' }),
    `Policy minute has unit "bytes\\";x=\\"". Give a word such as 'content-bytes'.`,
  )
  refuses(
    'M08: a misspelt member',
    withPolicy({ windows: '1m' }),
    'Policy minute has no "windows". Did you mean window?',
  )
  refuses(
    'M08: an error that is null',
    withPolicy({ error: null }),
    'Policy minute has error null, which is not an error of catalog http. Use another.',
  )
  refuses(
    'M08: an error that the catalog does not have',
    withPolicy({ error: 42901 }),
    'Policy minute has error 42901, which is not an error of catalog http. Use another.',
  )

  const shop = defineCatalog({
    name: 'shop',
    errors: {
      0: { status: 200, message: 'OK' },
      400: { status: 400, message: 'Bad request' },
      10002: { status: 409, message: 'Only {{left}} left' },
      10029: { status: 429, message: 'Too many orders' },
    },
  })
  for (const error of [0, 10002]) {
    refuses(
      `M08: error ${error}, which cannot be answered as it is`,
      { catalog: shop, ...withPolicy({ error }) },
      `Policy minute has error ${error}, which is its success, or whose message needs params that a refusal cannot give. Use another.`,
    )
  }
  refuses(
    'M08: no error, where the catalog has none for 429',
    { catalog: shop, policies: [good] },
    'Policy minute has no error, and catalog shop names none for status 429. Give error, or foreign: { byStatus: { 429: 10029 } } in the catalog.',
  )
  refuses(
    'M08: its error, where that is a word of the catalog',
    { catalog: shop, ...withPolicy({ error: 10029 }) },
    'none',
  )
})

describe('rateLimit refuses', () => {
  refuses('no options', undefined, 'rateLimit was called with undefined. Give { policies }.')
  refuses('null', null, 'rateLimit was called with null. Give { policies }.')
  refuses('no policies', {}, 'Option policies is undefined. Give an array of 1 to 8 policies.')
  refuses(
    'an empty array of policies',
    { policies: [] },
    'Option policies is 0 policies. Give an array of 1 to 8 policies.',
  )
  refuses(
    'nine policies',
    { policies: Array.from({ length: 9 }, (_, index) => ({ ...good, name: `p${index}` })) },
    'Option policies is 9 policies. Give an array of 1 to 8 policies.',
  )
  refuses(
    'policies with a hole',
    // oxlint-disable-next-line no-sparse-arrays -- what a comma too many makes
    { policies: [good, , { ...good, name: 'hour' }] },
    'A policy is undefined. Give an object with name, limit and window.',
  )
  refuses(
    'a policy that is no object',
    { policies: [null] },
    'A policy is null. Give an object with name, limit and window.',
  )
  refuses(
    'two policies of one name',
    { policies: [good, good] },
    'Two policies have the name "minute". Rename one of the two.',
  )
  refuses('a misspelt option', { policies: [good], stor: 1 }, 'rateLimit has no "stor". Did you mean store?')
  refuses(
    'a catalog that is none',
    { policies: [good], catalog: {} },
    'Option catalog is an object. Give what defineCatalog returned.',
  )
  refuses(
    'a key that is no function',
    { policies: [good], key: 'ip' },
    'Option key is "ip". Give a function that returns a text or a number.',
  )
  for (const [ipv6Prefix, shown] of [
    [31, '31'],
    [129, '129'],
    [0, '0'],
    [-64, '-64'],
    [56.5, '56.5'],
    [NaN, 'NaN'],
    [Infinity, 'Infinity'],
    [64n, '64'],
    ['64', '"64"'],
    ['/64', '"/64"'],
    [null, 'null'],
    [false, 'false'],
    [[64], 'an array'],
    [() => 64, 'a function'],
  ] as const) {
    refuses(
      `M04: an ipv6Prefix that is none: ${typeof ipv6Prefix} ${shown}`,
      { policies: [good], ipv6Prefix },
      `Option ipv6Prefix is ${shown}. Give a whole number from 32 to 128, such as 56.`,
    )
  }
  for (const ipv6Prefix of [32, 64, 128, undefined]) {
    refuses(
      `M04: no ipv6Prefix that is ${ipv6Prefix}`,
      { policies: [good], ipv6Prefix, key: undefined },
      'none',
    )
  }
  refuses(
    'M04: an ipv6Prefix beside a key, which would do nothing',
    { policies: [good], ipv6Prefix: 64, key: () => 'all' },
    'Option ipv6Prefix is 64, and is of the default key alone, but key is given. Leave one out; a key may return addressKey(address, 64).',
  )
  refuses(
    'a cost that is no function',
    { policies: [good], cost: 1 },
    'Option cost is 1. Give a function that returns a positive whole number.',
  )
  refuses(
    'a skip that is no function',
    { policies: [good], skip: true },
    'Option skip is true. Give a function that returns true or false.',
  )
  refuses(
    'a store that is no factory',
    { policies: [good], store: new Map() },
    'Option store is an object. Give memoryStore(), redisStore(client) or postgresStore(pool).',
  )
  for (const [what, store, shown] of [
    ['nothing', () => undefined, 'undefined'],
    ['a store that was not made', () => memoryStore(), 'a function'],
    ['a promise', () => Promise.resolve({ consume() {}, close() {} }), 'an object'],
    ['a store that cannot count', () => ({ close() {} }), 'an object'],
    ['a store that cannot be closed', () => ({ consume() {} }), 'an object'],
  ] as const) {
    refuses(
      `S05: a store that returns ${what}`,
      { policies: [good], store },
      `Option store is a function that returned ${shown}. Give memoryStore(), redisStore(client), postgresStore(pool) or a function that returns { consume, close }.`,
    )
  }
  refuses(
    'a logger without error',
    { policies: [good], logger: {} },
    'Option logger is an object. Give an object with error, warn and info, as pino is.',
  )
  refuses(
    'an onStateChange that is no function',
    { policies: [good], onStateChange: 1 },
    'Option onStateChange is 1. Give a function of the change of state.',
  )
  refuses(
    'headers that are no object',
    { policies: [good], headers: true },
    "Option headers is true. Give an object such as { draft: 'draft-11' }, or nothing.",
  )
  refuses(
    'a misspelt header option',
    { policies: [good], headers: { drafts: 1 } },
    'Option headers has no "drafts". Did you mean draft?',
  )
  refuses(
    'an unknown draft',
    { policies: [good], headers: { draft: 'draft-6' } },
    'Option headers.draft is "draft-6". Give one of draft-7, draft-8, draft-11.',
  )
  refuses(
    'an unknown reset',
    { policies: [good], headers: { reset: 'date' } },
    'Option headers.reset is "date". Give one of epoch, delta.',
  )
  refuses(
    'a legacy that is no boolean',
    { policies: [good], headers: { legacy: 1 } },
    'Option headers.legacy is 1. Give true or false.',
  )
  refuses(
    'S03: an exposeHeaders that is no boolean',
    { policies: [good], exposeHeaders: ['ETag'] },
    'Option exposeHeaders is an array. Give true or false.',
  )
  refuses(
    'S03: headers.expose, whose place exposeHeaders took',
    { policies: [good], headers: { expose: true } },
    'Option headers has no "expose". Known are: legacy, reset, draft.',
  )
  for (const [timeout, shown] of [
    [0, '0'],
    [0.0005, '0.0005'],
    [60.0004, '60.0004'],
    [-1, '-1'],
    [NaN, 'NaN'],
    [Infinity, 'Infinity'],
    [0.0001, '0.0001'],
    // Milliseconds are meant.
    [100, '100'],
    ['0ms', '"0ms"'],
    ['2m', '"2m"'],
    ['1.5s', '"1.5s"'],
    ['100', '"100"'],
    ['day', '"day"'],
    [10n, '10'],
    [null, 'null'],
    [{}, 'an object'],
  ] as const) {
    refuses(
      `S05: a timeout of ${typeof timeout} ${shown}`,
      { policies: [good], timeout },
      `Option timeout is ${shown}. Give seconds, or a text such as '500ms', '30s', '10m', '1h' or '7d', from '1ms' to '1m'.`,
    )
  }
  for (const timeout of [0.001, 0.25, 60, '1ms', '250ms', '60s', '1m']) {
    refuses(`S05: no timeout of ${timeout}`, { policies: [good], timeout }, 'none')
  }
  refuses(
    'two policies with one limit where draft 7 could not tell them apart',
    { policies: [good, { ...good, name: 'hour', window: '1h' }], headers: { draft: 'draft-7' } },
    `Option headers.draft is "draft-7", which tells policies apart by their limits, and two are the same. Use 'draft-11'.`,
  )
  refuses(
    'nothing that is undefined',
    {
      policies: [{ ...good, algorithm: undefined, error: undefined, unit: undefined }],
      catalog: undefined,
      key: undefined,
      cost: undefined,
      skip: undefined,
      store: undefined,
      fallback: undefined,
      timeout: undefined,
      headers: { legacy: undefined, reset: undefined, draft: undefined },
      exposeHeaders: undefined,
      logger: undefined,
      onStateChange: undefined,
    },
    'none',
  )
  for (const window of [1, 250, '250ms', '1s', '90m', '24h', '400d', 'day', 'week', 'month']) {
    refuses(`no window ${window}`, withPolicy({ window }), 'none')
  }
  for (const month of [1, 15, 29, 31]) {
    refuses(`no month from day ${month}`, withPolicy({ window: { month } }), 'none')
  }
  for (const timeZone of [
    undefined,
    'UTC',
    'utc',
    'Europe/Berlin',
    'america/sao_paulo',
    'Etc/GMT+12',
    'EST',
  ]) {
    refuses(`no time zone ${timeZone}`, withPolicy({ window: { month: 31 }, timeZone }), 'none')
  }
  refuses(
    'no error of the catalog that is given',
    { catalog: gateway, ...withPolicy({ error: 42901 }) },
    'none',
  )
})

/** What is logged for each face, and for a cooldown. */
function warnings(window: number): readonly string[] {
  return [
    (logger: object) => rateLimit({ policies: [{ ...good, window }], logger } as never),
    (logger: object) => koa.rateLimit({ policies: [{ ...good, window }], logger } as never),
    (logger: object) => cooldown({ window, logger } as never),
  ].flatMap((create) => {
    const logged: string[] = []
    create({ error() {}, warn: (_record: object, message: string) => logged.push(message) })
    return logged
  })
}

describe('M08: a window that is a number', () => {
  // A second, a minute, five of them, a quarter, one hour and five of them.
  test.each([1000, 60_000, 300_000, 900_000, 3_600_000, 18_000_000])(
    'M08: of %i is warned of, since milliseconds are likely to be meant',
    (window) => {
      const advice = `window ${window}, which is in seconds: write '${window}s' if you mean them, else '${window}ms'`
      expect(warnings(window)).toEqual([
        `Policy minute has ${advice}`,
        `Policy minute has ${advice}`,
        `Cooldown cooldown has ${advice}`,
      ])
    },
  )

  test.each([0.25, 1, 60, 90, 900, 3600, 5400, 18_000, 36_000, 86_400, 432_000, 604_800, 2_592_000])(
    'M08: of %d is taken as it is',
    (window) => {
      expect(warnings(window)).toEqual([])
    },
  )
})

describe('memoryStore, cooldown and limitHandler refuse', () => {
  const wrong: readonly (readonly [create: () => unknown, message: string])[] = [
    ...[0, -1, 1.5, NaN, '10', 10_000_001, null].map(
      (maxKeys) =>
        [
          () => memoryStore({ maxKeys: maxKeys as number }),
          `Option maxKeys is ${maxKeys === '10' ? '"10"' : String(maxKeys)}. Give a whole number from 1 to 10000000.`,
        ] as const,
    ),
    [() => memoryStore(5 as never), 'memoryStore was called with 5. Give { maxKeys }, or nothing.'],
    [() => memoryStore({ maxkeys: 5 } as never), 'memoryStore has no "maxkeys". Did you mean maxKeys?'],
    [
      () => cooldown('10m' as never),
      `cooldown was called with "10m". Give { window }, such as { window: '10m' }.`,
    ],
    [
      () => cooldown({ window: '10' as never }),
      `Option window is "10". Give seconds, or a text such as '500ms', '30s', '10m', '1h' or '7d'; at least '1ms' and at most '400d'; or 'day', 'week', 'month' or { month: 15 }.`,
    ],
    [
      () => cooldown({ window: undefined as never }),
      `Cooldown cooldown has window undefined. Give seconds, or a text such as '500ms', '30s', '10m', '1h' or '7d'; at least '1ms' and at most '400d'; or 'day', 'week', 'month' or { month: 15 }.`,
    ],
    [
      () => cooldown({ name: 'alerts', window: { month: 32 } }),
      'Cooldown alerts has window { month: 32 }. Give the day on which its months begin: a whole number from 1 to 31.',
    ],
    [
      () => cooldown({ name: 'alerts', window: '10m', timeZone: 'Europe/Berlin' }),
      `Cooldown alerts has timeZone "Europe/Berlin", but window "10m" is as long everywhere. Leave timeZone out, or give window 'day', 'week', 'month' or { month: 15 }.`,
    ],
    [
      () => cooldown({ window: 'day', timeZone: 'America/New_Yrok' }),
      'Cooldown cooldown has timeZone "America/New_Yrok". Did you mean America/New_York?',
    ],
    [
      () => cooldown({ window: 'day', timeZone: 1 as never }),
      `Option timeZone is 1. Give the IANA name of a time zone, such as 'Europe/Berlin'.`,
    ],
    [
      () => cooldown({ window: '10m', name: 'Bad Name' }),
      `Option name is "Bad Name". Give lower case letters, digits, _ and -, as in 'alerts'.`,
    ],
    [
      () => cooldown({ window: '10m', timeout: 0 }),
      `Option timeout is 0. Give seconds, or a text such as '500ms', '30s', '10m', '1h' or '7d', from '1ms' to '1m'.`,
    ],
    [
      () => cooldown({ window: '10m', store: {} as never }),
      'Option store is an object. Give memoryStore(), redisStore(client) or postgresStore(pool).',
    ],
    [
      () => limitHandler({ error: 42901 }),
      'limitHandler has error 42901, which is not an error of catalog http. Use another.',
    ],
    [
      () => limitHandler({ catalog: {} as never }),
      'Option catalog is an object. Give what defineCatalog returned.',
    ],
    [
      () => limitHandler(null as never),
      'limitHandler was called with null. Give { catalog, error }, or nothing.',
    ],
  ]
  test.each(wrong)('%s', (create, message) => {
    expect(create).toThrow(new SetupError(message))
  })
})
