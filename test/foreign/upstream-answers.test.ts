import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { Storage } from '@google-cloud/storage'
import Wreck from '@hapi/wreck'
import axios from 'axios'
import { request as gaxios } from 'gaxios'
import got from 'got'
import ky from 'ky'
import superagent from 'superagent'
import { afterAll } from 'vitest'
import { becomes, type Row } from './becomes.ts'

const require = createRequire(import.meta.url)
// It is deprecated, and its types would be installed with it.
const request = require('request') as (
  options: { readonly url: string },
  done: (error: Error | null, response: { readonly statusCode: number; readonly headers: object }) => void,
) => void

/** Answers with the status that its path begins with, and with the Retry-After behind it: `/503-7`. */
const server = createServer((incoming, response) => {
  const [status, retryAfter] = incoming.url!.split('/')[1]!.split('-')
  const headers = {
    'Content-Type': 'application/json',
    ...(retryAfter !== undefined && { 'Retry-After': retryAfter }),
  }
  response.writeHead(Number(status), headers).end('{"message":"s3cr3t"}')
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
const up = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
afterAll(() => {
  server.close()
  server.closeAllConnections()
})

/** What a client of the callbacks' time does: https://github.com/request/promise-core/blob/master/lib/errors.js */
async function requestPromise(url: string): Promise<void> {
  const response = await new Promise<{ readonly statusCode: number; readonly headers: object }>(
    (resolve, reject) => request({ url }, (error, answer) => (error ? reject(error) : resolve(answer))),
  )
  const { statusCode } = response
  throw Object.assign(new Error(`${statusCode} - s3cr3t`), {
    name: 'StatusCodeError',
    statusCode,
    error: 's3cr3t',
    options: { url },
    response,
  })
}

const clients: Readonly<Record<string, (url: string) => unknown>> = {
  axios: (url) => axios.get(url),
  'axios with fetch': (url) => axios.get(url, { adapter: 'fetch' }),
  got: (url) => got(url, { retry: { limit: 0 } }),
  ky: (url) => ky(url, { retry: 0 }),
  superagent: (url) => superagent.get(url),
  'a Response of fetch': async (url) => {
    throw await fetch(url)
  },
  'a Response as a cause': async (url) => {
    throw new Error('no prices today', { cause: await fetch(url) })
  },
  'an error in the shape of request-promise': requestPromise,
  '@hapi/wreck': (url) => Wreck.get(url),
  gaxios: (url) => gaxios({ url, retry: false }),
  '@google-cloud/storage': (url) =>
    new Storage({ apiEndpoint: url, projectId: 'p', retryOptions: { autoRetry: false, maxRetries: 0 } })
      .bucket('b')
      .file('f')
      .getMetadata(),
}

const rows: readonly (readonly [
  answer: string,
  becomes: NonNullable<Row['becomes']>,
  retryAfter?: string,
])[] = [
  ['429', 'unavailable'],
  ['429-7', 'unavailable', '7'],
  ['503-7', 'unavailable', '7'],
  ['503-0', 'unavailable', '1'],
  ['503', 'upstream-failed'],
  ['503-soon', 'upstream-failed'],
  ['408', 'upstream-timeout'],
  ['504', 'upstream-timeout'],
  ['504-7', 'upstream-timeout', '7'],
  ['401', 'upstream-failed'],
  ['409-7', 'upstream-failed', '7'],
  ['500', 'upstream-failed'],
  ['502-7', 'upstream-failed', '7'],
]

for (const [name, get] of Object.entries(clients)) {
  becomes(
    `R14: what another server answers decides what ${name} becomes`,
    rows.map(([answer, condition, retryAfter]) => ({
      what: answer,
      fail: () => get(`${up}/${answer}`),
      becomes: condition,
      headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter },
    })),
  )
}
