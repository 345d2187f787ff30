import { array, assert, constantFrom, property } from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { ApiError } from '../../src/client/index.ts'
import { answering, rejection, serving, type Answered } from './answering.ts'

const waits: number[] = []

// Waiting has its own tests: here it is only asked how long. Other files have the modules as they are.
vi.resetModules()
vi.doMock('../../src/client/sleep.ts', () => ({
  sleep(seconds: number) {
    waits.push(seconds)
    return Promise.resolve()
  },
}))
const { createClient, createReader } = await import('../../src/client/index.ts')
const { secondsBefore } = await import('../../src/client/retry.ts')
vi.doUnmock('../../src/client/sleep.ts')
vi.resetModules()

beforeEach(() => {
  waits.length = 0
  vi.spyOn(Math, 'random').mockReturnValue(0.5)
})

afterEach(() => {
  vi.restoreAllMocks()
})

const OK: Answered = { body: 'done' }
const busy = (headers: Record<string, string> = {}): Answered => ({
  status: 503,
  headers,
  body: { code: 503, message: 'Busy' },
})
/** Half of the first step, and of the second. */
const [FIRST, SECOND] = [0.125, 0.25]
const inSeconds = (seconds: number): string => new Date(Date.now() + seconds * 1000).toUTCString()

describe('Retry-After', () => {
  test.each([
    ['1', 1 + FIRST],
    ['60', 60 + FIRST],
    ['0', 0.25 + FIRST],
  ])('P-O01: of %s is waited for, and some more', async (value, wait) => {
    const { url, requests } = await answering(busy({ 'Retry-After': value }), OK)
    await createClient().fetch(url)
    expect([waits, requests.length]).toEqual([[wait], 2])
  })

  test.each(['-1', '-99999', 'abc', 'NaN', '', '1e309', '1.5', '0x10', 'soon GMT', '1, 2'])(
    'P-O02: of %j is none: the client backs off by itself',
    async (value) => {
      const { url } = await answering(busy({ 'Retry-After': value }), busy({ 'Retry-After': value }), OK)
      await createClient().fetch(url)
      expect(waits).toEqual([FIRST, SECOND])
    },
  )

  test.each(['Sun, 06 Nov 1994 08:49:37 GMT', inSeconds(-5)])(
    'P-O03: of a date in the past, %s, is not at once',
    async (value) => {
      const { url } = await answering(busy({ 'Retry-After': value }), OK)
      await createClient().fetch(url)
      expect(waits).toEqual([0.25 + FIRST])
    },
  )

  test.each<[string, number | object]>([
    ['61', 61],
    ['2147484', 2_147_484],
    ['99999999999', 99_999_999_999],
    ['9'.repeat(400), Infinity],
    ['Infinity', Infinity],
    ['Fri, 31 Dec 9999 23:59:59 GMT', expect.any(Number) as object],
  ])('P-O04: of %s is too long, and told at once', async (value, retryAfter) => {
    const { url, requests } = await answering(busy({ 'Retry-After': value }), OK)
    expect(await rejection(createClient().fetch(url))).toMatchObject({ code: 503, retryAfter })
    expect([waits, requests.length]).toEqual([[], 1])
  })

  test('is as long as maxWait allows, whichever way that is written', async () => {
    for (const maxWait of [2, '2s', '2000ms'] as const) {
      const api = createClient({ retry: { maxWait } })
      await api.fetch((await answering(busy({ 'Retry-After': '2' }), OK)).url)
      await rejection(api.fetch((await answering(busy({ 'Retry-After': '3' }), OK)).url))
    }
    expect(waits).toEqual([2 + FIRST, 2 + FIRST, 2 + FIRST])
  })

  test.each([86_400, -86_400])('of a date is by the clock of the server, which is %i seconds off', (off) => {
    const headers = { date: inSeconds(off), 'retry-after': inSeconds(off + 30) }
    expect(createReader().parse({ status: 503, headers })!.retryAfter).toBe(30)
  })

  test('of an answer that a cache has kept was told to others', () => {
    const headers = { age: '3', 'retry-after': '7', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '9' }
    expect(createReader().parse({ status: 503, headers })).toMatchObject({
      retryAfter: undefined,
      quotas: [],
    })
  })
})

