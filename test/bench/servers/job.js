// What every server of the full job shares, so that only the way to the answer differs.
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** The languages of the catalog, and the i18next namespace of its texts. */
export const LOCALES = ['en', 'de', 'es', 'fr', 'ja', 'zh-CN', 'zh-TW']
export const NAMESPACE = 'cloud-waf'

/** The catalog's texts as i18next resources. */
export const resources = Object.fromEntries(LOCALES.map((locale) => [locale, { [NAMESPACE]: read(locale) }]))

function read(locale) {
  return JSON.parse(
    readFileSync(new URL(`../dist/locales/${locale}/${NAMESPACE}.json`, import.meta.url), 'utf8'),
  )
}

let requests = 0

/** Three limit headers whose values change with each request, as a limiter sets them. */
export function setLimitHeaders(response) {
  response.setHeader('X-RateLimit-Limit', 100)
  response.setHeader('X-RateLimit-Remaining', 99 - (requests++ % 100))
  response.setHeader('X-RateLimit-Reset', Math.ceil(Date.now() / 1000) + 60)
}

/** The same as Express's middleware. */
export function limitHeaders(_request, response, next) {
  setLimitHeaders(response)
  next()
}

/** The client's request id where it can be trusted in a log, else a new one. */
export function requestIdOf(request) {
  return requestIdFrom(request.headers['x-request-id'])
}

/** The same, where the header is known. */
export function requestIdFrom(sent) {
  return sent !== undefined && /^[\w.:=-]{1,128}$/.test(sent) ? sent : randomUUID()
}

/** The same as Express's middleware, which tells the id. */
export function setRequestId(request, response, next) {
  response.setHeader('X-Request-ID', requestIdOf(request))
  next()
}

/** What the floors send: the answer that the job ends in, the same bytes each time. */
export const CONSTANT_TEXT = '{"code":1006,"message":"Benutzername bereits vergeben"}'
export const CONSTANT_BODY = Buffer.from(CONSTANT_TEXT)
export const CONSTANT_HEADERS = {
  'Content-Type': 'application/json; charset=utf-8',
  'Content-Length': CONSTANT_BODY.length,
  'Content-Language': 'de',
  Vary: 'Accept-Language',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
  'X-Request-ID': '7f1d0c6e-2f53-4b0e-9d39-5a3c1be1a111',
}

/** The same behind what has told the id. */
export const { 'X-Request-ID': _, ...CONSTANT_HEADERS_AFTER_ID } = CONSTANT_HEADERS

/** The same behind a limiter. */
export const CONSTANT_LIMITED_HEADERS = {
  'X-RateLimit-Limit': '100',
  'X-RateLimit-Remaining': '99',
  'X-RateLimit-Reset': '1800000000',
  ...CONSTANT_HEADERS,
}
