import { createRequire } from 'node:module'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'
import compression from 'compression'
import cors from 'cors'
import session, { MemoryStore } from 'express-session'
import helmet from 'helmet'
import type Koa from 'koa'
import koaCompress from 'koa-compress'
import koaHelmet from 'koa-helmet'
import koaSession from 'koa-session'
import morgan from 'morgan'
import { describe, expect, test } from 'vitest'
import * as expressFace from '../../src/adapters/express/index.ts'
import * as koaFace from '../../src/adapters/koa/index.ts'
import { BizError } from '../../src/catalogs/cloud-waf.ts'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import { exchange } from '../support/raw.ts'
import { converse, keepAlive } from '../support/converse.ts'
import {
  expressApps,
  koaApps,
  onThese,
  serve,
  type App,
  type ExpressApp,
  type Served,
} from '../support/served.ts'
import { startWatch } from '../support/stopwatch.ts'

// Packages without types.
const require = createRequire(import.meta.url)
const koaCors = require('@koa/cors') as (options?: object) => Koa.Middleware
const koaMorgan = require('koa-morgan') as (format: string, options: object) => Koa.Middleware

const conflict = { code: 1006, message: 'Username already exists' }
const internal = { code: 500, message: 'Internal server error' }
const missing = { code: 404, message: 'Resource not found' }
const boom = new Error('secret-7')
/** More than the 1 KiB from which on both compressions compress. */
const details = { text: 'x'.repeat(2048) }
const large = { ...conflict, details }

interface Response {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly cookies: readonly string[]
  readonly body: Buffer
}

/** Asks with a client that decodes nothing, so that one sees what a browser gets. */
async function ask({ port }: Served, path: string, headers: readonly string[] = [], method = 'GET') {
  const talk = await converse(
    port,
    keepAlive(path, ['X-Request-ID: probe-1', 'Connection: close', ...headers], method),
  )
  return parse(await talk.closed())
}

function parse(raw: string): Response {
  const end = raw.indexOf('\r\n\r\n')
  const [statusLine = '', ...lines] = raw.slice(0, end).split('\r\n')
  const pairs = lines.map((line) => {
    const [name = '', ...rest] = line.split(': ')
    return [name.toLowerCase(), rest.join(': ')] as const
  })
  const headers = Object.fromEntries(pairs)
  const sent = raw.slice(end + 4)
  return {
    status: Number(statusLine.split(' ')[1]),
    headers,
    cookies: pairs.filter(([name]) => name === 'set-cookie').map(([, value]) => value),
    body: Buffer.from(headers['transfer-encoding'] === 'chunked' ? unchunk(sent) : sent, 'latin1'),
  }
}

/** Throws for a transfer that broke off. */
function unchunk(sent: string): string {
  const [size = ''] = sent.split('\r\n', 1)
  const length = Number.parseInt(size, 16)
  if (Number.isNaN(length)) throw new Error('The transfer broke off')
  const begin = size.length + 2
  if (length === 0) return ''
  return sent.slice(begin, begin + length) + unchunk(sent.slice(begin + length + 2))
}

const decoders: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  gzip: gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
}

function decode({ headers, body }: Response): unknown {
  const decoder = decoders[headers['content-encoding'] ?? '']
  return JSON.parse((decoder ? decoder(body) : body).toString())
}

/** What every error answer has, whatever stands around it. */
function expectStandard({ headers }: Response, vary: readonly string[] = []): void {
  expect(headers).toMatchObject({
    'x-request-id': 'probe-1',
    'content-type': 'application/json; charset=utf-8',
    'content-language': 'en',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  })
  const names = headers['vary']!.split(', ').sort()
  expect(names).toEqual(['Accept-Language', ...vary].sort())
}

type Fault = (request: IncomingMessage, response: ServerResponse) => unknown

const faults: Readonly<Record<string, Fault>> = {
  '/conflict': () => {
    throw new BizError(1006)
  },
  '/large': () => {
    throw new BizError(1006, { details })
  },
  '/foreign': () => {
    throw boom
  },
  '/later': async () => {
    await sleep(5)
    throw new BizError(1006)
  },
  '/frozen': () => {
    throw Object.freeze(new BizError(1006))
  },
  '/begun': async (_request, response) => {
    response.statusCode = 200
    response.setHeader('Content-Type', 'text/plain')
    response.write('x'.repeat(100_000))
    await sleep(20)
    throw boom
  },
  '/begun-little': (_request, response) => {
    response.statusCode = 200
    response.setHeader('Content-Type', 'text/plain')
    response.write('part')
    throw boom
  },
}

