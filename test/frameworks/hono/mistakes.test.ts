import express from 'express'
import express4 from 'express4'
import Fastify from 'fastify'
import { Hono } from 'hono'
import Koa from 'koa'
import { describe, expect, test } from 'vitest'
import * as expressFace from '../../../src/adapters/express/index.ts'
import * as fastifyFace from '../../../src/adapters/fastify/index.ts'
import * as koaFace from '../../../src/adapters/koa/index.ts'
import * as face from '../../../src/adapters/hono/index.ts'
import { catalog } from '../../../src/catalogs/cloud-waf.ts'
import { SetupError } from '../../../src/guard/setup-error.ts'
import { koaCallback } from '../../support/frameworks.ts'
import { serving } from '../../support/apps.ts'

const policies = [{ name: 'hour', limit: 1, window: '1h' }] as const

describe('bizErrors', () => {
  test.each([
    [express(), 'was given an app of Express: use bizerror/express'],
    [new Koa(), 'was given an app of Koa: use bizerror/koa'],
    [Fastify(), 'was given an app of Fastify: use bizerror/fastify'],
    [undefined, 'bizErrors was called with undefined. Give the app, and its options after it.'],
    [{ catalog }, 'Give the app, and its options after it.'],
  ])('refuses what is no app of Hono: %#', (app, message) => {
    expect(() => face.bizErrors(app as never, { catalog })).toThrow(SetupError)
    expect(() => face.bizErrors(app as never, { catalog })).toThrow(message)
  })

  test('refuses options that are none', () => {
    expect(() => face.bizErrors(new Hono(), { catalogue: catalog } as never)).toThrow(/catalogue/)
    expect(() => face.bizErrors(new Hono(), { requestId: { header: 'Cookie' } })).toThrow(/Cookie/)
    expect(() => face.bizErrors(new Hono(), { rateLimit: {} as never })).toThrow(/policies/)
  })

  test('mounted uncalled, is told', async () => {
    const { told, app } = loud()
    app.use(face.bizErrors as never)
    expect((await app.request('/')).status).toBe(500)
    expect(told).toEqual([expect.stringContaining('call it: bizErrors(app, options)')])
  })
})

/** An app that notes what it logs. */
function loud(): { readonly told: string[]; readonly app: Hono } {
  const told: string[] = []
  const app = new Hono()
  app.onError(
    face.errorHandler({
      catalog,
      logger: { error: (_record: object, message: string) => told.push(message) },
    }),
  )
  return { told, app }
}

describe('a function that is mounted uncalled', () => {
  const { requestId, rateLimit, reference } = face

  test.each(Object.entries({ requestId, rateLimit, reference }))('%s, is told', async (name, uncalled) => {
    const { told, app } = loud()
    app.use(uncalled as never)
    expect((await app.request('/')).status).toBe(500)
    expect(told).toEqual([expect.stringContaining(`${name} was mounted uncalled; call it: ${name}(`)])
  })

  test('notFound, is told', async () => {
    const { told, app } = loud()
    app.notFound(face.notFound as never)
    expect((await app.request('/')).status).toBe(500)
    expect(told).toEqual(['notFound was mounted uncalled; call it: notFound()'])
  })

  test('errorHandler, answers and tells by its defaults', async () => {
    const app = new Hono()
    app.onError(face.errorHandler as never)
    app.get('/', () => {
      throw new Error('own')
    })
    const response = await app.request('/')
    expect([response.status, await response.json()]).toEqual([
      500,
      { code: 500, message: 'Internal server error' },
    ])
    const { takePrinted } = await import('../../support/printed.ts')
    expect(takePrinted().join('')).toContain('errorHandler was mounted uncalled; call it: errorHandler()')
  })
})

