import { execFile } from 'node:child_process'
import { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { setTimeout as sleep } from 'node:timers/promises'
import cors from 'cors'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import * as expressFace from '../../src/adapters/express/index.ts'
import { rateLimit } from '../../src/adapters/express/rate-limit.ts'
import { BizError } from '../../src/catalogs/cloud-waf.ts'
import { catalog as gateway } from '../../src/catalogs/gateway.ts'
import type { Route } from '../contract/frameworks.ts'
import { exchange, send, type RawRequest } from '../contract/raw.ts'
import { expressApps, onThese, serve, type Served } from '../reliability/served.ts'
import { limitedApps, onLimited, told, type Asked } from './limited.ts'

// 2026-11-20T12:00:00Z. Only what tells the time is faked: sockets go on.
const NOON = 1_795_176_000
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'], now: NOON * 1000 })
})
afterEach(() => {
  vi.useRealTimers()
})

// Koa starts at 404.
const ok: Route = (_request, response) => {
  response.statusCode = 200
  response.end('ok')
}

const routes: Readonly<Record<string, Route>> = {
  '/': ok,
  '/thrown': () => {
    throw new BizError(1006)
  },
  '/limited-elsewhere': () => {
    throw new BizError(4005, { retryAfter: 9 })
  },
  '/boom': () => {
    throw new Error('boom')
  },
  '/not-modified': (_request, response) => {
    response.statusCode = 304
    response.end()
  },
  '/stream': (_request, response) => {
    response.statusCode = 200
    Readable.from(['one, ', 'two']).pipe(response)
    return new Promise((resolve) => response.once('close', resolve))
  },
}

const ID = { 'X-Request-ID': 'probe-1' }

function ask({ port }: Served, request: Partial<RawRequest> = {}): Promise<string> {
  return send(port, { path: '/', ...request, headers: { ...ID, ...request.headers } })
}

async function askInTurn(
  served: Served,
  requests: readonly Partial<RawRequest>[],
): Promise<readonly string[]> {
  const answers: string[] = []
  for (const request of requests) answers.push(await ask(served, request))
  return answers
}

