const express = require('express')
const Koa = require('koa')
const { errorHandler: onExpress, notFound, requestId } = require('bizerror')
const { errorHandler: onKoa, requestId: requestIdOfKoa } = require('bizerror/koa')
const cdn = require('bizerror/catalogs/cdn')
const cloudWaf = require('bizerror/catalogs/cloud-waf')
const gateway = require('bizerror/catalogs/gateway')
const secrets = require('bizerror/catalogs/secrets')
const { asyncHandler } = require('bizerror/express')
const { ask } = require('../ask.cjs')

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
async function main() {
  for (const [app, listener] of Object.entries({ express: expressApp, koa: koaApp.callback() })) {
    for (const answer of await ask(listener, paths, ['fr', 'zh-TW']))
      console.log(JSON.stringify({ app, answer }))
  }
}

void main()
