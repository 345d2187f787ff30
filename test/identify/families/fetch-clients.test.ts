import { createServer, type RequestListener, type Server } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import OpenAI, { APIConnectionTimeoutError } from 'openai4'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answersTo, everywhere } from '../../support/answers.ts'
import { conditionCatalog } from '../../support/conditions.ts'
import { answerOf } from '../../support/stacks.ts'

type NodeFetch = (
  address: string,
  options?: { readonly timeout?: number },
) => Promise<{ readonly json: () => Promise<unknown> }>

// It has no types here, and is installed by this SDK.
const nodeFetch = createRequire(createRequire(import.meta.url).resolve('openai4'))('node-fetch') as NodeFetch

const WAIT = 60

const upstream: Readonly<Record<string, RequestListener>> = {
  '/silent': () => {},
  '/slow': (_request, response) => void response.writeHead(200, { 'Content-Length': 1000 }).write('{'),
  '/reset': (request) => request.socket.resetAndDestroy(),
  '/page': (_request, response) => response.end('<html>s3cr3t</html>'),
}

let server: Server
let address = ''
beforeAll(async () => {
  server = createServer((request, response) => upstream[request.url!]!(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.close()
  server.closeAllConnections()
})

describe('what node-fetch rejects with', () => {
  const failures: readonly (readonly [what: string, fail: () => Promise<unknown>, condition: string])[] = [
    ['no answer in time', () => nodeFetch(`${address}/silent`, { timeout: WAIT }), 'upstream-timeout'],
    [
      'no whole body in time',
      async () => (await nodeFetch(`${address}/slow`, { timeout: WAIT })).json(),
      'upstream-timeout',
    ],
    ['a connection that is reset', () => nodeFetch(`${address}/reset`), 'upstream-failed'],
    [
      'a page where JSON was expected',
      async () => (await nodeFetch(`${address}/page`)).json(),
      'upstream-failed',
    ],
  ]
  test.each(failures)('of %s', async (_what, fail, condition) => {
    const error = await fail().catch((reason: unknown) => reason)
    expect(error).toMatchObject({ name: 'FetchError' })
    const answers = await answersTo(() => Promise.reject(error as Error), { catalog: conditionCatalog })
    expect(answers).toEqual(everywhere(answerOf(condition)))
  })
})

test('a timeout of the OpenAI SDK is an upstream that is too slow', async () => {
  const client = new OpenAI({ apiKey: 'k', baseURL: address, timeout: WAIT, maxRetries: 0 })
  const error: unknown = await client.get('/silent').catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(APIConnectionTimeoutError)
  const answers = await answersTo(() => Promise.reject(error as Error), { catalog: conditionCatalog })
  expect(answers).toEqual(everywhere(answerOf('upstream-timeout')))
})
