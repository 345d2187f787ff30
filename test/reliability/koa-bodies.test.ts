import { createHash } from 'node:crypto'
import { createReadStream, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer } from 'node:http'
import { finished, PassThrough, Readable, Stream, Transform } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import * as fc from 'fast-check'
import type Koa from 'koa'
import compress from 'koa-compress'
import request from 'request'
import through from 'through'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { errorHandler } from '../../src/adapters/koa.ts'
import type { ErrorReport } from '../../src/handler/report.ts'
import { koaCallback, koas, listen } from '../contract/frameworks.ts'
import { exchange } from '../contract/raw.ts'

const folder = mkdtempSync(join(tmpdir(), 'bodies-'))

function fileOf(bytes: number): string {
  const path = join(folder, `of-${bytes}`)
  writeFileSync(path, Buffer.alloc(bytes, 'abcdefg'))
  return path
}

interface Sent {
  readonly head: string
  readonly body: string
}

/** Sends a request and takes the response apart: the head byte for byte, the body without its chunks. */
async function ask(port: number, method: string, headers: readonly string[] = []): Promise<Sent> {
  const lines = [`${method} / HTTP/1.1`, 'Host: test', 'Connection: close', ...headers, '', '']
  const response = await exchange(port, lines.join('\r\n'))
  const end = response.indexOf('\r\n\r\n')
  const head = response.slice(0, end)
  const rest = response.slice(end + 4)
  return { head, body: head.includes('Transfer-Encoding: chunked') ? dechunked(rest) : rest }
}

/** The data of a chunked body. What was broken off has no last chunk, and says so. */
function dechunked(body: string): string {
  const size = parseInt(body, 16)
  if (Number.isNaN(size)) return `${body}[broken off]`
  const start = body.indexOf('\r\n') + 2
  return size === 0 ? '' : body.slice(start, start + size) + dechunked(body.slice(start + size + 2))
}

type Handle = (context: Koa.Context) => unknown

/** What an app sends, with our handler outermost and without. */
async function bothOf(
  Version: typeof Koa,
  { handle, method = 'GET', around = [], inside = [], headers }: Case,
): Promise<{ readonly ours: Sent; readonly koas: Sent; readonly reports: readonly ErrorReport[] }> {
  const reports: ErrorReport[] = []
  const options = { logger: { error: () => {} }, onReport: (report: ErrorReport) => reports.push(report) }
  const [ours, koas] = await Promise.all(
    [[errorHandler(options)], []].map(async (handlers) => {
      const app = new Version()
      app.silent = true
      for (const middleware of [...around, ...handlers, ...inside]) app.use(middleware as Koa.Middleware)
      app.use((context) => handle(context) as Promise<void>)
      const { port, server } = await listen(koaCallback(app))
      try {
        return await ask(port, method, headers)
      } finally {
        server.close()
        server.closeAllConnections()
      }
    }),
  )
  return { ours: ours!, koas: koas!, reports }
}