describe('P-M01 X-RateLimit-* stand on', () => {
  const tenPerMinute = { policies: [{ name: 'minute', limit: 10, window: '1m' as const }] }

  onLimited(
    'P-M01 every response: 200, 304, 404, 409, 429, 500, stream, HEAD',
    { limit: tenPerMinute, routes },
    async (served) => {
      const answers = await askInTurn(served, [
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
      const reset = String(NOON + 60)
      expect(answers.map(told)).toEqual([
        ['200', '10', '9', reset, undefined],
        ['304', '10', '8', reset, undefined],
        ['404', '10', '7', reset, undefined],
        ['409', '10', '6', reset, undefined],
        ['429', '10', '5', reset, '9'],
        ['500', '10', '4', reset, undefined],
        ['200', '10', '3', reset, undefined],
        ['200', '10', '2', reset, undefined],
        ['409', '10', '1', reset, undefined],
      ])
      expect(answers[6]).toMatch(/one, .*two/s)
      return answers.slice(2, 6)
    },
  )

  onLimited(
    'P-M01 a stream that breaks off, whose head they were part of',
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
      expect(told(await ask(served))).toEqual(['200', '10', '9', String(NOON + 60), undefined])
    },
  )

  onLimited(
    'P-M01 Reset in seconds from now, by option',
    { limit: { ...tenPerMinute, headers: { reset: 'delta' } }, routes },
    async (served) => {
      const before = await ask(served)
      expect(told(before)).toEqual(['200', '10', '9', '60', undefined])
    },
  )
})

describe('P-M02 over the limit', () => {
  const one = { policies: [{ name: 'minute', limit: 1, window: '1m' as const }] }

  onLimited(
    'P-M02 a request is answered as a whole by the error handler',
    { limit: one, routes },
    async (served) => {
      await ask(served)
      const body = '{"code":4005,"message":"Rate limited"}'
      const answer = await ask(served)
      expect(answer).toBe(
        [
          'HTTP/1.1 429 Too Many Requests',
          'X-Request-ID: probe-1',
          'X-RateLimit-Limit: 1',
          'X-RateLimit-Remaining: 0',
          `X-RateLimit-Reset: ${NOON + 60}`,
          'Content-Type: application/json; charset=utf-8',
          `Content-Length: ${body.length}`,
          'Content-Language: en',
          'Vary: Accept-Language',
          'X-Content-Type-Options: nosniff',
          'Cache-Control: no-store',
          'Retry-After: 60',
          'Date: *',
          'Connection: close',
          '',
          body,
        ].join('\r\n'),
      )
      expect(served.reports.map(({ code, status }) => [code, status])).toEqual([[4005, 429]])
    },
  )
})

function codeOf(answer: string): string | undefined {
  return /"sub_code":(\d+)/.exec(answer)?.[1]
}

describe('P-M02 several policies', () => {
  const limit = {
    catalog: gateway,
    policies: [
      { name: 'second', limit: 2, window: '1s' as const, error: 42901 },
      { name: 'hour', limit: 3, window: '1h' as const, error: 42902 },
      { name: 'month', limit: 4, window: 'month' as const, error: 42903 },
    ],
  }
  const handler = { catalog: gateway, problem: true }
  test('P-M02 each policy refuses with its code until its window has passed', async () => {
    const [app] = limitedApps({ limit, handler, routes })
    await serve(app![0], app![1], async (served) => {
      const seen: unknown[] = []
      for (const ms of [0, 0, 0, 999, 1, 0, 3_598_000, 1000, 0]) {
        vi.advanceTimersByTime(ms)
        const answer = await ask(served)
        seen.push([...told(answer).slice(0, 3), told(answer)[4], codeOf(answer)])
      }
      expect(seen).toEqual([
        ['200', '2', '1', undefined, undefined],
        ['200', '2', '0', undefined, undefined],
        ['429', '2', '0', '1', '42901'],
        ['429', '2', '0', '1', '42901'],
        ['200', '3', '0', undefined, undefined],
        ['429', '3', '0', '3599', '42902'],
        ['429', '3', '0', '1', '42902'],
        ['200', '4', '0', undefined, undefined],
        // To the end of November.
        ['429', '4', '0', String(Date.UTC(2026, 11, 1) / 1000 - NOON - 3600), '42903'],
      ])
    })
  })
})

describe('P-M02 the policy that matters most', () => {
  test('P-M02 is of those with equally much left the one that resets last', async () => {
    const [app] = limitedApps({
      limit: {
        policies: [
          { name: 'minute', limit: 5, window: '1m' },
          { name: 'hour', limit: 5, window: '1h' },
          { name: 'second', limit: 5, window: '1s' },
        ],
      },
      routes,
    })
    await serve(app![0], app![1], async (served) => {
      expect(told(await ask(served))).toEqual(['200', '5', '4', String(NOON + 3600), undefined])
    })
  })

  test('P-M02 is of those that refuse the one that never lets such a cost pass', async () => {
    const [app] = limitedApps({
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
    await serve(app![0], app![1], async (served) => {
      await ask(served, { headers: { 'X-Cost': '5' } })
      // Now the small one is free and the large one for half an hour not.
      vi.advanceTimersByTime(5_400_000)
      const answer = await ask(served, { headers: { 'X-Cost': '8' } })
      expect([...told(answer), codeOf(answer)]).toEqual([
        '429',
        '5',
        '5',
        String(NOON + 5400),
        '3600',
        '42901',
      ])
    })
  })
})

describe('P-M02 all that refuse are named in the problem document, and the code is of the one that takes longest', () => {
  onLimited(
    'P-M02 in the problem document',
    {
      limit: {
        catalog: gateway,
        policies: [
          { name: 'hour', limit: 1, window: '1h', error: 42902 },
          { name: 'second', limit: 1, window: '1s', error: 42901 },
        ],
      },
      handler: { catalog: gateway, problem: true },
      routes,
    },
    async (served) => {
      await ask(served)
      const answer = await ask(served, { headers: { Accept: 'application/problem+json' } })
      expect(JSON.parse(answer.split('\r\n\r\n')[1]!)).toEqual({
        type: 'https://iana.org/assignments/http-problem-types#quota-exceeded',
        title: 'RPH Limit Exceeded',
        status: 429,
        detail: 'Per-hour rate limit exceeded.',
        code: 42902,
        action: 'Lower request frequency.',
        request_id: 'probe-1',
        'violated-policies': ['hour', 'second'],
      })
      expect(told(answer)).toEqual(['429', '1', '0', String(NOON + 3600), '3600'])
      return answer
    },
  )
})

describe('P-M03 a window of 30 days', () => {
  const thirtyDays = { policies: [{ name: 'long', limit: 2, window: '30d' as const }] }

  // Timers of Node end at 24.85 days: a limiter that uses one for each window forgets it after 1 ms.
  onLimited(
    'P-M03 counts 2 at a second request 50 ms later',
    { limit: thirtyDays, routes },
    async (served) => {
      const first = told(await ask(served))
      await sleep(50)
      expect([first[2], told(await ask(served))[2], told(await ask(served))[0]]).toEqual(['1', '0', '429'])
    },
  )

  test('P-M03 holds until its last millisecond', async () => {
    const [app] = limitedApps({ limit: thirtyDays, routes })
    await serve(app![0], app![1], async (served) => {
      await askInTurn(served, [{}, {}])
      vi.advanceTimersByTime(30 * 86_400_000 - 1)
      expect(told(await ask(served))[4]).toBe('1')
      vi.advanceTimersByTime(1)
      expect(told(await ask(served))[2]).toBe('1')
    })
  })
})

/** Asks once for each X-Forwarded-For and returns what remains of 100 after each. */
async function remainingFor(served: Served, addresses: readonly string[]): Promise<readonly unknown[]> {
  const requests = addresses.map((address) => ({ headers: { 'X-Forwarded-For': address } }))
  return (await askInTurn(served, requests)).map((answer) => Number(told(answer)[2]))
}

const hundred = { policies: [{ name: 'hour', limit: 100, window: '1h' as const }] }

function addressIn64(index: number): string {
  return `2001:db8:0:7:${(index * 99_991).toString(16).slice(-4)}::${index.toString(16)}`
}

describe('P-M04 behind a trusted proxy', () => {
  onLimited(
    'P-M04 one client is one bucket, however its address is written',
    { limit: hundred, routes, trust: 1 },
    async (served) => {
      const same = ['1.2.3.4', '::ffff:1.2.3.4', '::ffff:102:304', '0:0:0:0:0:FFFF:0102:0304']
      expect(await remainingFor(served, same)).toEqual([99, 98, 97, 96])
      expect(await remainingFor(served, ['::ffff:1.2.3.5', '::ffff:1.2.3.6'])).toEqual([99, 99])
    },
  )

  onLimited(
    'P-M04 a hundred addresses in one /64 are one bucket, and the next /64 is another',
    { limit: hundred, routes, trust: 1 },
    async (served) => {
      const remaining = await remainingFor(
        served,
        Array.from({ length: 100 }, (_, index) => addressIn64(index)),
      )
      expect(remaining).toEqual(Array.from({ length: 100 }, (_, index) => 99 - index))
      expect(await remainingFor(served, ['2001:db8:0:8::1'])).toEqual([99])
    },
  )
})

describe('P-M05 X-Forwarded-For that changes with each request', () => {
  const forged = ['1.1.1.1', '2.2.2.2', '3.3.3.3']

  onLimited(
    'P-M05 is no way around the limit where no proxy is trusted',
    { limit: hundred, routes },
    async (served) => {
      expect(await remainingFor(served, forged)).toEqual([99, 98, 97])
      expect(served.log.filter(([level]) => level === 'warn')).toEqual([])
    },
  )

  onLimited(
    'P-M05 is no way around the limit where one proxy is trusted',
    { limit: hundred, routes, trust: 1 },
    async (served) => {
      expect(
        await remainingFor(
          served,
          forged.map((address) => `${address}, 9.9.9.9`),
        ),
      ).toEqual([99, 98, 97])
    },
  )

  onLimited(
    'P-M05 is warned of, once, where every proxy is trusted',
    { limit: hundred, routes, trust: true },
    async (served) => {
      expect(await remainingFor(served, forged)).toEqual([99, 99, 99])
      expect(served.log.filter(([level]) => level === 'warn')).toEqual([
        [
          'warn',
          {},
          'The app believes every X-Forwarded-For, so that clients can choose the address they are counted by: name its proxies',
        ],
      ])
    },
  )

  onLimited(
    'P-M05 is not warned of where the app has a key of its own',
    { limit: { ...hundred, key: () => 'all' }, routes, trust: true },
    async (served) => {
      expect(await remainingFor(served, forged)).toEqual([99, 98, 97])
      expect(served.log).toEqual([])
    },
  )
})

describe('P-M06 X-Forwarded-For behind a trusted proxy', () => {
  onLimited('P-M06 loses its port', { limit: hundred, routes, trust: 1 }, async (served) => {
    expect(
      await remainingFor(served, ['1.2.3.4:5678', '1.2.3.4', '[2001:db8::1]:443', '2001:db8::2']),
    ).toEqual([99, 98, 99, 98])
  })

  onLimited(
    "P-M06 gives way to the socket's address when it is none",
    { limit: hundred, routes, trust: 1 },
    async (served) => {
      const garbage = [
        '<script>',
        'unknown',
        '1.2.3',
        '1.2.3.4.5',
        ':::1',
        'a'.repeat(5000),
        '1.2.3.4:99999999',
      ]
      expect(await remainingFor(served, garbage)).toEqual([99, 98, 97, 96, 95, 94, 93])
      expect(await remainingFor(served, ['127.0.0.1'])).toEqual([92])
    },
  )
})

describe('P-M09 a key function that', () => {
  const keys: Readonly<Record<string, (request: Asked) => unknown>> = {
    throws: () => {
      throw new Error('no key')
    },
    rejects: () => Promise.reject(new Error('no key')),
    'returns undefined': () => undefined,
    'returns null': () => null,
    'returns an empty text': () => '',
    'returns an object': () => ({}),
    'returns NaN': () => NaN,
    'resolves to an array': () => Promise.resolve(['a']),
    'returns a hostile thenable': () => ({
      // oxlint-disable-next-line unicorn/no-thenable -- as hostile as can be
      get then() {
        throw new Error('then')
      },
    }),
    'returns a revoked Proxy': () => {
      const { proxy, revoke } = Proxy.revocable({}, {})
      revoke()
      return proxy
    },
  }
  for (const [what, key] of Object.entries(keys)) {
    onLimited(
      `P-M09 ${what} lets the request through, uncounted, and is logged once`,
      { limit: { policies: [{ name: 'minute', limit: 1, window: '1m' }], key: key as never }, routes },
      async (served) => {
        const answers = (await askInTurn(served, [{}, {}, {}])).map(told)
        expect(answers).toEqual(
          Array.from({ length: 3 }, () => ['200', undefined, undefined, undefined, undefined]),
        )
        expect(served.log.map(([level, , message]) => [level, message])).toEqual([
          [
            'warn',
            'A request without a key was let through: give key a function that returns a text or a number',
          ],
        ])
      },
    )
  }

  onLimited(
    'P-M09 returns a number, a text or a promise of one keeps clients apart',
    {
      limit: {
        ...hundred,
        key: (request) => {
          const key = request.get('X-Key')!
          return key.startsWith('n') ? Number(key.slice(1)) : key.startsWith('p') ? Promise.resolve(key) : key
        },
      },
      routes,
    },
    async (served) => {
      const asked = [
        'a',
        'b',
        'n1',
        'n2',
        'p1',
        'p1',
        'a',
        'n1',
        'x'.repeat(9000),
        'x'.repeat(9001),
        'x'.repeat(9000),
      ]
      const answers = await askInTurn(
        served,
        asked.map((key) => ({ headers: { 'X-Key': key } })),
      )
      expect(answers.map((answer) => Number(told(answer)[2]))).toEqual([
        99, 99, 99, 99, 99, 98, 98, 98, 99, 99, 98,
      ])
    },
  )

  test('P-M09 fails is logged at most once in 10 s', async () => {
    const [app] = limitedApps({ limit: { ...hundred, key: () => undefined }, routes })
    await serve(app![0], app![1], async (served) => {
      await askInTurn(served, [{}, {}])
      vi.advanceTimersByTime(9_999)
      await ask(served)
      expect(served.log).toHaveLength(1)
      vi.advanceTimersByTime(1)
      await ask(served)
      expect(served.log).toHaveLength(2)
    })
  })
})

describe('P-M09 a function for the cost that', () => {
  const costs: readonly unknown[] = [0, -1, NaN, Infinity, 1.5, '2', undefined, {}, 2 ** 53]
  for (const cost of costs) {
    onLimited(
      `P-M09 returns ${typeof cost} ${String(cost)} counts 1, and is logged`,
      { limit: { ...hundred, cost: () => cost as number }, routes },
      async (served) => {
        const answers = await askInTurn(served, [{}, {}])
        expect(answers.map((answer) => told(answer)[2])).toEqual(['99', '98'])
        expect(served.log.map(([level, , message]) => [level, message])).toEqual([
          ['warn', 'The cost of a request was no positive whole number; 1 was counted'],
        ])
      },
    )
  }

  onLimited(
    'P-M09 returns a whole number takes as much, and more than the limit is refused for good',
    { limit: { ...hundred, cost: (request) => Promise.resolve(Number(request.get('X-Cost'))) }, routes },
    async (served) => {
      const answers = await askInTurn(
        served,
        ['40', '61', '60', '101'].map((cost) => ({ headers: { 'X-Cost': cost } })),
      )
      const reset = String(NOON + 3600)
      expect(answers.map(told)).toEqual([
        ['200', '100', '60', reset, undefined],
        ['429', '100', '60', reset, '3600'],
        ['200', '100', '0', reset, undefined],
        ['429', '100', '0', reset, '3600'],
      ])
    },
  )
})

describe('P-M10 exactly the limit passes', () => {
  for (const [what, key] of [
    ['at once', () => 'all'],
    ['in a promise', () => sleep(Math.random() * 5, 'all')],
  ] as const) {
    onLimited(
      `P-M10 of 1,000 parallel requests against 100, whose keys are given ${what}`,
      { limit: { ...hundred, key }, routes },
      async ({ port }) => {
        const answers = await Promise.all(Array.from({ length: 20 }, () => pipeline(port, 50)))
        const statuses = answers.flat()
        expect(statuses).toHaveLength(1000)
        expect(statuses.filter((status) => status === '200')).toHaveLength(100)
        expect(statuses.filter((status) => status === '429')).toHaveLength(900)
      },
    )
  }
})

/** Sends requests over one connection without waiting for their answers, and returns the statuses. */
async function pipeline(port: number, requests: number): Promise<readonly string[]> {
  const first = 'GET / HTTP/1.1\r\nHost: test\r\n\r\n'.repeat(requests - 1)
  const bytes = `${first}GET / HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n`
  // All connections wait for each other; how long is not the question.
  return [...(await exchange(port, bytes, 25_000)).matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status!)
}

describe('P-M11 a process with a limiter', () => {
  test('P-M11 and nothing else exits at once', async () => {
    vi.useRealTimers()
    const code = `
      import { cooldown, rateLimit } from './src/adapters/express/rate-limit.ts'
      const limiter = rateLimit({ policies: [{ name: 'long', limit: 1, window: '30d' }], key: () => 'all' })
      const response = () => ({ headersSent: false, getHeader() {}, setHeader() {} })
      limiter({ method: 'GET', headers: {} }, response(), () => console.log('counted'))
      limiter({ method: 'GET', headers: {} }, response(), (error) => console.log(error.code))
      void cooldown({ window: '30d' }).start('a')
      process.once('beforeExit', () => console.log(process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length))
    `
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '--eval', code],
      { timeout: 10_000 },
    )
    expect({ stdout, stderr }).toEqual({ stdout: 'counted\n429\n0\n', stderr: '' })
  })
})

describe('P-M12', () => {
  onLimited(
    'P-M12 a limiter that is mounted twice counts once',
    { limit: hundred, routes, mounted: 2 },
    async (served) => {
      expect((await askInTurn(served, [{}, {}])).map((answer) => told(answer)[2])).toEqual(['99', '98'])
    },
  )

  const loose = { policies: [{ name: 'loose', limit: 50, window: '1h' as const }] }
  const strict = { policies: [{ name: 'strict', limit: 2, window: '1m' as const }] }
  for (const [order, limit] of [
    ['first', [strict, loose]],
    ['last', [loose, strict]],
  ] as const) {
    onLimited(
      `P-M12 of two limiters the stricter one is shown when it comes ${order}`,
      { limit, routes },
      async (served) => {
        const reset = String(NOON + 60)
        expect((await askInTurn(served, [{}, {}, {}])).map(told)).toEqual([
          ['200', '2', '1', reset, undefined],
          ['200', '2', '0', reset, undefined],
          ['429', '2', '0', reset, '60'],
        ])
      },
    )
  }

  onLimited(
    'P-M12 two limiters with structured fields are both in the lists',
    {
      limit: [
        { ...loose, headers: { legacy: false, draft: 'draft-11' }, key: () => 'a' },
        { ...strict, headers: { legacy: false, draft: 'draft-11' }, key: () => 'b' },
      ],
      routes,
    },
    async (served) => {
      const answer = await ask(served)
      expect(answer.match(/^.*RateLimit.*$/gm)).toEqual([
        'RateLimit-Policy: "loose";q=50;w=3600, "strict";q=2;w=60',
        'RateLimit: "loose";r=49;t=3600;pk=:ypeBEsobvcr6wjGz:, "strict";r=1;t=60;pk=:PiPoFgA5WUoziU9l:',
      ])
    },
  )
})

describe('P-M13', () => {
  const one = { policies: [{ name: 'minute', limit: 1, window: '1m' as const }], exposeHeaders: true }

  onLimited('P-M13 HEAD is counted and refused, without a body', { limit: one, routes }, async (served) => {
    const [, head] = await askInTurn(served, [{ method: 'HEAD' }, { method: 'HEAD' }])
    expect(told(head!)).toEqual(['429', '1', '0', String(NOON + 60), '60'])
    expect(head!.split('\r\n\r\n')[1]).toBe('')
    return head
  })

  onLimited(
    'P-M13 a CORS preflight is not counted, and OPTIONS without one is',
    { limit: one, routes },
    async (served) => {
      const preflight = {
        method: 'OPTIONS',
        headers: { Origin: 'https://a.example', 'Access-Control-Request-Method': 'PUT' },
      }
      const answers = await askInTurn(served, [
        preflight,
        preflight,
        { method: 'OPTIONS' },
        preflight,
        { method: 'OPTIONS' },
      ])
      expect(answers.map((answer) => told(answer).slice(0, 3))).toEqual([
        ['200', undefined, undefined],
        ['200', undefined, undefined],
        ['200', '1', '0'],
        ['200', undefined, undefined],
        ['429', '1', '0'],
      ])
    },
  )

  onLimited(
    'P-M13 what skip names, such as health checks, is not counted',
    { limit: { ...one, skip: (request) => request.path === '/stream' }, routes },
    async (served) => {
      const answers = await askInTurn(served, [
        { path: '/stream' },
        { path: '/stream' },
        {},
        { path: '/stream' },
        {},
      ])
      expect(answers.map((answer) => told(answer).slice(0, 3))).toEqual([
        ['200', undefined, undefined],
        ['200', undefined, undefined],
        ['200', '1', '0'],
        ['200', undefined, undefined],
        ['429', '1', '0'],
      ])
    },
  )

  for (const [what, skip] of [
    [
      'throws',
      () => {
        throw new Error('skip')
      },
    ],
    ['rejects', () => Promise.reject(new Error('skip'))],
  ] as const) {
    onLimited(
      `P-M13 a skip function that ${what} skips nothing, and is logged`,
      { limit: { ...one, skip }, routes },
      async (served) => {
        expect((await askInTurn(served, [{}, {}])).map((answer) => told(answer)[0])).toEqual(['200', '429'])
        expect(served.log.filter(([level]) => level === 'warn').map(([, , message]) => message)).toEqual([
          'The skip function failed; the request was counted',
        ])
      },
    )
  }

  onThese(
    'P-M13 a 429 keeps its CORS headers, so that a browser shows it, and lets scripts read the limits',
    expressApps((app, recorder) => {
      app.use(cors({ exposedHeaders: ['ETag'] }))
      app.use(rateLimit({ ...one, logger: recorder.logger }))
      app.get('/', ok)
      app.use(expressFace.errorHandler(recorder))
    }),
    async (served) => {
      const [, answer] = await askInTurn(served, [{}, {}])
      expect(answer!.match(/^(?:HTTP|Access).*$/gm)).toEqual([
        'HTTP/1.1 429 Too Many Requests',
        'Access-Control-Allow-Origin: *',
        'Access-Control-Expose-Headers: ETag, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, Retry-After, X-Request-ID, Link',
      ])
    },
  )
})
