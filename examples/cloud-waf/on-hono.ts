// An edge function: `export default` is what Workers, Deno Deploy and Vercel serve, and its options bring the texts along.
import { bizErrors, rateLimit, reference } from 'bizerror/hono'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { CHARTS, createCloudWaf, options as shared } from './cloud-waf.ts'
import { texts } from './texts.ts'

const options = { ...shared, locales: texts }

export function createApp(): Hono {
  const waf = createCloudWaf()
  const chartLimit = rateLimit({ catalog: options.catalog, policies: CHARTS })

  const app = bizErrors(new Hono(), options)
  app.use(bodyLimit({ maxSize: 100 * 1024 }))
  app.use(reference({ ...options, title: 'Cloud WAF', path: '/errors' }))

  app.get('/users/:id', (c) => c.json(waf.user(c.req.param('id'))))
  app.post('/users', async (c) => c.json(waf.addUser(await c.req.json())))
  app.post('/login', async (c) => c.json(waf.login(await c.req.json())))
  app.post('/api-keys', async (c) => c.json(waf.addKey(await c.req.json())))
  app.delete('/api-keys/:id', (c) => c.json(waf.revokeKey(c.req.param('id'))))
  app.get('/charts/:id', chartLimit, (c) => c.json(waf.chart(c.req.param('id'))))
  app.post('/alerts/:id/send', async (c) => c.json(await waf.sendAlert(c.req.param('id'))))
  return app
}

export default createApp()
