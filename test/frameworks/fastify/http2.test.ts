import { connect, sensitiveHeaders } from 'node:http2'
import { setTimeout as wait } from 'node:timers/promises'
import { Readable } from 'node:stream'
import { expect } from 'vitest'
import { BizError } from '../../../src/catalogs/cloud-waf.ts'
import { once, onFastify } from './apps.ts'
import { conflict, internal, missing } from './whole.ts'

interface Answer {
  readonly head: Readonly<Record<string, unknown>>
  readonly body: string
  /** The error code of a stream that was reset. */
  readonly reset: number
}

async function talk(port: number, path: string, method = 'GET'): Promise<Answer> {
  const client = connect(`http://127.0.0.1:${port}`)
  try {
    const stream = client.request({ ':path': path, ':method': method, 'x-request-id': 't-1' })
    let head: Answer['head'] = {}
    const chunks: Buffer[] = []
    stream.on('response', (headers) => {
      head = { ...headers }
      Reflect.deleteProperty(head, sensitiveHeaders)
    })
    stream.on('data', (chunk: Buffer) => chunks.push(chunk))
    stream.on('error', () => {})
    stream.end()
    await new Promise((resolve) => stream.once('close', resolve))
    return { head, body: Buffer.concat(chunks).toString(), reset: stream.rstCode }
  } finally {
    client.close()
  }
}

onFastify(
  'over HTTP/2, answers are those of HTTP/1, and a body that fails is reset',
  {
    server: () => ({ http2: true }) as never,
    routes(app) {
      app.get('/taken', (_request, reply) => {
        void reply.header('ETag', '"a"')
        throw new BizError(1006)
      })
      app.get('/426', () => {
        throw Object.assign(new Error('Upgrade'), { status: 426, expose: true, headers: { Upgrade: 'h2c' } })
      })
      app.get('/early', (_request, reply) => {
        const stream = new Readable({ read() {} })
        once(
          () => true,
          () => stream.destroy(new Error('a secret')),
        )
        void reply.send(stream)
      })
      app.get('/late', (_request, reply) => {
        const stream = new Readable({ read() {} })
        stream.push('the first bytes')
        once(
          () => reply.raw.headersSent,
          () => stream.destroy(new Error('a secret')),
        )
        void reply.send(stream)
      })
      app.get('/hook', {
        async onSend() {
          await wait(1)
          throw new Error('a secret of the hook')
        },
        handler: () => 'OK',
      })
    },
  },
  async ({ port, reports, reported }) => {
    const { head, body } = await talk(port, '/taken')
    const { ':status': status, date: _, ...headers } = head
    expect([status, body, headers]).toEqual([
      409,
      JSON.stringify(conflict),
      {
        'x-request-id': 't-1',
        'content-type': 'application/json; charset=utf-8',
        'content-length': '49',
        'content-language': 'en',
        vary: 'Accept-Language',
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      },
    ])
    const headOnly = await talk(port, '/taken', 'HEAD')
    expect([headOnly.head[':status'], headOnly.head['content-length'], headOnly.body]).toEqual([
      409,
      '49',
      '',
    ])
    expect(JSON.parse((await talk(port, '/nowhere')).body)).toEqual(missing)
    expect((await talk(port, '/426')).head).not.toHaveProperty('connection')
    for (const path of ['/early', '/hook']) {
      // oxlint-disable-next-line no-await-in-loop
      const answer = await talk(port, path)
      expect([answer.head[':status'], JSON.parse(answer.body)], path).toEqual([500, internal])
    }
    const late = await talk(port, '/late')
    expect([late.head[':status'], late.body]).toEqual([200, 'the first bytes'])
    expect(late.reset).not.toBe(0)
    await reported(8)
    expect(reports.filter(({ sent }) => !sent).map(({ clientGone }) => clientGone)).toEqual([false, false])
  },
)
