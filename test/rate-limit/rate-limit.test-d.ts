import express, { type Request } from 'express'
import express4, { type Request as Request4 } from 'express4'
import expressRateLimit from 'express-rate-limit'
import Koa from 'koa'
import Koa2 from 'koa2'
import { rateLimit } from '../../src/adapters/express/index.ts'
import {
  addressKey,
  cooldown,
  createLimiter,
  type Decision,
  KeyFailure,
  limitHandler,
  memoryStore,
  setRateLimit,
  type Calendar,
  type Period,
  type PolicyDefinition,
  type Store,
} from '../../src/rate-limit/index.ts'
import * as koa from '../../src/adapters/koa/index.ts'
import { catalog } from '../../src/catalogs/gateway.ts'

const policies = [
  { name: 'second', limit: 10, window: '1s', error: 42901 },
  { name: 'hour', limit: 1000, window: 3600, algorithm: 'sliding' },
  { name: 'month', limit: 100_000, window: 'month', unit: 'content-bytes' },
  { name: 'week', limit: 100, window: 'week', timeZone: 'Europe/Berlin' },
  { name: 'bill', limit: 100, window: { month: 15 } },
] as const

// The middleware fits every supported major. Where the app mounts it, the request is known; on its own, it is told.
express().use(
  rateLimit({ policies, catalog, key: (req) => req.get('X-API-Key'), skip: (req) => req.path === '/health' }),
)
express4().use(rateLimit({ policies, key: async (req) => Promise.resolve(req.ip), cost: () => 1 }))
express().use(rateLimit({ policies, ipv6Prefix: 64 }))
express().use(rateLimit({ policies, key: (req) => addressKey(req.ip, 64) }))
new Koa().use(koa.rateLimit({ policies, ipv6Prefix: 64 }))
// @ts-expect-error -- a length is a number
rateLimit({ policies, ipv6Prefix: '/64' })
express().get('/', rateLimit({ policies }), (_request, response) => void response.end())
new Koa().use(koa.rateLimit({ policies, key: (ctx: Koa.Context) => ctx.get('X-API-Key') }))
new Koa().use(koa.rateLimit({ policies, key: (ctx) => ctx.get('X-API-Key') || ctx.ip }))
new Koa2().use(koa.rateLimit({ policies, skip: (ctx) => ctx.path === '/health' }))
new Koa2().use(koa.rateLimit({ policies, skip: (ctx: Koa2.Context) => ctx.path === '/health' }))

const limiter = rateLimit({ policies, key: (req: Request) => req.ip, store: memoryStore({ maxKeys: 10 }) })
express().use(limiter)
express4().use(rateLimit({ policies, key: (req: Request4) => req.ip }))
limiter.close()
limiter.degraded satisfies boolean

// A limiter in a constant knows what every request has, or is told its app's own.
const known = rateLimit({
  policies,
  key: (req) => req.get('X-API-Key') ?? req.ip ?? req.socket.remoteAddress,
})
express().use(known)
express4().use(known)
express().post('/login', known, (_request, response) => void response.end())
interface UserRequest extends Request {
  readonly user: { readonly id: number; readonly plan: 'free' | 'pro' }
}
const plans = { free: 10, pro: 100 }
const told = rateLimit<UserRequest>({
  policies: [{ name: 'hour', window: '1h', limit: (req) => plans[req.user.plan], error: 429 }],
  key: (req) => req.user.id,
  countIf: ({ status, code, request }) => status === 401 && code !== 1006 && request.user.plan === 'free',
})
void (told.consume('a', { cost: 2, request: {} as UserRequest }) satisfies Promise<Decision>)
void told.block(7, '10m').then((isBlocked) => isBlocked satisfies boolean)
express().use(
  rateLimit({
    policies: [
      { name: 'hour', window: '1h', limit: async (req) => Promise.resolve(req.ip === '::1' ? Infinity : 1) },
    ],
  }),
)
const onKoa = koa.rateLimit<Koa.ParameterizedContext<{ user: { plan: 'free' | 'pro' } }>>({
  policies: [{ name: 'hour', window: '1h', limit: (ctx) => plans[ctx.state.user.plan] }],
})
new Koa<{ user: { plan: 'free' | 'pro' } }>().use(onKoa)
new Koa().use(koa.rateLimit({ policies: [{ name: 'hour', window: '1h', limit: (ctx) => ctx.state.limit }] }))
const messages = createLimiter<{ plan: 'free' | 'pro' }>({
  policies: [{ name: 'minute', window: '1m', limit: ({ plan }) => plans[plan] }],
})
void messages
  .consume('a', { request: { plan: 'pro' } })
  .then(({ policies: [first] }) => first?.name satisfies string | undefined)
