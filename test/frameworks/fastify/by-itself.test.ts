import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'vitest'
import { clientErrorHandler } from '../../../src/adapters/fastify/index.ts'
import { BizError, catalog } from '../../../src/catalogs/cloud-waf.ts'
import { converse } from '../../support/converse.ts'
import { exchange } from '../../support/raw.ts'
import { onFastify } from './apps.ts'
import { ask } from './whole.ts'

// What the guide says Fastify does by itself, so that it is read anew when that changes.

onFastify(
  'Fastify answers the errors of routes that were there before, with their texts',
  {
    before: (app) =>
      app.get('/', () => {
        throw new Error('a text')
      }),
    options: { logger: { error() {} } },
  },
  async ({ port, reports }) => {
    const response = await ask(port, '/')
    expect(response.split('\r\n\r\n')[1]).toBe(
      '{"statusCode":500,"error":"Internal Server Error","message":"a text"}',
    )
    expect(reports).toEqual([])
  },
)

onFastify(
  'what a handler throws after it has sent its reply is told by nobody',
  {
    routes: (app) =>
      app.get('/', async (_request, reply) => {
        void reply.send('OK')
        await wait(1)
        throw new BizError(1006)
      }),
  },
  async ({ port, reports }) => {
    expect(await ask(port, '/')).toContain('HTTP/1.1 200 OK')
    await wait(20)
    expect(reports).toEqual([])
  },
)

onFastify(
  'a request on a connection that is open while the app closes gets the 503 of Fastify',
  {
    routes(app, { log }) {
      app.get('/slow', async () => {
        log.push(['info', {}, 'begun'])
        await expect.poll(() => log.length, { timeout: 10_000 }).toBe(3)
        return 'OK'
      })
      app.addHook('preClose', (done) => {
        log.push(['info', {}, 'closing'])
        done()
      })
    },
  },
  async ({ app, port, reports, log }) => {
    const request = 'GET /slow HTTP/1.1\r\nHost: test\r\n\r\n'
    const { socket, until } = await converse(port, request)
    await expect.poll(() => log.length, { timeout: 10_000 }).toBe(1)
    const closing = app.close()
    await expect.poll(() => log.length, { timeout: 10_000 }).toBe(2)
    socket.write(request)
    app.server.once('request', () => log.push(['info', {}, 'asked once more']))
    expect(await until((text) => text.includes(' 503 '), 'the 503')).toContain(
      '{"error":"Service Unavailable","message":"Service Unavailable","statusCode":503}',
    )
    socket.destroy()
    await closing
    expect(reports).toEqual([])
  },
)

onFastify(
  'clientErrorHandler cuts off what it cannot answer any more',
  {
    server: ({ options }) => ({ clientErrorHandler: clientErrorHandler({ catalog, ...options }) }),
    routes: (app) =>
      app.post('/', {
        onRequest: (_request, reply, _done) => {
          reply.raw.write('the first bytes')
          reply.hijack()
        },
        handler: () => 'OK',
      }),
  },
  async ({ port, reports }) => {
    const { socket, until, closed } = await converse(
      port,
      'POST / HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n',
    )
    await until((text) => text.includes('the first bytes'), 'the body begins')
    socket.write('no chunk\r\n')
    expect((await closed()).match(/HTTP\/1\.1/g)).toHaveLength(1)
    expect(reports).toEqual([])
    expect(await exchange(port, '@\r\n\r\n')).toContain('HTTP/1.1 400 ')
  },
)