const answers = [
  ['/conflict', 409, conflict],
  ['/large', 409, large],
  ['/foreign', 500, internal],
  ['/later', 409, conflict],
  ['/frozen', 409, conflict],
  ['/nowhere', 404, missing],
] as const

/** Express apps with middleware before the routes. */
function onExpress(mount: (app: ExpressApp) => void): App[] {
  return expressApps((app, options) => {
    mount(app)
    app.use(expressFace.requestId())
    app.use(
      expressFace.asyncHandler<IncomingMessage, ServerResponse>((request, response, next) => {
        const fault = faults[request.url!]
        return fault ? fault(request, response) : next()
      }),
    )
    app.use(expressFace.notFound())
    app.use(expressFace.errorHandler(options))
  })
}

/** Koa apps with middleware inside our handler, as documented, or around it. */
function onKoa(mount: (app: Koa) => void, place: 'inside' | 'around' = 'inside'): App[] {
  return koaApps((app, options) => {
    app.silent = true
    if (place === 'around') mount(app)
    app.use(koaFace.errorHandler(options))
    if (place === 'inside') mount(app)
    app.use(koaFace.requestId())
    app.use((context, next) => {
      const fault = faults[context.path]
      return fault ? (fault(context.req, context.res) as Promise<unknown>) : next()
    })
  })
}

/** What stands around us, by name, with the apps that have it. */
const surroundings: Readonly<Record<string, readonly App[]>> = {
  compression: onExpress((app) => app.use(compression())),
  'koa-compress inside': onKoa((app) => app.use(koaCompress())),
  'koa-compress around': onKoa((app) => app.use(koaCompress()), 'around'),
  helmet: onExpress((app) => app.use(helmet())),
  'koa-helmet': onKoa((app) => app.use(koaHelmet())),
  cors: onExpress((app) => app.use(cors({ origin: 'https://shop.example', credentials: true }))),
  '@koa/cors': onKoa((app) => app.use(koaCors({ origin: 'https://shop.example', credentials: true }))),
  '@koa/cors that keeps no headers': onKoa((app) =>
    app.use(koaCors({ origin: 'https://shop.example', keepHeadersOnError: false })),
  ),
  morgan: onExpress((app) => app.use(morgan('tiny', { stream: { write: () => {} } }))),
  'koa-morgan': onKoa((app) => app.use(koaMorgan('tiny', { stream: { write: () => {} } }))),
  'express-session': onExpress((app) => {
    app.use(session({ secret: 's', resave: false, saveUninitialized: true, store: new MemoryStore() }))
  }),
  'koa-session': onKoa((app) => {
    app.keys = ['s']
    app.use(koaSession({ rolling: true }, app))
    app.use(touchSession)
  }),
  'all of them on Express': onExpress((app) => {
    app.use(morgan('tiny', { stream: { write: () => {} } }))
    app.use(helmet(), cors(), compression())
    app.use(session({ secret: 's', resave: false, saveUninitialized: true, store: new MemoryStore() }))
  }),
  'all of them on Koa': onKoa((app) => {
    app.keys = ['s']
    app.use(koaMorgan('tiny', { stream: { write: () => {} } }))
    app.use(koaHelmet())
    app.use(koaCors())
    app.use(koaCompress())
    app.use(koaSession({ rolling: true }, app))
    app.use(touchSession)
  }),
}

const touchSession: Koa.Middleware = (context, next) => {
  const { session } = context as unknown as { session: { views?: number } }
  session.views = (session.views ?? 0) + 1
  return next()
}

const encodings = ['Accept-Encoding: gzip, deflate, br']

