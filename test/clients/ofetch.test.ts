import { FetchError, ofetch } from 'ofetch'
import { describe, expect, test } from 'vitest'
import { createReader, ofetchErrors, type ApiError, type ReaderOptions } from '../../src/client/index.ts'
import { failureOf } from '../support/failure-of.ts'
import { listen } from '../support/frameworks.ts'
import { answering, ok, tells } from './answering.ts'
import { told } from './told.ts'

const unavailable = tells(10030, 503)

function ofetchOf(options?: ReaderOptions) {
  return ofetch.create(ofetchErrors(createReader(options)))
}

describe('ofetchErrors', () => {
  test.each([
    ['once where nobody says how often', {}, 2],
    ['as often as retry says', { retry: 2 }, 3],
    ['never without retries', { retry: false }, 1],
    ['never with a retry of 0', { retry: 0 }, 1],
    ['never if it is a POST, even where retry says so', { method: 'POST', body: {}, retry: 2 }, 1],
    [
      'never if its body is a stream',
      {
        method: 'POST',
        body: new Blob(['text']).stream(),
        retry: 2,
        headers: { 'Idempotency-Key': 'order-1' },
      },
      1,
    ],
  ] as const)('sends again %s', async (_title, options, requests) => {
    await answering([unavailable], async ({ url, asked }) => {
      const error = await failureOf(() => ofetchOf()(url, options as object))
      expect([(error as ApiError).code, asked.length]).toEqual([10030, requests])
    })
  })

  test('sends again after one failure and after another, whose statuses differ', async () => {
    await answering([unavailable, tells(0, 429), ok], async ({ url, asked }) => {
      expect([await ofetchOf()(url, { retry: 2 }), asked.length]).toEqual([{ ok: true }, 3])
    })
  })

  test.each(['json', 'text', 'blob', 'arrayBuffer', 'stream'] as const)(
    'reads an error where the responseType is %s',
    async (responseType) => {
      await answering([tells(10001, 410)], async ({ url }) => {
        const error = await failureOf(() => ofetchOf()(url, { responseType }))
        expect(told(error)).toEqual({ name: 'ApiError', status: 410, code: 10001, message: 'Told' })
      })
    },
  )

  test('an error with HTTP 200 is not sent again, and a success can be read', async () => {
    await answering([tells(10001, 200), ok], async ({ url, asked }) => {
      const http = ofetchOf({ catalog: { success: 0 } })
      const error = await failureOf(() => http(url))
      expect(told(error)).toEqual({ name: 'ApiError', status: 200, code: 10001, message: 'Told' })
      expect([await http(url), asked.length]).toEqual([{ ok: true }, 2])
    })
  })

  test('leaves an answer alone that ignoreResponseError lets pass', async () => {
    await answering([tells(10001, 404)], async ({ url }) => {
      expect(await ofetchOf()(url, { ignoreResponseError: true })).toEqual({ code: 10001, message: 'Told' })
    })
  })

  test.each(['a timeout', 'an abort'])('does not send again after %s', async (what) => {
    const controller = new AbortController()
    let asked = 0
    const { port, server } = await listen(() => {
      asked++
      controller.abort()
    })
    try {
      const options = what === 'an abort' ? { signal: controller.signal } : { timeout: 250 }
      const error = await failureOf(() => ofetchOf()(`http://127.0.0.1:${port}/`, { ...options, retry: 2 }))
      expect([error instanceof FetchError, asked]).toEqual([true, 1])
    } finally {
      server.close()
      server.closeAllConnections()
    }
  })

  test("a network failure and an abort stay ofetch's own", async () => {
    const http = ofetchOf()
    await answering(['silence'], async ({ url }) => {
      const failures = await Promise.all([
        failureOf(() => http('http://127.0.0.1:1/', { retry: 0 })),
        failureOf(() => http(url, { signal: AbortSignal.abort(), retry: 0 })),
      ])
      expect(failures.map((error) => error instanceof FetchError)).toEqual([true, true])
    })
  })
})
