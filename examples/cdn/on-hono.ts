import { bizErrors, reference } from 'bizerror/hono'
import { Hono } from 'hono'
import { createCdn, optionsOf, type Options } from './cdn.ts'

export function createApp(given: Options = {}): Hono {
  const options = optionsOf(given)
  const call = createCdn()

  const app = bizErrors(new Hono(), options)
  app.use(reference({ ...options, title: 'CDN', path: '/errors' }))
  app.all('/v2/index.php', (c) => c.json(call(c.req.query())))
  return app
}
