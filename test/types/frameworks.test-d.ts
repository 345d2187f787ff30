import express from 'express'
import express4 from 'express4'
import Koa from 'koa'
import Koa2 from 'koa2'
import type { Request } from 'express'
import { asyncHandler, errorHandler, notFound, requestId, requestIdOf } from '../../src/index.ts'
import * as koa from '../../src/adapters/koa/index.ts'

// The handlers are typed over node:http and fit every supported major.
express().use(requestId()).use(notFound()).use(errorHandler())
express4().use(requestId()).use(notFound()).use(errorHandler())
new Koa().use(koa.errorHandler()).use(koa.requestId())
new Koa2().use(koa.errorHandler()).use(koa.requestId())

// The request is the framework's own where an option asks for it.
express().use(errorHandler({ locale: (request: Request) => request.get('X-Locale') }))
new Koa().use(koa.errorHandler({ locale: (context: Koa.Context) => context.get('X-Locale') }))
express().use(requestId({ generate: (request: Request) => `${request.ip}-1`, header: 'X-Trace' }))
new Koa().use(koa.requestId({ generate: (context: Koa.Context) => `${context.ip}-1` }))
express().use((request, _response, next) => next(requestIdOf(request) satisfies string))
express4().use((request, _response, next) => next(requestIdOf(request)))
new Koa().use((context) => void (context.body = koa.requestIdOf(context) satisfies string))
new Koa2().use((context) => void (context.body = koa.requestIdOf(context)))
express4().get(
  '/',
  asyncHandler(async (_request: express4.Request, response: express4.Response) => response.json({})),
)

// @ts-expect-error -- no such option
errorHandler({ catalogue: undefined })
// @ts-expect-error -- 200 or nothing
errorHandler({ httpStatus: 500 })
