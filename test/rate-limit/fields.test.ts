import { describe, expect, test, vi } from 'vitest'
import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { rateLimit } from '../../src/adapters/express/index.ts'
import { setRateLimit } from '../../src/rate-limit/index.ts'
import { writeLegacy, type RateLimitHeaders } from '../../src/rate-limit/fields.ts'
import { send } from '../support/raw.ts'
import { atNoon, limitedOn, NOON, onLimited, type Options } from './limited.ts'
import { serve } from '../support/served.ts'

atNoon()

const routes = {
  '/': (_request: IncomingMessage, response: ServerResponse): void => {
    response.statusCode = 200
    response.end('ok')
  },
}

const policies = [
  { name: 'burst', limit: 5, window: 0.25 },
  { name: 'per-hour', limit: 3, window: '1h', algorithm: 'sliding' },
  { name: 'bytes', limit: 100_000, window: 'month', unit: 'content-bytes' },
  { name: 'daily', limit: 1000, window: 'day' },
] as const

function lines(text: string): readonly string[] {
  return text.split('\r\n').toSorted()
}

/** The response to a second request of a key, as a whole. */
function whole(headers: readonly string[]): string {
  return [
    'HTTP/1.1 200 OK',
    'X-Request-ID: probe-1',
    ...headers,
    'Date: *',
    'Connection: close',
    'Content-Length: 2',
    '',
    'ok',
  ].join('\r\n')
}

const LEGACY = ['X-RateLimit-Limit: 3', 'X-RateLimit-Remaining: 1', `X-RateLimit-Reset: ${NOON + 3600}`]
const MONTH_LEFT = Date.UTC(2026, 11, 1) / 1000 - NOON
const PK = 'pk=:ypeBEsobvcr6wjGz:'
const STRUCTURED = [
  'RateLimit-Policy: "burst";q=5;w=1, "per-hour";q=3;w=3600, "bytes";q=100000;qu="content-bytes";w=2678400, "daily";q=1000;w=86400',
  `RateLimit: "burst";r=3;t=1;${PK}, "per-hour";r=1;t=3600;${PK}, "bytes";r=99998;t=${MONTH_LEFT};${PK}, "daily";r=998;t=43200;${PK}`,
]

describe('a response has exactly these headers', () => {
  type Told = Pick<Options, 'headers' | 'exposeHeaders'>
  const table: readonly (readonly [string, RateLimitHeaders | undefined, readonly string[], Told?])[] = [
    ['without options', undefined, LEGACY],
    ['with {}', {}, LEGACY],
    ['with delta', { reset: 'delta' }, [LEGACY[0]!, LEGACY[1]!, 'X-RateLimit-Reset: 3600']],
    ['with legacy false', { legacy: false }, []],
    [
      'with draft-7',
      { draft: 'draft-7' },
      [
        ...LEGACY,
        'RateLimit-Policy: 5;w=1, 3;w=3600, 100000;w=2678400, 1000;w=86400',
        'RateLimit: limit=3, remaining=1, reset=3600',
      ],
    ],
    ['with draft-8', { draft: 'draft-8' }, [...LEGACY, ...STRUCTURED]],
    ['with draft-11 alone', { draft: 'draft-11', legacy: false }, STRUCTURED],
    [
      'S03: with exposeHeaders',
      { draft: 'draft-11', legacy: false },
      [
        ...STRUCTURED,
        'Access-Control-Expose-Headers: RateLimit-Policy, RateLimit, Retry-After, X-Request-ID, Link',
      ],
      { exposeHeaders: true },
    ],
  ]
  for (const [what, headers, expected, more] of table) {
    onLimited(what, { limit: { policies, headers, key: () => 'a', ...more }, routes }, async ({ port }) => {
      const request = { path: '/', headers: { 'X-Request-ID': 'probe-1' } }
      await send(port, request)
      // Express 5 and Koa write the length in other places: compared by line.
      expect(lines(await send(port, request))).toEqual(lines(whole(expected)))
    })
  }
})

test('what a sliding policy resets at, when it refused, is when the same request would pass', async () => {
  const app = limitedOn('Express 5', {
    limit: {
      policies: [{ name: 'p', limit: 2, window: '80s', algorithm: 'sliding' }],
      key: () => 'a',
      headers: { draft: 'draft-11' },
    },
    routes,
  })
  await serve(...app, async ({ port }) => {
    const ask = async (): Promise<unknown> =>
      (await send(port, { path: '/' })).match(
        /^(?:HTTP\S+ \d+|X-RateLimit-Re.*|RateLimit:.*|Retry-After.*)/gm,
      )
    await ask()
    vi.advanceTimersByTime(40_000)
    await ask()
    // The first is in a bucket of 10 s that began before it: at most 10 s more than a window.
    const answer = (await ask()) as readonly string[]
    const retry = Number(answer.at(-1)!.split(' ')[1])
    expect(retry).toBeGreaterThanOrEqual(40)
    expect(retry).toBeLessThanOrEqual(50)
    expect(answer).toEqual([
      'HTTP/1.1 429',
      'X-RateLimit-Remaining: 0',
      `X-RateLimit-Reset: ${NOON + 40 + retry}`,
      `RateLimit: "p";r=0;t=${retry};${PK}`,
      `Retry-After: ${retry}`,
    ])
  })
})

