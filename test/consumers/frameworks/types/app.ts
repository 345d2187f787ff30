import Fastify, { type FastifyRequest } from 'fastify'
import { Hono, type Context } from 'hono'
import { createResponder, factsOf, isStale, type Answered, type HandlerOptions } from 'bizerror/adapter'
import { defineCatalog } from 'bizerror/catalog'
import * as onFastify from 'bizerror/fastify'
import * as onHono from 'bizerror/hono'
import * as onWeb from 'bizerror/web'

export const shop = defineCatalog({
  name: 'shop',
  errors: {
    SOLD_OUT: { code: 10002, status: 409, message: 'Only {{left}} of {{product}} left' },
    TOO_MANY: { status: 429, message: 'Too many orders' },
    LOST: { status: 404, message: 'Nothing here' },
  },
})
const policies = [{ name: 'hour', window: '1h', limit: 9, error: 'TOO_MANY' }] as const
const identify = { when: RangeError, error: 'TOO_MANY' } as const

// Fastify.
const options = {
  catalog: shop,
  identify,
  locale: (request: FastifyRequest) => request.headers['x-locale']?.toString(),
}
export const fastify = Fastify({
  frameworkErrors: onFastify.frameworkErrors({ catalog: shop }),
  clientErrorHandler: onFastify.clientErrorHandler({ catalog: shop }),
  genReqId: onFastify.genReqId(),
})
await fastify.register(onFastify.bizErrors, options)
await fastify.register(onFastify.bizErrors, { catalog: shop, rateLimit: { policies } })
await fastify.register(onFastify.reference, { catalog: shop, title: 'Shop', prefix: '/errors' })
fastify.setErrorHandler(onFastify.errorHandler({ catalog: shop, locale: (request) => request.url }))
fastify.setNotFoundHandler(onFastify.notFound())
fastify.addHook('onRequest', onFastify.requestId())
fastify.addHook('onRequest', onFastify.rateLimit({ catalog: shop, policies, key: (request) => request.ip }))
fastify.post<{ Body: { name: string } }>(
  '/login',
  { preHandler: onFastify.rateLimit({ catalog: shop, policies }) },
  async (request) => `${request.body.name} ${onFastify.requestIdOf(request)}`,
)
fastify.register(async (child) => {
  child.setErrorHandler(onFastify.errorHandler())
})
Fastify({ http2: true }).setErrorHandler(onFastify.errorHandler(options))
// @ts-expect-error -- no such key
onFastify.errorHandler({ catalog: shop, conceal: { 404: 'NONE' } })
// @ts-expect-error -- no such option
onFastify.errorHandler({ catalogue: shop })

// Hono.
type Env = { Variables: { user: { language: string } }; Bindings: { KV: string } }
export const hono = onHono.bizErrors(new Hono<Env>(), {
  catalog: shop,
  locale: (c) => c.get('user').language,
})
hono.get('/', onHono.rateLimit({ catalog: shop, policies }), (c) => c.json(onHono.requestIdOf(c)))
hono.get('/mine', (c) => c.text(c.env.KV))
new Hono<Env>()
  .use(onHono.requestId())
  .use(onHono.reference({ catalog: shop, path: '/errors' }))
  .use(onHono.rateLimit({ catalog: shop, policies, key: (c) => c.req.header('x-user') }))
  .get('/', (c) => c.text('hi'))
const bare = new Hono()
bare.onError(onHono.errorHandler({ catalog: shop, locale: (c: Context) => c.req.header('x-locale') }))
bare.notFound(onHono.notFound({ catalog: shop }))
// @ts-expect-error -- its message needs params
bare.onError(onHono.errorHandler({ catalog: shop, conceal: { 404: 'SOLD_OUT' } }))

// Requests and responses.
interface Host {
  waitUntil: (promise: Promise<unknown>) => void
}
export const worker = {
  fetch: onWeb.withErrors(
    async (request: Request, _env: { readonly DB: string }, _context: Host) => {
      const pages = onWeb.reference({ catalog: shop })
      const body = (await onWeb.readJson(request, { limit: 65_536 })) as { readonly product: string }
      return pages(request) ?? onWeb.begun(new Response(body.product + onWeb.requestIdOf(request)))
    },
    { catalog: shop, locale: (request) => request.headers.get('x-locale') ?? undefined, requestId: {} },
  ),
}
// @ts-expect-error -- the handler takes three
void worker.fetch(new Request('http://localhost'))

// An adapter of one's own.
const handler: HandlerOptions<typeof shop, Request> = { catalog: shop, locale: (request) => request.url }
export const respond = createResponder(handler, ({ method }) => ({ method, route: undefined }))
export const answered: Answered = respond(
  new Error('boom'),
  factsOf({ header: () => undefined, onResponse: () => undefined, clientGone: false }),
  new Request('http://localhost'),
)
export const response: Response = onWeb.toResponse(answered)
export const stale: boolean = isStale('etag', 404, '"1"')
