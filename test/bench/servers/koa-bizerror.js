import Koa from 'koa'
import { catalog } from '#bizerror/catalogs/cloud-waf'
import { errorHandler, requestId } from '#bizerror/koa'
import { setLimitHeaders } from './job.js'
import { koaServer } from './koa-server.js'
import { LIMIT, THROWS } from './throws.js'

/**
 * This package with default options, or with those given.
 *
 * @param whole - with its other middleware too; the error handler makes a request id itself where none is set
 */
export async function create({ whole = false, limited = false }) {
  const app = new Koa()
  app.use(errorHandler({ catalog }))
  if (whole) app.use(requestId())
  app.use(limited ? await limiter() : limitHeaders)
  app.use(() => {
    throw THROWS.constant()
  })
  return koaServer(app)
}

function limitHeaders(context, next) {
  setLimitHeaders(context.res)
  return next()
}

async function limiter() {
  const { rateLimit } = await import('#bizerror/koa')
  return rateLimit(LIMIT)
}
