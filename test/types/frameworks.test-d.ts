import express from 'express'
import express4 from 'express4'
import Koa from 'koa'
import Koa2 from 'koa2'
import { expectTypeOf } from 'vitest'
import type { Request } from 'express'
import type { HandlerOptions as ExpressOptions } from '../../src/adapters/express/index.ts'
import type { HandlerOptions as KoaOptions } from '../../src/adapters/koa/index.ts'
import type { catalog } from '../../src/catalogs/gateway.ts'
import { catalog as waf } from '../../src/catalogs/cloud-waf.ts'
import {
  asyncHandler,
  bizErrors,
  defineCatalog,
  describeError,
  errorHandler,
  notFound,
  rateLimit,
  requestId,
  requestIdOf,
  type Catalog,
  type HandlerOptions,
} from '../../src/index.ts'
import { limitHandler } from '../../src/rate-limit/index.ts'
import * as koa from '../../src/adapters/koa/index.ts'

const shop = defineCatalog({
  name: 'shop',
  errors: {
    GONE: { code: 10001, status: 404, message: 'It is gone' },
    SOLD_OUT: { code: 10002, status: 409, message: 'Only {{left}} left' },
    TOO_MANY: { code: 10029, status: 429, message: 'Too many orders' },
  },
})
const policy = { name: 'hour', window: '1h', limit: 9 } as const

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

// Keys are those of the handler's catalog, wherever an option names one, and the request is still the framework's own.
class QuotaError extends Error {}
const rules = {
  identify: [{ when: QuotaError, error: 'TOO_MANY' }],
  conceal: [{ errors: ['SOLD_OUT', 'GONE'], as: 'GONE' }],
} as const
express().use(errorHandler({ catalog: shop, ...rules, locale: (req) => req.query['lng'] as string }))
express4().use(
  errorHandler({
    catalog: shop,
    identify: { when: QuotaError, error: 'TOO_MANY' },
    conceal: { 404: 'GONE' },
    locale: (req) => req.get('X-Locale'),
    onReport: (_report, req) => req.ip,
  }),
)
express().use(
  errorHandler({
    locale: (req) => req.get('X-Locale'),
    identify: [{ when: QuotaError, error: 'TOO_MANY' }],
    catalog: shop,
  }),
)
express
  .Router()
  .use(errorHandler({ catalog: shop, ...rules, logger: (req) => (req.secure ? console : undefined) }))
new Koa().use(koa.errorHandler({ catalog: shop, ...rules, locale: (ctx) => ctx.get('X-Locale') }))
new Koa2().use(
  koa.errorHandler({ catalog: shop, conceal: { 404: 'GONE' }, locale: (ctx) => ctx.cookies.get('lng') }),
)
new Koa<{ user: string }>()
  .use(koa.errorHandler({ catalog: shop, ...rules, locale: (ctx) => ctx.ip }))
  .use(({ state }) => state.user)
express().use(
  rateLimit({ catalog: shop, policies: [{ ...policy, error: 'TOO_MANY' }], key: (req) => req.ip }),
)
express4().use(
  rateLimit({ catalog: shop, policies: [{ ...policy, error: 'TOO_MANY' }], key: (req) => req.ip }),
)
new Koa().use(
  koa.rateLimit({ catalog: shop, policies: [{ ...policy, error: 'TOO_MANY' }], key: (ctx) => ctx.ip }),
)
new Koa2().use(
  koa.rateLimit({ catalog: shop, policies: [{ ...policy, error: 'TOO_MANY' }], key: (ctx) => ctx.ip }),
)
limitHandler({ catalog: shop, error: 'TOO_MANY' })
koa.bizErrors(new Koa(), {
  catalog: shop,
  ...rules,
  locale: (ctx) => ctx.get('X-Locale'),
  rateLimit: { policies: [{ ...policy, error: 'TOO_MANY' }], skip: (ctx) => ctx.path === '/health' },
})
bizErrors(express(), { catalog: shop, rateLimit: { catalog: waf, policies: [{ ...policy, error: 4005 }] } })
describeError(undefined, { catalog: shop, ...rules, locale: 'de' })

express().use(
  errorHandler({ catalog: shop, ...rules, envelope: ({ code }, req) => ({ code, path: req.originalUrl }) }),
)
new Koa().use(
  koa.errorHandler({ catalog: shop, ...rules, envelope: ({ code }, ctx) => ({ code, path: ctx.path }) }),
)

// A catalog of which only run time knows the keys takes any.
declare const loaded: Catalog
express().use(
  errorHandler({ catalog: loaded, identify: [{ when: QuotaError, error: 'ANY' }], conceal: { 401: 7 } }),
)
declare const known: HandlerOptions<typeof shop, Request>
describeError(undefined, known)
known satisfies HandlerOptions<Catalog, Request>

// @ts-expect-error -- no such error
errorHandler({ catalog: shop, identify: [{ when: QuotaError, error: 'TOO_FEW' }] })
// @ts-expect-error -- its message needs params
errorHandler({ catalog: shop, identify: { when: QuotaError, error: 'SOLD_OUT' } })
// @ts-expect-error -- a code is no key
errorHandler({ catalog: shop, conceal: [{ errors: [10002], as: 'GONE' }] })
// @ts-expect-error -- its message needs params
errorHandler({ catalog: shop, conceal: [{ errors: ['GONE'], as: 'SOLD_OUT' }] })
// @ts-expect-error -- no such error
errorHandler({ catalog: shop, conceal: { 401: 'LOST' } })
// @ts-expect-error -- no such error
express().use(errorHandler({ catalog: shop, conceal: { 401: 'LOST' }, locale: (req) => req.ip }))
// @ts-expect-error -- no such error
new Koa().use(koa.errorHandler({ catalog: shop, conceal: { 401: 'LOST' }, locale: (ctx) => ctx.ip }))
// @ts-expect-error -- no such error
rateLimit({ catalog: shop, policies: [{ ...policy, error: 'TOO_FEW' }] })
// @ts-expect-error -- no such error
limitHandler({ catalog: shop, error: 'TOO_FEW' })
// @ts-expect-error -- no such error
bizErrors(express(), { catalog: shop, rateLimit: { policies: [{ ...policy, error: 'TOO_FEW' }] } })
// @ts-expect-error -- no such error
describeError(undefined, { catalog: shop, conceal: { 401: 'LOST' } })