describe('every package around us', () => {
  for (const [name, apps] of Object.entries(surroundings)) {
    for (const [path, status, body] of answers) {
      onThese(`the answer to ${path} is whole and can be decoded, with ${name}`, apps, async (served) => {
        const plain = await ask(served, path)
        expect([plain.status, decode(plain)]).toEqual([status, body])
        expect(plain.headers['content-encoding']).toBe(undefined)
        expect(plain.headers).toMatchObject({ 'content-language': 'en', 'x-request-id': 'probe-1' })
        const decoded = await ask(served, path, encodings)
        expect([decoded.status, decode(decoded)]).toEqual([status, body])
        expect(served.reports.map(({ sent }) => sent)).toEqual([true, true])
        return undefined
      })
    }

    onThese(`HEAD has no body byte, with ${name}`, apps, async (served) => {
      const { status, body } = await ask(served, '/large', encodings, 'HEAD')
      expect([status, body.length]).toEqual([409, 0])
    })

    const hasSession = name === 'koa-session' || name === 'all of them on Koa'
    for (const path of ['/begun', '/begun-little']) {
      onThese(`the connection is closed for ${path}, with ${name}`, apps, async (served) => {
        for (const headers of [[], encodings]) {
          const elapsed = startWatch()
          const talk = await converse(served.port, keepAlive(path, headers))
          const text = await talk.closed()
          expect(elapsed(), 'G2').toBeLessThan(500)
          expect(text).not.toContain('\r\n0\r\n\r\n')
          expect(text).not.toContain('"code"')
        }
        await served.reported(2)
        // koa-session throws an error of its own there, as it cannot set its cookie any more.
        expect(served.reports.map(({ error, sent }) => [hasSession || error, sent])).toEqual([
          [hasSession || boom, false],
          [hasSession || boom, false],
        ])
        expect((await ask(served, '/conflict')).status, 'G1').toBe(409)
      })
    }

    onThese(`three pipelined errors have three answers in order, with ${name}`, apps, async ({ port }) => {
      const ids = ['p-1', 'p-2', 'p-3']
      const requests = ids.map((id, index) => [
        keepAlive('/conflict', [`X-Request-ID: ${id}`, ...(index === 2 ? ['Connection: close'] : [])]),
      ])
      const talk = await converse(port, requests.flat().join(''))
      const text = await talk.closed()
      expect([...text.matchAll(/^X-Request-ID: (.*)\r$/gm)].map(([, id]) => id)).toEqual(ids)
      expect(text.split(JSON.stringify(conflict))).toHaveLength(4)
    })
  }
})

describe('P-E15: compression', () => {
  for (const [name, encoding] of [
    ['compression', 'gzip'],
    ['compression', 'deflate'],
    ['compression', 'br'],
    ['koa-compress around', 'gzip'],
    ['koa-compress around', 'deflate'],
    ['koa-compress around', 'br'],
  ] as const) {
    onThese(
      `P-E15: an error of 2 KB is a whole ${encoding} body, with ${name}`,
      surroundings[name]!,
      async (served) => {
        const response = await ask(served, '/large', [`Accept-Encoding: ${encoding}`])
        expectStandard(response, ['Accept-Encoding'])
        expect([response.status, response.headers['content-encoding'], decode(response)]).toEqual([
          409,
          encoding,
          large,
        ])
        expect(response.headers['content-length']).toBe(undefined)
      },
    )
  }

  onThese(
    'P-E15: an error of 2 KB is not compressed by koa-compress inside, which does not see it',
    surroundings['koa-compress inside']!,
    async (served) => {
      const response = await ask(served, '/large', encodings)
      expectStandard(response, ['Accept-Encoding'])
      expect(response.headers['content-encoding']).toBe(undefined)
      expect(response.headers['content-length']).toBe(String(JSON.stringify(large).length))
    },
  )

  for (const place of ['inside', 'around'] as const) {
    for (const [when, parts] of [
      ['before its first byte', []],
      ['after its first bytes', ['x'.repeat(100_000)]],
    ] as const) {
      onThese(
        `P-E15: a stream that fails ${when} never hangs and is logged once, with koa-compress ${place}`,
        koaApps((app, options) => {
          app.silent = true
          if (place === 'around') app.use(koaCompress())
          app.use(koaFace.errorHandler(options))
          if (place === 'inside') app.use(koaCompress())
          app.use(koaFace.requestId())
          app.use((context) => {
            const stream = new Readable({ read: () => {} })
            for (const part of parts) stream.push(part)
            const timer = setInterval(() => {
              if (parts.length > 0 && !context.res.headersSent) return
              clearInterval(timer)
              stream.destroy(boom)
            }, 20)
            context.type = 'text/plain'
            context.body = stream
          })
        }),
        async (served) => {
          const talk = await converse(
            served.port,
            keepAlive('/', ['X-Request-ID: probe-1', 'Connection: close', 'Accept-Encoding: gzip']),
          )
          const text = await talk.closed()
          if (parts.length === 0) {
            const response = parse(text)
            expect([response.status, decode(response)]).toEqual([500, internal])
          } else {
            expect(() => decode(parse(text))).toThrow()
            expect(text).not.toContain('\r\n0\r\n\r\n')
          }
          await sleep(30)
          expect(served.reports.map(({ error, requestId }) => [error, requestId])).toEqual([
            [boom, 'probe-1'],
          ])
        },
      )
    }
  }
})

