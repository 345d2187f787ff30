import { errorHandler, reference, requestId } from 'bizerror/koa'
import Koa from 'koa'
import { createCdn, optionsOf, type Options } from './cdn.ts'

export function createApp(given: Options = {}): Koa {
  const options = optionsOf(given)
  const call = createCdn()

  const app = new Koa()
  app.use(errorHandler(options))
  app.use(requestId())
  app.use(reference({ ...options, title: 'CDN', path: '/errors' }))
  app.use((ctx) => {
    if (ctx.path === '/v2/index.php') ctx.body = call(ctx.query)
  })
  return app
}
