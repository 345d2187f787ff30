import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { Writable } from 'node:stream'
import type express from 'express'
import type Koa from 'koa'
import { pinoHttp, type HttpLogger, type Options } from 'pino-http'
import { describe, expect, test, vi } from 'vitest'
import * as expressFace from '../../src/adapters/express/index.ts'
import * as koaFace from '../../src/adapters/koa/index.ts'
import { BizError } from '../../src/catalogs/secrets.ts'
import { requestIdOf } from '../../src/index.ts'
import { send } from '../support/raw.ts'
import { parse } from '../support/guarantees.ts'
import { expressApps, koaApps, onThese, serve, type App, type Served } from '../support/served.ts'
import { record } from '../support/whole-answer.ts'

const UUID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/

/** What other middleware does with a request before `requestId`, on any framework. */
type Before = (request: object, response: { setHeader(name: string, value: string): unknown }) => void

interface Parts {
  /** Those of `requestId`; false where it is not mounted. */
  readonly options?: { readonly header?: string } | false
  readonly before?: Before
}

/** What a route tells in a header of the id of its request: `req.id`, and twice what we say that it is. */
function tell(request: object, id: () => string): string {
  const ids = [id(), id()]
  try {
    return JSON.stringify([(request as { id?: unknown }).id ?? null, ...ids])
  } catch {
    return JSON.stringify(['unreadable', ...ids])
  }
}

/** The four frameworks: `before`, requestId, and a route that fails at `/` and answers with the id elsewhere. */
function appsWith({ options: idOptions = {}, before }: Parts): readonly App[] {
  return [
    ...expressApps((app, options) => {
      app.use((request, response, next) => {
        before?.(request, response)
        next()
      })
      if (idOptions) app.use(expressFace.requestId(idOptions))
      app.use((request, response) => {
        response.setHeader(
          'X-Seen',
          tell(request, () => requestIdOf(request)),
        )
        if (request.path === '/') throw new BizError('secret_not_found')
        response.end(requestIdOf(request))
      })
      app.use(expressFace.errorHandler(options))
    }),
    ...koaApps((app, options) => {
      app.use((context, next) => {
        before?.(context.req, context.res)
        return next()
      })
      app.use(koaFace.errorHandler(options))
      if (idOptions) app.use(koaFace.requestId(idOptions))
      app.use((context) => {
        context.set(
          'X-Seen',
          tell(context.req, () => koaFace.requestIdOf(context)),
        )
        if (context.path === '/') throw new BizError('secret_not_found')
        context.body = koaFace.requestIdOf(context)
      })
    }),
  ]
}

/** The one id of a failed request: in the answer's header and body, the report and the log; and what the route saw. */
async function fail(
  { framework, port, reports, log, reported }: Served,
  headers: Readonly<Record<string, string>>,
  name = 'x-request-id',
): Promise<{ readonly id: string; readonly seen: unknown }> {
  const before = reports.length
  const answer = parse(await send(port, { path: '/', headers }))
  await reported(before + 1)
  const { [name]: id = '', 'x-seen': seen = 'null' } = record(answer.headers)
  expect(JSON.parse(answer.body), framework).toEqual({
    error: { code: 'secret_not_found', message: 'Secret not found', request_id: id },
  })
  expect(reports.at(-1)?.requestId, framework).toBe(id)
  expect(log.at(-1)?.[1]['requestId'], framework).toBe(id)
  return { id, seen: JSON.parse(seen) as unknown }
}