describe('P-D15: helmet', () => {
  const policies = [
    'content-security-policy',
    'cross-origin-opener-policy',
    'cross-origin-resource-policy',
    'referrer-policy',
    'strict-transport-security',
    'x-dns-prefetch-control',
    'x-frame-options',
    'x-permitted-cross-domain-policies',
  ]
  onThese(
    "P-D15: helmet's headers are those of its successes",
    [...surroundings['helmet']!, ...surroundings['koa-helmet']!],
    async (served) => {
      const response = await ask(served, '/conflict')
      expectStandard(response)
      expect(Object.keys(response.headers)).toEqual(expect.arrayContaining(policies))
      expect(response.headers['content-security-policy']).toContain("default-src 'self'")
      expect(response.headers['x-powered-by']).toBe(undefined)
    },
  )
})

describe('P-D10: cors', () => {
  const credentials = {
    'access-control-allow-origin': 'https://shop.example',
    'access-control-allow-credentials': 'true',
  }
  onThese(
    'P-D10: a browser may read the error',
    [...surroundings['cors']!, ...surroundings['@koa/cors']!],
    async (served) => {
      for (const path of ['/conflict', '/foreign', '/nowhere']) {
        const response = await ask(served, path, ['Origin: https://shop.example'])
        expectStandard(response, ['Origin'])
        expect(response.headers).toMatchObject(credentials)
      }
    },
  )

  onThese(
    'P-D10: a preflight is none of ours',
    [...surroundings['cors']!, ...surroundings['@koa/cors']!],
    async (served) => {
      const response = await ask(
        served,
        '/conflict',
        ['Origin: https://shop.example', 'Access-Control-Request-Method: PUT'],
        'OPTIONS',
      )
      expect([response.status, served.reports]).toEqual([204, []])
    },
  )

  onThese(
    "@koa/cors' headers on an error are no headers of ours: those of one request do not come to another",
    koaApps((app, options) => {
      const shared = new BizError(1006)
      app.use(koaFace.errorHandler(options))
      app.use(koaCors({ credentials: true }))
      app.use(koaFace.requestId())
      app.use(() => {
        throw shared
      })
    }),
    async (served) => {
      const first = await ask(served, '/', ['Origin: https://one.example'])
      const second = await ask(served, '/', ['Origin: https://two.example'])
      const third = await ask(served, '/')
      expect(
        [first, second, third].map(({ headers }) => headers['access-control-allow-origin'] ?? ''),
      ).toEqual(['https://one.example', 'https://two.example', ''])
    },
  )
})

describe('morgan', () => {
  const lines: string[] = []
  const stream = { write: (line: string) => void lines.push(line.trim()) }
  const format = ':status :res[content-length]'
  onThese(
    'the access log has status and length of the error answer',
    [
      ...onExpress((app) => app.use(morgan(format, { stream }))),
      ...onKoa((app) => app.use(koaMorgan(format, { stream }))),
    ],
    async (served) => {
      await ask(served, '/conflict')
      await ask(served, '/foreign')
    },
  )
  test('the access log has one line for each of them', async () => {
    await expect.poll(() => lines.length).toBe(8)
    const expected = [
      `409 ${JSON.stringify(conflict).length}`,
      `500 ${JSON.stringify(internal).length}`,
    ].flatMap((line) => [line, line, line, line])
    expect(lines.sort()).toEqual(expected)
  })
})

describe('sessions', () => {
  onThese(
    'the cookie of a session is set with the error and the session kept for the next request',
    [...surroundings['express-session']!, ...surroundings['koa-session']!],
    async (served) => {
      const { headers, cookies, status } = await ask(served, '/conflict')
      expect(status).toBe(409)
      expect(cookies.length).toBeGreaterThan(0)
      expect(headers['cache-control']).toBe('no-store')
      const [cookie] = cookies.map((line) => line.split(';')[0])
      expect((await ask(served, '/foreign', [`Cookie: ${cookie}`])).status).toBe(500)
    },
  )

  for (const [name, fails] of Object.entries<'set' | 'get'>({ saves: 'set', loads: 'get' })) {
    onThese(
      `there is one whole answer where the store fails as it ${name}, on Express`,
      onExpress((app) => {
        const store = new MemoryStore()
        Object.assign(store, {
          [fails]: (...args: readonly unknown[]) => (args.at(-1) as (error: Error) => void)(boom),
        })
        app.use(session({ secret: 's', resave: true, saveUninitialized: true, store }))
      }),
      async (served) => {
        const [cookie] = (await ask(served, '/conflict')).cookies
        const response = await ask(served, '/conflict', cookie ? [`Cookie: ${cookie.split(';')[0]}`] : [])
        const expected = fails === 'get' ? [500, internal] : [409, conflict]
        expect([response.status, decode(response)]).toEqual(expected)
        // A save fails after the answer: Express hands that error to its own final handler, past ours.
        await sleep(20)
        const reported = served.reports.filter(({ error }) => error === boom)
        expect(reported).toHaveLength(fails === 'get' ? 1 : 0)
      },
    )
  }

  onThese(
    'there is one whole answer where the store fails as it loads, on Koa',
    onKoa((app) => {
      app.keys = ['s']
      app.use(
        koaSession(
          {
            store: {
              get: () => Promise.reject(boom),
              set: () => Promise.reject(boom),
              destroy: () => Promise.reject(boom),
            },
          },
          app,
        ),
      )
      app.use(touchSession)
    }),
    async (served) => {
      const response = await ask(served, '/conflict')
      expect([response.status, decode(response)]).toEqual([500, internal])
      expect(served.reports.map(({ error }) => error)).toEqual([boom])
    },
  )
})

