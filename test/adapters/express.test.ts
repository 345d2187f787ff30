import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type express from 'express'
import type { ErrorRequestHandler, Express } from 'express'
import { describe, expect, test } from 'vitest'
import { asyncHandler, errorHandler, notFound, requestId } from '../../src/adapters/express/index.ts'
import { BizError, catalog } from '../../src/catalogs/cloud-waf.ts'
import type { ErrorReport } from '../../src/report/report.ts'
import { expresses, listen } from '../support/frameworks.ts'
import { send, type RawRequest } from '../support/raw.ts'
import { conflict, reported, summary } from './reported.ts'

const UUID = /^X-Request-ID: [0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\r$/m

interface Talk {
  readonly response: string
  readonly reports: readonly ErrorReport[]
}

/** Sends one request and waits for what is reported of it. */
async function talk(
  create: typeof express,
  routes: (app: Express) => void,
  request: Partial<RawRequest> = {},
): Promise<Talk> {
  const reports: ErrorReport[] = []
  const app = create()
  app.disable('x-powered-by')
  app.use(requestId())
  routes(app)
  app.use(notFound())
  app.use(errorHandler({ catalog, logger: { error: () => {} }, onReport: (report) => reports.push(report) }))
  const response = await ask(app as RequestListener, request)
  return { response, reports }
}

async function ask(listener: RequestListener, request: Partial<RawRequest> = {}): Promise<string> {
  const { port, server } = await listen(listener)
  const response = await send(port, { path: '/', headers: { 'X-Request-ID': 't-1' }, ...request })
  server.close()
  return response
}

const body = '{"code":1006,"message":"Username already exists"}'

/** Writes down what is read of an object, which is itself none the wiser. */
function watched<TObject extends object>(object: TObject, looks: string[]): TObject {
  return new Proxy(object, {
    get(target, key) {
      looks.push(String(key))
      const value: unknown = Reflect.get(target, key)
      return typeof value === 'function' ? (value.bind(target) as unknown) : value
    },
  })
}

for (const [version, create] of expresses) {
  describe(version, () => {
    test('nothing of the request or the response is read twice, nor for a report that nobody wants', async () => {
      const looks: string[] = []
      const handle = errorHandler({ catalog, logger: { error: () => {} } })
      const app = create()
      app.get('/', conflict)
      app.use(((error, request, response, next) => {
        handle(error, watched(request, looks), watched(response, looks), next)
      }) satisfies ErrorRequestHandler)
      expect(await ask(app as RequestListener)).toContain(body)
      // Other tests of this process may have a limiter that waits for answers.
      expect(looks.filter((look) => look !== 'Symbol(bizerror.answered)')).toEqual([
        'headers',
        'getHeaderNames',
        'socket',
        'headersSent',
        'writeHead',
        'end',
      ])
    })

    test('a response that has begun is broken off, and reported once as not sent', async () => {
      const { response, reports } = await talk(create, (app) => {
        app.get('/', (_request, response, next) => {
          response.write('part', () => next(new BizError(1006)))
        })
      })
      expect(response).toBe(
        'HTTP/1.1 200 OK\r\nX-Request-ID: t-1\r\nDate: *\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npart\r\n',
      )
      expect(reports.map(summary)).toEqual([reported({ route: '/', sent: false })])
    })

    test('a response that has ended is left alone, and the error is reported', async () => {
      const { response, reports } = await talk(create, (app) => {
        app.get('/', (_request, response) => {
          response.end('done')
          conflict()
        })
      })
      expect(response).toBe(
        'HTTP/1.1 200 OK\r\nX-Request-ID: t-1\r\nDate: *\r\nConnection: close\r\nContent-Length: 4\r\n\r\ndone',
      )
      expect(reports.map(summary)).toEqual([reported({ route: '/', sent: false })])
    })

    const routes: readonly (readonly [
      what: string,
      path: string | RegExp | string[],
      route: string | undefined,
    ])[] = [
      ['a pattern', '/users/:id', '/users/:id'],
      ['a path', '/users/secret', '/users/secret'],
      ['a regular expression', /^\/users/, undefined],
      ['several paths', ['/users/:id', '/people/:id'], undefined],
    ]
    for (const [what, path, route] of routes) {
      test(`the report of a route with ${what} has ${route ? 'that' : 'none'}`, async () => {
        const { reports } = await talk(create, (app) => void app.get(path, conflict), {
          path: '/users/secret?token=s3',
        })
        expect(reports.map(summary)).toEqual([reported({ route })])
      })
    }

    test('the report of a path that no route takes has no route', async () => {
      const { reports } = await talk(create, () => {}, { path: '/secret', method: 'POST' })
      expect(reports.map(summary)).toEqual([reported({ code: 404, status: 404, method: 'POST' })])
    })

    test('the error handler of a router answers first, and that of the app has nothing to do', async () => {
      const inner: ErrorReport[] = []
      const { response, reports } = await talk(
        create,
        (app) => {
          const router = create.Router()
          router.get('/:id', conflict)
          router.use(errorHandler({ envelope: 'nested', onReport: (report) => inner.push(report) }))
          app.use('/users', router)
        },
        { path: '/users/7' },
      )
      expect(response.split('\r\n\r\n')[1]).toBe(
        '{"error":{"code":1006,"message":"Username already exists","request_id":"t-1"}}',
      )
      expect([inner.map(summary), reports]).toEqual([[reported({ route: '/:id' })], []])
    })

    const falsy: readonly (readonly [what: string, reason: unknown])[] = [
      ['undefined', undefined],
      ['null', null],
      ['false', false],
      ['0', 0],
      ['an empty string', ''],
      ['NaN', NaN],
    ]
    for (const [what, reason] of falsy) {
      test(`asyncHandler makes an error of a rejection with ${what}`, async () => {
        const { response, reports } = await talk(create, (app) => {
          app.get(
            '/',
            asyncHandler(() => Promise.reject(reason)),
          )
        })
        expect(response.split('\r\n\r\n')[1]).toBe('{"code":500,"message":"Internal server error"}')
        expect(reports.map(summary)).toEqual([reported({ route: '/', code: 500, status: 500 })])
      })
    }

    test('asyncHandler passes on what is thrown at once, and what is rejected later', async () => {
      const [thrown, rejected] = await Promise.all([
        talk(create, (app) => void app.get('/', asyncHandler(conflict))),
        talk(create, (app) => {
          app.get(
            '/',
            asyncHandler(async () => {
              await sleep(1)
              conflict()
            }),
          )
        }),
      ])
      expect([thrown, rejected].map(({ response }) => response.split('\r\n\r\n')[1])).toEqual([body, body])
    })

    test('asyncHandler leaves next to the handler', async () => {
      const { reports } = await talk(create, (app) => {
        app.get(
          '/',
          asyncHandler(async (_request, _response, next) => next()),
        )
        app.get(
          '/',
          asyncHandler((_request, _response, next) => next('route')),
        )
        app.get(
          '/',
          asyncHandler((_request, _response, next) => next(new BizError(1006))),
        )
      })
      expect(reports.map(summary)).toEqual([reported({ route: '/' })])
    })

    test('asyncHandler hands over request and response', async () => {
      const { response, reports } = await talk(create, (app) => {
        app.get(
          '/',
          asyncHandler<IncomingMessage, ServerResponse>(async (request, response) => {
            await sleep(1)
            response.end(request.url)
          }),
        )
      })
      expect([response.split('\r\n\r\n')[1], reports]).toEqual(['/', []])
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
        const app = create()
        app.use(requestId({ generate }))
        app.get('/', (_request, response) => void response.json({ ok: true }))
        const response = await ask(app as RequestListener, { headers: {} })
        expect(response).toMatch(id)
        expect(response.match(/^(?:X-Request-ID|Set-Cookie):/gim)).toEqual(['X-Request-ID:'])
      })
    }

    test('requestId keeps an id that another middleware has set', async () => {
      const app = create()
      app.use((_request, response, next) => {
        response.setHeader('X-Request-ID', 'gateway-1')
        next()
      })
      app.use(requestId())
      app.use(errorHandler())
      app.get('/', (_request, response) => void response.end())
      expect(await ask(app as RequestListener)).toContain('\r\nX-Request-ID: gateway-1\r\n')
    })

    test('an error has an id of its own, when requestId is not mounted', async () => {
      const app = create()
      app.get('/', conflict)
      app.use(errorHandler())
      expect(await ask(app as RequestListener, { headers: { 'X-Request-ID': '<script>' } })).toMatch(UUID)
    })

    test('middleware has a name that reads well in stacks', () => {
      expect(
        [errorHandler(), notFound(), requestId(), asyncHandler(() => {})].map(({ name, length }) => [
          name,
          length,
        ]),
      ).toEqual([
        ['errorHandler', 4],
        ['notFound', 3],
        ['requestId', 3],
        ['asyncHandler', 3],
      ])
    })
  })
}