/** Ids in the form that platforms and proxies give them, by their header. */
const FORMATS: readonly (readonly [from: string, header: string, value: string])[] = [
  // https://devcenter.heroku.com/articles/http-request-id
  ['Heroku', 'X-Request-ID', 'f9ed4675f1c53513c61a3b3b4e25b4c0'],
  ['a client of Heroku', 'X-Request-ID', 'aB3+/=-'.repeat(28) + 'abcd'],
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-request-tracing.html
  ['AWS ALB', 'X-Amzn-Trace-Id', 'Root=1-67891233-abcdef012345678912345678'],
  [
    'AWS ALB behind another',
    'X-Amzn-Trace-Id',
    'Self=1-67891233-12456789abcdef012345678;Root=1-67891233-abcdef012345678912345678;CalledFrom=app',
  ],
  // https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader
  [
    'AWS X-Ray',
    'X-Amzn-Trace-Id',
    'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1;Lineage=a87bd80c:1|68fd508a:5|c512fbe3:2',
  ],
  ['CloudFront', 'X-Amz-Cf-Id', 'k6Xq1bW4-_8pYtH0a~zZ9mQ3vLr5cD7eF2gJ4hK6iM8nO0pQ2rS4tA=='],
  // https://developers.cloudflare.com/fundamentals/reference/cloudflare-ray-id/
  ['Cloudflare', 'CF-Ray', '230b030023ae2822-SJC'],
  // https://cloud.google.com/trace/docs/trace-context
  ['Google Cloud', 'X-Cloud-Trace-Context', '105445aa7843bc8bf206b12000100000/1;o=1'],
  // https://www.w3.org/TR/trace-context/#traceparent-header
  ['W3C', 'traceparent', '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'],
  // https://learn.microsoft.com/azure/frontdoor/front-door-http-headers-protocol
  [
    'Azure Front Door',
    'X-Azure-Ref',
    '0zxV+XAAAAABKMMOjBv2NT4TY6SQVjC0zV1NURURHRTA2MTkANDM3YzgyY2QtMzYwYS00YTU0LTk0YzMtNWZmNzA3NjQ3Nzgz',
  ],
  [
    'Azure Front Door today',
    'X-Azure-Ref',
    '20260224T091445Z-17c9cc7f8d9x2jvmhC1BY10fq000000012z0000000008r7q',
  ],
  // https://github.com/dotnet/runtime: HierarchicalRequestId.md
  ['.NET, Application Insights', 'Request-Id', '|9e74f0e5-efc4-41b5-86d1-3524a43bd891.bcec871c_1.'],
  ['Fly.io', 'Fly-Request-Id', '01HMJQ5D2YQ6N4Q8F1Z7X9K3VT-iad'],
  // https://vercel.com/docs/edge-network/headers/request-headers#x-vercel-id
  ['Vercel', 'X-Vercel-Id', 'sfo1::iad1::hmvhs-1771412927491-912582182ea4'],
  // https://nginx.org/en/docs/http/ngx_http_core_module.html#var_request_id
  ['nginx', 'X-Request-ID', '444535f9378a3dfa1b8604bc9e05a303'],
  // https://httpd.apache.org/docs/2.4/mod/mod_unique_id.html
  ['Apache', 'X-Request-ID', 'Xq543Ab3gAxREC@cR-KlHAAAAAg'],
  // https://developer.konghq.com/plugins/correlation-id/
  ['Kong', 'Kong-Request-ID', 'c1e3dc3a-6d0b-4d4b-9b1e-2f0d8c6b3b61#42'],
]

describe('S07: the id of a request is the one that it brings', () => {
  for (const [from, header, value] of FORMATS) {
    onThese(`S07: as ${from} writes it`, appsWith({ options: { header } }), async (served) => {
      const failed = await fail(served, { [header.toUpperCase()]: value }, header.toLowerCase())
      expect(failed).toEqual({ id: value, seen: [value, value, value] })
      const success = parse(await send(served.port, { path: '/success', headers: { [header]: value } }))
      expect([record(success.headers)[header.toLowerCase()], success.body]).toEqual([value, value])
      if (header !== 'X-Request-ID') expect(success.headers.has('x-request-id')).toBe(false)
    })
  }

  for (const value of [
    'a b',
    'a"b',
    'a<b',
    'a,b',
    'a\\b',
    "a'b",
    'a`b',
    '${a}',
    '%41',
    '(a)',
    '[a]',
    '/../x',
  ]) {
    onThese(`S07: but not ${value}`, appsWith({ options: { header: 'X-Trace' } }), async (served) => {
      expect((await fail(served, { 'X-Trace': value }, 'x-trace')).id).toMatch(UUID)
    })
  }

  onThese(
    'S07: but not one that is sent twice',
    appsWith({ options: { header: 'X-Trace' } }),
    async (served) => {
      expect((await fail(served, { 'X-Trace': 'a', 'x-trace': 'a' }, 'x-trace')).id).toMatch(UUID)
    },
  )
  onThese(
    'S07: nor X-Request-ID, where another header is named',
    appsWith({ options: { header: 'X-Trace' } }),
    async (served) => {
      expect((await fail(served, { 'X-Request-ID': 'abc' }, 'x-trace')).id).toMatch(UUID)
    },
  )
  onThese(
    'S07: and no header of a throw takes its place',
    [
      ...expressApps((app, options) => {
        app.use(expressFace.requestId({ header: 'X-Trace' }), (_request, response) => {
          response.removeHeader('X-Trace')
          throw new BizError('secret_not_found', { headers: { 'x-trace': 'forged' } })
        })
        app.use(expressFace.errorHandler(options))
      }),
      ...koaApps((app, options) => {
        app.use(koaFace.errorHandler(options)).use(koaFace.requestId({ header: 'X-Trace' }))
        app.use((context) => {
          context.remove('X-Trace')
          throw new BizError('secret_not_found', { headers: { 'x-trace': 'forged' } })
        })
      }),
    ],
    async (served) => {
      expect((await fail(served, { 'X-Trace': 'abc' }, 'x-trace')).id).toBe('abc')
    },
  )
})