interface Case {
  readonly handle: Handle
  readonly method?: string
  readonly around?: readonly unknown[]
  readonly inside?: readonly unknown[]
  readonly headers?: readonly string[]
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

function chunkOf(size: number, index: number): string {
  return String.fromCharCode(97 + index).repeat(size)
}

function sum(sizes: readonly number[]): number {
  return sizes.reduce((all, size) => all + size, 0)
}

describe('Q01: streams of any kind', () => {
  const WRAPS: Readonly<Record<string, (stream: Readable) => Stream>> = {
    'as it is': (stream) => stream,
    'piped into PassThrough': (stream) => stream.pipe(new PassThrough()),
    'piped through a transform': (stream) =>
      stream.pipe(
        new Transform({
          transform(chunk: Buffer, _encoding, done) {
            setImmediate(done, undefined, chunk.toString().toUpperCase())
          },
        }),
      ),
    'piped into an old-style stream': (stream) => stream.pipe(through() as unknown as PassThrough) as Stream,
  }
  const LISTENERS: Readonly<Record<string, (stream: Stream) => void>> = {
    nothing: () => {},
    data: (stream) => void stream.on('data', () => {}),
    end: (stream) => void stream.on('end', () => {}),
    'data and close': (stream) => void stream.on('data', () => {}).on('close', () => {}),
    finished: (stream) => void finished(stream as Readable, () => {}),
  }

  interface Kind {
    readonly sizes: readonly number[]
    readonly pauses: readonly number[]
    readonly highWaterMark: number
    readonly objects: boolean
    readonly wrap: string
    readonly listener: string
    readonly listensBefore: boolean
    readonly length: boolean
    readonly method: string
    readonly failsAfter: number | undefined
  }

  const kinds = fc.record<Kind>({
    sizes: fc.array(fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 70_000 })), {
      maxLength: 6,
    }),
    pauses: fc.array(fc.constantFrom(0, 0, 1, 3), { minLength: 7, maxLength: 7 }),
    highWaterMark: fc.constantFrom(1, 16, 16_384),
    objects: fc.boolean(),
    wrap: fc.constantFrom(...Object.keys(WRAPS)),
    listener: fc.constantFrom(...Object.keys(LISTENERS)),
    listensBefore: fc.boolean(),
    length: fc.boolean(),
    method: fc.constantFrom('GET', 'GET', 'GET', 'HEAD'),
    failsAfter: fc.option(fc.integer({ min: 0, max: 4 }), { nil: undefined, freq: 2 }),
  })

  /** Begins when the handler has returned, so that what a listener sees first does not hang on chance. */
  function sourceOf({ sizes, pauses, highWaterMark, objects, failsAfter }: Kind): Readable {
    const chunks = sizes.map(chunkOf)
    const until = failsAfter ?? Infinity
    const stream = new Readable({ objectMode: objects, highWaterMark, read() {} })
    stream.on('error', () => {})
    setTimeout(() => {
      void (async () => {
        for (const [index, chunk] of chunks.slice(0, until).entries()) {
          stream.push(chunk)
          if (pauses[index]! > 0) await sleep(pauses[index])
        }
        if (failsAfter === undefined) stream.push(null)
        else stream.destroy(new Error('secret-7'))
      })()
    }, 2)
    return stream
  }

  function handleOf(kind: Kind): Handle {
    return (context) => {
      const stream = WRAPS[kind.wrap]!(sourceOf(kind))
      stream.on('error', () => {})
      const listen = LISTENERS[kind.listener]!
      if (kind.listensBefore) listen(stream)
      if (kind.length && kind.failsAfter === undefined) context.length = sum(kind.sizes)
      context.body = stream
      if (!kind.listensBefore) listen(stream)
    }
  }

  for (const [name, Version] of koas) {
    test(`Q01: what is sent of a stream is what Koa sends of it, on ${name}`, async () => {
      await fc.assert(
        fc.asyncProperty(
          kinds.filter(({ failsAfter }) => failsAfter === undefined),
          async (kind) => {
            const { ours, koas, reports } = await bothOf(Version, {
              handle: handleOf(kind),
              method: kind.method,
            })
            expect({ ...ours, reports }).toEqual({ ...koas, reports: [] })
            expect(ours.body.length).toBe(kind.method === 'HEAD' ? 0 : sum(kind.sizes))
          },
        ),
        { numRuns: 60 },
      )
    })

    test(`Q01: of a stream that fails the envelope is sent, or a transfer broken off that held nothing else, on ${name}`, async () => {
      await fc.assert(
        fc.asyncProperty(
          kinds.filter(({ failsAfter, method, wrap }) => {
            return failsAfter !== undefined && method === 'GET' && wrap === 'as it is'
          }),
          async (kind) => {
            const app = new Version()
            app.use(errorHandler({ logger: { error: () => {} } }))
            app.use(handleOf(kind))
            const { port, server } = await listen(koaCallback(app))
            try {
              const { head, body } = await ask(port, 'GET')
              const given = kind.sizes.slice(0, kind.failsAfter).map(chunkOf).join('')
              if (head.startsWith('HTTP/1.1 500')) {
                expect(body).toBe('{"code":500,"message":"Internal server error"}')
              } else {
                expect(head).toMatch(/^HTTP\/1\.1 200/)
                const [sent] = body.split('[broken off]')
                expect(body.endsWith('[broken off]') && given.startsWith(sent!)).toBe(true)
              }
            } finally {
              server.close()
              server.closeAllConnections()
            }
          },
        ),
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
        app.use(errorHandler({ logger: { error: () => {} }, onReport: (report) => reports.push(report) }))
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
      app.use(errorHandler({ logger: { error: () => {} } }))
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
