import { createReadStream } from 'node:fs'
import { PassThrough, Readable, Stream, Transform } from 'node:stream'
import { ReadableStream, type ReadableStreamDefaultController } from 'node:stream/web'
import { setTimeout as wait } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { bizErrors } from '../../../src/adapters/fastify/index.ts'
import { BizError, catalog } from '../../../src/catalogs/cloud-waf.ts'
import { converse } from '../../support/converse.ts'
import { recorder } from '../../support/served.ts'
import { fastifies, once, onFastify, serveFastify, type FastifyApp } from './apps.ts'
import { ask, conflict, internal, whole } from './whole.ts'

/** A stream that sends some text, if any, and then fails with what is given, or closes without a word. */
function failing(text: string | undefined, error: Error | undefined, isTime: () => boolean): Readable {
  const stream = new PassThrough()
  if (text !== undefined) stream.write(text)
  once(isTime, () => stream.destroy(error))
  return stream
}

/** One of the old style, which knows neither ends nor errors. */
function oldStyle(text: string | undefined, error: Error, isTime: () => boolean): Stream {
  const stream = new Stream()
  Object.assign(stream, { readable: true })
  setImmediate(() => {
    if (text !== undefined) stream.emit('data', text)
    once(isTime, () => void stream.emit('error', error))
  })
  return stream
}

function webStream(text: string | undefined, error: Error, isTime: () => boolean): ReadableStream {
  return new ReadableStream({
    start(controller) {
      if (text !== undefined) controller.enqueue(new TextEncoder().encode(text))
      once(isTime, () => controller.error(error))
    },
  })
}

const secret = (): Error => new Error('a secret')

type Make = (text: string | undefined, isTime: () => boolean) => unknown

/** Bodies by what they are, and when they fail. */
const BODIES: Readonly<Record<string, Make>> = {
  stream: (text, isTime) => failing(text, secret(), isTime),
  closed: (text, isTime) => failing(text, undefined, isTime),
  old: (text, isTime) => oldStyle(text, secret(), isTime),
  web: (text, isTime) => webStream(text, secret(), isTime),
  response: (text, isTime) => new Response(webStream(text, secret(), isTime) as never, { status: 201 }),
}

const atOnce = (): boolean => true

function routes(app: FastifyApp): void {
  for (const [name, make] of Object.entries(BODIES)) {
    app.get(`/early/${name}`, (_request, reply) => {
      void reply.header('ETag', '"a"').type('text/csv').header('X-A', 'a').send(make(undefined, atOnce))
    })
    app.get(`/late/${name}`, (_request, reply) => {
      void reply.type('text/csv').send(make('the first bytes', () => reply.raw.headersSent))
    })
  }
}

const NAMES = Object.keys(BODIES)

onFastify(
  'a body that fails before its first byte is answered in its place, and nothing describes it any more',
  { routes },
  async ({ port, reports, reported }) => {
    const answers = await Promise.all(NAMES.map((name) => ask(port, `/early/${name}`)))
    const expected = whole(500, internal, {}, { 'x-a': 'a' })
    for (const [index, answer] of answers.entries()) {
      expect(sorted(answer), NAMES[index]!).toEqual(sorted(expected))
    }
    await reported(NAMES.length)
    expect(reports.every(({ sent, clientGone }) => sent && !clientGone)).toBe(true)
  },
)

function sorted(response: string): readonly string[] {
  return response.split('\r\n').sort()
}

onFastify(
  'a body that fails once it has begun is cut off and reported, once, as no fault of its client',
  { routes },
  async ({ port, reports, log, reported }) => {
    const answers = await Promise.all(
      NAMES.map(async (name) => (await converse(port, get(`/late/${name}`))).closed()),
    )
    for (const [index, answer] of answers.entries()) {
      expect(answer, NAMES[index]!).toMatch(/^HTTP\/1\.1 20[01] [^]*the first bytes\r\n$/)
    }
    await reported(NAMES.length)
    expect(new Set(reports.map((report) => summary(report)))).toEqual(
      new Set(['500 sent: false, clientGone: false']),
    )
    expect(log.map(([level]) => level)).toEqual(NAMES.map(() => 'error'))
  },
)

function get(path: string, headers = ''): string {
  return `GET ${path} HTTP/1.1\r\nHost: test\r\n${headers}\r\n`
}

function summary({
  status,
  sent,
  clientGone,
}: {
  status: number
  sent: boolean
  clientGone: boolean
}): string {
  return `${status} sent: ${sent}, clientGone: ${clientGone}`
}

