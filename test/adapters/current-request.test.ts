import type { IncomingMessage, ServerResponse } from 'node:http'
import busboy from 'busboy'
import express from 'express'
import Koa from 'koa'
import multer from 'multer'
import { pino } from 'pino'
import { pinoHttp } from 'pino-http'
import { expect, test } from 'vitest'
import * as expressFace from '../../src/adapters/express/index.ts'
import * as koaFace from '../../src/adapters/koa/index.ts'
import { BizError } from '../../src/catalogs/cloud-waf.ts'
import { currentRequest } from '../../src/index.ts'
import { serving } from '../support/apps.ts'
import { koaCallback } from '../support/frameworks.ts'
import { expressApps, koaApps, onThese, type App, type Served } from '../support/served.ts'

type Tell = (what: string) => void

/** What was told in which context, by the app. */
const told = new Map<string, string[]>()

function tellOn({ headers }: IncomingMessage): Tell {
  const lines: string[] = []
  told.set(headers['x-request-id'] as string, lines)
  return (what) => void lines.push(`${what}: ${currentRequest()?.requestId}`)
}

/** Apps of one route, which listens to the raw messages as libraries do, and ends the response. */
function appsOf(use: (request: IncomingMessage, response: ServerResponse, tell: Tell) => unknown): App[] {
  return [
    ...expressApps((app, options) => {
      app.use(expressFace.requestId({ context: true }))
      app.use((request, response) => use(request, response, tellOn(request)))
      app.use(expressFace.errorHandler(options))
    }),
    ...koaApps((app, options) => {
      koaFace.bizErrors(app, { ...options, requestId: { context: true } })
      app.use((context) => {
        context.respond = false
        use(context.req, context.res, tellOn(context.req))
      })
    }),
  ]
}

/** Posts a form with a file, and expects that all was told in the context of that request. */
async function expectTold({ framework, port }: Served, whats: readonly string[]): Promise<void> {
  const body = new FormData()
  body.append('name', 'tea')
  body.append('picture', new Blob(['x'.repeat(100_000)]), 'tea.png')
  const id = framework.replace(' ', '-')
  const headers = { 'X-Request-ID': id }
  await (await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body, headers })).text()
  await expect.poll(() => told.get(id)?.length, { interval: 5 }).toBe(whats.length)
  expect(told.get(id)!.toSorted()).toEqual(whats.map((what) => `${what}: ${id}`))
}

onThese(
  'currentRequest is known to who listens to a body and to the end of a response',
  appsOf((request, response, tell) => {
    request.once('data', () => tell('data'))
    request.once('end', () => {
      tell('end')
      response.end()
    })
    response.once('finish', () => tell('finish'))
    response.once('close', () => tell('response closed'))
  }),
  (served) => expectTold(served, ['data', 'end', 'finish', 'response closed']),
)

onThese(
  'currentRequest is known to a parser that a body is piped to',
  appsOf((request, response, tell) => {
    const parser = busboy({ headers: request.headers })
    parser.on('field', () => tell('field'))
    parser.on('file', (_name, file) => {
      tell('file')
      file.resume()
    })
    parser.on('close', () => {
      tell('parsed')
      response.end()
    })
    request.pipe(parser)
  }),
  (served) => expectTold(served, ['field', 'file', 'parsed']),
)

onThese(
  'currentRequest is known to the hooks of an error of multer’s',
  expressApps((app, options) => {
    const hears = (request: express.Request): void => tells.get(request)?.('report')
    const tells = new WeakMap<object, Tell>()
    app.use(expressFace.requestId({ context: true }))
    app.use((request, _response, next) => {
      tells.set(request, tellOn(request))
      next()
    })
    app.use(multer({ limits: { fileSize: 10 } }).any())
    app.use(
      expressFace.errorHandler({
        ...options,
        onReport: (_report, request: express.Request) => hears(request),
      }),
    )
  }),
  (served) => expectTold(served, ['report']),
)

test('currentRequest is known to the functions of an error handler whose error comes from elsewhere', async () => {
  const lines: unknown[] = []
  const waiting: (() => void)[] = []
  const app = express()
  app.use(expressFace.requestId({ context: true }))
  app.use((_request, _response, next) => waiting.push(() => next(new BizError(1006))))
  app.use(
    expressFace.errorHandler({
      onReport: () => lines.push(currentRequest()?.requestId),
      logger: { error() {}, warn() {}, info: () => lines.push(currentRequest()?.requestId) },
    }),
  )
  await serving(app, async (port) => {
    const answer = fetch(`http://127.0.0.1:${port}/`, { headers: { 'X-Request-ID': 'lost' } })
    // As a pool of connections calls whoever waits for one, in the context of nobody.
    await expect.poll(() => waiting.length, { interval: 5 }).toBe(1)
    waiting[0]!()
    expect((await answer).status).toBe(409)
  })
  expect(lines).toEqual(['lost', 'lost'])
})

test('currentRequest is in each line of a request that pino and pino-http write, on Express and on Koa', async () => {
  const lines: { readonly msg: string; readonly requestId?: string }[] = []
  const logger = pino(
    { base: null, timestamp: false, mixin: () => ({ ...currentRequest() }) },
    { write: (line: string) => lines.push(JSON.parse(line) as (typeof lines)[number]) },
  )
  const http = pinoHttp({ logger })
  const onExpress = express()
  onExpress.use(expressFace.requestId({ context: true }), http)
  onExpress.use((_request, response) => {
    logger.info('routed')
    response.end()
  })
  const onKoa = new Koa()
  onKoa.use(koaFace.requestId({ context: true }))
  onKoa.use((context, next) => {
    http(context.req, context.res)
    return next()
  })
  onKoa.use((context) => {
    logger.info('routed')
    context.body = 'tea'
  })
  for (const app of [onExpress, koaCallback(onKoa)]) {
    lines.length = 0
    await serving(app, async (port) => {
      await fetch(`http://127.0.0.1:${port}/`, { headers: { 'X-Request-ID': 'logged' } })
      await expect.poll(() => lines.length, { interval: 5 }).toBe(2)
    })
    expect(lines.map(({ msg, requestId }) => [msg, requestId])).toEqual([
      ['routed', 'logged'],
      ['request completed', 'logged'],
    ])
  }
})

test('a request that is given an id twice is entered once more, and its listeners hear of each event once', async () => {
  const lines: string[] = []
  const app = express()
  app.use(expressFace.requestId({ context: true }), expressFace.requestId({ context: true }))
  app.use((request, response) => {
    const tell = tellOn(request)
    response.once('finish', () => tell('finish'))
    response.end()
    lines.push(`${currentRequest()?.requestId}`)
  })
  await serving(app, async (port) => {
    await fetch(`http://127.0.0.1:${port}/`, { headers: { 'X-Request-ID': 'twice' } })
    await expect.poll(() => told.get('twice'), { interval: 5 }).toEqual(['finish: twice'])
  })
  expect(lines).toEqual(['twice'])
})

test('an Express app with requests that nothing can be written on is served in their context', async () => {
  const lines: unknown[] = []
  const app = express()
  app.use((request, _response, next) => {
    Object.defineProperty(request, 'emit', { value: request.emit.bind(request), writable: false })
    next()
  })
  app.use(expressFace.requestId({ context: true }))
  app.use((_request, response) => {
    lines.push(currentRequest()?.requestId)
    response.end()
  })
  await serving(app, async (port) => {
    const headers = { 'X-Request-ID': 'fixed' }
    expect((await fetch(`http://127.0.0.1:${port}/`, { headers })).status).toBe(200)
  })
  expect(lines).toEqual(['fixed'])
})
