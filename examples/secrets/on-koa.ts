import { errorHandler, rateLimit, reference, requestId } from 'bizerror/koa'
import { bodyParser } from '@koa/bodyparser'
import Router from '@koa/router'
import Koa from 'koa'
import { authenticate, CALLS, options, Secrets, testWebhook, WEBHOOK_TESTS } from './secrets.ts'

export function createApp(): Koa {
  const { catalog } = options
  const secrets = new Secrets()
  const webhookQuota = rateLimit({
    catalog,
    policies: WEBHOOK_TESTS,
    key: (ctx: Koa.Context) => ctx.get('Authorization'),
  })

  const router = new Router()
  router.use(async (ctx, next) => {
    authenticate(ctx.get('Authorization'))
    await next()
  })
  router.get('/v1/secrets/*path', (ctx) => {
    ctx.body = secrets.read(ctx.params['path']!)
  })
  router.put('/v1/secrets/*path', (ctx) => {
    ctx.body = secrets.write(ctx.params['path']!, ctx.request.body)
  })
  router.post('/v1/webhooks/test', webhookQuota, (ctx) => {
    ctx.body = testWebhook(ctx.request.body, ctx.get('Accept-Language'))
  })

  const app = new Koa()
  app.use(errorHandler(options))
  app.use(requestId())
  app.use(reference({ ...options, title: 'Secrets', path: '/errors' }))
  app.use(rateLimit({ catalog, policies: CALLS }))
  app.use(bodyParser())
  app.use(router.routes())
  app.use(router.allowedMethods())
  return app
}