onFastify(
  'a client that leaves in the middle of a body is reported by nobody',
  {
    routes(app, { log }) {
      app.get('/', (_request, reply) => {
        const stream = new Readable({ read() {} })
        stream.push('the first bytes')
        stream.once('close', () => log.push(['info', {}, 'closed']))
        void reply.send(stream)
      })
    },
  },
  async ({ port, reports, log }) => {
    const { socket, until } = await converse(port, get('/'))
    await until((text) => text.includes('the first bytes'), 'the body begins')
    socket.destroy()
    await expect.poll(() => log.length, { timeout: 10_000 }).toBe(1)
    await wait(20)
    expect(reports).toEqual([])
  },
)

onFastify(
  'a file that is not there is answered, to HEAD as to GET; one that is there is sent',
  {
    routes(app) {
      app.get('/missing', (_request, reply) => reply.send(createReadStream('/nowhere/secret.csv')))
      app.get('/there', (_request, reply) =>
        reply.type('text/plain').send(createReadStream(import.meta.filename)),
      )
    },
  },
  async ({ port, reported }) => {
    const answer = sorted(whole(500, internal))
    expect(sorted(await ask(port, '/missing'))).toEqual(answer)
    const [head] = whole(500, internal).split('\r\n\r\n')
    expect(sorted(await ask(port, '/missing', { method: 'HEAD' }))).toEqual(sorted(`${head}\r\n\r\n`))
    expect(await ask(port, '/there')).toContain('HTTP/1.1 200 OK')
    expect(await ask(port, '/there', { method: 'HEAD' })).toContain('HTTP/1.1 200 OK')
    await reported(2)
  },
)

onFastify(
  'HEAD of a file whose headers cannot be written is answered, and ends no process',
  {
    routes(app) {
      app.route({
        method: ['GET', 'HEAD'],
        url: '/',
        handler: (_request, reply) =>
          reply
            .header('Content-Disposition', 'attachment; filename="日本.txt"')
            .send(createReadStream(import.meta.filename)),
      })
    },
  },
  async ({ port, reported }) => {
    const [head] = whole(500, internal).split('\r\n\r\n')
    const answer = await ask(port, '/', { method: 'HEAD' })
    expect(sorted(answer.toLowerCase())).toEqual(sorted(`${head}\r\n\r\n`.toLowerCase()))
    await reported(1)
  },
)

onFastify(
  'a body of the Web that fails right behind its first bytes is cut off and reported',
  {
    routes(app) {
      app.get('/', (_request, reply) => {
        let count = 0
        const pull = (controller: ReadableStreamDefaultController): void => {
          if (count === 0) controller.enqueue(new TextEncoder().encode('the first bytes'))
          else controller.error(secret())
          count += 1
        }
        void reply.send(new ReadableStream({ pull }))
      })
    },
  },
  async ({ port, reports, reported }) => {
    await (await converse(port, get('/'))).closed()
    await reported(1)
    expect(reports.map((report) => summary(report))).toEqual(['500 sent: false, clientGone: false'])
  },
)

test.each(fastifies)(
  '%s: a body of a plugin that has a bundle of its own is told to that one, and not to that of the app',
  async (...fastify) => {
    const inner = recorder()
    await serveFastify(
      fastify,
      {
        routes: (app) =>
          app.register(
            async (child) => {
              await child.register(bizErrors, { catalog, ...inner.options })
              routes(child as typeof app)
            },
            { prefix: '/child' },
          ),
      },
      async ({ port, reports }) => {
        const answers = NAMES.map(async (name) => (await converse(port, get(`/child/late/${name}`))).closed())
        expect(await Promise.all(answers)).toHaveLength(NAMES.length)
        await expect.poll(() => inner.reports.length, { timeout: 10_000 }).toBe(NAMES.length)
        await wait(20)
        expect(inner.reports).toHaveLength(NAMES.length)
        expect(reports).toEqual([])
      },
    )
  },
)

