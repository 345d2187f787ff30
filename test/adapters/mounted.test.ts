import KoaRouter from '@koa/router'
import type { ErrorRequestHandler } from 'express'
import type Koa from 'koa'
import type { RequestListener } from 'node:http'
import { describe, expect, test, vi } from 'vitest'
import * as expressFace from '../../src/adapters/express/index.ts'
import * as koaFace from '../../src/adapters/koa/index.ts'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import { SetupError } from '../../src/guard/setup-error.ts'
import type { HandlerOptions } from '../../src/handler/options.ts'
import { expresses, koaCallback, koas } from '../support/frameworks.ts'
import { parse } from '../support/guarantees.ts'
import { send } from '../support/raw.ts'
import { escaping, serve, type ExpressApp } from '../support/served.ts'
import { lowerCased, sentHeaders } from '../support/standard-answer.ts'
import { record } from '../support/whole-answer.ts'

const shop = defineCatalog({
  name: 'shop',
  errors: {
    GONE: { status: 410, message: 'Gone' },
    SLOWER: { status: 429, message: 'Slower' },
    BROKEN: { status: 500, message: 'Our fault' },
  },
  foreign: { byStatus: { 500: 'BROKEN' } },
})
const options = { catalog: shop }
const limits = {
  policies: [{ name: 'hour', limit: 9, window: '1h', error: 'SLOWER' } as const],
  catalog: shop,
}

// JavaScript mounts what the types would not let through.
const anything = (value: unknown): never => value as never

/** What a client is told, in whole, and what the log has. */
const told = (message: string): object => {
  const body = { code: 'BROKEN', message: 'Our fault' }
  return {
    status: 500,
    headers: lowerCased(sentHeaders(body)),
    body: JSON.stringify(body),
    log: [['error', message]],
  }
}

type Make = (options: HandlerOptions) => RequestListener

/** The answer to one request, and what was logged. */
async function ask(makeListener: Make, path = '/'): Promise<object> {
  return serve('', makeListener, async ({ port, log }) => {
    const { status, headers, body } = parse(
      await send(port, { path, headers: { 'X-Request-ID': 'probe-1' } }),
    )
    return {
      status,
      headers: record(headers),
      body,
      log: log.map(([level, , message]) => [level, message]),
    }
  })
}

const CALLS = {
  notFound: 'notFound()',
  requestId: 'requestId()',
  rateLimit: 'rateLimit({ policies })',
  bizErrors: 'bizErrors(app, options)',
  asyncHandler: 'asyncHandler(handler)',
} as const

const uncalled = (name: keyof typeof CALLS): string => `${name} was mounted uncalled; call it: ${CALLS[name]}`
const UNCALLED_HANDLER = 'errorHandler was mounted uncalled; call it: errorHandler()'

/** Mounts a route that fails. */
function throwing(app: Pick<ExpressApp, 'get'>): void {
  app.get('/', () => {
    throw shop.errors.GONE()
  })
}