describe('one error thrown by many requests', () => {
  const shop = defineCatalog({
    name: 'shop',
    errors: { 10002: { status: 409, message: 'Only {{left}} of {{product}} left' } },
    locales: { de: { shop: { 10002: { message: 'Nur noch {{left}} von {{product}} übrig' } } } },
  })
  const texts = { en: 'Only 3 of tea left', de: 'Nur noch 3 von tea übrig' }

  const shared: readonly (readonly [name: string, make: () => object, status: number])[] = [
    [
      'a BizError',
      () => new shop.BizError(10002, { params: { left: 3, product: 'tea' }, details: { a: [1] } }),
      409,
    ],
    [
      'a frozen BizError',
      () => Object.freeze(new shop.BizError(10002, { params: { left: 3, product: 'tea' } })),
      409,
    ],
    ['a foreign error', () => Object.assign(new Error('secret-7'), { headers: { 'X-A': 'b' } }), 500],
    ['a plain object', () => ({ status: 500, message: 'secret-7', nested: { a: 1 } }), 500],
  ]

  for (const [name, make, status] of shared) {
    test(`40 requests at once in two languages get their own answers, and ${name} is unchanged`, async () => {
      const thrown = make()
      const before = snapshot(thrown)
      const apps: App[] = [
        ...expressApps((app, options) => {
          app.use(expressFace.requestId())
          app.use(() => {
            throw thrown
          })
          app.use(expressFace.errorHandler({ ...options, catalog: shop }))
        }),
        ...koaApps((app, options) => {
          app.use(koaFace.errorHandler({ ...options, catalog: shop }))
          app.use(koaFace.requestId())
          app.use(async () => {
            await sleep(1)
            throw thrown
          })
        }),
      ]
      for (const [framework, makeListener] of apps) {
        await serve(framework, makeListener, async ({ port, reports }) => {
          const ids = Array.from({ length: 40 }, (_, index) => `r-${index}`)
          const responses = await Promise.all(
            ids.map(async (id, index) => {
              const language = index % 2 === 0 ? 'en' : 'de'
              const lines = [
                'Host: test',
                `X-Request-ID: ${id}`,
                `Accept-Language: ${language}`,
                'Connection: close',
              ]
              const raw = await exchange(port, `GET / HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`, 25_000)
              const answer = parse(raw)
              const { message } = JSON.parse(raw.split('\r\n\r\n')[1]!) as { message: string }
              return [
                answer.headers['x-request-id'],
                answer.status,
                answer.headers['content-language'],
                message,
              ]
            }),
          )
          const generic = { en: 'Internal server error', de: 'Interner Serverfehler' }
          expect(responses).toEqual(
            ids.map((id, index) => {
              const language = index % 2 === 0 ? 'en' : 'de'
              return [id, status, language, status === 409 ? texts[language] : generic[language]]
            }),
          )
          await expect.poll(() => reports.length).toBe(ids.length)
          expect(new Set(reports.map(({ requestId }) => requestId)).size).toBe(ids.length)
          expect(reports.every(({ error }) => error === thrown)).toBe(true)
        })
      }
      expect(snapshot(thrown)).toEqual(before)
      expect(Object.isExtensible(thrown)).toBe(!name.includes('frozen'))
    })
  }
})

/** All that is on a value and below: property descriptors, symbols too, prototype. */
function snapshot(value: unknown, seen = new Map<object, object>()): unknown {
  if (typeof value !== 'object' || value === null) return value
  const known = seen.get(value)
  if (known) return known
  const taken: Record<PropertyKey, unknown> = {}
  seen.set(value, taken)
  for (const key of Reflect.ownKeys(value)) {
    const { value: member, ...descriptor } = Object.getOwnPropertyDescriptor(value, key)!
    taken[key] = { ...descriptor, member: snapshot(member, seen) }
  }
  return { taken, prototype: Object.getPrototypeOf(value) as unknown }
}