describe('limits', () => {
  const soon = Math.floor(Date.now() / 1000)
  const date = new Date(soon * 1000).toUTCString()

  test.each<[string, Record<string, string>, object[], number | undefined]>([
    [
      'drafts 8 to 11',
      {
        'ratelimit-policy': '"hour";q=10;qu="requests";w=3600, "day, all";w=86400;q=100',
        ratelimit: '"hour";r=0;t=30;pk=:c2FtZQ==:, "day, all";r=5; t=300',
      },
      [
        { policy: 'hour', limit: 10, remaining: 0, reset: 30, window: 3600 },
        { policy: 'day, all', limit: 100, remaining: 5, reset: 300, window: 86_400 },
      ],
      30,
    ],
    [
      'draft 7',
      { 'ratelimit-policy': '100;w=60, 1000;w=3600', ratelimit: 'limit=100, remaining=0, reset=30' },
      [{ policy: undefined, limit: 100, remaining: 0, reset: 30, window: 60 }],
      30,
    ],
    [
      'the early drafts',
      { 'ratelimit-limit': '100, 100;w=60', 'ratelimit-remaining': '0', 'ratelimit-reset': '30' },
      [{ policy: undefined, limit: 100, remaining: 0, reset: 30, window: 60 }],
      30,
    ],
    [
      'X-RateLimit-* with seconds since the epoch',
      { date, 'x-ratelimit-limit': '100', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${soon + 30}` },
      [{ policy: undefined, limit: 100, remaining: 0, reset: 30, window: undefined }],
      30,
    ],
    [
      'X-RateLimit-* with milliseconds since the epoch',
      { date, 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${(soon + 30) * 1000}` },
      [{ policy: undefined, limit: undefined, remaining: 0, reset: 30, window: undefined }],
      30,
    ],
    [
      'X-RateLimit-* with seconds from now',
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '30' },
      [{ policy: undefined, limit: undefined, remaining: 0, reset: 30, window: undefined }],
      30,
    ],
    [
      'the first that can be read',
      { ratelimit: 'soon', 'x-ratelimit-remaining': '1', 'x-ratelimit-reset': '30' },
      [{ policy: undefined, limit: undefined, remaining: 1, reset: 30, window: undefined }],
      undefined,
    ],
    [
      'what is malformed: nothing',
      {
        ratelimit: '"a";r=-1;t=x, "b";r=1.5, __proto__',
        'x-ratelimit-remaining': '1e309',
        'ratelimit-remaining': '-1',
      },
      [],
      undefined,
    ],
  ])('are read of %s', (_name, headers, quotas, retryAfter) => {
    const error = createReader().parse({ status: 429, headers })!
    expect({ quotas: error.quotas, retryAfter: error.retryAfter }).toEqual({ quotas, retryAfter })
  })

  test('of a name like __proto__ are limits, and change no object', () => {
    const headers = { ratelimit: '__proto__;r=1;t=2, "__proto__";r=3' }
    const { quotas } = createReader().parse({ status: 429, headers })!
    expect(quotas.map(({ remaining }) => remaining)).toEqual([1, 3])
    expect(({} as { r?: unknown }).r).toBeUndefined()
  })

  test('that refused are waited for by name, the longest time of all', () => {
    const headers = {
      'content-type': 'application/problem+json',
      ratelimit: '"hour";r=2;t=30, "day";r=2;t=300, "month";r=9;t=9999',
    }
    const body = { code: 'TOO_MANY', title: 'Too many', 'violated-policies': ['hour', 'day'] }
    expect(createReader().parse({ status: 429, headers, body })).toMatchObject({
      violated: ['hour', 'day'],
      retryAfter: 300,
    })
  })

  test('that are used up by an answer that waiting does not change are not waited for', () => {
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '30' }
    expect(createReader().parse({ status: 404, headers })!.retryAfter).toBeUndefined()
  })

  test('P-O11: are less than Retry-After, and no time since the epoch is taken for a delay', async () => {
    const at = Math.ceil(Date.now() / 1000) + 40
    for (const reset of [`${at}`, `${at * 1000}`, '40']) {
      const limits = { 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': reset }
      const { url } = await answering(busy({ 'Retry-After': '2', ...limits }), busy(limits), OK)
      await createClient().fetch(url)
    }
    expect(waits.map((wait) => Math.round(wait / 4))).toEqual([1, 10, 1, 10, 1, 10])
  })

  test('of any text are read without a fault, and in no time', () => {
    const part = constantFrom(
      '"',
      '\\',
      ';',
      ',',
      '=',
      'r',
      't',
      'q',
      'w',
      'limit',
      'remaining=',
      'reset=',
      '1',
      ' ',
      '__proto__',
      ':',
      'x',
    )
    const field = array(part, { maxLength: 40 }).map((parts) => parts.join(''))
    assert(
      property(field, field, (ratelimit, policy) => {
        for (const quota of createReader().parse({
          status: 429,
          headers: { ratelimit, 'ratelimit-policy': policy },
        })!.quotas) {
          expect(quota.remaining).toBeGreaterThanOrEqual(0)
        }
        expect(Object.keys(Object.prototype)).toEqual([])
      }),
    )
    for (const hostile of [
      // More than Node.js lets through; Chromium lets 256 kB.
      ...['a', '9', '"', ' ', ';', ',', '=', 'a=', 'a;', '"a'].map((part) => part.repeat(100_000)),
      `a${' '.repeat(16_000)}=`,
      ',"\\'.repeat(5000),
      ', reset'.repeat(2000),
    ]) {
      const begin = performance.now()
      createReader().parse({ status: 429, headers: { ratelimit: hostile } })
      expect(performance.now() - begin).toBeLessThan(1000)
    }
  })
})

