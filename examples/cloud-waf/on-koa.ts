import { errorHandler, rateLimit, reference, requestId } from 'bizerror/koa'
import { bodyParser } from '@koa/bodyparser'
import Router from '@koa/router'
import Koa from 'koa'
import { CHARTS, createCloudWaf, options } from './cloud-waf.ts'

export function createApp(): Koa {
  const waf = createCloudWaf()
  const chartLimit = rateLimit({ catalog: options.catalog, policies: CHARTS })

  const router = new Router()
  router.get('/users/:id', (ctx) => void (ctx.body = waf.user(ctx.params['id']!)))
  router.post('/users', (ctx) => void (ctx.body = waf.addUser(ctx.request.body)))
  router.post('/login', (ctx) => void (ctx.body = waf.login(ctx.request.body)))
  router.post('/api-keys', (ctx) => void (ctx.body = waf.addKey(ctx.request.body)))
  router.delete('/api-keys/:id', (ctx) => void (ctx.body = waf.revokeKey(ctx.params['id']!)))
  router.get('/charts/:id', chartLimit, (ctx) => void (ctx.body = waf.chart(ctx.params['id']!)))
  router.post('/alerts/:id/send', async (ctx) => {
    ctx.body = await waf.sendAlert(ctx.params['id']!)
  })

  const app = new Koa()
  app.use(errorHandler(options))
  app.use(requestId())
  app.use(reference({ ...options, title: 'Cloud WAF', path: '/errors' }))
  app.use(bodyParser())
  app.use(router.routes())
  return app
}
