import got, { HTTPError, RequestError } from 'got'
import { describe, expect, test } from 'vitest'
import { createReader, gotErrors, type ApiError, type ReaderOptions } from '../../src/client/index.ts'
import { failureOf } from '../support/failure-of.ts'
import { answering, ok, tells } from './answering.ts'
import { told } from './told.ts'

const unavailable = tells(10030, 503)

function gotOf(options?: ReaderOptions) {
  const retry = {
    limit: 2,
    calculateDelay: ({ computedValue }: { computedValue: number }) => Math.min(1, computedValue),
  }
  return got.extend({ retry }, gotErrors(createReader(options)))
}

describe('gotErrors', () => {
  test.each([
    ['is sent again by its own rules, and succeeds', [unavailable, unavailable, ok], 3, undefined],
    ['is given up after its own limit, with our error', [unavailable], 3, 10030],
    ['is not sent again after a status that is not among its own', [tells(10001, 404)], 1, 10001],
  ] as const)('a request %s', async (_title, answers, requests, code) => {
    await answering(answers, async ({ url, asked }) => {
      const error = await gotOf()(url).then(
        () => undefined,
        (thrown: unknown) => thrown as ApiError,
      )
      expect([error?.code, asked.length]).toEqual([code, requests])
    })
  })

  test.each(['json', 'text', 'buffer'] as const)(
    'reads an error where the responseType is %s',
    async (responseType) => {
      await answering([tells(10001, 410)], async ({ url }) => {
        const error = await failureOf(() => gotOf()(url, { responseType } as object))
        expect(told(error)).toEqual({ name: 'ApiError', status: 410, code: 10001, message: 'Told' })
      })
    },
  )

  test('reads the error of a stream', async () => {
    await answering([tells(10001, 410)], async ({ url }) => {
      const error = await failureOf(() => gotOf().stream(url).toArray())
      expect(told(error)).toEqual({ name: 'ApiError', status: 410, code: 10001, message: 'Told' })
    })
  })

  test('an error with HTTP 200 is not sent again, and a success can be read', async () => {
    await answering([tells(10001, 200), ok], async ({ url, asked }) => {
      const http = gotOf({ catalog: { success: 0 } })
      const error = await failureOf(() => http(url))
      expect(told(error)).toEqual({ name: 'ApiError', status: 200, code: 10001, message: 'Told' })
      expect([await http(url).json(), asked.length]).toEqual([{ ok: true }, 2])
    })
  })

  test('leaves an answer alone that throwHttpErrors lets pass', async () => {
    await answering([tells(10001, 404)], async ({ url }) => {
      const { statusCode } = await gotOf()(url, { throwHttpErrors: false })
      expect(statusCode).toBe(404)
    })
  })

  test("a network failure, a timeout, an abort and a redirect loop stay got's own", async () => {
    const loop = { status: 302, headers: { Location: '/' } }
    await answering([loop], async ({ url }) => {
      const http = gotOf()
      const failures = await Promise.all([
        failureOf(() => http('http://127.0.0.1:1/')),
        failureOf(() => http(url, { timeout: { request: 1 } })),
        failureOf(() => http(url, { signal: AbortSignal.abort() })),
        failureOf(() => http(url)),
      ])
      expect(failures.map((error) => [error instanceof RequestError, error instanceof HTTPError])).toEqual(
        failures.map(() => [true, false]),
      )
      expect(failures.map((error) => (error as RequestError).code)).toEqual([
        'ECONNREFUSED',
        'ETIMEDOUT',
        'ERR_ABORTED',
        'ERR_TOO_MANY_REDIRECTS',
      ])
    })
  })
})
