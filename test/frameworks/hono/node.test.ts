import { AsyncLocalStorage } from 'node:async_hooks'
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { Hono } from 'hono'
import { expect } from 'vitest'
import { bizErrors } from '../../../src/adapters/hono/index.ts'
import { BizError } from '../../../src/catalogs/cloud-waf.ts'
import { defineCatalog } from '../../../src/error/define-catalog.ts'
import { exchange } from '../../support/raw.ts'
import { takePrinted } from '../../support/printed.ts'
import { answer, conflict, malformed, onHono } from './hosts.ts'

const ON_NODE = ['HTTP/1', 'HTTP/2']

interface OfNode {
  readonly Bindings: { readonly outgoing: ServerResponse }
}

const context = new AsyncLocalStorage<string>()

onHono(
  'Q06: hooks and logger run in the context of the request',
  (options) => {
    const told: (string | undefined)[] = []
    const app = bizErrors(new Hono(), {
      ...options,
      onAnswer: () => told.push(context.getStore()),
      onReport: (report, request) => {
        told.push(context.getStore())
        options.onReport?.(report, request)
      },
    })
    app.use((_context, next) => context.run('mine', next))
    app.get('/told', (context) => context.json(told))
    app.get('/', () => {
      throw new BizError(1006)
    })
    return app
  },
  async ({ send, reported }) => {
    expect(await send({ path: '/' })).toEqual(answer(409, conflict))
    await reported(1)
    expect((await send({ path: '/told' })).body).toBe('["mine","mine"]')
  },
)

onHono(
  'a request that the app makes of itself ends no response but its own, and is told of by itself',
  (options) => {
    const app = bizErrors(new Hono<OfNode>(), options)
    app.get('/inner', () => {
      throw new BizError(1006)
    })
    app.get('/', ({ env }) => {
      async function* parts(): AsyncGenerator<Uint8Array> {
        yield Buffer.from('asked: ')
        await new Promise<void>((resolve) => setTimeout(resolve, 20))
        for (let count = 0; count < 12; count++) {
          yield Buffer.from(`${(await app.request('/inner', {}, env)).status} `)
        }
      }
      return new Response(ReadableStream.from(parts()) as never)
    })
    return app
  },
  async ({ port, reports, reported }) => {
    const got = await exchange(port!, 'GET / HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n')
    expect(got).toContain('asked: ')
    expect(got.match(/409 /g)).toHaveLength(12)
    expect(got).toMatch(/\r\n0\r\n\r\n$/)
    await reported(12)
    expect(new Set(reports.map(({ sent, clientGone }) => `${sent} ${clientGone}`))).toEqual(
      new Set(['true false']),
    )
  },
  ['HTTP/1'],
)

onHono(
  'a response that the app writes past Hono is cut off when that fails, and nothing is added to it',
  (options) => {
    const app = bizErrors(new Hono<OfNode>(), options)
    app.get('/', async ({ env: { outgoing } }) => {
      outgoing.writeHead(200, { 'Content-Type': 'text/plain' })
      await new Promise((resolve) => outgoing.write('half of it', resolve))
      throw new BizError(1006)
    })
    app.get('/whole', ({ env: { outgoing } }) => {
      outgoing.writeHead(200, { 'Content-Type': 'text/plain' })
      outgoing.end('all of it')
      throw new BizError(1006)
    })
    app.get('/sent', ({ env: { outgoing } }) => {
      outgoing.writeHead(200, { 'Content-Type': 'text/plain', 'Content-Length': '4' })
      outgoing.end('sent')
      return RESPONSE_ALREADY_SENT
    })
    return app
  },
  async ({ port, reports, reported }) => {
    const get = (path: string): Promise<string> =>
      exchange(port!, `GET ${path} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n`)
    const cut = await get('/')
    expect(cut).toContain('half of it')
    // The last chunk, of no bytes, is missing.
    expect(cut).not.toMatch(/\r\n0\r\n\r\n$/)
    expect(cut).not.toContain('Error')
    const whole = await get('/whole')
    expect(whole).toMatch(/all of it\r\n0\r\n\r\n$/)
    expect(await get('/sent')).toMatch(/\r\n\r\nsent$/)
    await reported(2)
    expect(reports.map(({ sent, clientGone }) => ({ sent, clientGone }))).toEqual([
      { sent: false, clientGone: false },
      { sent: false, clientGone: false },
    ])
  },
  ['HTTP/1'],
)

