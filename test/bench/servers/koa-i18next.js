import { koaPlugin, LanguageDetector } from 'i18next-http-middleware'
import Koa from 'koa'
import { createI18n } from './i18n.js'
import { requestIdOf, setLimitHeaders } from './job.js'
import { koaServer } from './koa-server.js'

/** Koa's own `ctx.throw` beside i18next-http-middleware. */
export function create() {
  const app = new Koa()
  app.use(koaPlugin(createI18n(LanguageDetector)))
  app.use(async (context, next) => {
    try {
      await next()
    } catch (error) {
      context.status = error.status
      context.vary('Accept-Language')
      context.body = { code: error.code, message: context.t(`${error.code}.message`) }
    }
  })
  app.use((context, next) => {
    context.set('X-Request-ID', requestIdOf(context.req))
    setLimitHeaders(context.res)
    return next()
  })
  app.use((context) => context.throw(409, 'Username already exists', { code: 1006 }))
  return koaServer(app)
}
