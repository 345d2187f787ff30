import { describeError, isBizError } from 'bizerror'
import { errorHandler, rateLimit, reference, requestId } from 'bizerror/koa'
import { catalog } from 'bizerror/catalogs/secrets'
import { bodyParser } from '@koa/bodyparser'
import Router from '@koa/router'
import Koa from 'koa'

const DAY = 86_400
const MAX_TTL = 30 * DAY

const { errors } = catalog

type Body = Readonly<Record<string, unknown>>

function bodyOf({ request }: Koa.Context): Body {
  return typeof request.body === 'object' && request.body !== null ? (request.body as Body) : {}
}

interface Field {
  readonly path: string
  readonly code: string
}

/** Everything that is wrong with a secret, so that a client can show it all at once. */
function invalidFields({ value, ttl }: Body): readonly Field[] {
  const fields: Field[] = []
  if (typeof value !== 'string') fields.push({ path: 'value', code: 'required' })
  if (ttl !== undefined && !Number.isInteger(ttl)) fields.push({ path: 'ttl', code: 'not_integer' })
  return fields
}

/** Delivers a webhook, or throws what went wrong. */
function deliver(url: string): void {
  if (/^https?:\/\/(?:10|127|192\.168)\./.test(url)) throw errors.webhook_url_invalid()
  if (url.includes('slow')) throw errors.webhook_delivery_timeout()
  if (url.includes('broken')) throw errors.webhook_delivery_failed({ details: { status: 500 } })
}

export function createApp(): Koa {
  const secrets = new Map([['db/password', { value: 'correct horse', version: 3 }]])
  const router = new Router()

  router.use(async (ctx, next) => {
    const authorization = ctx.get('Authorization')
    if (!authorization) throw errors.authentication_required()
    if (authorization === 'Bearer expired') throw errors.token_expired()
    if (authorization !== 'Bearer good') throw errors.token_invalid()
    await next()
  })

  router.get('/v1/secrets/*path', (ctx) => {
    const secret = secrets.get(ctx.params['path']!)
    if (!secret) throw errors.secret_not_found()
    ctx.body = catalog.ok(secret)
  })

  router.put('/v1/secrets/*path', (ctx) => {
    const path = ctx.params['path']!
    if (!/^[\w/-]+$/.test(path)) throw errors.invalid_path()
    const body = bodyOf(ctx)
    const fields = invalidFields(body)
    if (fields.length > 0) throw errors.validation_error({ details: { fields } })
    if (Number(body['ttl']) > MAX_TTL) throw errors.ttl_exceeds_max({ details: { max_ttl: MAX_TTL } })
    const version = secrets.get(path)?.version ?? 0
    if (![undefined, version].includes(body['version'] as number)) throw errors.version_conflict()
    secrets.set(path, { value: String(body['value']), version: version + 1 })
    ctx.body = catalog.ok({ path, version: version + 1 })
  })

  // A hard quota of the tenant: webhooks call other people's servers.
  const webhookQuota = rateLimit({
    catalog,
    policies: [{ name: 'webhook-tests', limit: 2, window: '1h', error: 'quota_exceeded' }],
    key: (ctx: Koa.Context) => ctx.get('Authorization'),
  })

  // The delivery failed, not this request: the record tells how, in the codes and the language of the API.
  router.post('/v1/webhooks/test', webhookQuota, (ctx) => {
    const url = String(bodyOf(ctx)['url'])
    try {
      deliver(url)
      ctx.body = catalog.ok({ url, delivered: true })
    } catch (error) {
      if (!isBizError(error)) throw error
      const told = describeError(error, { locale: ctx.get('Accept-Language') })
      const { code, status, message, locale, retryable, details } = told
      ctx.body = catalog.ok({
        url,
        delivered: false,
        error: { code, status, message, locale, retryable, details },
      })
    }
  })

  const app = new Koa()
  const options = { catalog, docsUrl: '/errors/' }
  app.use(errorHandler(options))
  app.use(requestId())
  app.use(reference({ ...options, title: 'Secrets', path: '/errors' }))
  app.use(
    rateLimit({
      catalog,
      policies: [{ name: 'caller', limit: 100, window: '1m', algorithm: 'sliding', error: 'rate_limited' }],
    }),
  )
  app.use(bodyParser())
  app.use(router.routes())
  app.use(router.allowedMethods())
  return app
}