for (const [framework, create] of expresses) {
  const places = {
    app: (app: ReturnType<typeof create>, mounted: never) => app.use(mounted),
    router: (app: ReturnType<typeof create>, mounted: never) => app.use('/', create.Router().use(mounted)),
    route: (app: ReturnType<typeof create>, mounted: never) => app.get('/', mounted),
  }
  const withHandler =
    (mount: (app: ReturnType<typeof create>) => unknown): Make =>
    (recording) => {
      const app = create()
      app.disable('x-powered-by')
      mount(app)
      app.use(expressFace.errorHandler({ ...recording, ...options }))
      return app
    }

  describe(`T03: on ${framework}, mounted uncalled`, () => {
    const FACES = {
      notFound: expressFace.notFound,
      requestId: expressFace.requestId,
      rateLimit: expressFace.rateLimit,
      bizErrors: expressFace.bizErrors,
      asyncHandler: expressFace.asyncHandler,
    }
    for (const [place, mount] of Object.entries(places)) {
      for (const [name, factory] of Object.entries(FACES)) {
        test(`T03: ${name} on ${place} is answered by the error handler, and the log says how to call it`, async () => {
          expect(await ask(withHandler((app) => mount(app, anything(factory))))).toEqual(
            told(uncalled(name as keyof typeof CALLS)),
          )
        })
      }
    }

    test('T03: without an error handler of ours, next is given the SetupError', async () => {
      const seen: unknown[] = []
      const answer = await ask(() => {
        const app = create()
        app.use(anything(expressFace.notFound))
        app.use(((error, _request, response, _next) => {
          seen.push(error)
          response.status(500).end('own')
        }) as ErrorRequestHandler)
        return app
      })
      expect(answer).toMatchObject({ status: 500, body: 'own' })
      expect(seen).toEqual([new SetupError(uncalled('notFound'))])
    })

    test('T03: errorHandler is answered by the one that follows, and its log says how to call it', async () => {
      expect(
        await ask(
          withHandler((app) => {
            throwing(app)
            app.use(anything(expressFace.errorHandler))
          }),
        ),
      ).toEqual(told(UNCALLED_HANDLER))
    })

    test('T03: errorHandler on a router is answered by that of the app', async () => {
      expect(
        await ask(
          withHandler((app) => {
            const router = create.Router()
            throwing(router as never)
            router.use(anything(expressFace.errorHandler))
            app.use(router)
          }),
        ),
      ).toEqual(told(UNCALLED_HANDLER))
    })

    test('T03: errorHandler in an app inside another is answered by that of the outer', async () => {
      expect(
        await ask(
          withHandler((app) => {
            const inner = create()
            inner.disable('x-powered-by')
            throwing(inner)
            inner.use(anything(expressFace.errorHandler))
            app.use(inner)
          }),
        ),
      ).toEqual(told(UNCALLED_HANDLER))
    })

    test('T03: errorHandler answers and logs by itself where none follows', async () => {
      const say = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
      const result = await ask((recording) => {
        const app = create()
        app.disable('x-powered-by')
        // Those before it do not see the error that it makes.
        app.use(expressFace.errorHandler({ ...recording, ...options }))
        throwing(app)
        app.use(anything(expressFace.errorHandler))
        return app
      })
      const lines = say.mock.calls.map(([line]) => JSON.parse(String(line)) as Record<string, unknown>)
      say.mockRestore()
      const body = { code: 500, message: 'Internal server error' }
      expect(result).toEqual({
        status: 500,
        headers: lowerCased(sentHeaders(body)),
        body: JSON.stringify(body),
        log: [],
      })
      expect(lines.map(({ level, msg }) => [level, msg])).toEqual([['error', UNCALLED_HANDLER]])
    })

    test('T03: errorHandler is no hindrance to requests that do not fail', async () => {
      const answer = await ask(() => {
        const app = create()
        app.use(anything(expressFace.errorHandler))
        app.get('/', (_request, response) => void response.end('OK'))
        return app
      })
      expect(answer).toMatchObject({ status: 200, body: 'OK' })
    })
  })

  describe(`T03: Koa's middleware on ${framework}`, () => {
    const KOAS = {
      notFound: koaFace.notFound(),
      requestId: koaFace.requestId(),
      rateLimit: koaFace.rateLimit(limits),
    }
    for (const [place, mount] of Object.entries(places)) {
      for (const [name, middleware] of Object.entries(KOAS)) {
        test(`T03: ${name} on ${place} is answered, and the log names the face of Express`, async () => {
          expect(await ask(withHandler((app) => mount(app, anything(middleware))))).toEqual(
            told(notOnKoa(name)),
          )
        })
      }
    }

    test('T03: errorHandler is refused when the app mounts it', () => {
      expect(() => create().use(anything(koaFace.errorHandler(options)))).toThrow(
        new SetupError(notOnKoa('errorHandler')),
      )
    })

    test('T03: errorHandler on a router is told of with the first error', async () => {
      expect(
        await ask(
          withHandler((app) => {
            const router = create.Router()
            router.get('/', () => {
              throw shop.errors.GONE()
            })
            router.use(anything(koaFace.errorHandler(options)))
            app.use(router)
          }),
        ),
      ).toEqual(told(notOnKoa('errorHandler')))
    })

    test('T03: bizErrors is refused', () => {
      const message =
        "bizErrors of bizerror/koa is Koa's, and was given an app of Express: use bizerror/express"
      expect(() => koaFace.bizErrors(anything(create()), options)).toThrow(new SetupError(message))
      expect(() => koaFace.bizErrors(anything(create.Router()), options)).toThrow(new SetupError(message))
    })
  })
}

function notOnKoa(name: string): string {
  return `${name} of bizerror/koa is Koa's, and this is no app of Koa: on Express, use bizerror/express`
}

function notOnExpress(name: string): string {
  return `${name} of bizerror is Express's, and this is no app of Express: on Koa, use bizerror/koa`
}