describe('S07: generate', () => {
  const apps: readonly App[] = [
    ...expressApps((app, options) => {
      app.use(expressFace.requestId({ generate: (request) => `of-${request.method}` }))
      app.use(() => {
        throw new BizError('secret_not_found')
      })
      app.use(expressFace.errorHandler(options))
    }),
    ...koaApps((app, options) => {
      app.use(koaFace.errorHandler(options))
      app.use(koaFace.requestId({ generate: (context) => `of-${context.req.method}` }))
      app.use(() => {
        throw new BizError('secret_not_found')
      })
    }),
  ]
  onThese('S07: is given the request, on Koa the context', apps, async (served) => {
    expect((await fail(served, {})).id).toBe('of-GET')
    expect((await fail(served, { 'X-Request-ID': 'abc' })).id).toBe('abc')
  })
})

const put =
  (id: unknown): Before =>
  (request) =>
    Object.assign(request, { id })

describe('S07: req.id', () => {
  onThese('S07: is the id of the client where nobody has set it', appsWith({}), async (served) => {
    expect(await fail(served, { 'X-Request-ID': 'abc' })).toEqual({ id: 'abc', seen: ['abc', 'abc', 'abc'] })
  })
  onThese('S07: is the id that was made', appsWith({}), async (served) => {
    const { id, seen } = await fail(served, {})
    expect([UUID.test(id), seen]).toEqual([true, [id, id, id]])
  })

  const rows: readonly (readonly [what: string, before: Before, own: unknown, id: string])[] = [
    ['an id of other middleware is taken', put('theirs'), 'theirs', 'theirs'],
    ['a count of other middleware is no id, and stays', put(7), 7, 'abc'],
    ['a text that is no id stays', put('a "b"'), 'a "b"', 'abc'],
    ['null is nothing', put(null), 'abc', 'abc'],
    [
      'one that cannot be set does no harm',
      (request) => Object.defineProperty(request, 'id', { get: () => undefined }),
      null,
      'abc',
    ],
    [
      'one that throws does no harm',
      (request) =>
        Object.defineProperty(request, 'id', {
          get: () => {
            throw new Error('hostile')
          },
        }),
      'unreadable',
      'abc',
    ],
    [
      'the id on the response goes before it',
      (request, response) => {
        Object.assign(request, { id: 'theirs' })
        response.setHeader('X-Request-ID', 'on-response')
      },
      'theirs',
      'on-response',
    ],
  ]
  for (const [what, before, own, id] of rows) {
    for (const options of [{}, false] as const) {
      onThese(
        `S07: ${what}, ${options ? 'before' : 'without'} requestId`,
        appsWith({ options, before }),
        async (served) => {
          const expected = !options && what === 'null is nothing' ? null : own
          expect(await fail(served, { 'X-Request-ID': 'abc' })).toEqual({ id, seen: [expected, id, id] })
        },
      )
    }
  }

  test('S07: what every object inherits is no id', async () => {
    // As other libraries' prototype pollution leaves it.
    // oxlint-disable-next-line no-extend-native
    Object.defineProperty(Object.prototype, 'id', { value: 'polluted', configurable: true, writable: true })
    try {
      for (const [name, makeListener] of appsWith({})) {
        const { id } = await serve(name, makeListener, (served) => fail(served, {}))
        expect(id, name).toMatch(UUID)
      }
    } finally {
      Reflect.deleteProperty(Object.prototype, 'id')
    }
  })
})

