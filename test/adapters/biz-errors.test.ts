import Router from '@koa/router'
import { describe, expect, test } from 'vitest'
import * as expressFace from '../../src/adapters/express/index.ts'
import * as koaFace from '../../src/adapters/koa/index.ts'
import { BizError, catalog } from '../../src/catalogs/cloud-waf.ts'
import { SetupError } from '../../src/guard/setup-error.ts'
import { send } from '../support/raw.ts'
import { expressApps, koaApps, onThese, serve, type App } from '../support/served.ts'

const limit = { policies: [{ name: 'hour', limit: 4, window: '1h' } as const], key: () => 'all' }

/** The four apps with the bundle, and routes that are mounted after it. */
const apps: readonly App[] = [
  ...expressApps((app, options) => {
    const last = expressFace.bizErrors(app, { ...options, catalog, exposeHeaders: true, rateLimit: limit })
    app.get('/', (_request, response) => void response.end('OK'))
    app.get('/taken', () => {
      throw new BizError(1006)
    })
    app.use(last)
  }),
  ...koaApps((app, options) => {
    koaFace.bizErrors(app, { ...options, catalog, exposeHeaders: true, rateLimit: limit })
    app.use((ctx) => {
      if (ctx.path === '/') ctx.body = 'OK'
      if (ctx.path === '/taken') throw new BizError(1006)
    })
  }),
]

/** What the bundle adds to a response: its id, and the limit with what is left. */
function added(response: string): readonly (string | undefined)[] {
  const [head = '', body] = response.split('\r\n\r\n')
  const header = (name: string): string | undefined => new RegExp(`^${name}: (.*)$`, 'm').exec(head)?.[1]
  const status = head.split(' ')[1]
  return [status, header('X-Request-ID'), header('X-RateLimit-Remaining'), body]
}

onThese(
  'bizErrors gives each response an id and its limits, and answers what is thrown, unmatched or refused',
  apps,
  async ({ port, reports, reported }) => {
    const ask = (path: string): Promise<string> => send(port, { path, headers: { 'X-Request-ID': 't-1' } })
    const answers: string[] = []
    // Each counts.
    // oxlint-disable-next-line no-await-in-loop
    for (const path of ['/', '/taken', '/nowhere', '/', '/']) answers.push(await ask(path))
    expect(answers.map(added)).toEqual([
      ['200', 't-1', '3', 'OK'],
      ['409', 't-1', '2', '{"code":1006,"message":"Username already exists"}'],
      ['404', 't-1', '1', '{"code":404,"message":"Resource not found"}'],
      ['200', 't-1', '0', 'OK'],
      ['429', 't-1', '0', '{"code":4005,"message":"Rate limited"}'],
    ])
    // The limiter of a bundle exposes its headers as the handler does.
    expect(answers[0]).toMatch(/^Access-Control-Expose-Headers: .*X-RateLimit-Remaining/m)
    await reported(3)
    expect(reports.map(({ code, requestId }) => [code, requestId])).toEqual([
      [1006, 't-1'],
      [404, 't-1'],
      [4005, 't-1'],
    ])
  },
)

onThese(
  'bizErrors makes ids as its requestId says',
  [
    ...expressApps((app, options) => {
      app.use(
        expressFace.bizErrors(app, { ...options, requestId: { header: 'X-Trace', generate: () => 'own' } }),
      )
    }),
    ...koaApps((app, options) => {
      koaFace.bizErrors(app, { ...options, requestId: { header: 'X-Trace', generate: () => 'own' } })
    }),
  ],
  async ({ port }) => {
    expect(await send(port, { path: '/' })).toMatch(/^X-Trace: own\r$/m)
  },
)

describe.each([
  ['Express', expressFace.bizErrors],
  ['Koa', koaFace.bizErrors],
])('bizErrors on %s refuses', (_name, bizErrors: (app: never, options?: never) => unknown) => {
  test.each([
    [undefined, {}, 'bizErrors was called with undefined. Give the app, and its options after it.'],
    [{ catalog }, undefined, 'bizErrors was called with an object. Give the app, and its options after it.'],
    [{ use: 1 }, {}, 'bizErrors was called with an object. Give the app, and its options after it.'],
    ['app', null, 'bizErrors was called with null. Give an object of options, or nothing.'],
    ['app', { catalogue: catalog }, 'bizErrors has no "catalogue". Did you mean catalog?'],
    ['app', { rateLimit: 100 }, 'Option rateLimit is 100. Give { policies }, or nothing.'],
    ['app', { rateLimit: {} }, 'Option policies is undefined. Give an array of 1 to 8 policies.'],
    ['app', { requestId: { heade: 'X' } }, 'requestId has no "heade". Did you mean header?'],
  ])('%o, %o, and mounts nothing', (given, options, message) => {
    const mounted: unknown[] = []
    const app = given === 'app' ? { use: (middleware: unknown) => mounted.push(middleware) } : given
    expect(() => bizErrors(app as never, options as never)).toThrow(new SetupError(message))
    expect(mounted).toEqual([])
  })
})

describe('notFound on Koa', () => {
  for (const [name, makeListener] of koaApps((app, options) => {
    app.use(koaFace.errorHandler({ ...options, catalog }))
    app.use(async (ctx, next) => {
      try {
        await next()
      } catch (error) {
        ctx.set('X-Seen', String((error as { status?: unknown }).status))
        throw error
      }
    })
    app.use(koaFace.notFound())
    const router = new Router()
    router.get('/here', (ctx) => void (ctx.body = 'here'))
    router.get('/empty', (ctx) => void (ctx.body = null))
    app.use(router.routes()).use(router.allowedMethods())
  })) {
    test.each([
      ['GET', '/nowhere', '404', '404'],
      ['POST', '/here', '405', '405'],
      ['GET', '/here', '200', undefined],
      ['GET', '/empty', '204', undefined],
    ])(`lets ${name} see what nothing answered: %s %s`, async (method, path, status, seen) => {
      const response = await serve(name, makeListener, ({ port }) => send(port, { method, path }))
      expect([response.split(' ')[1], /^X-Seen: (.*)\r$/m.exec(response)?.[1]]).toEqual([status, seen])
    })
  }
})
