import { bizErrors, rateLimit, reference } from 'bizerror/hono'
import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { authenticate, CALLS, options, Secrets, testWebhook, WEBHOOK_TESTS } from './secrets.ts'

export function createApp(): Hono {
  const { catalog } = options
  const secrets = new Secrets()
  const webhookQuota = rateLimit({
    catalog,
    policies: WEBHOOK_TESTS,
    key: (c: Context) => c.req.header('Authorization'),
  })

  const v1 = new Hono()
  v1.use(async (c, next) => {
    authenticate(c.req.header('Authorization'))
    await next()
  })
  v1.get('/secrets/:path{.+}', (c) => c.json(secrets.read(c.req.param('path'))))
  v1.put('/secrets/:path{.+}', async (c) => c.json(secrets.write(c.req.param('path'), await c.req.json())))
  v1.post('/webhooks/test', webhookQuota, async (c) =>
    c.json(testWebhook(await c.req.json(), c.req.header('Accept-Language'))),
  )

  const app = bizErrors(new Hono(), options)
  app.use(bodyLimit({ maxSize: 100 * 1024 }))
  app.use(reference({ ...options, title: 'Secrets', path: '/errors' }))
  app.use(rateLimit({ catalog, policies: CALLS }))
  app.route('/v1', v1)
  return app
}
