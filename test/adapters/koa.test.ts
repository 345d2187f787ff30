import type { ServerResponse } from 'node:http'
import Router from '@koa/router'
import Koa, { type Context, type Middleware } from 'koa'
import { describe, expect, test } from 'vitest'
import { errorHandler, requestId } from '../../src/adapters/koa/index.ts'
import { BizError, catalog } from '../../src/catalogs/cloud-waf.ts'
import type { ErrorReport } from '../../src/report/report.ts'
import { koaCallback, koas, listen } from '../support/frameworks.ts'
import { send, type RawRequest } from '../support/raw.ts'
import { standardAnswer, type Headers } from '../support/standard-answer.ts'
import { conflict, reported, summary } from './reported.ts'

const UUID = /^X-Request-ID: [0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\r$/m

interface Talk {
  readonly response: string
  readonly reports: readonly ErrorReport[]
}

/** Sends one request and waits for what is reported of it. */
async function talk(
  Version: typeof Koa,
  middleware: readonly Middleware[],
  request: Partial<RawRequest> = {},
): Promise<Talk> {
  const reports: ErrorReport[] = []
  const app = new Version()
  app.use(errorHandler({ catalog, logger: { error: () => {} }, onReport: (report) => reports.push(report) }))
  app.use(requestId())
  for (const each of middleware) app.use(each)
  const response = await ask(app, request)
  return { response, reports }
}

async function ask(app: Koa, request: Partial<RawRequest> = {}): Promise<string> {
  const { port, server } = await listen(koaCallback(app))
  const response = await send(port, { path: '/', headers: { 'X-Request-ID': 't-1' }, ...request })
  server.close()
  return response
}

/** The answer to an error, byte for byte. */
function answer(status: number, body: string, before: Headers = {}): string {
  return standardAnswer(status, body, { requestId: 't-1', before })
}

const taken = answer(409, '{"code":1006,"message":"Username already exists"}')
const missing = answer(404, '{"code":404,"message":"Resource not found"}')

function router(): readonly Middleware[] {
  const router = new Router()
  router.get('/users/:id', conflict)
  router.get(/^\/files\/.*$/, conflict)
  // The router is typed for Koa 3 alone.
  return [router.routes() as unknown as Middleware, router.allowedMethods() as unknown as Middleware]
}

for (const [version, Version] of koas) {
  describe(version, () => {
    test('a response that has begun is broken off, and reported once as not sent', async () => {
      const { response, reports } = await talk(Version, [
        (context) => {
          context.res.write('part')
          conflict()
        },
      ])
      expect(response).toBe(
        'HTTP/1.1 404 Not Found\r\nX-Request-ID: t-1\r\nDate: *\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npart\r\n',
      )
      expect(reports.map(summary)).toEqual([reported({ sent: false })])
    })

    test('a response that has ended is left alone, and the error is reported', async () => {
      const { response, reports } = await talk(Version, [
        (context) => {
          context.res.statusCode = 200
          context.res.end('done')
          conflict()
        },
      ])
      expect(response).toBe(
        'HTTP/1.1 200 OK\r\nX-Request-ID: t-1\r\nDate: *\r\nConnection: close\r\nContent-Length: 4\r\n\r\ndone',
      )
      expect(reports.map(summary)).toEqual([reported({ sent: false })])
    })

    test('a body that was set before the error is replaced, with what described it', async () => {
      const { response } = await talk(Version, [
        (context) => {
          context.body = Buffer.from('image')
          context.type = 'image/png'
          context.status = 201
          context.message = 'Made'
          conflict()
        },
      ])
      expect(response).toBe(taken)
    })

    const unanswered: readonly (readonly [what: string, middleware: Middleware, response: string])[] = [
      ['that nothing touches', (_context, next) => next(), missing],
      ['that is set to 404', (context) => void (context.status = 404), missing],
      [
        'that is set to 503',
        (context) => void (context.status = 503),
        answer(503, '{"code":500,"message":"Service unavailable"}'),
      ],
    ]
    for (const [what, middleware, response] of unanswered) {
      test(`a response ${what} gets the envelope`, async () => {
        const heard = await talk(Version, [middleware])
        expect([heard.response, heard.reports.length]).toEqual([response, 1])
      })
    }

    const untouched: readonly (readonly [what: string, middleware: Middleware, head: string])[] = [
      ['with status 204', (context) => void (context.status = 204), 'HTTP/1.1 204 No Content'],
      ['with status 304', (context) => void (context.status = 304), 'HTTP/1.1 304 Not Modified'],
      ['with a body that is null', (context) => void (context.body = null), 'HTTP/1.1 204 No Content'],
      [
        'with an error body of its own',
        (context) => void Object.assign(context, { status: 404, body: 'mine' }),
        'HTTP/1.1 404 Not Found',
      ],
      [
        'with an empty error body',
        (context) => void Object.assign(context, { status: 404, body: '' }),
        'HTTP/1.1 404 Not Found',
      ],
      [
        'that the app writes by itself',
        (context) => {
          context.respond = false
          context.res.statusCode = 202
          setImmediate(() => context.res.end('later'))
        },
        'HTTP/1.1 202 Accepted',
      ],
    ]
    for (const [what, middleware, head] of untouched) {
      test(`a response ${what} is left alone`, async () => {
        const { response, reports } = await talk(Version, [middleware])
        expect([response.split('\r\n')[0], response.includes('"code"'), reports]).toEqual([head, false, []])
      })
    }

    test('an error of an app that writes by itself is answered all the same', async () => {
      const { response, reports } = await talk(Version, [
        (context) => {
          context.respond = false
          conflict()
        },
      ])
      expect([response, reports.map(summary)]).toEqual([taken, [reported({})]])
    })

    const routes: readonly (readonly [
      what: string,
      request: Partial<RawRequest>,
      response: string,
      report: object,
    ])[] = [
      [
        'has the pattern of its route',
        { path: '/users/7?token=s3' },
        taken,
        reported({ route: '/users/:id' }),
      ],
      ['has no route, where that is a regular expression', { path: '/files/7' }, taken, reported({})],
      [
        'has no route, where none took the path',
        { path: '/secret' },
        missing,
        reported({ code: 404, status: 404 }),
      ],
      [
        'of a method that is not allowed has the envelope, and keeps Allow',
        { path: '/users/7', method: 'POST' },
        answer(405, '{"code":400,"message":"Method not allowed"}', { Allow: 'HEAD, GET' }),
        reported({ code: 400, status: 405, method: 'POST' }),
      ],
      [
        'of a method that is not implemented has the envelope, and keeps Allow',
        { path: '/users/7', method: 'PROPFIND' },
        answer(501, '{"code":500,"message":"Not implemented"}', { Allow: 'HEAD, GET' }),
        reported({ code: 500, status: 501, method: 'PROPFIND' }),
      ],
    ]
    for (const [what, request, response, report] of routes) {
      test(`an error behind @koa/router ${what}`, async () => {
        const heard = await talk(Version, router(), request)
        expect([heard.response, heard.reports.map(summary)]).toEqual([response, [report]])
      })
    }

    for (const [what, reason] of [
      ['undefined', undefined],
      ['null', null],
      ['0', 0],
      ['an empty string', ''],
    ] as const) {
      test(`a rejection with ${what} is the internal error`, async () => {
        const { response, reports } = await talk(Version, [() => Promise.reject(reason)])
        expect(response).toBe(answer(500, '{"code":500,"message":"Internal server error"}'))
        expect(reports.map(summary)).toEqual([reported({ code: 500, status: 500 })])
      })
    }

    test('the inner of two error handlers answers, and the outer has nothing to do', async () => {
      const { response, reports } = await talk(Version, [errorHandler({ envelope: 'nested' }), conflict])
      expect([response.split('\r\n\r\n')[1], reports]).toEqual([
        '{"error":{"code":1006,"message":"Username already exists","request_id":"t-1"}}',
        [],
      ])
    })

    const generators: readonly (readonly [what: string, generate: () => string, id: RegExp])[] = [
      ['its own id', () => 'req_1:a', /^X-Request-ID: req_1:a\r$/m],
      [
        'a UUID, when the generator throws',
        () => {
          throw new Error('broken')
        },
        UUID,
      ],
      ['a UUID, when the generator returns what is no id', () => 'a\r\nSet-Cookie: b=1', UUID],
      ['a UUID, when the generator returns a promise', () => Promise.resolve('a') as unknown as string, UUID],
    ]
    for (const [what, generate, id] of generators) {
      test(`requestId puts ${what} on a success`, async () => {
        const app = new Version()
        app.use(requestId({ generate }))
        app.use((context) => void (context.body = { ok: true }))
        const response = await ask(app, { headers: {} })
        expect(response).toMatch(id)
        expect(response.match(/^(?:X-Request-ID|Set-Cookie):/gim)).toEqual(['X-Request-ID:'])
      })
    }

    test('an error has an id of its own, when requestId is not mounted', async () => {
      const app = new Version()
      app.use(errorHandler())
      app.use(conflict)
      expect(await ask(app, { headers: { 'X-Request-ID': '<script>' } })).toMatch(UUID)
    })

    test('middleware has a name that reads well in stacks', () => {
      expect([errorHandler(), requestId()].map(({ name }) => name)).toEqual(['errorHandler', 'requestId'])
    })
  })
}

for (const [what, handler] of [
  ['ctx.set throws', (context: Context) => Object.assign(context, { set: fails })],
  ['res.setHeader throws for a moment', (context: Context) => failOnce(context.res, 'setHeader')],
] as const) {
  test(`an error is answered when ${what}, over the raw response`, async () => {
    const app = new Koa()
    app.use(errorHandler())
    app.use((context) => {
      handler(context)
      throw new BizError(1006)
    })
    const { port, server } = await listen(koaCallback(app))
    const response = await fetch(`http://127.0.0.1:${port}/`)
    server.close()
    expect([response.status, await response.json()]).toEqual([
      409,
      { code: 1006, message: 'Username already exists' },
    ])
  })
}

function fails(): never {
  throw new Error('in the way')
}

function failOnce(owner: ServerResponse, name: 'setHeader'): void {
  const original = owner[name]
  owner[name] = () => {
    owner[name] = original
    return fails()
  }
}