onHono(
  'a client that left is told from one that was answered',
  (options) => {
    const app = bizErrors(new Hono<OfNode>(), options)
    app.get('/', async ({ env: { outgoing } }) => {
      await once(outgoing, 'close')
      throw new BizError(1006)
    })
    return app
  },
  async ({ port, reports, log, reported }) => {
    const socket = connect(port!, '127.0.0.1', () => {
      socket.write('GET / HTTP/1.1\r\nHost: test\r\n\r\n', () => setTimeout(() => socket.destroy(), 20))
    })
    await reported(1)
    expect(reports[0]).toMatchObject({ status: 409, sent: false, clientGone: true })
    expect(log.map(([level]) => level)).toEqual(['info'])
  },
  ['HTTP/1'],
)

onHono(
  "a body that ends too early is the client's fault, by every reader of Hono's",
  (options) => {
    const app = bizErrors(new Hono(), options)
    app.post('/json', async ({ req, json }) => json(await req.json()))
    app.post('/form', async ({ req, json }) => json(await req.parseBody()))
    return app
  },
  async ({ port, reports, reported }) => {
    for (const path of ['/json', '/form']) {
      const socket = connect(port!, '127.0.0.1', () => {
        socket.write(
          `POST ${path} HTTP/1.1\r\nHost: test\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 9\r\n\r\n{"a"`,
          () => setTimeout(() => socket.destroy(), 20),
        )
      })
      await once(socket, 'close')
    }
    await reported(2)
    for (const report of reports) {
      expect(report).toMatchObject({ condition: 'client-gone', sent: false, clientGone: true })
    }
  },
  ['HTTP/1'],
)

const upgrading = defineCatalog({
  name: 'upgrading',
  errors: { UPGRADE: { code: 1, status: 426, message: 'Upgrade', headers: {} } },
  foreign: { byStatus: { 500: 'UPGRADE' } },
})

onHono(
  'Q04: a 426 names its Upgrade as its connection needs it',
  (options) => {
    const app = bizErrors(new Hono(), { ...options, catalog: upgrading })
    app.get('/', () => {
      throw new upgrading.BizError('UPGRADE', { headers: { Upgrade: 'HTTP/2.0' } })
    })
    return app
  },
  async ({ host, send }) => {
    const { status, headers } = await send({ path: '/' })
    expect(status).toBe(426)
    expect(headers['upgrade']).toBe(host === 'HTTP/2' ? undefined : 'HTTP/2.0')
  },
  ON_NODE,
)

onHono(
  'a large upload that is refused holds up nobody',
  (options) =>
    bizErrors(new Hono(), options).post('/', async ({ req, json }) => {
      if (req.header('x-first') === 'no') throw new BizError(1006)
      return json(await req.json())
    }),
  async ({ send }) => {
    const body = `[${'1,'.repeat(200_000)}`
    const headers = { 'Content-Type': 'application/json' }
    expect(await send({ method: 'POST', path: '/', headers, body })).toEqual(answer(400, malformed))
    expect(await send({ method: 'POST', path: '/', headers: { ...headers, 'X-First': 'no' }, body })).toEqual(
      answer(409, conflict),
    )
  },
)

onHono(
  'a body that fails midway is cut off',
  (options) =>
    bizErrors(new Hono(), options).get('/', () => {
      let count = 0
      return new Response(
        new ReadableStream({
          async pull(controller) {
            await new Promise((resolve) => setTimeout(resolve, 20))
            if (count++ < 2) controller.enqueue(new TextEncoder().encode('part'))
            else controller.error(new Error('hunter2'))
          },
        }),
      )
    }),
  async ({ port }) => {
    const raw = await exchange(port!, 'GET / HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n')
    expect(raw).toContain('part')
    expect(raw).not.toContain('hunter2')
    expect(raw).not.toMatch(/\r\n0\r\n\r\n$/)
    // @hono/node-server says it itself.
    expect(takePrinted().join('')).toContain('hunter2')
  },
  ['HTTP/1'],
)