test('handlers that are mounted as middleware are told', async () => {
  for (const [name, middleware] of [
    ['errorHandler', face.errorHandler()],
    ['notFound', face.notFound()],
  ] as const) {
    const { told, app } = loud()
    app.use(middleware as never)
    expect((await app.request('/')).status).toBe(500)
    expect(told).toEqual([expect.stringContaining(`${name} was mounted as middleware`)])
  }
})

describe('mounted on another framework', () => {
  const parts = {
    requestId: () => face.requestId(),
    rateLimit: () => face.rateLimit({ catalog, policies }),
    reference: () => face.reference({ catalog }),
    notFound: () => face.notFound(),
    errorHandler: () => face.errorHandler(),
  }

  test.each(Object.entries(parts))('%s says so', async (name, make) => {
    const heard: string[] = []
    const hear = (error: Error): void => void heard.push(error.message)
    const koa = new Koa()
    koa.on('error', hear)
    koa.use(make() as never)
    const onExpress = [express(), express4() as unknown as express.Express].map((app) => {
      app.use(make() as never)
      app.use(((error: Error, _request, response, _next) => {
        hear(error)
        response.sendStatus(500)
      }) as express.ErrorRequestHandler)
      return app
    })
    for (const listener of [koaCallback(koa), ...onExpress]) {
      heard.length = 0
      await serving(listener as never, async (port) => {
        expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(500)
      })
      expect(heard).toEqual([expect.stringContaining(`${name} of bizerror/hono is Hono's`)])
    }
  })
})

test('one object of options serves errorHandler and notFound, and what is wrong in it is told once', async () => {
  const warned: string[] = []
  const options = { logger: { error: () => {}, warn: (_: object, message: string) => warned.push(message) } }
  const { defineCatalog } = await import('../../../src/error/define-catalog.ts')
  defineCatalog({ name: 'named-nowhere', errors: { A: { code: 1, status: 404, message: 'A' } } })
  const app = new Hono()
  app.onError(face.errorHandler(options))
  app.notFound(face.notFound(options))
  expect((await app.request('/')).status).toBe(404)
  expect(warned).toHaveLength(1)

  const { logger } = options
  face.notFound({ logger })
  face.bizErrors(new Hono(), { logger })
  expect(warned.map((message) => message.split(',')[0])).toEqual(
    ['errorHandler', 'notFound', 'bizErrors'].map((caller) => `${caller} was given no option catalog`),
  )
})

describe("what is another framework's, on Hono", () => {
  type AnyFace = Readonly<
    Record<'errorHandler' | 'notFound' | 'requestId' | 'rateLimit', (options?: object) => object>
  >
  const others = {
    "bizerror is Express's, and this is no app of Express": expressFace,
    "bizerror/koa is Koa's, and this is no app of Koa": koaFace,
    "bizerror/fastify is Fastify's, and this is no app of Fastify": fastifyFace,
  } as never as Readonly<Record<string, AnyFace>>

  for (const [where, other] of Object.entries(others)) {
    const message = (part: string): string => `${part} of ${where}: on Hono, use bizerror/hono`
    const parts = {
      errorHandler: other.errorHandler({ catalog }),
      requestId: other.requestId(),
      rateLimit: other.rateLimit({ catalog, policies }),
      notFound: other.notFound(),
    }

    test.each(Object.entries(parts))(`%s of ${where} says so`, async (name, part) => {
      const { told, app } = loud()
      app.use(part as never)
      expect((await app.request('/')).status).toBe(500)
      expect(told).toEqual([message(name)])
    })

    test(`errorHandler of ${where} says so as that of the app`, async () => {
      const app = new Hono()
      app.onError(other.errorHandler({ catalog }) as never)
      app.get('/', () => {
        throw new Error('own')
      })
      await expect((async () => app.request('/'))()).rejects.toThrow(message('errorHandler'))
    })

    test(`notFound of ${where} says so as that of the app`, async () => {
      const { told, app } = loud()
      app.notFound(other.notFound() as never)
      expect((await app.request('/')).status).toBe(500)
      expect(told).toEqual([message('notFound')])
    })
  }
})
