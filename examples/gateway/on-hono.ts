import { getConnInfo } from '@hono/node-server/conninfo'
import { bizErrors, rateLimit, reference } from 'bizerror/hono'
import { Hono, type Context, type MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import * as gateway from './gateway.ts'

const authenticate: MiddlewareHandler = async (c, next) => {
  gateway.authenticate(c.req.header('X-API-Key'))
  await next()
}

const key = (c: Context) => gateway.callerOf(c.req.header('X-API-Key'), getConnInfo(c).remote.address)

export function createApp(): Hono {
  const { options } = gateway
  const limits = gateway.limits()

  const app = bizErrors(new Hono(), options)
  app.use(bodyLimit({ maxSize: 100 * 1024 }))
  app.use(reference({ ...options, title: 'Gateway', path: '/errors' }))
  app.use(rateLimit({ ...limits.calls, key, skip: (c) => c.req.path === '/health' }))

  app.get('/health', (c) => c.json(gateway.health()))
  app.get('/v1/quote', authenticate, (c) => c.json(gateway.quote()))
  app.get('/v1/forecast', authenticate, async (c) => c.json(await gateway.forecast()))
  app.post('/v1/exports', authenticate, rateLimit({ ...limits.exports, key }), (c) =>
    c.json(gateway.startExport()),
  )
  app.post('/orders/:id/checkout', async (c) =>
    c.json(gateway.checkout(c.req.param('id'), await c.req.json())),
  )
  return app
}