// @ts-expect-error -- no such plan
void messages.consume('a', { request: { plan: 'gold' } })
// @ts-expect-error -- a limit is a number
rateLimit({ policies: [{ name: 'a', window: '1s', limit: () => '10' }] })
// @ts-expect-error -- whether it counts is true or false
rateLimit({ policies, countIf: ({ status }) => status })
// @ts-expect-error -- what refuses no response has no error
createLimiter({ policies: [{ name: 'a', window: '1s', limit: 1, error: 429 }] })
// @ts-expect-error -- a gauge is read
limiter.degraded = true

express().use((_request, response) => setRateLimit(response, { limit: 1, remaining: 0, reset: new Date() }))
new Koa().use((ctx) => setRateLimit(ctx, { limit: 1, remaining: 0, reset: 60 }, { reset: 'delta' }))
expressRateLimit({ handler: limitHandler({ catalog, error: 42901 }) })
void (cooldown({ window: '10m' }).start('a') satisfies Promise<number>)
cooldown({ window: { month: 15 }, timeZone: 'Asia/Kathmandu' })
const definition: PolicyDefinition = { name: 'a', limit: 1, window: 'week', timeZone: process.env['TZ'] }
rateLimit({ policies: [definition] })

const own = (): Store => ({
  consume: () => ({ allowed: true, standings: [], violated: [], retryAfter: 0 }),
  close: () => {},
})
rateLimit({ policies, store: own })
rateLimit({
  policies,
  store: (limits) => ({
    consume: () => Promise.reject(new KeyFailure(`${limits[0]!.name} ${limits[0]!.limit}`)),
    close: () => {},
  }),
})
// A store of one's own counts a calendar's windows by the calendar.
rateLimit({
  policies,
  store: (limits) => {
    for (const { window } of limits) {
      if (typeof window === 'number') continue
      const { start, end }: Period = (window satisfies Calendar).periodAt(Date.now())
      void [window.name satisfies string, window.length satisfies number, start, end]
    }
    return own()
  },
})
// @ts-expect-error -- a store knows no errors
rateLimit({ policies, store: (limits) => (void limits[0]!.error, own()) })

// @ts-expect-error -- a policy has a limit
rateLimit({ policies: [{ name: 'a', window: '1s' }] })
// @ts-expect-error -- a text has no weeks
rateLimit({ policies: [{ name: 'a', limit: 1, window: '1w' }] })
// @ts-expect-error -- no such calendar
rateLimit({ policies: [{ name: 'a', limit: 1, window: 'year' }] })
// @ts-expect-error -- a day is a number
rateLimit({ policies: [{ name: 'a', limit: 1, window: { month: '15' } }] })
// @ts-expect-error -- weeks begin on Monday
rateLimit({ policies: [{ name: 'a', limit: 1, window: { week: 1 } }] })
// @ts-expect-error -- a time zone is a text
rateLimit({ policies: [{ name: 'a', limit: 1, window: 'day', timeZone: 60 }] })
// @ts-expect-error -- no such algorithm
rateLimit({ policies: [{ name: 'a', limit: 1, window: '1s', algorithm: 'leaky' }] })
// @ts-expect-error -- no such option
rateLimit({ policies, max: 1 })
// @ts-expect-error -- an object is no key
rateLimit({ policies, key: () => ({}) })
// @ts-expect-error -- no such draft
rateLimit({ policies, headers: { draft: 'draft-6' } })
// @ts-expect-error -- a cooldown has a window
cooldown({})
