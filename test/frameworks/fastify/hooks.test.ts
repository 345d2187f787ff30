import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { BizError, catalog } from '../../../src/catalogs/cloud-waf.ts'
import { bizErrors } from '../../../src/adapters/fastify/index.ts'
import { recorder } from '../../support/served.ts'
import { fastifies, onFastify } from './apps.ts'
import { ask, conflict, internal, whole } from './whole.ts'

const BEFORE = ['onRequest', 'preParsing', 'preValidation', 'preHandler'] as const

onFastify(
  'what fails in a hook before the handler is answered, by callback, throw or rejection',
  {
    routes(app) {
      for (const name of BEFORE) {
        const withPayload = name === 'preParsing'
        app.post(`/callback/${name}`, {
          [name]: (...[, , third, fourth]: ((error: Error) => void)[]) =>
            (withPayload ? fourth : third)!(new BizError(1006)),
          handler: () => 'OK',
        })
        app.post(`/throw/${name}`, {
          [name]: (_request: unknown, _reply: unknown, _third: unknown) => {
            throw new BizError(1006)
          },
          handler: () => 'OK',
        })
        app.post(`/reject/${name}`, {
          async [name]() {
            await wait(1)
            throw new BizError(1006)
          },
          handler: () => 'OK',
        })
      }
    },
  },
  async ({ port, reports, reported }) => {
    const paths = BEFORE.flatMap((name) => ['callback', 'throw', 'reject'].map((way) => `/${way}/${name}`))
    const answers = await Promise.all(paths.map((path) => ask(port, path, { method: 'POST', body: '' })))
    expect(answers).toEqual(paths.map(() => whole(409, conflict)))
    await reported(paths.length)
    expect(reports.every(({ sent }) => sent)).toBe(true)
  },
)

onFastify(
  'what fails once there is a payload is answered in its place: hooks, serializers, a payload that is none',
  {
    routes(app) {
      app.get('/preSerialization', {
        preSerialization: async () => {
          await wait(1)
          throw new BizError(1006)
        },
        handler: () => ({}),
      })
      app.get('/onSend', {
        onSend: (_request, reply, payload, done) => {
          // The answer goes this way, too.
          if (reply.statusCode === 200) throw new BizError(1006)
          done(null, payload)
        },
        handler: () => ({}),
      })
      app.get('/toJSON', async () => {
        await wait(1)
        return {
          toJSON() {
            throw new Error('a secret')
          },
        }
      })
      app.get('/schema', {
        schema: {
          response: { 200: { type: 'object', properties: { at: { type: 'integer' } } } },
        },
        handler: () => Promise.resolve({ at: 'a secret' }),
      })
      app.get('/serializer', (_request, reply) =>
        reply
          .serializer(() => {
            throw new Error('a secret')
          })
          .send({}),
      )
      app.get('/number', (_request, reply) => reply.type('text/plain').send(1 as never))
      app.get('/status', (_request, reply) => reply.code(1000).send('OK'))
      app.get('/header', async (_request, reply) => {
        await wait(1)
        return reply.header('X-A', 'a\r\nb').send('OK')
      })
    },
  },
  async ({ port, reports, reported }) => {
    for (const path of ['/preSerialization', '/onSend']) {
      // oxlint-disable-next-line no-await-in-loop
      expect(await ask(port, path), path).toBe(whole(409, conflict))
    }
    const paths = ['/toJSON', '/schema', '/serializer', '/number', '/status', '/header']
    for (const path of paths) {
      // oxlint-disable-next-line no-await-in-loop
      expect((await ask(port, path)).toLowerCase(), path).toBe(whole(500, internal).toLowerCase())
    }
    // The last of them spoils its answer as well, which is told, too.
    await reported(2 + paths.length + 1)
    expect(reports.filter(({ sent }) => !sent)).toHaveLength(1)
  },
)

const WAYS = {
  callback: (done: (error: Error) => void) => done(new Error('a secret of the hook')),
  later: (done: (error: Error) => void) => void setImmediate(() => done(new Error('a secret of the hook'))),
  throw: () => {
    throw new Error('a secret of the hook')
  },
}

for (const [way, fail] of Object.entries(WAYS)) {
  onFastify(
    `an onSend hook that fails for the answer too is gone past, and reported: by ${way}`,
    {
      routes(app) {
        app.addHook('onSend', (_request, _reply, _payload, done) => fail(done))
        app.get('/taken', (_request, reply) => {
          void reply.header('Access-Control-Allow-Origin', '*').header('ETag', '"a"')
          throw new BizError(1006)
        })
        app.get('/fine', () => 'OK')
      },
    },
    async ({ port, reports, reported }) => {
      const taken = await ask(port, '/taken')
      expect(taken.toLowerCase()).toBe(
        whole(409, conflict, {}, { 'access-control-allow-origin': '*' }).toLowerCase(),
      )
      await reported(2)
      expect(reports.map(({ status, sent, clientGone }) => ({ status, sent, clientGone }))).toEqual(
        expect.arrayContaining([
          { status: 409, sent: true, clientGone: false },
          { status: 500, sent: false, clientGone: false },
        ]),
      )
      expect((await ask(port, '/fine')).toLowerCase()).toBe(whole(500, internal).toLowerCase())
      await reported(4)
    },
  )
}

