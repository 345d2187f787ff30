import Fastify, { type FastifyRequest } from 'fastify'
import fastify4 from 'fastify4'
import { expect, expectTypeOf, test } from 'vitest'
import {
  bizErrors,
  type BizErrorsOptions,
  clientErrorHandler,
  errorHandler,
  frameworkErrors,
  genReqId,
  notFound,
  rateLimit,
  reference,
  requestId,
  requestIdOf,
} from '../../../src/adapters/fastify/index.ts'
import { defineCatalog } from '../../../src/error/define-catalog.ts'

const shop = defineCatalog({
  name: 'shop',
  errors: {
    GONE: { code: 1, status: 410, message: 'Gone' },
    TOO_MANY: { code: 2, status: 429, message: 'Too many' },
  },
  foreign: { byStatus: { 429: 'TOO_MANY' } },
})

const silent = { error() {} }

/** Everything in the place where Fastify takes it: the types of each version agree. */
test('the face is typed as Fastify 5 takes it, over HTTP/1 and HTTP/2', async () => {
  const app = Fastify({
    genReqId: genReqId(),
    frameworkErrors: frameworkErrors({ catalog: shop, logger: silent }),
    clientErrorHandler: clientErrorHandler({ catalog: shop, logger: silent }),
  })
  app.setErrorHandler(
    errorHandler({ catalog: shop, locale: (request) => request.headers['x-lang'] as string }),
  )
  app.setNotFoundHandler(notFound())
  app.addHook('onRequest', requestId())
  app.addHook(
    'onRequest',
    rateLimit({ catalog: shop, policies: [{ name: 'a', limit: 1, window: 1, error: 'TOO_MANY' }] }),
  )
  app.register(reference, { catalog: shop, prefix: '/errors', title: 'Shop' })
  app.get('/', (request) => requestIdOf(request))
  app.get(
    '/routes-own',
    {
      errorHandler: errorHandler({ catalog: shop }),
      preHandler: rateLimit({
        catalog: shop,
        policies: [{ name: 'b', limit: 1, window: 1 }],
        key: (request) => request.ip,
      }),
    },
    () => 'OK',
  )
  await app.ready()
  await app.close()

  const bundled = Fastify()
  await bundled.register(bizErrors, {
    catalog: shop,
    logger: (request) => request.log,
    onReport: (_report, request) => expectTypeOf(request).toEqualTypeOf<FastifyRequest>(),
    rateLimit: { policies: [{ name: 'a', limit: 1, window: 1 }], key: (request) => request.ip },
  })
  await bundled.close()

  const options: BizErrorsOptions<typeof shop, FastifyRequest> = {
    catalog: shop,
    identify: { when: RangeError, error: 'GONE' },
    // @ts-expect-error -- No error of the shop.
    conceal: [{ errors: ['GNOE'], as: 'GONE' }],
    logger: (request) => request.log,
  }
  await expect(Fastify().register(bizErrors, options)).rejects.toThrow('GNOE')

  const overHttp2 = Fastify({ http2: true })
  await overHttp2.register(bizErrors, { catalog: shop })
  overHttp2.addHook('onRequest', requestId())
  overHttp2.register(reference, { catalog: shop })
  overHttp2.get('/', (request) => requestIdOf(request))
  await overHttp2.close()
})

test('the face is typed as Fastify 4 takes it', async () => {
  const app = fastify4({ genReqId: genReqId(), frameworkErrors: frameworkErrors({ catalog: shop }) })
  app.setErrorHandler(errorHandler({ catalog: shop }))
  app.setNotFoundHandler(notFound())
  app.addHook('onRequest', requestId())
  app.register(reference, { catalog: shop, prefix: '/errors' })
  app.get('/', (request) => requestIdOf(request))
  await app.close()
  const bundled = fastify4()
  await bundled.register(bizErrors, { catalog: shop })
  expect(bundled.hasPlugin('bizerror')).toBe(true)
  await bundled.close()
})

test('the names of errors are checked where the bundle or the pages are called, and where options are said to be of a catalog', () => {
  class QuotaError extends Error {}
  const policy = { name: 'a', limit: 1, window: 1 } as const
  const right = {
    catalog: shop,
    conceal: { 401: 'GONE' },
    identify: [{ when: QuotaError, error: 'GONE' }],
    rateLimit: { policies: [{ ...policy, error: 'TOO_MANY' }] },
    locale: (request) => request.headers['x-lang'] as string,
  } satisfies BizErrorsOptions<typeof shop, FastifyRequest>
  bizErrors(Fastify(), right)
  bizErrors(Fastify(), {
    catalog: shop,
    conceal: { 401: 'GONE' },
    onReport: (_report, request) => expectTypeOf(request).toEqualTypeOf<FastifyRequest>(),
  })
  reference(Fastify(), { catalog: shop, conceal: { 401: 'GONE' } })
  Fastify().register(bizErrors, right)

  const wrong: readonly (() => unknown)[] = [
    // @ts-expect-error -- no error of the catalog
    () => bizErrors(Fastify(), { catalog: shop, conceal: { 401: 'NOPE' } }),
    // @ts-expect-error -- no error of the catalog
    () => bizErrors(Fastify(), { catalog: shop, identify: [{ when: QuotaError, error: 'NOPE' }] }),
    // @ts-expect-error -- no error of the catalog
    () => bizErrors(Fastify(), { catalog: shop, rateLimit: { policies: [{ ...policy, error: 'TO_MANY' }] } }),
    // @ts-expect-error -- no error of the catalog
    () => reference(Fastify(), { catalog: shop, conceal: { 401: 'NOPE' } }),
    // @ts-expect-error -- no error of the catalog
    () => ({ catalog: shop, conceal: { 401: 'NOPE' } }) satisfies BizErrorsOptions<typeof shop>,
  ]
  // What the compiler refuses is refused at once when it is run.
  for (const call of wrong.slice(0, -1)) expect(call).toThrow(/NOPE|TO_MANY/)
})