test('the second at which a limit is free is told to the millisecond, whatever fractions are added', () => {
  const response = new ServerResponse(new IncomingMessage(new Socket()))
  const told = (milliseconds: number, resetAfter: number, reset: 'epoch' | 'delta'): unknown => {
    vi.setSystemTime(NOON * 1000 + milliseconds)
    writeLegacy(response, { limit: 5, remaining: 4, resetAfter }, reset)
    return response.getHeader('X-RateLimit-Reset')
  }
  for (let milliseconds = 0; milliseconds < 1000; milliseconds++) {
    for (const window of [1, 3600, 400 * 86_400]) {
      const left = (window * 1000 - milliseconds) / 1000
      expect(told(milliseconds, left, 'epoch')).toBe(String(NOON + window))
      expect(told(milliseconds, left + 0.001, 'epoch')).toBe(String(NOON + window + 1))
      expect(told(milliseconds, left, 'delta')).toBe(String(window))
    }
  }
})

const LIMITS = 'X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset'

describe('Access-Control-Expose-Headers', () => {
  for (const [before, after] of [
    // With credentials, * is a name like others (Fetch standard).
    ['*', `*, ${LIMITS}, Retry-After, X-Request-ID, Link`],
    ['ETag, retry-after', `ETag, retry-after, ${LIMITS}, X-Request-ID, Link`],
    [['ETag', 'LINK'], `ETag, LINK, ${LIMITS}, Retry-After, X-Request-ID`],
    ['', `${LIMITS}, Retry-After, X-Request-ID, Link`],
    [
      'X-RateLimit-Limit,X-RateLimit-Remaining , X-RateLimit-Reset,Retry-After,X-Request-Id, link',
      'X-RateLimit-Limit,X-RateLimit-Remaining , X-RateLimit-Reset,Retry-After,X-Request-Id, link',
    ],
  ] as const) {
    test(`S03: that is ${JSON.stringify(before)} becomes ${after}`, () => {
      expect(exposed(before)).toBe(after)
    })
  }
})

/** What a limiter makes of what is exposed already. */
function exposed(before: string | readonly string[]): unknown {
  const response = responseOf()
  response.setHeader('Access-Control-Expose-Headers', before)
  const request = response.req
  const options = {
    policies: [{ name: 'p', limit: 1, window: '1s' }],
    key: () => 'a',
    exposeHeaders: true,
  } as const
  rateLimit<IncomingMessage>(options)(request, response, () => {})
  rateLimit<IncomingMessage>(options)(request, response, () => {})
  return response.getHeader('Access-Control-Expose-Headers')
}

function responseOf(): ServerResponse {
  return new ServerResponse(Object.assign(new IncomingMessage(new Socket()), { method: 'GET' }))
}

function headersOf(response: ServerResponse): object {
  return { ...response.getHeaders() }
}

describe('setRateLimit', () => {
  test("sets the headers of Express's response, and of Koa's context", () => {
    const res = responseOf()
    setRateLimit(res, { limit: 100, remaining: 99, reset: 60 })
    const expected = {
      'x-ratelimit-limit': '100',
      'x-ratelimit-remaining': '99',
      'x-ratelimit-reset': String(NOON + 60),
    }
    expect(headersOf(res)).toEqual(expected)
    const context = { res: responseOf() }
    setRateLimit(context, { limit: 100, remaining: 99, reset: new Date(NOON * 1000 + 59_001) })
    expect(headersOf(context.res)).toEqual(expected)
  })

  test('sets the reset in seconds from now when it is told to', () => {
    const res = responseOf()
    setRateLimit(res, { limit: 1, remaining: 0, reset: 1.2 }, { reset: 'delta' })
    expect(headersOf(res)).toEqual({
      'x-ratelimit-limit': '1',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': '2',
    })
  })

  test('takes the place of what a limiter showed, and gives way to a stricter one after it', () => {
    const res = responseOf()
    const limiter = (limit: number): unknown =>
      rateLimit<IncomingMessage>({ policies: [{ name: 'p', limit, window: '1s' }], key: () => 'a' })(
        res.req,
        res,
        () => {},
      )
    limiter(5)
    setRateLimit(res, { limit: 100, remaining: 50, reset: 60 })
    expect(res.getHeader('X-RateLimit-Remaining')).toBe('50')
    limiter(60)
    expect(res.getHeader('X-RateLimit-Remaining')).toBe('50')
    limiter(50)
    expect(res.getHeader('X-RateLimit-Remaining')).toBe('49')
  })

  test.each([
    ['a limit of 0', { limit: 0, remaining: 0, reset: 1 }],
    ['a limit of NaN', { limit: NaN, remaining: 0, reset: 1 }],
    ['a limit that is a text', { limit: '1\r\nX: 1', remaining: 0, reset: 1 }],
    ['a negative rest', { limit: 1, remaining: -1, reset: 1 }],
    ['half a rest', { limit: 1, remaining: 0.5, reset: 1 }],
    ['a reset of NaN', { limit: 1, remaining: 0, reset: NaN }],
    ['a negative reset', { limit: 1, remaining: 0, reset: -1 }],
    ['an invalid Date', { limit: 1, remaining: 0, reset: new Date(NaN) }],
    ['nothing', undefined],
    ['null', null],
    [
      'a getter that throws',
      {
        get limit(): number {
          throw new Error('hostile')
        },
        remaining: 0,
        reset: 1,
      },
    ],
  ])('sets nothing for %s', (_what, standing) => {
    const res = responseOf()
    setRateLimit(res, standing as never)
    expect(headersOf(res)).toEqual({})
  })

  test('does nothing once the head was sent, and without a response', () => {
    const res = responseOf()
    res.writeHead(200)
    for (const target of [res, undefined, null, {}, { res: null }]) {
      expect(() => setRateLimit(target as never, { limit: 1, remaining: 0, reset: 1 })).not.toThrow()
    }
    expect(headersOf(res)).toEqual({})
  })
})
