import createOpenapiClient from 'openapi-fetch'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { createReader, openapiFetchErrors, type ReaderOptions } from '../../src/client/index.ts'
import { failureOf } from '../support/failure-of.ts'
import { answering, ok, tells } from './answering.ts'
import { told } from './told.ts'

/** As openapi-typescript writes them. */
interface Paths {
  '/': {
    get: {
      responses: {
        200: { content: { 'application/json': { ok: boolean } } }
        default: { content: { 'application/json': { code: number; message: string } } }
      }
    }
  }
}

function clientOf(baseUrl: string, options?: ReaderOptions) {
  const http = createOpenapiClient<Paths>({ baseUrl })
  http.use(openapiFetchErrors(createReader(options)))
  return http
}

describe('openapiFetchErrors', () => {
  test('resolves with the data of a success, whose body it does not use up', async () => {
    await answering([ok], async ({ url }) => {
      for (const options of [{}, { catalog: { success: 0 } }]) {
        const { data } = await clientOf(url, options).GET('/')
        expectTypeOf(data).toEqualTypeOf<{ ok: boolean } | undefined>()
        expect(data).toEqual({ ok: true })
      }
    })
  })

  test.each(['json', 'text', 'blob', 'arrayBuffer', 'stream'] as const)(
    'rejects with the error that is told, where parseAs is %s',
    async (parseAs) => {
      await answering([tells(10001, 410)], async ({ url }) => {
        const error = await failureOf(() => clientOf(url).GET('/', { parseAs }))
        expect(told(error)).toEqual({ name: 'ApiError', status: 410, code: 10001, message: 'Told' })
      })
    },
  )

  test('rejects with an error with HTTP 200', async () => {
    await answering([tells(10001, 200)], async ({ url }) => {
      const error = await failureOf(() => clientOf(url, { catalog: { success: 0 } }).GET('/'))
      expect(told(error)).toEqual({ name: 'ApiError', status: 200, code: 10001, message: 'Told' })
    })
  })

  test('a network failure stays that of fetch, and an abort that of the signal', async () => {
    await answering([ok], async ({ url }) => {
      const failures = await Promise.all([
        failureOf(() => clientOf('http://127.0.0.1:1').GET('/')),
        failureOf(() => clientOf(url).GET('/', { signal: AbortSignal.abort() })),
      ])
      expect(failures.map((error) => (error as Error).name)).toEqual(['TypeError', 'AbortError'])
    })
  })
})
