import type { AddressInfo } from 'node:net'
import type Fastify from 'fastify'
import express from 'express'
import { describe, expect, test } from 'vitest'
import * as face from '../../../src/adapters/fastify/index.ts'
import { BizError, catalog } from '../../../src/catalogs/cloud-waf.ts'
import { takePrinted } from '../../support/printed.ts'
import { exchange } from '../../support/raw.ts'
import { escaping, recorder } from '../../support/served.ts'
import { fastifies, type FastifyApp } from './apps.ts'
import { ask } from './whole.ts'

const {
  bizErrors,
  clientErrorHandler,
  errorHandler,
  frameworkErrors,
  genReqId,
  notFound,
  rateLimit,
  reference,
  requestId,
} = face

/** Registers a plugin as a developer who is mistaken does, and returns what he is told. */
async function told(register: (app: FastifyApp) => unknown, create: typeof Fastify): Promise<string> {
  const app = create()
  try {
    await register(app)
    await app.ready()
    return 'nothing'
  } catch (error) {
    return (error as Error).message
  } finally {
    await app.close().catch(() => {})
  }
}

for (const [name, create] of fastifies) {
  describe(name, () => {
    test.each<readonly [string, (app: FastifyApp) => unknown, string]>([
      [
        'an option that is none',
        (app) => app.register(bizErrors, { catalogue: catalog } as never),
        'bizErrors has no "catalogue". Did you mean catalog?',
      ],
      [
        'an option that cannot work',
        (app) => app.register(bizErrors, { catalog: 'shop' } as never),
        'Option catalog is "shop"',
      ],
      [
        'a prefix, which the bundle has no use for',
        (app) => app.register(bizErrors, { prefix: '/api' } as never),
        'bizErrors has no "prefix"',
      ],
      ['a wrong option of the pages', (app) => app.register(reference, { title: '' }), 'Option title is ""'],
      ['the bundle called without an app', () => bizErrors({ catalog } as never), 'Give the app'],
      [
        'the bundle called with an app of Express',
        () => bizErrors(express() as never),
        "bizErrors of bizerror/fastify is Fastify's, and was given an app of Express: use bizerror",
      ],
      [
        'the pages called',
        (app) => app.register(reference({ catalog } as never) as never),
        'It is a plugin: app.register(reference',
      ],
    ])('%s is told', async (_what, register, message) => {
      expect(await told(register, create)).toContain(message)
    })

    test('the bundle called with the app does as the plugin', async () => {
      const app = create()
      bizErrors(app, { catalog })
      app.get('/', () => {
        throw new BizError(1006)
      })
      expect((await app.inject('/')).json()).toEqual({ code: 1006, message: 'Username already exists' })
      await app.close()
    })

    const UNCALLED: Readonly<Record<string, (app: FastifyApp) => unknown>> = {
      'errorHandler()': (app) => app.setErrorHandler(errorHandler as never),
      'notFound()': (app) => app.setNotFoundHandler(notFound as never),
      'requestId()': (app) => app.addHook('onRequest', requestId as never),
      'rateLimit({ policies })': (app) => app.addHook('onRequest', rateLimit as never),
    }

    test.each(Object.entries(UNCALLED))('%s set uncalled is told with each request', async (call, mount) => {
      const app = create()
      const { options, log } = recorder()
      if (call !== 'errorHandler()') app.setErrorHandler(errorHandler({ catalog, ...options }))
      mount(app)
      app.get('/', () => {
        throw new BizError(1006)
      })
      const response = await app.inject(call === 'notFound()' ? '/nowhere' : '/')
      expect(response.statusCode).toBe(500)
      const printed = call === 'errorHandler()' ? takePrinted().join('') : JSON.stringify(log)
      expect(printed).toContain(`was mounted uncalled; call it: ${call}`)
      await app.close()
    })

    test('frameworkErrors given uncalled is told', async () => {
      const app = create({ frameworkErrors: frameworkErrors as never })
      app.get('/:id', () => 'OK')
      const response = await app.inject('/%zz')
      expect(response.statusCode).toBe(500)
      expect(takePrinted().join('')).toContain('was mounted uncalled; call it: frameworkErrors()')
      await app.close()
    })

    test('clientErrorHandler given uncalled answers what is no request, and is told', async () => {
      const lines: string[] = []
      const app = create({
        clientErrorHandler: clientErrorHandler as never,
        logger: { level: 'error', stream: { write: (line: string) => lines.push(line) } },
      })
      app.get('/', () => 'OK')
      await app.listen({ port: 0, host: '127.0.0.1' })
      const { port } = app.server.address() as AddressInfo
      const escaped = await escaping(async () => {
        const response = await exchange(port, 'GARBAGE\r\n\r\n')
        expect(response).toMatch(/^HTTP\/1\.1 500 Internal Server Error\r\n/)
        expect(response).toMatch(/\r\n\r\n\{"code":500,"message":"Internal server error"\}$/)
        expect(await ask(port, '/')).toMatch(/^HTTP\/1\.1 200 /)
      })
      expect(escaped).toEqual([])
      await expect.poll(() => lines.length).toBe(1)
      expect(JSON.parse(lines[0]!)).toMatchObject({
        level: 50,
        msg: 'clientErrorHandler was mounted uncalled; call it: clientErrorHandler()',
      })
      await app.close()
    })

    test('routes that came before the bundle are told of, and those behind it are not', async () => {
      const { options, log } = recorder()
      const app = create()
      app.get('/early/:id', () => 'OK')
      app.post('/early/:id', () => 'OK')
      app.register(bizErrors, { catalog, ...options })
      // Not waited for: it is behind the bundle all the same.
      app.get('/late', () => 'OK')
      await app.ready()
      expect(log).toEqual([
        [
          'warn',
          {},
          'Fastify itself answers the errors of the route /early/:id (GET, HEAD, POST), which came before bizErrors: register that first, by await app.register(bizErrors, options)',
        ],
      ])
      await app.close()
    })

    test('routes of an app are no business of a plugin that has the bundle to itself', async () => {
      const { options, log } = recorder()
      const app = create()
      app.get('/own', () => 'OK')
      app.register(async (child) => {
        await child.register(bizErrors, { catalog, ...options })
      })
      await app.ready()
      expect(log).toEqual([])
      await app.close()
    })

    test('errors are logged by the logger of their request, with its id, where the app has one', async () => {
      const lines: string[] = []
      const stream = { write: (line: string) => lines.push(line) }
      const app = create({
        logger: { level: 'info', stream },
        genReqId: genReqId(),
      })
      await app.register(bizErrors, { catalog })
      app.get('/taken', () => {
        throw new BizError(1006)
      })
      app.get('/secret', () => {
        throw new Error('a fault')
      })
      await app.inject({ url: '/taken', headers: { 'X-Request-ID': 't-1' } })
      await app.inject({ url: '/secret', headers: { 'X-Request-ID': 't-2' } })
      const ours = lines.filter((line) => line.includes('requestId'))
      expect(ours.map((line) => JSON.parse(line) as object)).toEqual([
        expect.objectContaining({
          level: 30,
          reqId: 't-1',
          requestId: 't-1',
          code: 1006,
          msg: 'Username already exists',
        }),
        expect.objectContaining({ level: 50, reqId: 't-2', requestId: 't-2', code: 500, msg: 'a fault' }),
      ])
      await app.close()
    })

    test('without a logger, faults of the server are a line on stderr, and those of clients are none', async () => {
      const app = create()
      await app.register(bizErrors, { catalog })
      app.get('/taken', () => {
        throw new BizError(1006)
      })
      app.get('/secret', () => {
        throw new Error('a fault')
      })
      await app.inject('/taken')
      await app.inject('/secret')
      expect(takePrinted().join('')).toMatch(/^[^\n]*"msg":"a fault"[^\n]*\n$/)
      await app.close()
    })

    test('in an app of Express, each part says where it belongs', () => {
      for (const part of [
        requestId(),
        rateLimit({ catalog, policies: [{ name: 'a', limit: 1, window: 1 }] }),
        errorHandler({ catalog }),
      ]) {
        expect(() => part({}, {}, () => {})).toThrow('this is no app of Fastify')
      }
    })
  })
}

test('genReqId given uncalled does its work, and is told once: what it throws would end the process', async () => {
  for (const [, create] of fastifies) {
    const app = create({ genReqId: genReqId as never })
    app.get('/', ({ id }) => id)
    const headers = { 'X-Request-ID': 't-1' }
    // oxlint-disable-next-line no-await-in-loop
    expect((await app.inject({ url: '/', headers })).body).toBe('t-1')
    // oxlint-disable-next-line no-await-in-loop
    await app.close()
  }
  expect(takePrinted().join('')).toMatch(
    /^[^\n]*"genReqId was mounted uncalled; call it: genReqId\(\)"[^\n]*\n$/,
  )
})
