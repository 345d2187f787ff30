import type { RequestListener } from 'node:http'
import type express from 'express'
import type { Express, Request } from 'express'
import type Koa from 'koa'
import { expect } from 'vitest'
import * as expressFace from '../../src/adapters/express/index.ts'
import * as koaFace from '../../src/adapters/koa/index.ts'
import type { Catalog } from '../../src/catalog/catalog.ts'
import type { HandlerOptions } from '../../src/handler/options.ts'
import { expresses, koaCallback, koas, listen, optionsOf, type Framework, type Setup } from './frameworks.ts'
import { exchange, type RawRequest } from './raw.ts'

/** What an app has between our request id and our error handler: the real packages of its framework. */
export interface Stack {
  readonly express: (app: Express, lib: typeof express) => void
  readonly koa: (app: Koa) => void
}

/** The four frameworks with a stack of one's own. */
export function apps(stack: Stack): readonly Framework[] {
  return [
    ...expresses.map(([name, lib]) => ({
      name,
      listener: (setup: Setup) => expressListener(lib(), lib, stack, setup),
    })),
    ...koas.map(([name, Version]) => ({
      name,
      listener: (setup: Setup) => koaListener(new Version(), stack, setup),
    })),
  ]
}

function expressListener(app: Express, lib: typeof express, stack: Stack, setup: Setup): RequestListener {
  app.disable('x-powered-by')
  app.use(expressFace.requestId())
  stack.express(app, lib)
  for (const [path, route] of Object.entries(setup.routes)) {
    app.use(path, (request, response, next) => (request.path === '/' ? route(request, response) : next()))
  }
  app.use(expressFace.notFound())
  app.use(expressFace.errorHandler(optionsOf(setup) as HandlerOptions<Catalog, Request>))
  return app
}

function koaListener(app: Koa, stack: Stack, setup: Setup): RequestListener {
  // Koa itself prints that a client left, unless it is told where to.
  app.on('error', () => {})
  app.use(koaFace.errorHandler(optionsOf(setup)))
  app.use(koaFace.requestId())
  stack.koa(app)
  app.use(async (context, next) => {
    const route = setup.routes[context.path]
    if (route) await route(context.req, context.res)
    else await next()
  })
  return koaCallback(app)
}

/** Lends a listening server, and ends it. */
export async function serving<TResult>(
  listener: RequestListener,
  use: (port: number) => Promise<TResult>,
): Promise<TResult> {
  const { port, server } = await listen(listener)
  try {
    return await use(port)
  } finally {
    server.close()
    server.closeAllConnections()
  }
}

/** Sends requests over one connection, all at once, and returns the responses in order, every Date masked. */
export async function pipeline(port: number, requests: readonly RawRequest[]): Promise<readonly string[]> {
  // Of the last response, Connection and Keep-Alive differ: it is nobody's.
  const bytes = [...requests, { path: '/last', headers: { Connection: 'close' } }].map(requestBytes)
  const raw = await exchange(port, bytes.join(''))
  const responses = raw
    .split(/(?=HTTP\/1\.1 \d{3} )/)
    .map((response) => response.replace(/^Date: .*$/m, 'Date: *'))
  expect(responses, 'one response for each request').toHaveLength(requests.length + 1)
  return responses.slice(0, -1)
}

function requestBytes({ method = 'GET', path, headers = {}, body = '' }: RawRequest): string {
  const lines = [`${method} ${path} HTTP/1.1`, 'Host: test']
  for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`)
  if (body !== '') lines.push(`Content-Length: ${Buffer.byteLength(body)}`)
  return `${lines.join('\r\n')}\r\n\r\n${body}`
}
