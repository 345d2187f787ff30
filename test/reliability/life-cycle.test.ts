import { createReadStream } from 'node:fs'
import { PassThrough, pipeline, Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import express, { type ErrorRequestHandler } from 'express'
import type Koa from 'koa'
import Router from '@koa/router'
import { describe, expect, test } from 'vitest'
import * as expressFace from '../../src/adapters/express/index.ts'
import * as koaFace from '../../src/adapters/koa/index.ts'
import { BizError } from '../../src/catalogs/cloud-waf.ts'
import type { Route } from '../support/frameworks.ts'
import { converse, keepAlive } from '../support/converse.ts'
import {
  escaping,
  expressApps,
  koaApps,
  onAll,
  onThese,
  serve,
  type App,
  type ExpressApp,
  type Served,
} from '../support/served.ts'
import { startWatch } from '../support/stopwatch.ts'
import {
  boom,
  expectAlive,
  expectAnswer,
  expectReported,
  fail,
  ID,
  internal,
  missing,
  whole,
  wholeAnswer,
} from './kept-connections.ts'

/** Sends one request and expects a transfer that breaks off, in time and with nothing of ours in it. */
async function expectBroken(served: Served, started: number, part: string): Promise<void> {
  const talk = await converse(served.port, keepAlive('/', ID))
  const elapsed = startWatch()
  const text = await talk.closed()
  expect(elapsed(), 'G2: closed in time').toBeLessThan(started + 500)
  expect(text).not.toContain('\r\n0\r\n\r\n')
  expect(text).not.toContain('"code"')
  expect(text).not.toContain('HTTP/1.1 5')
  if (part) expect(text).toContain(part)
  await expectAlive(served)
}

describe('P-E01: a throw after the response began', () => {
  const starts: Readonly<Record<string, Route>> = {
    'chunks were written': (_request, response) => {
      response.statusCode = 200
      response.write('part')
    },
    'a part of Content-Length was written': (_request, response) => {
      response.statusCode = 200
      response.setHeader('Content-Length', 1000)
      response.write('part')
    },
    'only the head was sent': (_request, response) => {
      response.flushHeaders()
    },
    'HEAD was written by hand': (_request, response) => {
      response.writeHead(200, { 'Content-Type': 'text/plain' })
      response.flushHeaders()
    },
  }
  for (const [name, start] of Object.entries(starts)) {
    for (const [when, delay] of [
      ['at once', 0],
      ['20 ms later', 20],
    ] as const) {
      for (const [what, error] of [
        ['a foreign error', boom],
        ['a BizError', new BizError(1006)],
      ] as const) {
        onAll(
          `P-E01: the connection is closed with nothing appended and one log event, for ${what} thrown ${when} after ${name}`,
          {
            routes: {
              '/': delay
                ? async (request, response) => {
                    await start(request, response)
                    await sleep(delay)
                    throw error
                  }
                : (request, response) => {
                    void start(request, response)
                    throw error
                  },
            },
          },
          async (served) => {
            await expectBroken(served, delay, delay && name.includes('written') ? 'HTTP/1.1 200' : '')
            await expectReported(served, { sent: false, level: 'error', error })
          },
        )
      }
    }
  }
})

const finish: Route = (_request, response) => {
  response.statusCode = 200
  response.setHeader('Content-Length', 4)
  response.end('done')
}

describe('P-E02: a throw after the response was complete', () => {
  const done = [
    'HTTP/1.1 200 OK',
    'X-Request-ID: probe-1',
    'Content-Length: 4',
    'Date: *',
    'Connection: keep-alive',
    'Keep-Alive: timeout=5',
    '',
    'done',
  ].join('\r\n')
  for (const [name, route] of Object.entries<Route>({
    'thrown at once': (request, response) => {
      void finish(request, response)
      throw boom
    },
    'rejected 20 ms later': async (request, response) => {
      await finish(request, response)
      await sleep(20)
      throw boom
    },
  })) {
    onAll(
      `P-E02: the answer is untouched and the connection kept, with one log event, for an error ${name}`,
      { routes: { '/': route } },
      async (served) => {
        const talk = await converse(served.port, keepAlive('/', ID))
        await talk.until((text) => text.endsWith('done'), 'the answer')
        await served.reported(1)
        talk.socket.write(keepAlive('/nowhere', ID))
        await talk.until((text) => text.endsWith(JSON.stringify(missing)), 'the second answer')
        expect(talk.text()).toBe(done + whole.missing)
        talk.socket.destroy()
        await expectReported(served, { sent: false, level: 'error', error: boom })
      },
    )
  }
})

describe('P-E03: next called twice', () => {
  const first = new BizError(1006)
  const second = new Error('secret-7')
  onThese(
    'P-E03: the first error is answered whole; the second goes to the final handler of Express, which closes the connection',
    expressApps((app, options) => {
      app.use(expressFace.requestId())
      app.use((_request, _response, next) => {
        next(first)
        next(second)
      })
      app.use(expressFace.errorHandler(options))
    }),
    async (served) => {
      const talk = await converse(served.port, keepAlive('/', ID))
      expect(await talk.closed()).toBe(whole.conflict)
      expect(served.reports.map(({ error, sent }) => [error, sent])).toEqual([[first, true]])
    },
  )

  onThese(
    'P-E03: the second error is logged and the connection kept where a router inside passes both on',
    expressApps((app, options) => {
      app.use(expressFace.requestId())
      app.use((_request, _response, next) => {
        next(first)
        setImmediate(next as (error: unknown) => void, second)
      })
      app.use(expressFace.errorHandler(options))
      app.use(expressFace.errorHandler(options))
    }),
    async (served) => {
      const talk = await converse(served.port, keepAlive('/', ID))
      await talk.until((text) => text === whole.conflict, 'the answer')
      await served.reported(2)
      expect(served.reports.map(({ error, sent }) => [error, sent])).toEqual([
        [first, true],
        [second, false],
      ])
      await sleep(20)
      expect([talk.text(), talk.socket.destroyed]).toEqual([whole.conflict, false])
      talk.socket.destroy()
    },
  )
})

/** Koa with a handler that sets a body, and maybe does more before it returns. */
function koaBody(handle: Koa.Middleware): App[] {
  return koaApps((app, options) => {
    app.silent = true
    app.use(koaFace.errorHandler(options))
    app.use(koaFace.requestId())
    app.use((context, next) => (context.path === '/' ? handle(context, next) : next()))
  })
}

const NO_FILE = new URL('no-such-file', import.meta.url)

/** A stream that fails after so many milliseconds, having given the parts before. */
function failing(milliseconds: number, ...parts: readonly string[]): Readable {
  const stream = new Readable({ read: () => {} })
  for (const part of parts) stream.push(part)
  if (milliseconds === 0) process.nextTick(() => stream.destroy(boom))
  else setTimeout(() => stream.destroy(boom), milliseconds)
  return stream
}

describe('P-E04: a stream as body that fails before its first byte', () => {
  for (const [name, handle] of Object.entries<Koa.Middleware>({
    'a file that is not there': (context) => {
      context.body = createReadStream(NO_FILE)
    },
    'a file that is not there, while the handler goes on for 50 ms': async (context) => {
      context.body = createReadStream(NO_FILE)
      await sleep(50)
    },
    'a stream that fails at once': (context) => {
      context.body = failing(0)
    },
    'a stream that was destroyed already': (context) => {
      const stream = new PassThrough()
      stream.on('error', () => {})
      stream.destroy(boom)
      context.body = stream
    },
    'a stream that fails after 30 ms': (context) => {
      context.type = 'application/pdf'
      context.attachment('a.pdf')
      context.etag = 'a'
      context.body = failing(30)
    },
    'a stream that ends without an error, cut off': (context) => {
      const stream = new PassThrough()
      setTimeout(() => stream.destroy(), 20)
      context.body = stream
    },
  })) {
    onThese(
      `P-E04: the envelope is sent and the error logged once with the request id, for ${name}`,
      koaBody(handle),
      async (served) => {
        await expectAnswer(served, whole.internal)
        await expectReported(served, { sent: true, level: 'error' })
        await expectAlive(served)
      },
    )
  }

  onThese(
    'P-E04: a HEAD request whose stream fails has the head of the error answer',
    koaBody((context) => {
      context.body = createReadStream(NO_FILE)
    }),
    (served) => expectAnswer(served, wholeAnswer(500, internal, true), keepAlive('/', ID, 'HEAD')),
  )

  for (const [name, handle] of Object.entries<Koa.Middleware>({
    'web stream': (context) => {
      context.body = new ReadableStream({
        start: (controller) => controller.error(boom),
      })
    },
    Response: (context) => {
      context.body = new Response(
        new ReadableStream({
          start: (controller) => controller.error(boom),
        }),
      )
    },
  })) {
    // Koa 3.0.0 itself lets the process die of them (the guide's limits.md).
    if (process.env['LOWEST']) continue
    onThese(
      `P-E04: the connection is closed or the envelope sent, and the error logged, for a ${name} that fails in Koa 3`,
      koaBody(handle).slice(0, 1),
      async (served) => {
        const talk = await converse(served.port, keepAlive('/', ID))
        const text = await talk.until(
          (text) => talk.socket.destroyed || text.endsWith(JSON.stringify(internal)),
          'an end',
        )
        expect(text === '' || text === whole.internal).toBe(true)
        await expectReported(served, { sent: text !== '', level: 'error' })
        await expectAlive(served)
      },
    )
  }

  onThese(
    'P-E04: on Express, pipeline into the response closes the connection and logs, since it has destroyed the response',
    expressApps((app, options) => {
      app.use(expressFace.requestId())
      app.get('/', (_request, response, next) => {
        pipeline(createReadStream(NO_FILE), response, (error) => error && next(error))
      })
      app.use(expressFace.notFound())
      app.use(expressFace.errorHandler(options))
    }),
    async (served) => {
      await expectBroken(served, 0, '')
      await expectReported(served, { sent: false, level: 'error' })
    },
  )
})

describe('P-E05: a stream as body that fails after its first bytes', () => {
  for (const [name, handle] of Object.entries<Koa.Middleware>({
    '20 ms after one chunk': (context) => {
      context.body = failing(20, 'part')
    },
    'after a chunk, with a Content-Length': (context) => {
      context.length = 1000
      context.body = failing(20, 'part')
    },
    'after 1 MB': (context) => {
      context.body = failing(50, ...Array.from({ length: 16 }, () => 'part'.repeat(16_384)))
    },
  })) {
    onThese(
      `P-E05: the connection is closed and the error logged, ${name}`,
      koaBody(handle),
      async (served) => {
        await expectBroken(served, 50, 'part')
        await expectReported(served, { sent: false, level: 'error', error: boom })
      },
    )
  }

  onThese(
    'P-E05: on Express, a pipeline that fails after its first bytes closes the connection',
    expressApps((app, options) => {
      app.use(expressFace.requestId())
      app.get('/', (_request, response, next) => {
        pipeline(failing(20, 'part'), response, (error) => error && next(error))
      })
      app.use(expressFace.notFound())
      app.use(expressFace.errorHandler(options))
    }),
    async (served) => {
      await expectBroken(served, 20, 'part')
      await expectReported(served, { sent: false, level: 'error', error: boom })
    },
  )

  for (const [name, makeBody, expected] of [
    ['that is ready', () => Readable.from(['a', 'b']), 'ab'],
    [
      'whose first bytes come late',
      () => {
        const stream = new PassThrough()
        setTimeout(() => stream.end('ab'), 60)
        return stream
      },
      'ab',
    ],
    ['that is empty', () => Readable.from([]), ''],
    ['that has ended already', () => new PassThrough().end('ab'), 'ab'],
    ['of 1 MB', () => Readable.from(['x'.repeat(1_000_000)]), 'x'.repeat(1_000_000)],
    ['from a file', () => createReadStream(new URL('../support/served.ts', import.meta.url)), 'expressApps'],
  ] as const) {
    for (const method of ['GET', 'HEAD']) {
      onThese(
        `P-E05: ${method} of a stream ${name} is answered whole, and nothing is reported`,
        koaBody((context) => {
          context.set('Connection', 'close')
          context.body = makeBody()
        }),
        async (served) => {
          const talk = await converse(served.port, keepAlive('/', ID, method))
          const text = await talk.closed()
          const [head = '', body = ''] = text.split(/\r\n\r\n([^]*)/)
          expect(head).toContain('HTTP/1.1 200 OK')
          const chunks = body.replaceAll(/(?:^|\r\n)[0-9a-f]+\r\n/g, '')
          if (method === 'HEAD') expect(body).toBe('')
          else if (expected === '') expect(body).toBe(head.includes('Content-Length: 0') ? '' : '0\r\n\r\n')
          else expect(chunks.includes(expected) && body.endsWith('\r\n0\r\n\r\n')).toBe(true)
          await sleep(10)
          expect(served.reports).toEqual([])
          return undefined
        },
      )
    }
  }

  onThese(
    'P-E05: a client that leaves in the middle of a stream ends the stream, and nothing is logged as an error',
    koaBody((context) => {
      const stream = new Readable({
        read() {
          setTimeout(() => this.push('x'.repeat(1000)), 5)
        },
      })
      stream.on('close', () => closed.push(stream))
      context.body = stream
    }),
    async (served) => {
      const talk = await converse(served.port, keepAlive('/', ID))
      await talk.until((text) => text.includes('xxx'), 'first bytes')
      const before = closed.length
      talk.socket.resetAndDestroy()
      await expect.poll(() => closed.length, { interval: 5 }).toBeGreaterThan(before)
      await sleep(30)
      expect(served.log.filter(([level]) => level === 'error')).toEqual([])
      await expectAlive(served)
    },
  )
  const closed: Readable[] = []
})

describe('P-E10: Koa without a body', () => {
  for (const [name, handle, answer] of [
    ['nothing sets a body', (_context, next) => next(), whole.missing],
    ['a handler sets 404', (context: Koa.Context) => void (context.status = 404), whole.missing],
    [
      'a handler sets 405',
      (context: Koa.Context) => {
        context.status = 405
        context.set('Allow', 'GET')
      },
      wholeAnswer(405, { code: 400, message: 'Method not allowed' }).replace(
        'Content-Type',
        'Allow: GET\r\nContent-Type',
      ),
    ],
    [
      'a handler sets 204',
      (context: Koa.Context) => void (context.status = 204),
      'HTTP/1.1 204 No Content\r\nX-Request-ID: probe-1\r\nDate: *\r\nConnection: keep-alive\r\nKeep-Alive: timeout=5\r\n\r\n',
    ],
    [
      'a handler sets 304',
      (context: Koa.Context) => void (context.status = 304),
      'HTTP/1.1 304 Not Modified\r\nX-Request-ID: probe-1\r\nDate: *\r\nConnection: keep-alive\r\nKeep-Alive: timeout=5\r\n\r\n',
    ],
  ] as const satisfies readonly (readonly [string, Koa.Middleware, string])[]) {
    onThese(
      `P-E10: the answer is ${answer.slice(9, 12)} where ${name}`,
      koaBody(handle as Koa.Middleware),
      (served) => expectAnswer(served, answer),
    )
  }

  onThese(
    'P-E10: a 404 with a body of the handler stays as it is',
    koaBody((context) => {
      context.status = 404
      context.body = 'mine'
    }),
    async ({ port, reports }) => {
      const talk = await converse(port, keepAlive('/', ID))
      expect(await talk.until((text) => text.endsWith('mine'), 'the body')).toContain(
        'HTTP/1.1 404 Not Found',
      )
      expect(reports).toEqual([])
      talk.socket.destroy()
    },
  )
})

describe("P-E11: the app's error listener", () => {
  for (const [name, handle, answer] of [
    [
      'for a thrown error',
      () => {
        throw boom
      },
      whole.internal,
    ],
    [
      'for a stream that fails',
      (context: Koa.Context) => void (context.body = createReadStream(NO_FILE)),
      whole.internal,
    ],
  ] as const) {
    onThese(
      `P-E11: the envelope is sent although a listener for error throws, ${name}`,
      koaApps((app, options) => {
        app.on('error', () => {
          throw new Error('listener')
        })
        app.use(koaFace.errorHandler(options))
        app.use(koaFace.requestId())
        app.use((context, next) => (context.path === '/' ? handle(context) : next()))
      }),
      async (served) => {
        await expectAnswer(served, answer)
        await expectAlive(served)
      },
    )
  }
})

describe('P-E12: an async handler of Express 4 that rejects', () => {
  const [, express4App] = expressApps((app, options) => {
    app.use(expressFace.requestId())
    app.get(
      '/wrapped',
      expressFace.asyncHandler(() => Promise.reject(new BizError(1006))),
    )
    app.get(
      '/falsy',
      expressFace.asyncHandler(() => Promise.reject(undefined)),
    )
    app.get(
      '/thrown',
      expressFace.asyncHandler(() => {
        throw new BizError(1006)
      }),
    )
    app.get('/bare', () => Promise.reject(boom))
    app.use(expressFace.notFound())
    app.use(expressFace.errorHandler(options))
  })

  for (const [path, answer] of [
    ['/wrapped', whole.conflict],
    ['/thrown', whole.conflict],
    ['/falsy', whole.internal],
  ] as const) {
    test(`P-E12: asyncHandler brings the rejection of ${path} to the error handler`, () =>
      serve(...express4App!, (served) => expectAnswer(served, answer, keepAlive(path, ID))))
  }

  test('P-E12: without asyncHandler the rejection reaches the process and the request is not answered', () =>
    serve(...express4App!, async ({ port, reports }) => {
      const escaped = await escaping(async () => {
        const talk = await converse(port, keepAlive('/bare', ID))
        await sleep(100)
        expect([talk.text(), talk.socket.destroyed]).toEqual(['', false])
        talk.socket.destroy()
      })
      expect(escaped).toEqual([boom])
      expect(reports).toEqual([])
    }))
})

describe('P-E14: mounted more than once', () => {
  for (const [name, build] of Object.entries<(app: ExpressApp, handler: () => ErrorRequestHandler) => void>({
    twice: (app, handler) => {
      app.get('/', fail)
      app.use(expressFace.notFound(), expressFace.notFound(), handler(), handler())
    },
    'in a router and in the app': (app, handler) => {
      const router = express.Router()
      router.get('/', fail)
      router.use(handler())
      app.use(router)
      app.use(expressFace.notFound(), handler())
    },
    'in a sub-app and in the app': (app, handler) => {
      const sub = express()
      sub.disable('x-powered-by')
      sub.use(expressFace.requestId())
      sub.get('/', fail)
      sub.use(handler())
      app.use('/', sub)
      app.use(expressFace.notFound(), handler())
    },
  })) {
    onThese(
      `P-E14: there is one answer and one report where the handlers are mounted ${name}, on Express`,
      expressApps((app, options) => {
        app.use(expressFace.requestId(), expressFace.requestId())
        build(app, () => expressFace.errorHandler(options))
      }),
      async (served) => {
        await expectAnswer(served, whole.conflict)
        await expectReported(served, { sent: true, level: 'info' })
        await expectAlive(served)
        expect(served.reports).toHaveLength(2)
      },
    )
  }

  for (const [name, build] of Object.entries<(app: Koa, handler: () => Koa.Middleware) => void>({
    twice: (app, handler) => {
      app.use(handler())
      app.use(handler())
      app.use(koaFace.requestId())
      app.use(koaFace.requestId())
      app.use((context, next) => (context.path === '/' ? fail() : next()))
    },
    'outside and in a router': (app, handler) => {
      const router = new Router()
      router.use(handler())
      router.get('/', fail)
      app.use(handler())
      app.use(koaFace.requestId())
      app.use(router.routes())
    },
  })) {
    onThese(
      `P-E14: there is one answer and one report where the handlers are mounted ${name}, on Koa`,
      koaApps((app, options) => build(app, () => koaFace.errorHandler(options))),
      async (served) => {
        await expectAnswer(served, whole.conflict)
        await expectReported(served, { sent: true, level: 'info' })
        await expectAlive(served)
        expect(served.reports).toHaveLength(2)
      },
    )
    onThese(
      `P-E14: a stream that fails is answered and reported once where the handlers are mounted ${name}, on Koa`,
      koaApps((app, options) => {
        build(app, () => koaFace.errorHandler(options))
        app.middleware.splice(-1, 0, (context, next) => {
          if (context.path !== '/') return next()
          context.body = createReadStream(NO_FILE)
          return undefined
        })
      }),
      async (served) => {
        await expectAnswer(served, whole.internal)
        await expectReported(served, { sent: true, level: 'error' })
      },
    )
  }
})

describe('P-E17: errors in the parts of an app', () => {
  for (const [name, answer, build] of [
    [
      'an app.param handler',
      whole.conflict,
      (app) => {
        app.param('id', fail)
        app.get('/:id', (_request, response) => void response.end())
      },
    ],
    [
      'an app.param handler that passes it on',
      whole.conflict,
      (app) => {
        app.param('id', (_request, _response, next) => next(new BizError(1006)))
        app.get('/:id', (_request, response) => void response.end())
      },
    ],
    [
      'a mounted sub-app with settings of its own',
      whole.conflict,
      (app) => {
        const sub = express()
        sub.disable('x-powered-by')
        sub.enable('strict routing')
        sub.set('env', 'development')
        sub.get('/x', fail)
        app.use('/', sub)
      },
    ],
    [
      'middleware of a router',
      whole.conflict,
      (app) => {
        const router = express.Router()
        router.use(fail)
        router.get('/x', (_request, response) => void response.end())
        app.use(router)
      },
    ],
    [
      'a view engine',
      whole.internal,
      (app) => {
        app.engine('html', (_path, _options, callback) => callback(boom))
        app.set('views', import.meta.dirname)
        app.set('view engine', 'html')
        app.get('/x', (_request, response) => response.render('no-such-view'))
      },
    ],
    [
      'a view engine that fails on a view',
      whole.internal,
      (app) => {
        app.engine('ts', (_path, _options, callback) => callback(boom))
        app.set('views', import.meta.dirname)
        app.get('/x', (_request, response) => response.render('served.ts'))
      },
    ],
  ] as const satisfies readonly (readonly [string, string, (app: ExpressApp) => void])[]) {
    onThese(
      `P-E17: an error of ${name} is answered, on Express`,
      expressApps((app, options) => {
        app.use(expressFace.requestId())
        build(app)
        app.use(expressFace.notFound())
        app.use(expressFace.errorHandler(options))
      }),
      async (served) => {
        await expectAnswer(served, answer, keepAlive('/x', ID))
        await expectReported(served, { sent: true, level: answer === whole.internal ? 'error' : 'info' })
      },
    )
  }

  for (const [name, build] of Object.entries<(router: Router) => void>({
    'a router.param handler': (router) => {
      router.param('id', fail)
      router.get('/:id', (context) => void (context.body = 'x'))
    },
    'middleware of a router': (router) => {
      router.use(fail)
      router.get('/x', (context) => void (context.body = 'x'))
    },
    'a router inside a router': (router) => {
      const inner = new Router()
      inner.get('/x', fail)
      router.use(inner.routes())
    },
  })) {
    onThese(
      `P-E17: an error of ${name} is answered, on Koa`,
      koaApps((app, options) => {
        const router = new Router()
        build(router)
        app.use(koaFace.errorHandler(options))
        app.use(koaFace.requestId())
        app.use(router.routes())
      }),
      async (served) => {
        await expectAnswer(served, whole.conflict, keepAlive('/x', ID))
        await expectReported(served, { sent: true, level: 'info' })
      },
    )
  }
})

describe('P-E18: Koa used in odd ways', () => {
  onThese(
    'P-E18: a throw after respond = false is answered by us where nothing was written',
    koaBody((context) => {
      context.respond = false
      throw new BizError(1006)
    }),
    async (served) => {
      await expectAnswer(served, whole.conflict)
      await expectReported(served, { sent: true, level: 'info' })
    },
  )

  onThese(
    'P-E18: a throw after respond = false closes the connection where the response had begun',
    koaBody(async (context) => {
      context.respond = false
      context.res.write('part')
      await sleep(20)
      throw boom
    }),
    async (served) => {
      await expectBroken(served, 20, 'part')
      await expectReported(served, { sent: false, level: 'error', error: boom })
    },
  )

  for (const [name, body] of Object.entries<() => unknown>({
    'has a cycle': () => {
      const cyclic: Record<string, unknown> = {}
      cyclic['self'] = cyclic
      return cyclic
    },
    'holds a BigInt': () => ({ n: 1n }),
    'has a toJSON that throws': () => ({ toJSON: fail }),
  })) {
    onThese(
      `P-E18: a body that ${name} is no JSON, which Koa finds after the middleware has run, and is answered`,
      koaBody((context) => void (context.body = body())),
      async (served) => {
        await expectAnswer(served, name.includes('toJSON') ? whole.conflict : whole.internal)
        const level = name.includes('toJSON') ? 'info' : 'error'
        await expectReported(served, { sent: true, level })
      },
    )
  }

  for (const [name, inner] of [
    ['a success', (context: Koa.Context) => void (context.body = 'x')],
    ['an error', fail],
  ] as const) {
    onThese(
      `P-E18: middleware around ours that throws after ${name} is answered`,
      koaApps((app, options) => {
        app.silent = true
        app.use(async (context, next) => {
          await next()
          if (context.path === '/') throw boom
        })
        app.use(koaFace.errorHandler(options))
        app.use(koaFace.requestId())
        app.use((context, next) => (context.path === '/' ? inner(context) : next()))
      }),
      async (served) => {
        const talk = await converse(served.port, keepAlive('/', ID))
        const text = await talk.until((text) => text.endsWith(JSON.stringify(internal)), 'the answer')
        expect(text.split('\r\n').sort()).toEqual(whole.internal.split('\r\n').sort())
        talk.socket.destroy()
        await expectAlive(served)
        expect(served.reports.map(({ error }) => error)).toContain(boom)
      },
    )
  }

  onThese(
    'P-E18: respond = false without an error is left to the handler, which may answer later',
    koaBody((context) => {
      context.respond = false
      setTimeout(() => context.res.end('later'), 30)
    }),
    async ({ port, reports }) => {
      const talk = await converse(port, keepAlive('/', ID))
      await talk.until((text) => text.includes('later'), 'the late answer')
      expect(reports).toEqual([])
      talk.socket.destroy()
    },
  )

  onThese(
    'P-E18: next called twice is the generic 500',
    koaBody(async (_context, next) => {
      await next()
      await next()
    }),
    async (served) => {
      await expectAnswer(served, whole.internal)
      await expectReported(served, { sent: true, level: 'error' })
    },
  )

  for (const app of koaApps((app, options) => {
    app.use(koaFace.errorHandler(options))
    app.use(koaFace.requestId())
    app.use((_context, next) => void next())
    app.use(async () => {
      await sleep(5)
      throw boom
    })
  })) {
    test(`P-E18: where await next() is missing, the 404 is ours and the error reaches the process, on ${app[0]}`, () =>
      serve(...app, async (served) => {
        const escaped = await escaping(async () => {
          await expectAnswer(served, whole.missing)
          await sleep(20)
        })
        expect(escaped).toEqual([boom])
      }))
  }
})

describe('P-E19: long responses', () => {
  onAll(
    'P-E19: an event stream whose handler fails later is closed, with the id in the log',
    {
      routes: {
        '/': async (_request, response) => {
          response.writeHead(200, { 'Content-Type': 'text/event-stream' })
          for (let event = 0; event < 3; event++) {
            response.write(`data: ${event}\n\n`)
            await sleep(40)
          }
          throw boom
        },
      },
    },
    async (served) => {
      await expectBroken(served, 120, 'data: 2')
      await expectReported(served, { sent: false, level: 'error', error: boom })
    },
  )

  onThese(
    'P-E19: an event stream as body of Koa that fails later is closed, with the id in the log',
    koaBody((context) => {
      const events = new PassThrough()
      context.type = 'text/event-stream'
      context.body = events
      setTimeout(() => events.write('data: 0\n\n'), 20)
      setTimeout(() => events.destroy(boom), 80)
    }),
    async (served) => {
      await expectBroken(served, 100, 'data: 0')
      await expectReported(served, { sent: false, level: 'error', error: boom })
    },
  )

  onThese(
    'P-E19: the head of an event stream goes out before its first event where the handler flushes it',
    koaBody((context) => {
      const events = new PassThrough()
      context.type = 'text/event-stream'
      context.status = 200
      context.flushHeaders()
      context.body = events
      setTimeout(() => events.end('data: 0\n\n'), 60)
    }),
    async ({ port }) => {
      const talk = await converse(port, keepAlive('/', ID))
      const head = await talk.until((text) => text.includes('\r\n\r\n'), 'the head')
      expect(head).not.toContain('data')
      await talk.until((text) => text.endsWith('0\r\n\r\n'), 'the end')
      talk.socket.destroy()
    },
  )
})
