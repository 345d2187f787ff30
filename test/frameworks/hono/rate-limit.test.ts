import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { expect, test } from 'vitest'
import { bizErrors, rateLimit } from '../../../src/adapters/hono/index.ts'
import { BizError, catalog } from '../../../src/catalogs/cloud-waf.ts'
import { takePrinted } from '../../support/printed.ts'
import { onHono } from './hosts.ts'

const limited = { name: 'hour', limit: 1, window: '1h' } as const
const client = (request: { readonly req: { header: (name: string) => string | undefined } }): string =>
  request.req.header('x-client') ?? 'nobody'

onHono(
  'a limiter tells where a client stands on every response behind it, and refuses by the catalog',
  (options) => {
    const app = bizErrors(new Hono(), {
      ...options,
      rateLimit: { policies: [limited], key: client, headers: { reset: 'delta' } },
    })
    app.get('/', (context) => context.text('in'))
    app.get('/own', () => new Response('own'))
    app.get('/fails', () => {
      throw new BizError(1006)
    })
    return app
  },
  async ({ send, reports, reported }) => {
    for (const path of ['/', '/own', '/fails', '/nowhere']) {
      const headers = { 'X-Client': path }
      const first = await send({ path, headers })
      expect(first.status, path).not.toBe(429)
      expect(first.headers['x-ratelimit-limit'], path).toBe('1')
      expect(first.headers['x-ratelimit-remaining'], path).toBe('0')
      const second = await send({ path, headers })
      expect([second.status, JSON.parse(second.body)], path).toEqual([
        429,
        { code: 4005, message: 'Rate limited' },
      ])
      expect(Number(second.headers['retry-after']), path).toBeGreaterThan(3500)
      expect(second.headers['x-ratelimit-remaining'], path).toBe('0')
    }
    await reported(6)
    expect(reports.filter(({ status }) => status === 429)).toHaveLength(4)
  },
)

onHono(
  'a limiter counts a request once, wherever it is mounted, and no preflight',
  (options) => {
    const app = bizErrors(new Hono(), options)
    const twice = rateLimit({ catalog, policies: [{ ...limited, limit: 2 }], key: client })
    app.use(twice)
    app.all('/', twice, (context) => context.text('in'))
    return app
  },
  async ({ send }) => {
    const preflight = { 'Access-Control-Request-Method': 'POST' }
    for (const _ of [1, 2, 3])
      expect((await send({ method: 'OPTIONS', path: '/', headers: preflight })).status).toBe(200)
    expect((await send({ path: '/' })).headers['x-ratelimit-remaining']).toBe('1')
    expect((await send({ path: '/' })).headers['x-ratelimit-remaining']).toBe('0')
    expect((await send({ path: '/' })).status).toBe(429)
  },
)

onHono(
  'countIf is told the status and the code of the answer, of what is no Error as well',
  (options) => {
    const told: unknown[] = []
    const app = bizErrors(new Hono(), {
      ...options,
      rateLimit: {
        policies: [{ ...limited, limit: 9 }],
        key: client,
        countIf: ({ status, code }) => {
          told.push([status, code])
          return false
        },
      },
    })
    app.get('/ok', (context) => context.text('in'))
    app.get('/fails', () => {
      throw new BizError(1006)
    })
    app.get('/text', () => {
      // oxlint-disable-next-line typescript/only-throw-error
      throw 'no error'
    })
    app.get('/told', (context) => context.json(told))
    return app
  },
  async ({ send }) => {
    for (const path of ['/ok', '/fails', '/text', '/nowhere']) await send({ path })
    const { body, headers } = await send({ path: '/told' })
    expect(JSON.parse(body)).toEqual([
      [200, null],
      [409, 1006],
      [500, 500],
      [404, 404],
    ])
    // All of them were given back.
    expect(headers['x-ratelimit-remaining']).toBe('8')
  },
)

onHono(
  'on Node, a client is its address',
  (options) => {
    const app = bizErrors(new Hono(), options)
    app.use(rateLimit({ catalog, policies: [limited] }))
    return app.get('/', (context) => context.text('in'))
  },
  async ({ send }) => {
    expect((await send({ path: '/' })).status).toBe(200)
    expect((await send({ path: '/' })).status).toBe(429)
  },
  ['HTTP/1', 'HTTP/2'],
)

/** What a host hands to an app for a client, and how it tells its address. */
const hosts: Readonly<Record<string, (address: string) => readonly [request: Request, env?: object]>> = {
  Workers: (address) => {
    const request = new Request('http://test/', { headers: { 'CF-Connecting-IP': address } })
    return [Object.assign(request, { cf: { colo: 'FRA' } })]
  },
  Deno: (hostname) => [new Request('http://test/'), { remoteAddr: { transport: 'tcp', hostname } }],
  Bun: (address) => [new Request('http://test/'), { requestIP: () => ({ address }) }],
}

test.each(Object.entries(hosts))('on %s, a client is the address that the host tells', async (_name, ask) => {
  const app = bizErrors(new Hono(), {
    catalog,
    rateLimit: { policies: [limited] },
    logger: { error: () => {} },
  })
  app.get('/', (context) => context.text('in'))
  const statuses: number[] = []
  for (const address of ['192.0.2.1', '192.0.2.1', '192.0.2.2']) {
    statuses.push((await app.fetch(...ask(address))).status)
  }
  expect(statuses).toEqual([200, 429, 200])
})

test('where no host tells an address, requests are let through, and the log says what to do', async () => {
  const warned: string[] = []
  const logger = { error: () => {}, warn: (_record: object, message: string) => warned.push(message) }
  const app = bizErrors(new Hono(), { catalog, logger, rateLimit: { policies: [limited] } })
  app.get('/', (context) => context.text('in'))
  // A client may write any of these.
  const headers = { 'CF-Connecting-IP': '192.0.2.1', 'X-Forwarded-For': '192.0.2.1' }
  expect((await app.request('/', { headers })).status).toBe(200)
  expect((await app.request('/', { headers })).status).toBe(200)
  expect(warned.join('\n')).toContain('give key a function')
  expect(takePrinted()).toEqual([])
})

onHono(
  'with cors first, a refusal can be read by its origin, and the bundle exposes the headers of its limiter',
  (options) => {
    const app = new Hono()
    app.use(cors({ origin: 'https://a.example' }))
    bizErrors(app, { ...options, exposeHeaders: true, rateLimit: { policies: [limited], key: client } })
    app.get('/', (context) => context.text('in'))
    return app
  },
  async ({ send }) => {
    const headers = { 'X-Client': 'ann', Origin: 'https://a.example' }
    const success = await send({ path: '/', headers })
    expect([success.status, success.headers['access-control-expose-headers']]).toEqual([
      200,
      expect.stringContaining('X-RateLimit-Remaining'),
    ])
    const refusal = await send({ path: '/', headers })
    expect([refusal.status, refusal.headers['access-control-allow-origin']]).toEqual([
      429,
      'https://a.example',
    ])
    expect(refusal.headers['access-control-expose-headers']).toMatch(/X-RateLimit-Remaining.*Retry-After/)
  },
)
