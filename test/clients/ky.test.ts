import ky1, { type Options } from 'ky'
import ky2 from 'ky2'
import { describe, expect, test } from 'vitest'
import { createReader, kyErrors, type ApiError, type ReaderOptions } from '../../src/client/index.ts'
import { failureOf } from '../support/failure-of.ts'
import { answering, ok, tells, type Sent } from './answering.ts'
import { told } from './told.ts'

/** A request, what is answered, how often it is sent, and the code of the error that it ends with. */
interface Case {
  readonly title: string
  readonly answers: readonly Sent[]
  readonly options?: Options
  readonly requests: number
  readonly code?: number
}

const retry = { limit: 2, delay: () => 0 }
const unavailable = tells(10030, 503)
const missing = tells(10001, 404)

function shouldRetry(wanted?: boolean): Options {
  return { retry: { ...retry, shouldRetry: () => wanted } }
}

const cases: readonly Case[] = [
  { title: 'is sent again, and succeeds', answers: [unavailable, unavailable, ok], requests: 3 },
  { title: 'is given up after the last retry', answers: [unavailable], requests: 3, code: 10030 },
  {
    title: 'is given up after the only retry',
    answers: [unavailable],
    options: { retry: { ...retry, limit: 1 } },
    requests: 2,
    code: 10030,
  },
  {
    title: 'is not sent again without retries',
    answers: [unavailable],
    options: { retry: 0 },
    requests: 1,
    code: 10030,
  },
  { title: 'is not sent again after a 404', answers: [missing], requests: 1, code: 10001 },
  {
    title: 'is not sent again after a 404, with a number of retries',
    answers: [missing],
    options: { retry: 2 },
    requests: 1,
    code: 10001,
  },
  { title: 'is not sent again after a 413', answers: [tells(10013, 413)], requests: 1, code: 10013 },
  {
    title: 'is not sent again if it is a POST',
    answers: [unavailable],
    options: { method: 'post' },
    requests: 1,
    code: 10030,
  },
  {
    title: 'is sent again where shouldRetry wants it',
    answers: [missing],
    options: shouldRetry(true),
    requests: 3,
    code: 10001,
  },
  {
    title: 'is not sent again where shouldRetry does not want it',
    answers: [unavailable],
    options: shouldRetry(false),
    requests: 1,
    code: 10030,
  },
  {
    title: 'is sent again after a 503 where shouldRetry does not say',
    answers: [unavailable],
    options: shouldRetry(),
    requests: 3,
    code: 10030,
  },
  {
    title: 'is not sent again after a 404 where shouldRetry does not say',
    answers: [missing],
    options: shouldRetry(),
    requests: 1,
    code: 10001,
  },
]

async function readsFirst(given: { readonly response?: Response; readonly error?: Error }): Promise<unknown> {
  await given.response?.text()
  return given.error ?? given
}

function never(): Promise<Response> {
  return new Promise(() => {})
}

// Ky 1 decides after its hooks whether it sends a request again, and takes any error but its own for one of the network.
describe.each([
  ['ky 1', ky1],
  ['ky 2', ky2 as unknown as typeof ky1],
])('kyErrors on %s', (name, ky) => {
  function kyOf(options?: ReaderOptions) {
    return ky.create({ retry }).extend(kyErrors(createReader(options)))
  }

  test.each(cases)('a request $title', async ({ answers, options = {}, requests, code }) => {
    await answering(answers, async ({ url, asked }) => {
      const error = await kyOf()(url, options).then(
        () => undefined,
        (thrown: unknown) => thrown as ApiError,
      )
      expect([error?.name, error?.code, asked.length]).toEqual([code && 'ApiError', code, requests])
    })
  })

  test('an error with HTTP 200 is not sent again, and a success can be read', async () => {
    await answering([tells(10001, 200), ok], async ({ url, asked }) => {
      const http = kyOf({ catalog: { success: 0 } })
      const error = await failureOf(() => http(url))
      expect(told(error)).toEqual({ name: 'ApiError', status: 200, code: 10001, message: 'Told' })
      expect([await http(url).json(), asked.length]).toEqual([{ ok: true }, 2])
    })
  })

  test('hooks beside it get its error, or read the body before it does', async () => {
    await answering([tells(10001, 404)], async ({ url }) => {
      const seen: unknown[] = []
      const sees = (given: Error | { error: Error }) => {
        const error = 'error' in given ? given.error : given
        seen.push(error)
        return error
      }
      const after = kyOf().extend({ hooks: { beforeError: [sees as never] } })
      const error = await failureOf(() => after(url))
      expect(seen).toEqual([error])

      const http = ky
        .create({ retry, hooks: { beforeError: [readsFirst as never] } })
        .extend(kyErrors(createReader()))
      const { status, code } = (await failureOf(() => http(url))) as ApiError
      expect([status, code]).toEqual([404, name === 'ky 1' ? undefined : 10001])
    })
  })

  test("a network failure, a timeout and an abort stay ky's own", async () => {
    await answering(['silence'], async ({ url }) => {
      const http = kyOf()
      const failures = await Promise.all([
        failureOf(() => http('http://127.0.0.1:1/', { retry: 0 })),
        failureOf(() => http(url, { timeout: 20, retry: 0, fetch: never })),
        failureOf(() => http(url, { signal: AbortSignal.abort() })),
      ])
      expect(failures.map((error) => (error as Error).name)).toEqual([
        name === 'ky 1' ? 'TypeError' : 'NetworkError',
        'TimeoutError',
        'AbortError',
      ])
    })
  })
})