describe('S07: requestIdOf', () => {
  for (const options of [{}, { header: 'X-Trace' }, false] as const) {
    const how = options ? `behind requestId(${JSON.stringify(options)})` : 'without requestId'
    const name = options && 'header' in options ? 'x-trace' : 'x-request-id'
    onThese(
      `S07: is the id that the error is answered with, ${how}`,
      appsWith({ options }),
      async (served) => {
        const { id, seen } = await fail(served, {}, name)
        // Only requestId puts it on the request.
        expect([UUID.test(id), seen]).toEqual([true, [options ? id : null, id, id]])
        const sent = await fail(served, { [name]: 'abc+/=' }, name)
        expect(sent).toEqual({ id: 'abc+/=', seen: [options ? 'abc+/=' : null, 'abc+/=', 'abc+/='] })
      },
    )
  }

  const told: App[] = [
    ...expressApps((app, options) => {
      app.use(() => {
        throw new BizError('secret_not_found')
      })
      app.use(
        expressFace.errorHandler({
          ...options,
          locale: (request: express.Request) => {
            request.res?.setHeader('X-Seen', JSON.stringify(requestIdOf(request)))
            return undefined
          },
        }) as express.ErrorRequestHandler,
      )
    }),
    ...koaApps((app, options) => {
      app.use(
        koaFace.errorHandler({
          ...options,
          locale: (context: koaFace.KoaContext) => {
            context.res.setHeader('X-Seen', JSON.stringify(koaFace.requestIdOf(context)))
            return undefined
          },
        }),
      )
      app.use(() => {
        throw new BizError('secret_not_found')
      })
    }),
  ]
  onThese('S07: is the same while the error is answered', told, async (served) => {
    const { id, seen } = await fail(served, {})
    expect([UUID.test(id), seen]).toEqual([true, id])
  })

  test('S07: is found on the request of node:http', () => {
    const request = new IncomingMessage(new Socket())
    request.headers['x-request-id'] = 'abc'
    expect([requestIdOf(request), requestIdOf(request)]).toEqual(['abc', 'abc'])
    const frozen = Object.freeze(new IncomingMessage(new Socket()))
    expect(requestIdOf(frozen)).toBe(requestIdOf(frozen))
    const traced = new IncomingMessage(new Socket())
    traced.headers['x-trace'] = 'traced'
    const response = new ServerResponse(traced)
    expressFace.requestId({ header: 'X-Trace' })(traced, response, () => {})
    expect([requestIdOf(traced), response.getHeader('X-Trace')]).toEqual(['traced', 'traced'])
  })

  test('S07: is there where no UUID can be made, and so is the success', async () => {
    const making = vi.spyOn(crypto, 'randomUUID').mockImplementation(() => {
      throw new Error('no entropy')
    })
    try {
      for (const [name, makeListener] of appsWith({})) {
        const success = await serve(name, makeListener, ({ port }) => send(port, { path: '/success' }))
        expect(parse(success), name).toMatchObject({
          status: 200,
          body: expect.stringMatching(/^[\w-]{8,40}$/),
        })
      }
    } finally {
      making.mockRestore()
    }
  })
})

/** pino-http with its lines, one per request, read as JSON. */
function pinoLog(options: Options = {}): {
  readonly log: HttpLogger
  readonly ids: () => unknown[]
} {
  const lines: string[] = []
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(...chunk.toString().trim().split('\n'))
      done()
    },
  })
  return {
    log: pinoHttp(options, stream),
    ids: () => lines.map((line) => (JSON.parse(line) as { req: { id: unknown } }).req.id),
  }
}

/** As koa-pino-logger mounts it. */
function onKoa(log: HttpLogger): Koa.Middleware {
  return (context, next) => {
    log(context.req, context.res)
    return next()
  }
}

describe('S07: pino-http', () => {
  const BY_HEADER: Options = { genReqId: (request) => request.headers['x-request-id'] ?? 'by-pino' }

  for (const [what, isFirst, options, sent, expected] of [
    ['after requestId logs the id of the client', false, {}, { 'X-Request-ID': 'abc' }, /^abc$/],
    ['after requestId logs the id that was made', false, {}, {}, UUID],
    ['before requestId gives its id', true, BY_HEADER, {}, /^by-pino$/],
    ['before requestId and the client have one id', true, BY_HEADER, { 'X-Request-ID': 'abc' }, /^abc$/],
  ] as const) {
    for (const isExpress of [true, false]) {
      const { log, ids } = pinoLog(options)
      const apps = isExpress
        ? expressApps((app, handlerOptions) => {
            const own = expressFace.requestId()
            app.use(...(isFirst ? [log, own] : [own, log]))
            app.use(() => {
              throw new BizError('secret_not_found')
            })
            app.use(expressFace.errorHandler(handlerOptions))
          })
        : koaApps((app, handlerOptions) => {
            const logs = onKoa(log)
            if (isFirst) app.use(logs)
            app.use(koaFace.errorHandler(handlerOptions)).use(koaFace.requestId())
            if (!isFirst) app.use(logs)
            app.use(() => {
              throw new BizError('secret_not_found')
            })
          })
      onThese(`S07: ${what}, on ${isExpress ? 'Express' : 'Koa'}`, apps, async (served) => {
        const before = ids().length
        const { id } = await fail(served, sent)
        expect(id).toMatch(expected)
        await expect.poll(() => ids().length).toBeGreaterThan(before)
        expect(ids()).toContain(id)
      })
    }
  }
})
