import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { languageDetector } from 'hono/language'
import { limitHeaders, tellId } from './hono-app.js'
import { createI18n } from './i18n.js'
import { LOCALES } from './job.js'

/** Hono's own exception and language detector beside i18next. */
export function create() {
  const i18n = createI18n()
  const app = new Hono()
  app.use(
    languageDetector({
      supportedLanguages: LOCALES,
      fallbackLanguage: 'en',
      order: ['header'],
      caches: false,
    }),
  )
  app.use(tellId)
  app.use(limitHeaders)
  app.get('/', () => {
    throw new HTTPException(409, { message: 'Username already exists', cause: { code: 1006 } })
  })
  app.onError((error, context) => {
    const locale = context.get('language')
    const { code } = error.cause
    context.header('Content-Language', locale)
    context.header('Vary', 'Accept-Language')
    return context.json({ code, message: i18n.t(`${code}.message`, { lng: locale }) }, error.status)
  })
  return createAdaptorServer({ fetch: app.fetch })
}
