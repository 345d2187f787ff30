import { EventEmitter, once } from 'node:events'
import { connect, constants, createServer, type ClientHttp2Stream, type Http2Server } from 'node:http2'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import * as expressFace from '../../src/adapters/express/index.ts'
import * as koaFace from '../../src/adapters/koa/index.ts'
import { BizError, catalog } from '../../src/catalogs/cloud-waf.ts'
import { koaCallback, koas } from '../support/frameworks.ts'
import { recorder, type Served } from '../support/served.ts'

/** For what comes at once, unless the machine is busy. */
const PATIENT = { timeout: 10_000, interval: 5 }

type Handle = (request: IncomingMessage, response: ServerResponse) => unknown

/** Express itself does not run over HTTP/2; its error handler does, called with what node:http2 gives. */
const apps = [
  [
    "Express's handler",
    (handle: Handle, options: object): RequestListener => {
      const answer = expressFace.errorHandler(options)
      return (request, response) => {
        void (async () => {
          try {
            await handle(request, response)
          } catch (error) {
            answer(error, request, response, () => {})
          }
        })()
      }
    },
  ],
  ...koas.map(
    ([name, Version]) =>
      [
        name,
        (handle: Handle, options: object): RequestListener => {
          const app = new Version()
          app.use(koaFace.errorHandler(options))
          app.use((context) => handle(context.req, context.res) as Promise<void>)
          return koaCallback(app)
        },
      ] as const,
  ),
] as const

interface Talk extends Pick<Served, 'reports' | 'log'> {
  readonly stream: ClientHttp2Stream
  readonly answer: Promise<{ readonly head: Readonly<Record<string, unknown>>; readonly body: string }>
  readonly end: () => void
}

/** Sends one GET over HTTP/2 and lets `use` look at what happens. */
async function talk(listener: (options: object) => RequestListener, use: (talk: Talk) => Promise<void>) {
  const { options, reports, log } = recorder()
  const server: Http2Server = createServer(listener({ catalog, ...options }) as never)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const client = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  client.on('error', () => {})
  const stream = client.request({ ':path': '/', 'x-request-id': 'probe-1' })
  const answer = new Promise<Awaited<Talk['answer']>>((resolve) => {
    let head: Readonly<Record<string, unknown>> = {}
    let body = ''
    stream.on('response', (headers) => (head = headers))
    stream.on('data', (chunk: Buffer) => (body += chunk.toString()))
    stream.on('error', () => {})
    stream.on('close', () => resolve({ head, body }))
  })
  try {
    await use({ stream, answer, reports, log, end: () => client.destroy() })
  } finally {
    client.destroy()
    server.close()
  }
}

for (const [name, listenerOf] of apps) {
  describe(`Q04: ${name} over HTTP/2`, () => {
    test('Q04: an error is answered whole and reported as sent', async () => {
      await talk(
        (options) => listenerOf(() => Promise.reject(new BizError(1006)), options),
        async ({ answer, reports }) => {
          const { head, body } = await answer
          expect([head[':status'], head['x-request-id'], body]).toEqual([
            409,
            'probe-1',
            '{"code":1006,"message":"Username already exists"}',
          ])
          await expect
            .poll(() => reports.map(({ sent, clientGone }) => [sent, clientGone]), PATIENT)
            .toEqual([[true, false]])
        },
      )
    })

    for (const [how, leave] of Object.entries<(talk: Talk) => void>({
      'resets its stream': ({ stream }) => stream.close(constants.NGHTTP2_CANCEL),
      'ends its connection': ({ end }) => end(),
    })) {
      for (const [when, wait] of [
        ['before the throw', () => sleep(20)],
        ['in the very moment of the throw', () => undefined],
      ] as const) {
        test(`Q04: a client that ${how} ${when} is reported once, as gone`, async () => {
          const server = new EventEmitter()
          await talk(
            (options) =>
              listenerOf(async (_request, response) => {
                const left = new Promise((resolve) => response.once('close', resolve))
                server.emit('asked')
                await left
                await wait()
                throw new BizError(1006)
              }, options),
            async (talk) => {
              await once(server, 'asked')
              leave(talk)
              await expect
                .poll(() => talk.reports.map(({ sent, clientGone }) => [sent, clientGone]), PATIENT)
                .toEqual([[false, true]])
              await sleep(30)
              expect(talk.log.map(([level]) => level)).toEqual(['info'])
            },
          )
        })
      }
    }

    test('Q04: fields that are about the connection are left out, and told', async () => {
      const fields = {
        'Proxy-Connection': 'keep-alive',
        'HTTP2-Settings': 'AAMAAABkAAQAAP__',
        Connection: 'close',
        'Keep-Alive': 'timeout=5',
        'Transfer-Encoding': 'chunked',
        Upgrade: 'h2c',
        TE: 'gzip',
        Trailer: 'X-A',
      }
      await talk(
        (options) =>
          listenerOf(
            () => Promise.reject(new BizError(1006, { headers: { ...fields, 'X-Kept': 'yes' } })),
            options,
          ),
        async ({ answer, reports }) => {
          const { head } = await answer
          expect([head[':status'], head['x-kept']]).toEqual([409, 'yes'])
          for (const field of Object.keys(fields)) expect(head).not.toHaveProperty(field.toLowerCase())
          await expect
            .poll(() => reports[0]?.unusable, PATIENT)
            .toEqual(Object.keys(fields).map((field) => `headers.${field}`))
        },
      )
    })
  })
}
