import { finished, PassThrough, Readable, type Stream, Transform } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import * as fc from 'fast-check'
import type Koa from 'koa'
import through from 'through'
import { expect } from 'vitest'
import { errorHandler } from '../../src/adapters/koa/index.ts'
import { catalog } from '../../src/catalogs/cloud-waf.ts'
import type { ErrorReport } from '../../src/report/report.ts'
import { koaCallback, listen } from '../support/frameworks.ts'
import { exchange } from '../support/raw.ts'

/** A response, taken apart. */
export interface Sent {
  readonly head: string
  readonly body: string
}

/** Sends a request and takes the response apart: the head byte for byte, the body without its chunks. */
export async function ask(port: number, method: string, headers: readonly string[] = []): Promise<Sent> {
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

export type Handle = (context: Koa.Context) => unknown

/** What an app sends, with our handler outermost and without. */
export async function bothOf(
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

/** How an app makes the body. */
export interface Case {
  readonly handle: Handle
  readonly method?: string
  readonly around?: readonly unknown[]
  readonly inside?: readonly unknown[]
  readonly headers?: readonly string[]
}

function chunkOf(size: number, index: number): string {
  return String.fromCharCode(97 + index).repeat(size)
}

function sum(sizes: readonly number[]): number {
  return sizes.reduce((all, size) => all + size, 0)
}

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

/** A stream as body, in all that could change what is sent of it. */
export interface Kind {
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

/** Streams of all kinds. */
export const streams: fc.Arbitrary<Kind> = fc.record<Kind>({
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

/** Throws unless what is sent is what must be. */
export async function checkStream(Version: typeof Koa, kind: Kind): Promise<void> {
  if (kind.failsAfter === undefined) {
    const { ours, koas, reports } = await bothOf(Version, { handle: handleOf(kind), method: kind.method })
    expect({ ...ours, reports }).toEqual({ ...koas, reports: [] })
    expect(ours.body.length).toBe(kind.method === 'HEAD' ? 0 : sum(kind.sizes))
  } else {
    await checkFailing(Version, kind)
  }
}

/** Of a stream that fails the envelope is sent, or a transfer broken off that held nothing else. */
async function checkFailing(Version: typeof Koa, kind: Kind): Promise<void> {
  const app = new Version()
  app.use(errorHandler({ catalog, logger: { error: () => {} } }))
  app.use(handleOf({ ...kind, wrap: 'as it is' }) as Koa.Middleware)
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
}
