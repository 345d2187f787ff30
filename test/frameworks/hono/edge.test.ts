import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { bizErrors, errorHandler } from '../../../src/adapters/hono/index.ts'
import { BizError, catalog } from '../../../src/catalogs/cloud-waf.ts'
import type { ErrorReport } from '../../../src/report/report.ts'
import { escaping } from '../../support/served.ts'
import { answer, answerOf, conflict } from './hosts.ts'

const silent = { logger: { error: () => {} } }

function failing(onReport: (report: ErrorReport) => unknown): Hono {
  return bizErrors(new Hono(), { catalog, ...silent, onReport }).get('/', () => {
    throw new BizError(1006)
  })
}

const request = (init?: RequestInit): Request =>
  new Request('http://test/', { headers: { 'X-Request-ID': 'probe-1' }, ...init })

test('the host waits for what onReport promises, whether that is kept or not', async () => {
  for (const settle of [() => Promise.resolve(), () => Promise.reject(new Error('late'))]) {
    const waited: Promise<unknown>[] = []
    const host = {
      waitUntil: (promise: Promise<unknown>) => waited.push(promise),
      passThroughOnException() {},
    }
    const app = failing(async () => settle())
    const escaped = await escaping(async () => {
      const response = await app.fetch(request(), {}, host as never)
      expect(await answerOf(response)).toEqual(answer(409, conflict))
      expect(waited).toHaveLength(1)
      await waited[0]
    })
    expect(escaped).toEqual([])
  }
})

test('a client that left is told from one that was answered', async () => {
  const reports: ErrorReport[] = []
  const app = failing((report) => reports.push(report))
  const abort = new AbortController()
  abort.abort()
  await app.fetch(request({ signal: abort.signal }))
  await app.fetch(request())
  expect(reports.map(({ sent, clientGone }) => ({ sent, clientGone }))).toEqual([
    { sent: false, clientGone: true },
    { sent: true, clientGone: false },
  ])
})

test('bindings of any kind are no response of Node', async () => {
  const rpc = new Proxy(() => {}, { get: () => () => Promise.resolve() })
  const reports: ErrorReport[] = []
  const app = failing((report) => reports.push(report))
  for (const env of [{ outgoing: rpc, incoming: rpc }, rpc, null, undefined, { outgoing: {} }]) {
    expect(await answerOf(await app.fetch(request(), env as never))).toEqual(answer(409, conflict))
  }
  expect(reports.map(({ sent }) => sent)).toEqual(Array(5).fill(true))
})

test('an answer that another one replaces is told of as not sent', async () => {
  const reports: ErrorReport[] = []
  const app = bizErrors(new Hono(), { catalog, ...silent, onReport: (report) => reports.push(report) })
  app.use(async (context, next) => {
    await next()
    if (context.res.status === 404) context.res = new Response('instead', { status: 200 })
  })
  const response = await app.fetch(request())
  expect([response.status, await response.text()]).toEqual([200, 'instead'])
  expect(reports.map(({ status, sent }) => ({ status, sent }))).toEqual([{ status: 404, sent: false }])
})

test('a response that takes no headers still tells the id', async () => {
  const app = bizErrors(new Hono(), { catalog })
  app.get('/redirect', () => Response.redirect('http://test/there'))
  app.get('/failed', () => Response.error())
  const redirect = await app.request('/redirect', { headers: { 'X-Request-ID': 'probe-1' } })
  expect([redirect.status, redirect.headers.get('location')]).toEqual([302, 'http://test/there'])
  expect(redirect.headers.get('x-request-id')).toBe('probe-1')
  expect((await app.request('/failed')).type).toBe('error')
})

test('a response that cannot be copied stays as it is where @hono/node-server has replaced the globals', async () => {
  const own = { Request, Response }
  try {
    getRequestListener(() => new Response())
    const app = bizErrors(new Hono(), { catalog })
    app.get('/failed', () => Response.error())
    app.get('/begun', (context) => {
      context.header('X-A', '1')
      return Response.error()
    })
    for (const path of ['/failed', '/begun']) expect((await app.request(path)).type, path).toBe('error')
  } finally {
    for (const [name, value] of Object.entries(own)) {
      Object.defineProperty(globalThis, name, { value, configurable: true, writable: true })
    }
  }
})

test('the body of a lost success is given up, and so is its stream', async () => {
  let given: unknown
  const app = bizErrors(new Hono(), { catalog, ...silent })
  app.use(async (_context, next) => {
    await next()
    throw new BizError(1006)
  })
  app.get(
    '/',
    () =>
      new Response(
        new ReadableStream({
          pull: (controller) => controller.enqueue(new Uint8Array(1)),
          cancel: () => void (given = 'up'),
        }),
      ),
  )
  expect(await answerOf(await app.fetch(request()))).toEqual(answer(409, conflict))
  expect(given).toBe('up')
})

test('what no adapter foresaw is still answered: a request without headers, a context that fails', async () => {
  const told: string[] = []
  const logger = { error: (_: object, message: string) => told.push(message), warn: () => {} }
  const app = new Hono()
  app.onError(errorHandler({ catalog, logger }))
  app.get('/', (context) => {
    Object.defineProperty(context, 'get', {
      value: () => {
        throw new Error('hostile')
      },
    })
    throw new BizError(1006)
  })
  const response = await app.fetch(request())
  expect([response.status, await response.json()]).toEqual([
    500,
    { code: 500, message: 'Internal server error' },
  ])
})

test('errors of concurrent requests keep their own ids', async () => {
  const app = failing(() => {})
  const ids = Array.from({ length: 50 }, (_, index) => `id-${index}`)
  const responses = await Promise.all(
    ids.map(async (id) => app.fetch(new Request('http://test/', { headers: { 'X-Request-ID': id } }))),
  )
  expect(responses.map(({ headers }) => headers.get('x-request-id'))).toEqual(ids)
})
