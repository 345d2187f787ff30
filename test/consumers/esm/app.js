import express from 'express'
import Koa from 'koa'
import { errorHandler as onExpress, notFound, requestId } from 'bizerror'
import { errorHandler as onKoa, requestId as requestIdOfKoa } from 'bizerror/koa'
import * as cdn from 'bizerror/catalogs/cdn'
import * as cloudWaf from 'bizerror/catalogs/cloud-waf'
import * as gateway from 'bizerror/catalogs/gateway'
import * as secrets from 'bizerror/catalogs/secrets'
import { asyncHandler } from 'bizerror/express'
import { ask } from '../ask.cjs'

const routes = {
  '/cdn': () => new cdn.BizError(2130),
  '/cloud-waf': () => new cloudWaf.BizError(1006),
  '/gateway': () => new gateway.BizError(40302),
  '/secrets': () => new secrets.BizError('token_expired'),
}

const expressApp = express()
expressApp.use(requestId())
for (const [path, make] of Object.entries(routes)) {
  expressApp.get(
    path,
    asyncHandler(async () => {
      throw make()
    }),
  )
}
expressApp.use(notFound())
expressApp.use(onExpress())

const koaApp = new Koa()
koaApp.use(requestIdOfKoa())
koaApp.use(onKoa())
koaApp.use(async (context, next) => {
  const make = routes[context.path]
  if (make) throw make()
  await next()
})

const paths = [...Object.keys(routes), '/nowhere']
for (const [app, listener] of Object.entries({ express: expressApp, koa: koaApp.callback() })) {
  for (const answer of await ask(listener, paths, ['fr', 'zh-TW']))
    console.log(JSON.stringify({ app, answer }))
}
