import cors from '@fastify/cors'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { errorHandler, rateLimit } from '../../../src/adapters/fastify/index.ts'
import { catalog } from '../../../src/catalogs/cloud-waf.ts'
import { fastifies, onFastify, serveFastify } from './apps.ts'
import { ask } from './whole.ts'

const policies = [{ name: 'hour', limit: 2, window: '1h' } as const]

function header(response: string, name: string): string | undefined {
  return new RegExp(`^${name}: (.*)\r$`, 'im').exec(response)?.[1]
}

onFastify(
  'the limiter of the bundle shows itself on every response, and refuses with the error of the catalog',
  {
    options: { rateLimit: { policies, key: () => 'all' } },
    routes: (app) => app.get('/', () => 'OK'),
  },
  async ({ port, reports, reported }) => {
    const answers = [await ask(port, '/'), await ask(port, '/nowhere'), await ask(port, '/')]
    expect(answers.map((answer) => [answer.split(' ')[1], header(answer, 'x-ratelimit-remaining')])).toEqual([
      ['200', '1'],
      ['404', '0'],
      ['429', '0'],
    ])
    expect(header(answers[2]!, 'retry-after')).toMatch(/^\d+$/)
    expect(answers[2]!.split('\r\n\r\n')[1]).toBe('{"code":4005,"message":"Rate limited"}')
    await reported(2)
    expect(reports.map(({ code }) => code)).toEqual([404, 4005])
  },
)

onFastify(
  'a limiter of one route may read its body, and counts what it says in the end',
  {
    routes(app, { log }) {
      const logins = rateLimit({
        catalog,
        policies: [{ name: 'login', limit: 1, window: '1h' }],
        key: async (request) => {
          await wait(1)
          return (request.body as { name: string }).name
        },
        countIf({ status }) {
          log.push(['info', {}, 'settled'])
          return status === 401
        },
      })
      app.post('/login', { preHandler: logins }, (request, reply) => {
        const { name, ok } = request.body as { name: string; ok: boolean }
        return ok ? { name } : reply.code(401).send({ name })
      })
    },
  },
  async ({ port, log }) => {
    const login = async (name: string, ok: boolean): Promise<string> => {
      const response = await ask(port, '/login', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ name, ok }),
      })
      return response.split(' ')[1]!
    }
    const statuses: string[] = []
    // Each counts.
    for (const ok of [true, true, false]) {
      // oxlint-disable-next-line no-await-in-loop
      statuses.push(await login('ann', ok))
      // oxlint-disable-next-line no-await-in-loop
      await expect.poll(() => log.length, { timeout: 10_000 }).toBe(statuses.length)
    }
    statuses.push(await login('ann', true))
    expect(statuses).toEqual(['200', '200', '401', '429'])
    expect(await login('bob', true)).toBe('200')
  },
)

test('the headers of a limiter are exposed beside those that @fastify/cors exposes', () =>
  serveFastify(
    fastifies[0],
    {
      before: (app) => app.register(cors, { origin: '*', exposedHeaders: ['X-A'] }),
      options: { rateLimit: { policies, exposeHeaders: true } },
      routes: (app) => app.get('/', () => 'OK'),
    },
    async ({ port }) => {
      const exposed = header(
        await ask(port, '/', { headers: { Origin: 'https://a.example' } }),
        'access-control-expose-headers',
      )
      expect(exposed).toMatch(/^X-A, X-RateLimit-Limit, /)
    },
  ))

test('a limit behind @fastify/cors, behind the bundle, shows its refusal to scripts', () =>
  serveFastify(
    fastifies[0],
    {
      async routes(app) {
        await app.register(cors, { origin: '*', exposedHeaders: ['X-A'] })
        app.addHook('onRequest', rateLimit({ catalog, policies, key: () => 'all', exposeHeaders: true }))
        app.get('/', () => 'OK')
      },
    },
    async ({ port }) => {
      await Promise.all([ask(port, '/'), ask(port, '/')])
      const refused = await ask(port, '/', { headers: { Origin: 'https://a.example' } })
      expect(refused).toMatch(/^HTTP\/1\.1 429 /)
      expect(header(refused, 'access-control-allow-origin')).toBe('*')
      expect(header(refused, 'access-control-expose-headers')).toMatch(/^X-A, X-RateLimit-Limit, /)
    },
  ))

test('with @fastify/cors first, a refusal can be read by its origin, and nothing is warned of', () =>
  serveFastify(
    fastifies[0],
    {
      before: (app) => app.register(cors, { origin: 'https://a.example' }),
      options: { exposeHeaders: true, rateLimit: { policies: [{ name: 'hour', limit: 1, window: '1h' }] } },
      routes: (app) => app.get('/', () => 'OK'),
    },
    async ({ port, log }) => {
      const headers = { Origin: 'https://a.example' }
      const success = await ask(port, '/', { headers })
      expect(success).toMatch(/^HTTP\/1\.1 200 /)
      expect(header(success, 'access-control-expose-headers')).toContain('X-RateLimit-Remaining')
      const refusal = await ask(port, '/', { headers })
      expect(refusal).toMatch(/^HTTP\/1\.1 429 /)
      expect(header(refusal, 'access-control-allow-origin')).toBe('https://a.example')
      expect(header(refusal, 'access-control-expose-headers')).toMatch(/X-RateLimit-Remaining.*Retry-After/)
      const preflight = { ...headers, 'Access-Control-Request-Method': 'GET' }
      expect(await ask(port, '/nowhere', { method: 'OPTIONS', headers: preflight })).toMatch(
        /^HTTP\/1\.1 204 /,
      )
      expect(log.filter(([level]) => level === 'warn')).toEqual([])
    },
  ))

describe('the default key is the address that the app believes', () => {
  for (const [name, create] of fastifies) {
    const asking = async (
      trustProxy: boolean | string | undefined,
      forwarded: string,
    ): Promise<readonly string[]> => {
      const warnings: string[] = []
      const logger = { error() {}, warn: (_record: object, message: string) => warnings.push(message) }
      const app = create(trustProxy === undefined ? {} : { trustProxy })
      app.setErrorHandler(errorHandler({ catalog, logger }))
      app.addHook('onRequest', rateLimit({ catalog, logger, policies }))
      app.get('/', () => 'OK')
      await app.inject({ url: '/', headers: { 'X-Forwarded-For': forwarded } })
      await app.close()
      return warnings
    }

    test(`${name}: one that trusts everybody, or nobody behind a proxy, is told`, async () => {
      expect(await asking(true, '192.0.2.1')).toEqual([
        expect.stringContaining('believes every X-Forwarded-For'),
      ])
      expect(await asking(undefined, '192.0.2.1')).toEqual([expect.stringContaining('trusts no proxy')])
      expect(await asking('127.0.0.1', '192.0.2.1')).toEqual([])
    })
  }
})
