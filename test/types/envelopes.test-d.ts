import express from 'express'
import type Koa from 'koa'
import {
  bizErrors,
  defineCatalog,
  describeError,
  errorHandler,
  type EnvelopeMap,
  type EnvelopeObject,
  type HandlerOptions,
} from '../../src/index.ts'
import * as koa from '../../src/adapters/koa/index.ts'

// A catalog knows no framework: its envelope is told a request of any, unless it names one.
const shop = defineCatalog({
  name: 'shop',
  envelope: {
    body: (error, request) => ({ code: error.code, request, m: error.meta?.['x'] }),
    success: (data) => ({ data }),
    read: (body) => ({ code: body }),
  },
  httpStatus: (error) => (error.key === 1 ? 200 : error.status),
  errors: { 1: { status: 404, message: 'x' } },
})
const typed = defineCatalog({
  name: 'shop',
  envelope: {
    body: (error, request: express.Request) => ({ code: error.code, ip: request.ip }),
    success: { errcode: 0 },
  },
  errors: { 1: { status: 404, message: 'x' } },
})

// A handler's is told the request of its framework, or the one that it names.
const app = express()
app.use(errorHandler({ envelope: (e, req) => ({ code: e.code, lng: req.query['lng'] }) }))
app.use(errorHandler({ catalog: shop, envelope: (e, req) => ({ a: e.key, m: req.method }) }))
app.use(errorHandler({ catalog: typed, envelope: (e, req: express.Request) => ({ a: e.key, m: req.ip }) }))
app.use(
  errorHandler({
    envelope: {
      body: (e, req: express.Request) => ({ a: e.key, ip: req.ip }),
      success: (data) => ({ data }),
    },
  }),
)
app.use(
  errorHandler({
    envelope: {
      'application/json': (e, req: express.Request) => ({ a: e.key, ip: req.ip }),
      'text/html': 'page',
      'text/plain': (e) => e.message,
    },
  }),
)
app.use(
  errorHandler({
    envelope: {
      'application/json': { body: (e, req) => ({ a: e.key, m: req.method }) },
      'text/html': 'page',
    },
  }),
)
bizErrors(app, { envelope: (e, req: express.Request) => ({ ip: req.ip, e }) })
const options: HandlerOptions<typeof shop, express.Request> = {
  catalog: shop,
  envelope: (e, req) => ({ ip: req.ip, e }),
  docsUrl: (e) => `https://x/${e.key}`,
  reveal: { params: true },
}
errorHandler(options)
describeError(new Error('x'), options)
const onKoa: HandlerOptions<typeof shop, Koa.Context> = {
  envelope: { body: (e, ctx) => ({ p: ctx.path, e }) },
}
koa.errorHandler(onKoa)
koa.errorHandler({ envelope: (e, ctx) => ({ e, p: ctx.req.url }) })
const own: EnvelopeObject<express.Request> = { body: (e, req) => ({ e, ip: req.ip }) }
errorHandler({ envelope: own })
defineCatalog({ name: 'x', envelope: own, errors: { 1: { status: 404, message: 'x' } } })
const map: EnvelopeMap = { 'application/json': 'flat' }
errorHandler({ envelope: map })

// @ts-expect-error -- no name for all
errorHandler({ envelope: 'page' })
// @ts-expect-error -- no media type
errorHandler({ envelope: { json: 'flat' } })
// @ts-expect-error -- no body
defineCatalog({ name: 'x', envelope: {}, errors: { 1: { status: 404, message: 'x' } } })
// @ts-expect-error -- a text
errorHandler({ envelope: () => 'x' })
