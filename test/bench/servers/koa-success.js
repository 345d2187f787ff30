import Koa from 'koa'
import { catalog } from '#bizerror/catalogs/cloud-waf'
import { errorHandler } from '#bizerror/koa'
import { koaServer } from './koa-server.js'

/** An answer of an app that nothing is thrown in, behind this package or behind the least that catches. */
export function create({ handler }) {
  const app = new Koa()
  app.use(handler === 'bizerror' ? errorHandler({ catalog }) : bare)
  app.use((context) => {
    context.body = { id: 7, name: 'tea' }
  })
  return koaServer(app)
}

async function bare(context, next) {
  try {
    await next()
  } catch {
    context.status = 500
  }
}