onFastify(
  'an onSend hook that rejects for the answer with what is no error is gone past',
  {
    routes(app) {
      app.addHook('onSend', async () => {
        await wait(1)
        throw 'a secret of the hook'
      })
      app.get('/', () => 'OK')
    },
  },
  async ({ port, reported }) => {
    expect((await ask(port, '/')).toLowerCase()).toBe(whole(500, internal).toLowerCase())
    await reported(2)
  },
)

onFastify(
  'a header that the app cannot send takes no answer away',
  {
    routes: (app) =>
      app.get('/', (_request, reply) => {
        void reply.header('X-A', 'a\r\nb').header('X-B', 'b')
        throw new BizError(1006)
      }),
  },
  async ({ port, reports, reported }) => {
    expect((await ask(port, '/')).toLowerCase()).toBe(whole(409, conflict, {}, { 'x-b': 'b' }).toLowerCase())
    await reported(2)
    expect(reports.map(({ status, sent }) => [status, sent])).toEqual([
      [500, false],
      [409, true],
    ])
  },
)

onFastify(
  'an onSend hook that makes another text of the answer is heard, and its length is right',
  {
    routes(app) {
      app.addHook('onSend', (_request, _reply, payload, done) => done(null, `${String(payload)} `))
      app.get('/', () => {
        throw new BizError(1006)
      })
    },
  },
  async ({ port, reported }) => {
    const response = await ask(port, '/')
    expect(response).toBe(`${whole(409, conflict, { 'content-length': '50' })} `)
    await reported(1)
  },
)

onFastify(
  'an onError hook is told, and a slow one keeps nothing from the answer',
  {
    routes(app, { log }) {
      app.addHook('onError', async (_request, _reply, error) => {
        await wait(1)
        log.push(['info', {}, error.message])
      })
      app.get('/', () => {
        throw new BizError(1006)
      })
    },
  },
  async ({ port, log, reported }) => {
    expect(await ask(port, '/')).toBe(whole(409, conflict))
    await reported(1)
    expect(log.map(([, , message]) => message)).toContain('Username already exists')
  },
)

onFastify(
  'plugins answer their own errors by handlers of their own, and pass others on to the bundle',
  {
    async routes(app) {
      await app.register(
        async (child) => {
          child.setErrorHandler(async (error, _request, reply) => {
            await wait(1)
            if ((error as Error).message === 'mine') return reply.code(418).send({ own: true })
            throw error
          })
          child.get('/mine', () => {
            throw new Error('mine')
          })
          child.get('/other', () => {
            throw new BizError(1006)
          })
        },
        { prefix: '/child' },
      )
      app.get('/route', {
        errorHandler: (error, _request, reply) => void reply.send(error),
        handler() {
          throw new BizError(1006)
        },
      })
    },
  },
  async ({ port, reported }) => {
    const mine = await ask(port, '/child/mine')
    expect([mine.split('\r\n')[0], mine.split('\r\n\r\n')[1]]).toEqual([
      "HTTP/1.1 418 I'm a Teapot",
      '{"own":true}',
    ])
    expect(await ask(port, '/child/other')).toBe(whole(409, conflict))
    expect(await ask(port, '/route')).toBe(whole(409, conflict))
    await reported(2)
  },
)

onFastify(
  'what a handler sends once more, while a slow hook has the answer to its error, is lost, and no error of a hook',
  {
    routes(app) {
      app.addHook('onSend', async (_request, _reply, payload) => {
        await wait(20)
        return payload
      })
      app.get('/text', async (_request, reply) => {
        void reply.send(new BizError(1006))
        await wait(1)
        return 'a secret'
      })
      app.get('/error', async (_request, reply) => {
        void reply.send(new BizError(1006))
        await wait(1)
        throw new Error('a secret')
      })
    },
  },
  async ({ port, reports, reported }) => {
    expect(await ask(port, '/text')).toBe(whole(409, conflict))
    await reported(1)
    expect(await ask(port, '/error')).toBe(whole(409, conflict))
    await reported(3)
    expect(reports.map(({ status, sent }) => [status, sent])).toEqual([
      [409, true],
      [500, false],
      [409, true],
    ])
  },
)

onFastify(
  'an answer that a slow hook has seen is reported as sent where app.inject has asked',
  {
    routes(app) {
      app.addHook('onSend', async (_request, _reply, payload) => {
        await wait(1)
        return payload
      })
      app.get('/', () => {
        throw new Error('a secret')
      })
    },
  },
  async ({ app, reports, log, reported }) => {
    expect((await app.inject('/')).json()).toEqual(internal)
    await reported(1)
    expect(reports.map(({ sent, clientGone }) => ({ sent, clientGone }))).toEqual([
      { sent: true, clientGone: false },
    ])
    expect(log.map(([level]) => level)).toEqual(['error'])
  },
)

for (const [name, create] of fastifies) {
  test(`${name}: an app's own handler around a plugin with the bundle is not asked for its failing hook`, async () => {
    const { reports, options } = recorder()
    const app = create()
    app.setErrorHandler((_error, _request, reply) => reply.code(500).send({ own: true }))
    app.register(async (child) => {
      await child.register(bizErrors, { catalog, ...options })
      child.addHook('onSend', (_request, _reply, _payload, done) => done(new Error('a secret of the hook')))
      child.get('/', () => {
        throw new BizError(1006)
      })
    })
    const response = await app.inject({ url: '/', headers: { 'X-Request-ID': 't-1' } })
    expect([response.statusCode, response.json()]).toEqual([409, conflict])
    expect(reports).toHaveLength(2)
    await app.close()
  })
}
