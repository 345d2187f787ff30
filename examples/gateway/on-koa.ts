import { errorHandler, rateLimit, reference, requestId } from 'bizerror/koa'
import { bodyParser } from '@koa/bodyparser'
import Router from '@koa/router'
import Koa from 'koa'
import * as gateway from './gateway.ts'

const authenticate: Koa.Middleware = (ctx, next) => {
  gateway.authenticate(ctx.get('X-API-Key'))
  return next()
}

const key = (ctx: Koa.Context) => gateway.callerOf(ctx.get('X-API-Key'), ctx.ip)

export function createApp(): Koa {
  const limits = gateway.limits()

  const router = new Router()
  router.get('/health', (ctx) => void (ctx.body = gateway.health()))
  router.get('/v1/quote', authenticate, (ctx) => void (ctx.body = gateway.quote()))
  router.get('/v1/forecast', authenticate, async (ctx) => {
    ctx.body = await gateway.forecast()
  })
  router.post('/v1/exports', authenticate, rateLimit({ ...limits.exports, key }), (ctx) => {
    ctx.body = gateway.startExport()
  })
  router.post('/orders/:id/checkout', (ctx) => {
    ctx.body = gateway.checkout(ctx.params['id']!, ctx.request.body)
  })

  const app = new Koa()
  app.use(errorHandler(gateway.options))
  app.use(requestId())
  app.use(reference({ ...gateway.options, title: 'Gateway', path: '/errors' }))
  app.use(rateLimit({ ...limits.calls, key, skip: (ctx) => ctx.path === '/health' }))
  app.use(bodyParser())
  app.use(router.routes())
  return app
}