onFastify(
  'a stream that another hook pipes on without its errors is answered, or cut off, and reported once',
  {
    routes(app) {
      app.addHook('onSend', (_request, _reply, payload, done) => {
        const upper = new Transform({
          transform: (chunk, _encoding, next) => next(null, String(chunk).toUpperCase()),
        })
        done(null, payload instanceof Readable ? payload.pipe(upper) : payload)
      })
      routes(app)
    },
  },
  async ({ port, reports, reported }) => {
    expect(sorted(await ask(port, '/early/stream'))).toEqual(sorted(whole(500, internal, {}, { 'x-a': 'a' })))
    await reported(1)
    expect(await (await converse(port, get('/late/stream'))).closed()).toContain('THE FIRST BYTES')
    await reported(2)
    expect(reports.map((report) => summary(report))).toEqual([
      '500 sent: true, clientGone: false',
      '500 sent: false, clientGone: false',
    ])
  },
)

onFastify(
  'a stream whose failure a hook takes care of is nobody else’s business',
  {
    routes(app) {
      app.addHook('onSend', async (_request, reply, payload) => {
        if (!(payload instanceof Readable)) return payload
        try {
          return Buffer.concat(await payload.toArray())
        } catch {
          await wait(20)
          void reply.header('content-type', 'text/plain')
          return 'instead'
        }
      })
      app.get('/', (_request, reply) => reply.send(failing('the first bytes', secret(), atOnce)))
    },
  },
  async ({ port, reports }) => {
    expect(await ask(port, '/')).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*instead$/)
    await wait(20)
    expect(reports).toEqual([])
  },
)

onFastify(
  'what a handler throws once it has written on the raw response cuts that off',
  {
    routes(app) {
      app.get('/begun', (_request, reply) => {
        reply.raw.writeHead(200, { 'Content-Length': '100' })
        reply.raw.write('the first bytes', () => void reply.send(new BizError(1006)))
      })
      app.get('/begun-async', async (_request, reply) => {
        await new Promise((resolve) => reply.raw.write('the first bytes', resolve))
        throw new BizError(1006)
      })
      app.get('/whole', (_request, reply) => {
        reply.raw.end('all of it')
        throw new BizError(1006)
      })
    },
  },
  async ({ port, reports, reported }) => {
    for (const path of ['/begun', '/begun-async']) {
      // oxlint-disable-next-line no-await-in-loop
      const text = await (await converse(port, get(path))).closed()
      expect(text, path).toMatch(/^HTTP\/1\.1 200 OK[^]*the first bytes(?:\r\n)?$/)
    }
    await reported(2)
    expect(reports.map((report) => summary(report))).toEqual([
      '409 sent: false, clientGone: false',
      '409 sent: false, clientGone: false',
    ])
    expect(await ask(port, '/whole')).toContain('all of it')
  },
)

onFastify(
  'a request whose client leaves before its answer is reported as such, and a server is not to blame',
  {
    routes(app, { log }) {
      app.post('/upload', () => 'OK')
      // oxlint-disable-next-line no-async-endpoint-handlers -- Fastify waits for it.
      app.get('/slow', async (request) => {
        log.push(['info', {}, 'begun'])
        await new Promise((resolve) => request.raw.once('close', resolve))
        throw secret()
      })
    },
  },
  async ({ port, reports, log, reported }) => {
    const slow = await converse(port, get('/slow'))
    await expect.poll(() => log.length, { timeout: 10_000 }).toBe(1)
    slow.socket.destroy()
    await reported(1)
    const upload = await converse(
      port,
      'POST /upload HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
    )
    upload.socket.end()
    await reported(2)
    expect(reports.map(({ sent, clientGone }) => ({ sent, clientGone }))).toEqual([
      { sent: false, clientGone: true },
      { sent: false, clientGone: true },
    ])
    expect(log.map(([level]) => level)).toEqual(['info', 'info', 'info'])
  },
)

onFastify(
  'a compressed body that is broken is answered, and an unread large one does not hold its connection',
  {
    server: () => ({ bodyLimit: 1_000_000 }),
    routes(app) {
      app.post('/early', { onRequest: () => Promise.reject(new BizError(1006)), handler: () => 'OK' })
      app.post('/', () => 'OK')
    },
  },
  async ({ port, reported }) => {
    const { socket, until } = await converse(
      port,
      'POST /early HTTP/1.1\r\nHost: test\r\nX-Request-ID: t-1\r\nContent-Length: 900000\r\n\r\n',
    )
    const answer = await until((text) => text.endsWith('}'), 'the answer')
    expect(answer).toBe(whole(409, conflict))
    socket.destroy()
    const zipped = await ask(port, '/', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' },
      body: gzipSync('{"a":1}').toString('latin1'),
    })
    expect(zipped.split(' ')[1]).toMatch(/^4/)
    await reported(2)
  },
)
