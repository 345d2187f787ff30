import Koa from 'koa'
import { CONSTANT_BODY, CONSTANT_LIMITED_HEADERS } from './job.js'
import { koaServer } from './koa-server.js'

const thrown = {}

/** The least that a throw costs in Koa. */
export function create() {
  const app = new Koa()
  app.use(async (context, next) => {
    try {
      await next()
    } catch {
      context.status = 409
      context.set(CONSTANT_LIMITED_HEADERS)
      context.body = CONSTANT_BODY
    }
  })
  app.use(() => {
    throw thrown
  })
  return koaServer(app)
}
