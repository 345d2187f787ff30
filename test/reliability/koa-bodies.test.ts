import { createHash } from 'node:crypto'
import { createReadStream, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer } from 'node:http'
import { Socket } from 'node:net'
import { PassThrough, Readable, Stream } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import * as fc from 'fast-check'
import type Koa from 'koa'
import compress from 'koa-compress'
import request from 'request'
import through from 'through'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { errorHandler } from '../../src/adapters/koa/index.ts'
import { catalog } from '../../src/catalogs/cloud-waf.ts'
import type { ErrorReport } from '../../src/report/report.ts'
import { koaCallback, koas, listen } from '../support/frameworks.ts'
import { ask, bothOf, checkStream, streams, type Case } from './fuzz-streams.ts'

const folder = mkdtempSync(join(tmpdir(), 'bodies-'))

function fileOf(bytes: number): string {
  const path = join(folder, `of-${bytes}`)
  writeFileSync(path, Buffer.alloc(bytes, 'abcdefg'))
  return path
}

/** The same bytes and head as without us, and nothing to report. */
function sameAsKoa(title: string, make: (Version: typeof Koa) => Case, expected?: RegExp): void {
  for (const [name, Version] of koas) {
    test(`${title}, on ${name}`, async () => {
      const { ours, koas, reports } = await bothOf(Version, make(Version))
      expect({ ...ours, reports }).toEqual({ ...koas, reports: [] })
      if (expected) expect(ours.body).toMatch(expected)
    })
  }
}

describe('Q01: a body that something listens to is sent whole', () => {
  for (const bytes of [5, 300_000]) {
    sameAsKoa(
      `Q01: a file of ${bytes} bytes whose data is hashed on the way is sent as Koa sends it`,
      () => ({
        handle(context) {
          const hash = createHash('sha256')
          const stream = createReadStream(fileOf(bytes))
          stream.on('data', (chunk) => hash.update(chunk))
          context.body = stream
        },
      }),
      new RegExp(`^.{${bytes}}$`),
    )
  }

  sameAsKoa('Q01: a file with a Content-Length is sent as Koa sends it', () => ({
    handle(context) {
      context.length = 1000
      context.body = createReadStream(fileOf(1000))
    },
  }))

  for (const place of ['around', 'inside'] as const) {
    sameAsKoa(`Q01: a file that is compressed by middleware ${place} ours is sent as Koa sends it`, () => ({
      handle(context) {
        context.type = 'text/plain'
        context.body = createReadStream(fileOf(50_000))
      },
      headers: ['Accept-Encoding: gzip'],
      [place]: [compress()],
    }))
  }

  for (const [what, make] of Object.entries<() => unknown>({
    'that has no data yet': () => new PassThrough(),
    'from a file': () => createReadStream(fileOf(5)),
    'of objects': () => Readable.from(['a']),
    'that is a socket without a connection': () => new Socket(),
  })) {
    sameAsKoa(`Q01: HEAD of a stream ${what} is answered at once, as Koa does`, () => ({
      method: 'HEAD',
      handle(context) {
        context.body = make()
      },
    }))
  }

  sameAsKoa(
    'Q01: a body that replaces a stream is sent, and the stream it replaces harms nobody',
    () => ({
      async handle(context) {
        context.body = new PassThrough()
        context.body = 'instead'
        await sleep(5)
      },
    }),
    /^instead$/,
  )

  // Koa 2 and 3.0 answer the failure themselves.
  if (!process.env['LOWEST']) {
    test('Q01: a stream that another one replaces, and that nobody reads, may fail, on Koa 3', async () => {
      const {
        ours,
        koas: plain,
        reports,
      } = await bothOf(koas[0]![1], {
        async handle(context) {
          context.body = createReadStream(join(folder, 'none'))
          context.body = Readable.from(['instead'])
          await sleep(20)
        },
      })
      expect({ ...ours, reports }).toEqual({ ...plain, reports: [] })
      expect(ours.body).toBe('instead')
    })
  }

  for (const [name, Version] of koas) {
    test(`Q01: an app's own setter of bodies goes on working, and makes nothing of an envelope, on ${name}`, async () => {
      const app = new Version()
      const ofKoa = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(app.response), 'body')!
      Object.defineProperty(app.response, 'body', {
        ...ofKoa,
        set(body) {
          ofKoa.set!.call(this, typeof body === 'string' ? { wrapped: body } : body)
        },
      })
      app.use(errorHandler({ catalog, logger: { error: () => {} } }))
      app.use((context) => {
        if (context.path === '/fails') throw new Error('secret-7')
        context.body = context.path === '/stream' ? createReadStream(join(folder, 'none')) : 'text'
      })
      const { port, server } = await listen(koaCallback(app))
      try {
        const texts = ['/', '/fails', '/stream'].map(async (path) =>
          (await fetch(`http://127.0.0.1:${port}${path}`)).text(),
        )
        const envelope = '{"code":500,"message":"Internal server error"}'
        expect(await Promise.all(texts)).toEqual(['{"wrapped":"text"}', envelope, envelope])
      } finally {
        server.close()
        server.closeAllConnections()
      }
    })
  }

  test('Q01: middleware around ours may replace a stream, whose end is no failure', async () => {
    for (const [, Version] of koas) {
      const { ours, koas, reports } = await bothOf(Version, {
        around: [
          async (context: Koa.Context, next: Koa.Next) => {
            await next()
            const lost = context.body as Readable
            context.body = 'instead'
            lost.destroy()
            await sleep(5)
          },
        ],
        handle(context) {
          context.body = new PassThrough()
        },
      })
      expect([ours, reports]).toEqual([koas, []])
    }
  })
})

