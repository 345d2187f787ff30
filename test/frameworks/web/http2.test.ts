import { connect, createServer } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import createError from 'http-errors'
import { expect, test } from 'vitest'
import { withErrors } from '../../../src/adapters/web/index.ts'
import { catalog } from '../../../src/catalogs/http.ts'
import { answer } from './whole.ts'

test('Q04: an error over HTTP/2 is answered whole, and without a header that HTTP/2 forbids', async () => {
  const statuses = [404, 426, 503]
  const fetch = withErrors(
    ({ url }) => {
      throw createError(Number(new URL(url).pathname.slice(1)), { headers: { Upgrade: 'h2c' } })
    },
    { catalog, logger: { error() {} } },
  )
  const listener = getRequestListener(fetch, { overrideGlobalObjects: false })
  const server = createServer((request, response) => void listener(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const session = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  try {
    const answers = await Promise.all(
      statuses.map(async (status) => {
        const stream = session.request({ ':path': `/${status}`, 'x-request-id': 'r-1' })
        const headers = await new Promise<object>((resolve, reject) => {
          stream.on('response', resolve)
          stream.on('error', reject)
        })
        let body = ''
        for await (const part of stream) body += String(part)
        const { ':status': sent, date: _, ...others } = headers as Record<string, unknown>
        return { status: sent, headers: Object.fromEntries(Object.entries(others)), body }
      }),
    )
    expect(answers).toEqual([
      answer(404, { code: 404, message: 'Not found' }),
      answer(426, { code: 426, message: 'Upgrade required' }),
      answer(503, { code: 503, message: 'Service unavailable' }),
    ])
  } finally {
    session.close()
    server.close()
  }
})
