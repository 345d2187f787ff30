import { errorHandler, notFound, rateLimit, reference, requestId } from 'bizerror/express'
import { BizError, catalog } from 'bizerror/catalogs/gateway'
import { addressKey, memoryStore, redisStore, type StoreFactory } from 'bizerror/rate-limit'
import express, { type Express, type Request, type RequestHandler } from 'express'
import { Redis } from 'ioredis'

const accounts = new Map([
  ['key-rich', { balance: 10, frozen: false }],
  ['key-poor', { balance: 0, frozen: false }],
  ['key-cold', { balance: 10, frozen: true }],
])

const orders = new Map([
  ['A1', { state: 'pending', expired: false }],
  ['A2', { state: 'paid', expired: false }],
  ['A3', { state: 'pending', expired: true }],
])

const PAYMENT_METHODS = ['credit_card', 'alipay']

const authenticate: RequestHandler = (req, _res, next) => {
  const key = req.get('X-API-Key')
  if (!key) throw new BizError(40102)
  const account = accounts.get(key)
  if (!account) throw new BizError(40103)
  if (account.frozen) throw new BizError(40301)
  if (account.balance === 0) throw new BizError(40201)
  next()
}

/** Machines with one REDIS_URL share the limits; a machine without counts alone. */
function chooseStore(): StoreFactory {
  const url = process.env['REDIS_URL']
  return url ? redisStore(new Redis(url)) : memoryStore()
}

/** Who has no key that exists is known by address: invented keys would each be a client of their own. */
function callerOf(req: Request): string | undefined {
  const key = req.get('X-API-Key')
  return key !== undefined && accounts.has(key) ? key : addressKey(req.ip)
}

/** Asks a provider that is down. */
async function askProvider(): Promise<never> {
  await Promise.resolve()
  throw new Error('connect ECONNREFUSED 10.0.0.7:443')
}

export function createApp(): Express {
  const app = express()
  app.disable('x-powered-by')
  app.use(requestId())
  const envelope = { 'application/json': 'two-level', 'application/problem+json': 'problem' } as const
  const options = { catalog, envelope, docsUrl: '/errors/' }
  app.use('/errors', reference({ ...options, title: 'Gateway' }))
  const store = chooseStore()
  app.use(
    rateLimit({
      catalog,
      policies: [
        { name: 'second', limit: 10, window: '1s', error: 42901 },
        { name: 'hour', limit: 1000, window: '1h', error: 42902 },
        { name: 'month', limit: 100_000, window: 'month', error: 42903 },
      ],
      key: callerOf,
      skip: (req) => req.path === '/health',
      headers: { draft: 'draft-11' },
      store,
    }),
  )
  app.use(express.json())

  app.get('/health', (_req, res) => {
    res.json(catalog.ok())
  })

  app.get('/v1/quote', authenticate, (_req, res) => {
    res.json(catalog.ok({ price: '12.30' }))
  })

  app.get('/v1/forecast', authenticate, async (_req, res) => {
    const forecast = await askProvider().catch((cause: unknown) => {
      throw new BizError(50201, { cause, retryAfter: 5 })
    })
    res.json(catalog.ok(forecast))
  })

  // Exports are dear: one an hour, on top of what holds for all.
  const exportLimit = rateLimit({
    catalog,
    policies: [{ name: 'exports', limit: 1, window: '1h', error: 42902 }],
    key: callerOf,
    headers: { draft: 'draft-11' },
    store,
  })
  app.post('/v1/exports', authenticate, exportLimit, (_req, res) => {
    res.json(catalog.ok({ id: 'export-1' }))
  })

  app.post('/orders/:id/checkout', (req, res) => {
    const order = orders.get(req.params.id)
    if (!order) throw new BizError(40411)
    if (order.state !== 'pending') throw new BizError(40022, { details: { state: order.state } })
    if (order.expired) throw new BizError(40021)
    if (!PAYMENT_METHODS.includes(req.body?.method)) throw new BizError(40024)
    res.json(catalog.ok({ url: `https://pay.example/${req.params.id}` }))
  })

  app.use(notFound())
  app.use(errorHandler(options))
  return app
}
