import Koa from 'koa'
import Negotiator from 'negotiator'
import { LOCALES, NAMESPACE, requestIdOf, resources, setLimitHeaders } from './job.js'
import { koaServer } from './koa-server.js'

class ApiError extends Error {
  constructor(status, code, message) {
    super(message)
    this.status = status
    this.code = code
  }
}

/** What a careful team writes itself. */
export function create() {
  const app = new Koa()
  app.use(async (context, next) => {
    try {
      await next()
    } catch (error) {
      const locale = new Negotiator(context.req).language(LOCALES) ?? 'en'
      context.status = error.status
      context.set('Content-Language', locale)
      context.vary('Accept-Language')
      context.body = { code: error.code, message: resources[locale][NAMESPACE][error.code].message }
    }
  })
  app.use((context, next) => {
    context.set('X-Request-ID', requestIdOf(context.req))
    setLimitHeaders(context.res)
    return next()
  })
  app.use(() => {
    throw new ApiError(409, 1006, 'Username already exists')
  })
  return koaServer(app)
}
