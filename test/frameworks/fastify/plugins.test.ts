import { randomBytes } from 'node:crypto'
import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import cors from '@fastify/cors'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import swagger from '@fastify/swagger'
import underPressure from '@fastify/under-pressure'
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { BizError } from '../../../src/catalogs/cloud-waf.ts'
import { reference } from '../../../src/adapters/fastify/index.ts'
import { fastifies, once, serveFastify, type ServedFastify, type Serving } from './apps.ts'
import { ask, conflict, internal, whole } from './whole.ts'

function file(text: string): string {
  return `--b\r\nContent-Disposition: form-data; name="f"; filename="f.txt"\r\n\r\n${text}\r\n`
}

function statusOf(response: string): string {
  return response.split(' ')[1]!
}

// The plugins of today are for Fastify 5.
const [fastify5] = fastifies

for (const place of ['before', 'routes'] as const) {
  const where = place === 'before' ? 'registered before' : 'registered behind'

  function around(title: string, serving: Serving, use: (served: ServedFastify) => Promise<void>): void {
    test(`${title}, ${where}`, () => serveFastify(fastify5, serving, use))
  }

  /** Registers a plugin in its place, and routes behind it. */
  function using(plugin: Serving['routes'], routes: Serving['routes']): Serving {
    if (place === 'before') return { before: plugin!, routes: routes! }
    return {
      async routes(app, recorded) {
        await plugin!(app, recorded)
        await routes!(app, recorded)
      },
    }
  }

  around(
    '@fastify/cors: an error can be read by the origins that can read a success',
    using(
      (app) =>
        app.register(cors, { origin: ['https://a.example'], credentials: true, exposedHeaders: ['X-A'] }),
      (app) =>
        app.get('/', () => {
          throw new BizError(1006)
        }),
    ),
    async ({ port, reported }) => {
      const response = await ask(port, '/', { headers: { Origin: 'https://a.example' } })
      expect(response.split('\r\n').sort()).toEqual(
        whole(
          409,
          conflict,
          { vary: 'Origin, Accept-Language' },
          {
            'access-control-allow-origin': 'https://a.example',
            'access-control-allow-credentials': 'true',
            'access-control-expose-headers': 'X-A',
          },
        )
          .split('\r\n')
          .sort(),
      )
      expect(await ask(port, '/nowhere', { headers: { Origin: 'https://a.example' } })).toContain(
        'access-control-allow-origin: https://a.example',
      )
      await reported(2)
    },
  )

  around(
    '@fastify/helmet and @fastify/cookie: their headers are on an error as on a success',
    using(
      async (app) => {
        await app.register(helmet)
        await app.register(cookie)
      },
      (app) =>
        app.get('/', (_request, reply) => {
          void reply.setCookie('a', '1').setCookie('b', '2')
          throw new BizError(1006)
        }),
    ),
    async ({ port, reported }) => {
      const response = await ask(port, '/')
      expect(response).toMatch(/^content-security-policy: default-src/im)
      expect(response).toMatch(/^strict-transport-security: /im)
      expect(response.match(/^set-cookie: /gm)).toHaveLength(2)
      expect(response).toContain('HTTP/1.1 409 ')
      await reported(1)
    },
  )

  around(
    '@fastify/compress: a long answer is compressed, once; a compressed body that fails is cut off and reported',
    using(
      (app) => app.register(compress, { threshold: 10, encodings: ['gzip'] }),
      (app) => {
        app.get('/', (_request, reply) => {
          void reply.header('Content-Encoding', 'br')
          throw new BizError(1006)
        })
        app.get('/late', (_request, reply) => {
          const stream = new Readable({ read() {} })
          // So much that gzip does not keep it all.
          stream.push(randomBytes(300_000))
          once(
            () => reply.raw.headersSent,
            () => stream.destroy(new Error('a secret')),
          )
          void reply.type('text/plain').send(stream)
        })
        app.get('/early', (_request, reply) => {
          const stream = new Readable({ read() {} })
          once(
            () => true,
            () => stream.destroy(new Error('a secret')),
          )
          void reply.type('text/plain').send(stream)
        })
      },
    ),
    async ({ port, reports, reported }) => {
      for (const [path, body] of [
        ['/', conflict],
        ['/early', internal],
      ] as const) {
        // oxlint-disable-next-line no-await-in-loop
        const response = await fetch(`http://127.0.0.1:${port}${path}`, {
          headers: { 'Accept-Encoding': 'gzip' },
        })
        expect(response.headers.get('content-encoding')).toBe('gzip')
        expect(response.headers.get('vary')).toMatch(/accept-encoding/i)
        expect(response.headers.get('vary')).toMatch(/accept-language/i)
        // oxlint-disable-next-line no-await-in-loop
        expect(await response.json()).toEqual(body)
      }
      await reported(2)
      expect(reports.map(({ sent, clientGone }) => ({ sent, clientGone }))).toEqual([
        { sent: true, clientGone: false },
        { sent: true, clientGone: false },
      ])
      const late = await fetch(`http://127.0.0.1:${port}/late`, { headers: { 'Accept-Encoding': 'gzip' } })
      await expect(late.text()).rejects.toThrow()
      await reported(3)
      expect(reports[2]).toMatchObject({ status: 500, sent: false, clientGone: false })
    },
  )

  around(
    '@fastify/rate-limit: what it refuses is the rate-limited error of the catalog, with its headers',
    using(
      (app) => app.register(rateLimit, { max: 1, timeWindow: '1 minute' }),
      (app) => app.get('/', () => 'OK'),
    ),
    async ({ port, reported }) => {
      expect(await ask(port, '/')).toMatch(/^x-ratelimit-remaining: 0\r$/m)
      const response = await ask(port, '/')
      expect(response).toContain('HTTP/1.1 429 ')
      expect(response).toMatch(/^retry-after: \d+\r$/m)
      expect(response).toMatch(/^x-ratelimit-limit: 1\r$/m)
      expect(response.split('\r\n\r\n')[1]).toBe('{"code":4005,"message":"Rate limited"}')
      await reported(1)
    },
  )

  around(
    '@fastify/under-pressure: a server under pressure says so, and when to come again',
    using(
      (app) =>
        app.register(underPressure, {
          healthCheck: () => Promise.resolve(false),
          healthCheckInterval: 60_000,
          retryAfter: 7,
        }),
      (app) => app.get('/', () => 'OK'),
    ),
    async ({ port, reported }) => {
      const response = await ask(port, '/')
      expect(response).toContain('HTTP/1.1 503 ')
      expect(response).toMatch(/^retry-after: 7\r$/m)
      await reported(1)
    },
  )

  around(
    '@fastify/multipart: a file that is too large, too many of them, and a form that is broken',
    using(
      (app) => app.register(multipart, { limits: { fileSize: 10, files: 1 } }),
      (app) =>
        // oxlint-disable-next-line no-async-endpoint-handlers -- Fastify waits for it.
        app.post('/', async (request) => {
          for await (const part of request.files()) await part.toBuffer()
          return 'OK'
        }),
    ),
    async ({ port, reported }) => {
      const post = (body: string, type = 'multipart/form-data; boundary=b'): Promise<string> =>
        ask(port, '/', { method: 'POST', headers: { 'Content-Type': type }, body })
      expect(statusOf(await post(`${file('short')}--b--\r\n`))).toBe('200')
      expect(statusOf(await post(`${file('much too long')}--b--\r\n`))).toBe('413')
      expect(statusOf(await post(`${file('a')}${file('b')}--b--\r\n`))).toBe('413')
      expect(statusOf(await post('{}', 'application/json'))).toBe('406')
      expect(statusOf(await post(file('a')))).toBe('400')
      await reported(4)
    },
  )
}

test('@fastify/swagger: the pages of the catalog are no operations of the API', () =>
  serveFastify(
    fastify5,
    {
      async routes(app) {
        await app.register(swagger)
        app.register(reference, { prefix: '/errors' })
        app.get('/orders', () => 'OK')
      },
    },
    async ({ app }) => {
      expect(Object.keys(app.swagger().paths!)).toEqual(['/orders'])
    },
  ))
