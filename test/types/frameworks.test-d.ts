import express from 'express'
import express4 from 'express4'
import Koa from 'koa'
import Koa2 from 'koa2'
import { expectTypeOf } from 'vitest'
import type { Request } from 'express'
import type { HandlerOptions as ExpressOptions } from '../../src/adapters/express/index.ts'
import type { HandlerOptions as KoaOptions } from '../../src/adapters/koa/index.ts'
import type { catalog } from '../../src/catalogs/gateway.ts'
import {
  asyncHandler,
  bizErrors,
  errorHandler,
  notFound,
  requestId,
  requestIdOf,
  type HandlerOptions,
} from '../../src/index.ts'
import * as koa from '../../src/adapters/koa/index.ts'

// The handlers are typed over node:http and fit every supported major.
express().use(requestId()).use(notFound()).use(errorHandler())
express4().use(requestId()).use(notFound()).use(errorHandler())
new Koa().use(koa.errorHandler()).use(koa.requestId())
new Koa2().use(koa.errorHandler()).use(koa.requestId())

// The request is the framework's own where an option asks for it: known where the app takes the handler, or told.
express().use(errorHandler({ locale: (req) => req.query['lng'] as string }))
express4().use(errorHandler({ locale: (req) => req.get('X-Locale'), onReport: (_report, req) => req.ip }))
express.Router().use(errorHandler({ logger: (req) => (req.secure ? console : undefined) }))
express().use(requestId({ generate: (req) => `${req.ip}-1` }))
express4().use(requestId({ generate: (req) => `${req.ip}-1` }))
new Koa().use(
  koa.errorHandler({ locale: (ctx) => ctx.get('X-Locale') || (ctx.state.user?.locale as string) }),
)
new Koa2().use(koa.errorHandler({ locale: (ctx) => ctx.cookies.get('lng'), onAnswer: (_, ctx) => ctx.path }))
new Koa<{ user: string }>().use(koa.errorHandler({ locale: (ctx) => ctx.ip })).use(({ state }) => state.user)
new Koa().use(koa.requestId({ generate: (ctx) => `${ctx.ip}-1` }))
new Koa2().use(koa.requestId({ generate: (ctx) => `${ctx.ip}-1` }))
express().use(errorHandler({ locale: (request: Request) => request.get('X-Locale') }))
new Koa().use(koa.errorHandler({ locale: (context: Koa.Context) => context.get('X-Locale') }))
express().use(requestId({ generate: (request: Request) => `${request.ip}-1`, header: 'X-Trace' }))
new Koa().use(koa.requestId({ generate: (context: Koa.Context) => `${context.ip}-1` }))
express().use((request, _response, next) => next(requestIdOf(request) satisfies string))
express4().use((request, _response, next) => next(requestIdOf(request)))
new Koa().use((context) => void (context.body = koa.requestIdOf(context) satisfies string))
new Koa2().use((context) => void (context.body = koa.requestIdOf(context)))
express4().get(
  '/',
  asyncHandler(async (_request: express4.Request, response: express4.Response) => response.json({})),
)

// @ts-expect-error -- Express's request has no cookies of its own
express().use(errorHandler({ locale: (req) => req.cookie }))
// @ts-expect-error -- nor has Koa's context a header
new Koa().use(koa.errorHandler({ locale: (ctx) => ctx.header2 }))
// What a handler was thrown stays unknown.
expectTypeOf(errorHandler()).parameter(0).toBeUnknown()

// The bundle takes the app of every major.
express().use(bizErrors(express(), { requestId: { generate: (req: Request) => `${req.ip}-1` } }))
express4().use(bizErrors(express4(), { locale: () => 'de' }))
express.Router().use(bizErrors(express.Router()))
koa.bizErrors(new Koa(), { locale: (ctx) => ctx.get('X-Locale') })
koa.bizErrors(new Koa2(), { requestId: { generate: (ctx) => `${ctx.ip}-1` } })

// One object of options serves all, of the catalog and of the request that it says.
declare const shared: HandlerOptions<typeof catalog, Request>
express().use(errorHandler(shared))
expectTypeOf<ExpressOptions<typeof catalog, Request>>().toEqualTypeOf<
  HandlerOptions<typeof catalog, Request>
>()
expectTypeOf<KoaOptions<typeof catalog, Request>>().toEqualTypeOf<HandlerOptions<typeof catalog, Request>>()
new Koa().use(koa.errorHandler({ locale: () => 'de' } satisfies HandlerOptions))
// @ts-expect-error -- of Express's request, no option of Koa's
new Koa().use(koa.errorHandler(shared))

// @ts-expect-error -- no such option
errorHandler({ catalogue: undefined })
// @ts-expect-error -- 200 or nothing
errorHandler({ httpStatus: 500 })
