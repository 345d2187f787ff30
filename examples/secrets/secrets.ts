// The secrets manager itself: what it does, and the errors that it throws. No framework is named here.
import { describeError, isBizError } from 'bizerror'
import { catalog } from 'bizerror/catalogs/secrets'
import { bodyOf } from '../body.ts'

const DAY = 86_400
const MAX_TTL = 30 * DAY

const { errors } = catalog

/** What the error handler of each framework is given, and the pages of the errors. */
export const options = { catalog, docsUrl: '/errors/' } as const

/** What holds for every caller. */
export const CALLS = [
  { name: 'caller', limit: 100, window: '1m', algorithm: 'sliding', error: 'rate_limited' },
] as const

/** A hard quota of the tenant: webhooks call other people's servers. */
export const WEBHOOK_TESTS = [
  { name: 'webhook-tests', limit: 2, window: '1h', error: 'quota_exceeded' },
] as const

/** Lets callers pass with a token that is good, by what Authorization says. */
export function authenticate(authorization: string | undefined): void {
  if (!authorization) throw errors.authentication_required()
  if (authorization === 'Bearer expired') throw errors.token_expired()
  if (authorization !== 'Bearer good') throw errors.token_invalid()
}

interface Field {
  readonly path: string
  readonly code: string
}

/** Everything that is wrong with a secret, so that a client can show it all at once. */
function invalidFields({ value, ttl }: ReturnType<typeof bodyOf>): readonly Field[] {
  const fields: Field[] = []
  if (typeof value !== 'string') fields.push({ path: 'value', code: 'required' })
  if (ttl !== undefined && !Number.isInteger(ttl)) fields.push({ path: 'ttl', code: 'not_integer' })
  return fields
}

/** Holds secrets. Each of its methods returns the body of the answer. */
export class Secrets {
  readonly #secrets = new Map([['db/password', { value: 'correct horse', version: 3 }]])

  read(path: string) {
    const secret = this.#secrets.get(path)
    if (!secret) throw errors.secret_not_found()
    return catalog.ok(secret)
  }

  write(path: string, sent: unknown) {
    if (!/^[\w/-]+$/.test(path)) throw errors.invalid_path()
    const body = bodyOf(sent)
    const fields = invalidFields(body)
    if (fields.length > 0) throw errors.validation_error({ details: { fields } })
    if (Number(body['ttl']) > MAX_TTL) throw errors.ttl_exceeds_max({ details: { max_ttl: MAX_TTL } })
    const version = this.#secrets.get(path)?.version ?? 0
    if (![undefined, version].includes(body['version'] as number)) throw errors.version_conflict()
    this.#secrets.set(path, { value: String(body['value']), version: version + 1 })
    return catalog.ok({ path, version: version + 1 })
  }
}

/** The delivery failed, not this request: the record tells how, in the codes and the language of the API. */
export function testWebhook(sent: unknown, language: string | undefined) {
  const url = String(bodyOf(sent)['url'])
  try {
    deliver(url)
    return catalog.ok({ url, delivered: true })
  } catch (error) {
    if (!isBizError(error)) throw error
    const told = describeError(error, { locale: language })
    const { code, status, message, locale, retryable, details } = told
    return catalog.ok({
      url,
      delivered: false,
      error: { code, status, message, locale, retryable, details },
    })
  }
}

/** Delivers a webhook, or throws what went wrong. */
function deliver(url: string): void {
  if (/^https?:\/\/(?:10|127|192\.168)\./.test(url)) throw errors.webhook_url_invalid()
  if (url.includes('slow')) throw errors.webhook_delivery_timeout()
  if (url.includes('broken')) throw errors.webhook_delivery_failed({ details: { status: 500 } })
}