describe('Q01: streams of any kind', () => {
  for (const [name, Version] of koas) {
    test(`Q01: of a stream is sent what Koa sends; of one that fails the envelope, or a transfer broken off, on ${name}`, async () => {
      await fc.assert(
        fc.asyncProperty(streams, (kind) => checkStream(Version, kind)),
        { numRuns: 40 },
      )
    })
  }
})

describe('Q02: old-style streams', () => {
  let upstream: Awaited<ReturnType<typeof listen>>
  beforeAll(async () => {
    // `request` passes the headers on, and with them what becomes of the connection.
    upstream = await listen((_request, response) => {
      response.setHeader('Connection', 'close').end('from upstream')
    })
  })
  afterAll(() => {
    upstream.server.close()
  })

  for (const [what, make, expected] of [
    ['of the library request', () => request(`http://127.0.0.1:${upstream.port}/`), 'from upstream'],
    [
      'of through()',
      () => {
        const stream = through()
        setTimeout(() => {
          stream.write('old')
          stream.end('-style')
        }, 3)
        return stream
      },
      'old-style',
    ],
    [
      'that is a bare stream.Stream',
      () => {
        const stream = new Stream() as Stream & { readable: boolean }
        stream.readable = true
        setTimeout(() => {
          stream.emit('data', Buffer.from('bare'))
          stream.emit('end')
        }, 3)
        return stream
      },
      'bare',
    ],
  ] as const) {
    for (const method of ['GET', 'HEAD']) {
      sameAsKoa(
        `Q02: ${method} of a body ${what} is answered as Koa answers it`,
        () => ({
          method,
          handle(context) {
            context.body = make()
          },
        }),
        method === 'HEAD' ? /^$/ : new RegExp(`^${expected}$`),
      )
    }
  }

  for (const [name, Version] of koas) {
    test(`Q02: an old-style body that fails twice before its first byte is answered once, on ${name}`, async () => {
      const { ours, reports } = await (async () => {
        const reports: ErrorReport[] = []
        const app = new Version()
        app.use(
          errorHandler({ catalog, logger: { error: () => {} }, onReport: (report) => reports.push(report) }),
        )
        app.use((context) => {
          const stream = through()
          setTimeout(() => {
            stream.emit('error', new Error('first'))
            stream.emit('error', new Error('second'))
          }, 3)
          context.body = stream
        })
        const { port, server } = await listen(koaCallback(app))
        const ours = await ask(port, 'GET')
        server.close()
        return { ours, reports }
      })()
      expect(ours.body).toBe('{"code":500,"message":"Internal server error"}')
      expect(reports.map(({ error }) => (error as Error).message)).toEqual(['first'])
    })
  }

  test('Q02: a body that fails because its upstream is away is answered as that, on Koa 3 and 2', async () => {
    const away = createServer()
    await new Promise<void>((resolve) => away.listen(0, '127.0.0.1', resolve))
    const { port: closed } = away.address() as { port: number }
    await new Promise((resolve) => away.close(resolve))
    for (const [, Version] of koas) {
      const app = new Version()
      app.use(errorHandler({ catalog, logger: { error: () => {} } }))
      app.use((context) => {
        context.body = request(`http://127.0.0.1:${closed}/`)
      })
      const { port, server } = await listen(koaCallback(app))
      const { head } = await ask(port, 'GET')
      server.close()
      expect(head.split('\r\n')[0]).toBe('HTTP/1.1 502 Bad Gateway')
    }
  })
})
