import type { ErrorHandlerOptions } from '../../src/handler/options.ts'
import * as expressFace from '../../src/adapters/express/index.ts'
import * as expressLimit from '../../src/adapters/express/rate-limit.ts'
import * as koaFace from '../../src/adapters/koa/index.ts'
import * as koaLimit from '../../src/adapters/koa/rate-limit.ts'
import { catalog as cloudWaf } from '../../src/catalogs/cloud-waf.ts'
import type { RateLimitOptions } from '../../src/rate-limit/options.ts'
import type { Route } from '../contract/frameworks.ts'
import {
  expressApps,
  koaApps,
  onThese,
  type App,
  type ExpressApp,
  type Served,
} from '../reliability/served.ts'
import type Koa from 'koa'

/** What Express's request and Koa's context have in common. */
export interface Asked {
  readonly path: string
  readonly get: (name: string) => string | undefined
}

export type Options = RateLimitOptions<Asked>

interface Setup {
  /** Of one limiter, or of several in the way of each request. */
  readonly limit: Options | readonly Options[]
  readonly routes: Readonly<Record<string, Route>>
  readonly handler?: ErrorHandlerOptions<unknown>
  /** The app's trust in proxies: every one, or as many hops. */
  readonly trust?: boolean | number
  /** How often each limiter is mounted. @default 1 */
  readonly mounted?: number
}

/** The four frameworks with requestId, the limiters, the routes and errorHandler. */
export function limitedApps({ limit, routes, handler, trust, mounted = 1 }: Setup): readonly App[] {
  const times = Array.from({ length: mounted })
  const all = [limit].flat() as readonly Options[]
  // As the handler's.
  const named = { catalog: cloudWaf }
  function onExpress(app: ExpressApp, recorder: ErrorHandlerOptions<unknown>): void {
    if (trust !== undefined) app.set('trust proxy', trust)
    app.use(expressFace.requestId())
    for (const options of all) {
      const limiter = expressLimit.rateLimit({ ...named, logger: recorder.logger, ...options } as object as never)
      for (const _ of times) app.use(limiter)
    }
    app.use(
      expressFace.asyncHandler((request: Parameters<Route>[0], response: Parameters<Route>[1], next) => {
        const route = routes[request.url!]
        return route ? route(request, response) : next()
      }),
    )
    app.use(expressFace.notFound())
    app.use(expressFace.errorHandler({ ...recorder, ...handler }))
  }
  function onKoa(app: Koa, recorder: ErrorHandlerOptions<unknown>): void {
    if (trust !== undefined) app.proxy = trust !== false
    if (typeof trust === 'number') app.maxIpsCount = trust
    app.use(koaFace.errorHandler({ ...recorder, ...handler }))
    app.use(koaFace.requestId())
    for (const options of all) {
      const limiter = koaLimit.rateLimit({ ...named, logger: recorder.logger, ...options } as object as never)
      for (const _ of times) app.use(limiter as Koa.Middleware)
    }
    app.use(async (context, next) => {
      const route = routes[context.url]
      if (route) await route(context.req, context.res)
      else await next()
    })
  }
  return [...expressApps(onExpress), ...koaApps(onKoa)]
}

/** Tests a limiter on the four frameworks. What `use` returns must be the same on all of them. */
export function onLimited(title: string, setup: Setup, use: (served: Served) => Promise<unknown>): void {
  onThese(title, limitedApps(setup), use)
}

/** The status and what a client is told of limits, undefined where it is not. */
export function told(response: string): readonly (string | undefined)[] {
  const header = (name: string): string | undefined =>
    new RegExp(`^${name}: (.*?)\\r?$`, 'mi').exec(response)?.[1]
  return [
    /^HTTP\/1\.1 (\d+)/.exec(response)?.[1],
    header('X-RateLimit-Limit'),
    header('X-RateLimit-Remaining'),
    header('X-RateLimit-Reset'),
    header('Retry-After'),
  ]
}
