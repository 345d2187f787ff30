import { connect, constants, createServer } from 'node:http2'
import type { AddressInfo } from 'node:net'
import Koa from 'koa'
import { expect, test } from 'vitest'
import { BizError, catalog } from '../../src/catalogs/cloud-waf.ts'
import { errorHandler, requestId } from '../../src/adapters/koa/index.ts'

interface Answer {
  readonly status: unknown
  readonly language: unknown
  readonly body: string
  /** The code that the stream was closed with; 0 is a whole transfer. */
  readonly closedWith: number
}

/** Sends one GET over HTTP/2 to a Koa app that runs `handler`. */
async function get(handler: (context: Koa.Context) => unknown): Promise<Answer> {
  const app = new Koa()
  app.use(errorHandler({ catalog, logger: { error: () => {} } }))
  app.use(requestId())
  app.use(handler)
  const callback = app.callback()
  const server = createServer((request, response) => void callback(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const client = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  try {
    return await new Promise((resolve) => {
      const stream = client.request({ ':path': '/', 'accept-language': 'de' })
      let head: Readonly<Record<string, unknown>> = {}
      let body = ''
      stream.on('response', (headers) => (head = headers))
      stream.on('data', (chunk: Buffer) => (body += chunk.toString()))
      stream.on('error', () => {})
      stream.on('close', () =>
        resolve({
          status: head[':status'],
          language: head['content-language'],
          body,
          closedWith: stream.rstCode ?? 0,
        }),
      )
      stream.end()
    })
  } finally {
    client.close()
    server.close()
  }
}

test('an error over HTTP/2 is answered as over HTTP/1, without a warning of Node', async () => {
  const warnings: unknown[] = []
  const note = (warning: Error): void => void warnings.push(warning.name)
  process.on('warning', note)
  const raw = await get((context) => {
    context.respond = false
    throw new BizError(1006)
  })
  const answered = await get(() => {
    throw new BizError(1006)
  })
  await new Promise((resolve) => setImmediate(resolve))
  process.off('warning', note)
  const expected = {
    status: 409,
    language: 'de',
    body: '{"code":1006,"message":"Benutzername bereits vergeben"}',
    closedWith: constants.NGHTTP2_NO_ERROR,
  }
  expect([raw, answered, warnings]).toEqual([expected, expected, []])
})

test('a response over HTTP/2 that had begun is cut off, so that the client sees a broken transfer', async () => {
  const { body, closedWith } = await get((context) => {
    context.res.write('partial')
    throw new BizError(1006)
  })
  expect([body, closedWith]).toEqual(['partial', constants.NGHTTP2_INTERNAL_ERROR])
})
