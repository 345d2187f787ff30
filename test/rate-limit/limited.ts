import { Readable } from 'node:stream'
import { afterEach, beforeEach, vi } from 'vitest'
import { BizError } from '../../src/catalogs/cloud-waf.ts'
import type { HandlerOptions } from '../../src/handler/options.ts'
import * as expressFace from '../../src/adapters/express/index.ts'
import * as koaFace from '../../src/adapters/koa/index.ts'
import { catalog as cloudWaf } from '../../src/catalogs/cloud-waf.ts'
import type { Catalog } from '../../src/catalog/catalog.ts'
import type { Limiter } from '../../src/rate-limit/limiter.ts'
import type { RateLimitOptions } from '../../src/rate-limit/options.ts'
import type { FrameworkName, Route } from '../support/frameworks.ts'
import { exchange, send, type RawRequest } from '../support/raw.ts'
import { expressApps, koaApps, onThese, type App, type ExpressApp, type Served } from '../support/served.ts'
import type Koa from 'koa'

/** Express's request and Koa's context have this in common. */
export interface LimitedRequest {
  readonly path: string
  readonly get: (name: string) => string | undefined
}

export type Options = RateLimitOptions<Catalog, LimitedRequest>

/** 2026-11-20T12:00:00Z, in seconds. */
export const NOON = 1_795_176_000

/** Starts each test of a file at noon. Only what tells the time is faked: sockets go on. */
export function atNoon(): void {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date', 'performance'], now: NOON * 1000 })
  })
  afterEach(() => {
    vi.useRealTimers()
  })
}

// Koa starts at 404.
export const ok: Route = (_request, response) => {
  response.statusCode = 200
  response.end('ok')
}

export const routes: Readonly<Record<string, Route>> = {
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

export function sendTo({ port }: Served, request: Partial<RawRequest> = {}): Promise<string> {
  return send(port, { path: '/', ...request, headers: { ...ID, ...request.headers } })
}

export async function sendInTurn(
  served: Served,
  requests: readonly Partial<RawRequest>[],
): Promise<readonly string[]> {
  const responses: string[] = []
  for (const request of requests) responses.push(await sendTo(served, request))
  return responses
}

/** A limit that most tests do not reach. */
export const hundred = { policies: [{ name: 'hour', limit: 100, window: '1h' as const }] }

/** Sends requests over one connection without waiting for their responses, and returns the statuses. */
export async function pipeline(port: number, requests: number): Promise<readonly string[]> {
  const first = 'GET / HTTP/1.1\r\nHost: test\r\n\r\n'.repeat(requests - 1)
  const bytes = `${first}GET / HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n`
  // All connections wait for each other: how long is a question of the machine, and 0 is for ever.
  return [...(await exchange(port, bytes, 0)).matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status!)
}

type Routes = Readonly<Record<string, Route>>

interface Setup {
  /** Of one limiter, or of several in the way of each request. */
  readonly limit: Options | readonly Options[]
  /** Routes may ask the first limiter. */
  readonly routes: Routes | ((limiter: Limiter<LimitedRequest>) => Routes)
  readonly handler?: HandlerOptions
  /** The app's trust in proxies: every one, or as many hops. */
  readonly trust?: boolean | number
  /** How often each limiter is mounted. @default 1 */
  readonly mounted?: number
}

/** The four frameworks with requestId, the limiters, the routes and errorHandler. */
function limitedApps({ limit, routes: given, handler, trust, mounted = 1 }: Setup): readonly App[] {
  const routesOf = ([first]: readonly object[]): Routes =>
    typeof given === 'function' ? given(first as Limiter<LimitedRequest>) : given
  const times = Array.from({ length: mounted })
  const all = [limit].flat() as readonly Options[]
  // As the handler's.
  const named = { catalog: cloudWaf }
  function onExpress(app: ExpressApp, recorder: HandlerOptions): void {
    if (trust !== undefined) app.set('trust proxy', trust)
    app.use(expressFace.requestId())
    const limiters = all.map((options) =>
      expressFace.rateLimit({ ...named, logger: recorder.logger, ...options } as object as never),
    )
    for (const limiter of limiters) for (const _ of times) app.use(limiter)
    const routes = routesOf(limiters)
    app.use(
      expressFace.asyncHandler((request: Parameters<Route>[0], response: Parameters<Route>[1], next) => {
        const route = routes[request.url!]
        return route ? route(request, response) : next()
      }),
    )
    app.use(expressFace.notFound())
    app.use(expressFace.errorHandler({ ...recorder, ...handler }))
  }
  function onKoa(app: Koa, recorder: HandlerOptions): void {
    if (trust !== undefined) app.proxy = trust !== false
    if (typeof trust === 'number') app.maxIpsCount = trust
    app.use(koaFace.errorHandler({ ...recorder, ...handler }))
    app.use(koaFace.requestId())
    const limiters = all.map((options) =>
      koaFace.rateLimit({ ...named, logger: recorder.logger, ...options } as object as never),
    )
    for (const limiter of limiters) for (const _ of times) app.use(limiter as Koa.Middleware)
    const routes = routesOf(limiters)
    app.use(async (context, next) => {
      const route = routes[context.url]
      if (route) await route(context.req, context.res)
      else await next()
    })
  }
  return [...expressApps(onExpress), ...koaApps(onKoa)]
}

/** One of them, where the framework is not the question. */
export function limitedOn(framework: FrameworkName, setup: Setup): App {
  const app = limitedApps(setup).find(([name]) => name === framework)
  if (app === undefined) throw new Error(`There is no ${framework}`)
  return app
}

/** Tests a limiter on the four frameworks. What `use` returns must be the same on all of them. */
export function onLimited(title: string, setup: Setup, use: (served: Served) => Promise<unknown>): void {
  onThese(title, limitedApps(setup), use)
}

/** The status of a response and what its headers say of limits. Left out is what it does not say. */
export interface ClientStanding {
  readonly status: number | string
  readonly limit?: number | string
  readonly remaining?: number | string
  readonly reset?: number | string
  readonly retryAfter?: number | string
}

export function standingOf(response: string): ClientStanding {
  const [, status = ''] = /^HTTP\/1\.1 (\d+)/.exec(response) ?? []
  const fields = Object.entries(NAMES).flatMap(([header, name]) => {
    const value = new RegExp(`^${header}: (.*?)\\r?$`, 'mi').exec(response)?.[1]
    return value === undefined ? [] : [[name, numberIn(value)]]
  })
  return { status: numberIn(status), ...Object.fromEntries(fields) } as ClientStanding
}

/** The same without the times. */
export function counted(response: string): Pick<ClientStanding, 'status' | 'limit' | 'remaining'> {
  const { reset: _reset, retryAfter: _retryAfter, ...rest } = standingOf(response)
  return rest
}

const NAMES: Readonly<Record<string, keyof ClientStanding>> = {
  'X-RateLimit-Limit': 'limit',
  'X-RateLimit-Remaining': 'remaining',
  'X-RateLimit-Reset': 'reset',
  'Retry-After': 'retryAfter',
}

/** What is no number as clients read one stays a text. */
function numberIn(value: string): number | string {
  return /^(?:0|[1-9]\d*)$/.test(value) ? Number(value) : value
}
