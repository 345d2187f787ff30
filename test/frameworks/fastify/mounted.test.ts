import type { AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import * as expressFace from '../../../src/adapters/express/index.ts'
import * as face from '../../../src/adapters/fastify/index.ts'
import * as honoFace from '../../../src/adapters/hono/index.ts'
import * as koaFace from '../../../src/adapters/koa/index.ts'
import { catalog } from '../../../src/catalogs/cloud-waf.ts'
import { escaping, recorder } from '../../support/served.ts'
import { fastifies, type FastifyApp } from './apps.ts'
import { ask } from './whole.ts'

const anything = (value: unknown): never => value as never
const policies = [{ name: 'hour', limit: 9, window: '1h' } as const]

/** What JavaScript sees of a face. */
type AnyFace = Readonly<
  Record<'errorHandler' | 'notFound' | 'requestId' | 'rateLimit' | 'reference', (options?: object) => object>
>

const FACES: Readonly<Record<string, AnyFace>> = anything({
  "bizerror is Express's, and this is no app of Express": expressFace,
  "bizerror/koa is Koa's, and this is no app of Koa": koaFace,
  "bizerror/hono is Hono's, and this is no app of Hono": honoFace,
})

for (const [name, create] of fastifies) {
  /** What a client is told, and what the app's own error handler is; without one, by Fastify itself. */
  async function answerTo(mount: (app: FastifyApp) => unknown, path = '/', handled = true): Promise<unknown> {
    const { options, log } = recorder()
    const app = create()
    if (handled) app.setErrorHandler(face.errorHandler({ catalog, ...options }))
    mount(app)
    app.get('/', () => 'OK')
    app.get('/failing', () => {
      throw new Error('own')
    })
    await app.listen({ port: 0, host: '127.0.0.1' })
    try {
      const { port } = app.server.address() as AddressInfo
      let response = ''
      const escaped = await escaping(async () => {
        response = await ask(port, path)
      })
      expect(escaped).toEqual([])
      const [head = '', body = ''] = response.split('\r\n\r\n')
      return { status: Number(head.split(' ')[1]), body: JSON.parse(body) as unknown, log }
    } finally {
      app.server.closeAllConnections()
      await app.close()
    }
  }

  describe(`what is another framework's, on ${name}`, () => {
    for (const [where, other] of Object.entries(FACES)) {
      const message = (part: string): string => `${part} of ${where}: on Fastify, use bizerror/fastify`
      const told = (part: string): object => ({
        status: 500,
        body: { code: 500, message: 'Internal server error' },
        log: [['error', expect.anything(), message(part)]],
      })

      test(`errorHandler of ${where}: the client is answered at once, and told where Fastify's is`, async () => {
        const handler = anything(other.errorHandler({ catalog, logger: recorder().options.logger }))
        expect(await answerTo((app) => app.setErrorHandler(handler), '/failing', false)).toMatchObject({
          status: 500,
          body: { message: message('errorHandler') },
        })
      })

      test(`notFound of ${where}: the log names Fastify's`, async () => {
        const handler = anything(other.notFound())
        expect(await answerTo((app) => app.setNotFoundHandler(handler), '/nowhere')).toEqual(told('notFound'))
      })

      for (const [part, hook] of Object.entries({
        requestId: other.requestId(),
        rateLimit: other.rateLimit({ policies, catalog }),
        reference: other.reference({ catalog }),
      })) {
        test(`${part} of ${where}, in a route: the log names Fastify's`, async () => {
          expect(await answerTo((app) => app.get('/in', anything(hook)), '/in')).toEqual(told(part))
        })
        // Fastify itself refuses async hooks of three parameters.
        if (hook.constructor.name === 'AsyncFunction') continue
        test(`${part} of ${where}, as a hook: the log names Fastify's`, async () => {
          expect(await answerTo((app) => app.addHook('onRequest', anything(hook)))).toEqual(told(part))
        })
      }

      test(`what is registered of ${where} is refused, with the plugins that there are`, async () => {
        for (const part of ['errorHandler', 'notFound', 'requestId', 'rateLimit', 'reference'] as const) {
          const app = create()
          // oxlint-disable-next-line no-await-in-loop
          await app.register(async (child) => {
            expect(() => other[part](child), part).toThrow(
              `${part} was given an app of Fastify, and is no plugin`,
            )
          })
          // oxlint-disable-next-line no-await-in-loop
          await app.close()
        }
      })
    }

    test('asyncHandler is not needed', async () => {
      const handler = expressFace.asyncHandler(() => Promise.reject(new Error('late')))
      const add = (app: FastifyApp): unknown => app.get('/async', anything(handler))
      expect(await answerTo(add, '/async')).toMatchObject({
        status: 500,
        log: [
          [
            'error',
            expect.anything(),
            'asyncHandler is for Express: Fastify waits for its middleware, so mount the handler as it is',
          ],
        ],
      })
    })
  })
}
