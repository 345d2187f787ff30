import { AxiosHeaders, CanceledError, create as createAxios, type AxiosError, type ResponseType } from 'axios'
import axiosRetry from 'axios-retry'
import FormData from 'form-data'
import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import {
  ApiError,
  axiosErrors,
  axiosRetryOptions,
  createReader,
  type ReaderOptions,
} from '../../src/client/index.ts'
import { failureOf } from '../support/failure-of.ts'
import { answering, ok, tells } from './answering.ts'
import { told } from './told.ts'

function axiosOf(options?: ReaderOptions) {
  const http = createAxios()
  http.interceptors.response.use(...axiosErrors(createReader(options)))
  return http
}

function retrying(options?: ReaderOptions) {
  const api = createReader(options)
  const http = createAxios()
  axiosRetry(http, { ...axiosRetryOptions(api), retryDelay: () => 0 })
  http.interceptors.response.use(...axiosErrors(api))
  return http
}

const gone = tells(10001, 410)

describe('axiosErrors', () => {
  test.each(['arraybuffer', 'blob', 'document', 'json', 'stream', 'text'] as ResponseType[])(
    'reads the error of a download, whose responseType is %s',
    async (responseType) => {
      await answering([gone], async ({ url }) => {
        const error = await failureOf(() => axiosOf().get(url, { responseType }))
        expect(told(error)).toEqual({ name: 'ApiError', status: 410, code: 10001, message: 'Told' })
      })
    },
  )

  test('leaves a download alone that succeeds where errors come with HTTP 200', async () => {
    await answering([ok], async ({ url }) => {
      const { data } = await axiosOf({ catalog: { success: 0 } }).get<Readable>(url, {
        responseType: 'stream',
      })
      expect(Buffer.concat(await data.toArray()).toString()).toBe(ok.body)
    })
  })

  test('leaves an answer alone that validateStatus lets pass', async () => {
    await answering([gone], async ({ url }) => {
      const { status, data } = await axiosOf().get<unknown>(url, { validateStatus: null })
      expect([status, data]).toEqual([410, { code: 10001, message: 'Told' }])
    })
  })

  test('holds nothing of the request', async () => {
    await answering([gone], async ({ url }) => {
      const error = await failureOf(() => axiosOf().get(url, { headers: { Authorization: 'Bearer secret' } }))
      expect(error).toBeInstanceOf(ApiError)
      expect(JSON.stringify(Object.getOwnPropertyDescriptors(error))).not.toContain('secret')
    })
  })

  test("leaves a network failure, a timeout and a cancellation axios's own", async () => {
    await answering(['silence'], async ({ url }) => {
      const http = axiosOf()
      const failures = await Promise.all([
        failureOf(() => http.get('http://127.0.0.1:1/')),
        failureOf(() => http.get(url, { timeout: 20 })),
        failureOf(() => http.get(url, { signal: AbortSignal.abort() })),
      ])
      expect(failures.map((error) => (error as AxiosError).code)).toEqual([
        'ECONNREFUSED',
        'ECONNABORTED',
        'ERR_CANCELED',
      ])
      expect(failures[2]).toBeInstanceOf(CanceledError)
    })
  })

  test('hands on what an interceptor before it threw, whatever it is', async () => {
    const http = createAxios()
    const thrown: readonly unknown[] = [undefined, null, 'text', new Error('mine'), { response: null }]
    const [, rejected] = axiosErrors(createReader())
    for (const each of thrown) {
      await expect(rejected(each).catch((error: unknown) => error === each)).resolves.toBe(true)
    }
    http.interceptors.response.clear()
  })
})

describe('axiosRetryOptions', () => {
  test('repeats where the network fails, and neither a timeout nor a cancellation', async () => {
    const { retryCondition } = axiosRetryOptions(createReader())
    const config = { method: 'get', headers: new AxiosHeaders() }
    const repeated = ['ERR_NETWORK', 'ECONNRESET', 'ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EPIPE']
    const final = ['ERR_CANCELED', 'ECONNABORTED', 'ETIMEDOUT', 'ERR_BAD_OPTION', 'ERR_FR_TOO_MANY_REDIRECTS']
    expect(repeated.filter((code) => retryCondition({ code, config }))).toEqual(repeated)
    expect(final.filter((code) => retryCondition({ code, config }))).toEqual([])
  })

  test('repeats no stream, nor a form that is one', async () => {
    const headers = { 'Idempotency-Key': 'order-1' }
    const form = new FormData()
    form.append('file', 'text')
    for (const data of [Readable.from(['text']), form]) {
      await answering([tells(0, 503), ok], async ({ url, asked }) => {
        const error = await failureOf(() => retrying().post(url, data, { headers, maxRedirects: 0 }))
        expect([(error as ApiError).status, asked.length]).toEqual([503, 1])
      })
    }
  })

  test('repeats what axios has made text or bytes of', async () => {
    const headers = { 'Idempotency-Key': 'order-1' }
    for (const data of [{ n: 1 }, 'text', Buffer.from('bytes'), new URLSearchParams('n=1'), undefined]) {
      await answering([tells(0, 503), ok], async ({ url, asked }) => {
        await retrying().post(url, data, { headers })
        expect(asked.length).toBe(2)
      })
    }
  })
})
