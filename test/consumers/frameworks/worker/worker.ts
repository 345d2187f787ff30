// What runs on a Worker is compiled with the types of the Web alone.
import { Hono } from 'hono'
import { createResponder, factsOf, type Answered, type ErrorReport } from 'bizerror/adapter'
import { defineCatalog } from 'bizerror/catalog'
import { catalog as secrets } from 'bizerror/catalogs/secrets'
import * as onHono from 'bizerror/hono'
import { cooldown, createLimiter, type LimiterHandle } from 'bizerror/rate-limit'
import * as onWeb from 'bizerror/web'

const shop = defineCatalog({
  name: 'shop',
  errors: {
    SOLD_OUT: { status: 409, message: 'Only {{left}} left' },
    TOO_MANY: { status: 429, message: 'Too many orders' },
  },
})
const policies = [{ name: 'hour', window: '1h', limit: 9, error: 'TOO_MANY' }] as const

export const hono = onHono.bizErrors(new Hono(), { catalog: shop, rateLimit: { policies } })
export const plain = {
  fetch: onWeb.withErrors((request: Request) => new Response(onWeb.requestIdOf(request)), {
    catalog: shop,
    locale: (request) => request.headers.get('x-locale') ?? undefined,
    onReport: ({ sent }: ErrorReport) => void sent,
  }),
}
export const pages = onWeb.reference({ catalog: secrets })
export const limits: readonly LimiterHandle[] = [
  createLimiter({ policies: [{ name: 'hour', window: '1h', limit: 9 }] }),
  cooldown({ window: '10m' }),
]
export const answered: Answered = createResponder({ catalog: shop }, () => ({
  method: 'GET',
  route: undefined,
}))(
  new Error('boom'),
  factsOf({ header: () => undefined, onResponse: () => undefined, clientGone: false }),
  undefined,
)
// @ts-expect-error -- no such key
onHono.errorHandler({ catalog: shop, conceal: { 404: 'NONE' } })