for (const [framework, Version] of koas) {
  const places = {
    app: (app: Koa, mounted: never) => app.use(mounted),
    router: (app: Koa, mounted: never) => {
      const router = new KoaRouter()
      router.use(mounted)
      router.get('/', (context) => void (context.body = 'OK'))
      app.use(router.routes() as never)
    },
    route: (app: Koa, mounted: never) => app.use(new KoaRouter().get('/', mounted).routes() as never),
  }
  const withHandler =
    (mount: (app: Koa) => unknown): Make =>
    (recording) => {
      const app = new Version()
      app.use(koaFace.errorHandler({ ...recording, ...options }))
      mount(app)
      return koaCallback(app)
    }
  const FACES = {
    notFound: koaFace.notFound,
    requestId: koaFace.requestId,
    rateLimit: koaFace.rateLimit,
    bizErrors: koaFace.bizErrors,
  }

  describe(`T03: on ${framework}, mounted uncalled`, () => {
    for (const [place, mount] of Object.entries(places)) {
      for (const [name, factory] of Object.entries(FACES)) {
        test(`T03: ${name} on ${place} is answered by the error handler, and the log says how to call it`, async () => {
          expect(await ask(withHandler((app) => mount(app, anything(factory))))).toEqual(
            told(uncalled(name as keyof typeof CALLS)),
          )
        })
      }
      test(`T03: errorHandler on ${place} is answered by the one around it`, async () => {
        expect(await ask(withHandler((app) => mount(app, anything(koaFace.errorHandler))))).toEqual(
          told(UNCALLED_HANDLER),
        )
      })
    }

    test('T03: errorHandler throws where there is none around it', async () => {
      expect(await thrownBy(new Version(), koaFace.errorHandler)).toEqual([UNCALLED_HANDLER])
    })
  })

  describe(`T03: Express's middleware on ${framework}`, () => {
    const EXPRESSES = {
      notFound: expressFace.notFound(),
      requestId: expressFace.requestId(),
      rateLimit: expressFace.rateLimit(limits),
      errorHandler: expressFace.errorHandler(options),
    }
    for (const [place, mount] of Object.entries(places)) {
      for (const [name, middleware] of Object.entries(EXPRESSES)) {
        test(`T03: ${name} on ${place} is answered, and the log names the face of Koa`, async () => {
          expect(await ask(withHandler((app) => mount(app, anything(middleware))))).toEqual(
            told(notOnExpress(name)),
          )
        })
      }
    }

    test('T03: errorHandler throws where there is none of Koa around it', async () => {
      expect(await thrownBy(new Version(), expressFace.errorHandler(options))).toEqual([
        notOnExpress('errorHandler'),
      ])
    })

    test('T03: asyncHandler is not needed', async () => {
      const handler = expressFace.asyncHandler(() => Promise.resolve())
      expect(await ask(withHandler((app) => app.use(anything(handler))))).toEqual(
        told('asyncHandler is for Express: Koa waits for its middleware, so mount the handler as it is'),
      )
    })

    test('T03: bizErrors is refused', () => {
      const message =
        "bizErrors of bizerror/express is Express's, and was given an app of Koa: use bizerror/koa"
      expect(() => expressFace.bizErrors(anything(new Version()), options)).toThrow(new SetupError(message))
      expect(() => expressFace.bizErrors(anything(new KoaRouter()), options)).toThrow(new SetupError(message))
    })
  })

  /** What reaches an app's own listener of errors, when one middleware is mounted and asked. */
  async function thrownBy(app: Koa, middleware: unknown): Promise<readonly unknown[]> {
    const seen: unknown[] = []
    app.on('error', (error) => seen.push(error instanceof SetupError && error.message))
    app.use(anything(middleware))
    expect(await ask(() => koaCallback(app))).toMatchObject({ status: 500, body: 'Internal Server Error' })
    return seen
  }
}

describe('T03: bizErrors on apps of other frameworks', () => {
  // What Fastify 5 and Hono 4 have among their own methods.
  const method = setTimeout
  for (const [kind, app] of [
    ['Fastify', { register: method, addHook: method }],
    ['Fastify', { register: method, addHook: method, use: method }],
    ['Hono', { use: method, fetch: method, onError: method }],
  ] as const) {
    test(`T03: of ${kind} (${Object.keys(app).join(', ')}) is refused on both faces`, () => {
      for (const [face, { bizErrors }] of [
        ['Express', expressFace],
        ['Koa', koaFace],
      ] as const) {
        const make = bizErrors as (app: unknown) => unknown
        expect(() => make(app)).toThrow(
          new SetupError(
            `bizErrors of bizerror/${face.toLowerCase()} is ${face}'s, and was given an app of ${kind}: use bizerror/${kind.toLowerCase()}`,
          ),
        )
      }
    })
  }
})

describe('T03: an app in the place of options', () => {
  for (const [name, face] of Object.entries({ Express: expressFace, Koa: koaFace })) {
    for (const [app, kind] of [
      [expresses[0][1](), 'Express'],
      [new koas[0][1](), 'Koa'],
    ] as const) {
      test(`T03: of ${kind} is refused by each function of ${name}`, () => {
        for (const [call, made] of [
          ['errorHandler()', face.errorHandler],
          ['notFound()', face.notFound],
          ['requestId()', face.requestId],
          ['rateLimit({ policies })', face.rateLimit],
        ] as const) {
          const make = made as (options: unknown) => unknown
          expect(() => make(app)).toThrow(
            new SetupError(`${made.name} was given an app, and takes options. Mount it: app.use(${call})`),
          )
        }
      })
    }
  }
})

test('T03: a request that leaves the middleware of Koa on Express 4 leaves no rejection behind', async () => {
  const [, create] = expresses[1]
  const escaped = await escaping(async () => {
    const app = create()
    app.use(anything(koaFace.notFound()))
    app.use(expressFace.errorHandler({ ...options, logger: { error: () => {} } }))
    expect(await ask(() => app)).toMatchObject({ status: 500 })
  })
  expect(escaped).toEqual([])
})