/** Is busy, without a server. */
const fetch = (): Promise<Response> => Promise.resolve(new Response('', { status: 503 }))

describe('the delays of many', () => {
  test('P-O10: are spread over the whole of a step that doubles up to 20 seconds', async () => {
    vi.mocked(Math.random).mockRestore()
    for (let i = 0; i < 1000; i++) await rejection(createClient({ fetch, retry: { attempts: 2 } }).fetch('/'))
    const inFirst = waits.filter((wait) => wait < 0.125).length
    expect(waits).toHaveLength(1000)
    expect(Math.max(...waits)).toBeLessThan(0.25)
    expect(inFirst).toBeGreaterThan(400)
    expect(inFirst).toBeLessThan(600)
    waits.length = 0
    vi.spyOn(Math, 'random').mockReturnValue(1)
    await rejection(createClient({ fetch, retry: { attempts: 4 } }).fetch('/'))
    expect(waits).toEqual([0.25, 0.5, 1])
    expect([secondsBefore(9, undefined), secondsBefore(2000, undefined)]).toEqual([20, 20])
  })
})

describe('a request', () => {
  test.each([
    ['GET', {}, 2],
    ['head', {}, 2],
    ['OPTIONS', {}, 2],
    ['POST', {}, 1],
    ['PUT', {}, 1],
    ['DELETE', {}, 1],
    ['POST', { 'Idempotency-Key': 'k-1' }, 2],
    ['PATCH', { 'idempotency-key': 'k-1' }, 2],
    ['POST', { 'Idempotency-Key': ' ' }, 1],
    ['POST', { 'Idempotency-Key': String(undefined) }, 1],
    ['POST', { 'Idempotency-Key': String(null) }, 1],
  ])('P-O08: of %s with %j is sent so often: %i', async (method, headers, times) => {
    const { url, requests } = await answering(busy(), OK)
    await createClient()
      .fetch(url, { method, headers })
      .catch(() => {})
    expect(requests.map((request) => request.method)).toEqual(Array(times).fill(method.toUpperCase()))
  })

  test.each<[string, () => unknown, number]>([
    ['a text', () => '{"n":1}', 2],
    ['bytes', () => new TextEncoder().encode('{"n":1}'), 2],
    ['a Blob', () => new Blob(['{"n":1}']), 2],
    ['params', () => new URLSearchParams({ n: '1' }), 2],
    ['a stream', () => new Blob(['{"n":1}']).stream(), 1],
    [
      'a generator',
      async function* () {
        yield new TextEncoder().encode('{"n":1}')
      },
      1,
    ],
  ])('P-O13: with %s as its body is sent so often, and each time whole', async (_name, body, times) => {
    const { url, requests } = await answering(busy(), OK)
    const headers = { 'Idempotency-Key': 'k' }
    // A stream needs duplex.
    const init = { method: 'POST', headers, body: body(), duplex: 'half' } as RequestInit
    const result = await createClient()
      .fetch(url, init)
      .then(
        () => 'done',
        (error: ApiError) => error.code,
      )
    expect(result).toBe(times === 2 ? 'done' : 503)
    expect(requests).toHaveLength(times)
    expect(new Set(requests.map((request) => request.body)).size).toBe(1)
    expect(requests[0]!.body).not.toBe('')
  })

  test('P-O13: that is a Request is sent again where it has no body', async () => {
    const api = createClient()
    const get = await answering(busy(), OK)
    await api.fetch(new Request(get.url, { headers: { 'X-Own': '1' } }))
    expect(get.requests.map(({ headers }) => headers['x-own'])).toEqual(['1', '1'])
    const post = await answering(busy(), OK)
    const headers = { 'Idempotency-Key': 'k' }
    await rejection(api.fetch(new Request(post.url, { method: 'POST', body: 'x', headers })))
    expect(post.requests).toHaveLength(1)
  })

  test.each([
    [400, 1],
    [401, 1],
    [408, 2],
    [409, 1],
    [425, 2],
    [429, 2],
    [500, 1],
    [502, 2],
    [503, 2],
    [504, 2],
    [507, 1],
  ])('P-O14: that is answered with %i is sent so often: %i', async (status, times) => {
    const { url, requests } = await answering({ status }, OK)
    await createClient()
      .fetch(url)
      .catch(() => {})
    expect(requests).toHaveLength(times)
  })

  test('is sent again as the catalog says of its code', async () => {
    const api = createClient({ catalog: { retryable: [1], final: ['NEVER'] } })
    const met = []
    for (const [status, code, later] of [
      [409, 1],
      [503, 'NEVER'],
      [503, 2],
      [409, 2],
      // Whoever tells when to come back wants it.
      [503, 'NEVER', '0'],
      [409, 'NEVER', '0'],
    ]) {
      const { url, requests } = await answering(
        {
          status: status as number,
          headers: later === undefined ? {} : { 'Retry-After': later as string },
          body: { code, message: 'x' },
        },
        OK,
      )
      await api.fetch(url).catch(() => {})
      met.push(requests.length)
    }
    expect(met).toEqual([2, 1, 2, 1, 2, 1])
  })

  test('is sent as often as attempts says, and once with retry: false', async () => {
    const sent = []
    for (const retry of [
      undefined,
      {},
      { attempts: undefined },
      { attempts: 1 },
      { attempts: 5 },
      false,
    ] as const) {
      const { url, requests } = await answering(busy())
      await rejection(createClient({ retry }).fetch(url))
      sent.push(requests.length)
    }
    expect(sent).toEqual([3, 3, 3, 1, 5, 1])
  })

  test('is sent again where the network failed, and the last failure is that of fetch', async () => {
    const { url, requests } = await answering((response) => response.destroy(), OK)
    await createClient().fetch(url)
    expect(requests).toHaveLength(2)
    const dead = await answering((response) => response.destroy())
    expect(await rejection(createClient().fetch(dead.url))).toBeInstanceOf(TypeError)
    expect(dead.requests.length).toBeGreaterThanOrEqual(3)
  })

  test('in a loop of redirects ends, as the TypeError of fetch', async () => {
    const url = await serving((_request, response) => response.writeHead(302, { Location: '/' }).end())
    expect(await rejection(createClient({ retry: false }).fetch(url))).toBeInstanceOf(TypeError)
  })

  test('is one of ten that are repeated at once, and then of one for ten that succeed', async () => {
    const api = createClient({ retry: { attempts: 2 } })
    const down = await answering(busy())
    for (let i = 0; i < 15; i++) await rejection(api.fetch(down.url))
    expect(down.requests).toHaveLength(25)
    const up = await answering(OK)
    for (let i = 0; i < 20; i++) await api.fetch(up.url)
    for (let i = 0; i < 5; i++) await rejection(api.fetch(down.url))
    expect(down.requests).toHaveLength(25 + 5 + 2)
  })
})
