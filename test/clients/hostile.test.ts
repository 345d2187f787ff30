import * as fc from 'fast-check'
import { describe, test } from 'vitest'
import {
  ApiError,
  axiosErrors,
  axiosRetryOptions,
  createReader,
  gotErrors,
  kyErrors,
  ofetchErrors,
} from '../../src/client/index.ts'

/** Whatever a library may make of a body, and whatever stands in headers. */
const body = fc.oneof(
  fc.anything({
    withBigInt: true,
    withBoxedValues: true,
    withMap: true,
    withNullPrototype: true,
    withObjectString: true,
    withSet: true,
    withSparseArray: true,
    withTypedArray: true,
  }),
  fc.json(),
  fc.record({ code: fc.anything(), message: fc.anything(), errors: fc.anything(), details: fc.anything() }),
  fc.json().map((text) => new Blob([text])),
  fc.json().map((text) => new Blob([text]).stream()),
)
const headers = fc.dictionary(
  fc.constantFrom(
    'content-type',
    'retry-after',
    'ratelimit',
    'x-ratelimit-reset',
    'age',
    'date',
    'x-request-id',
  ),
  fc.oneof(fc.string(), fc.array(fc.string()), fc.constant('application/json'), fc.constant(undefined)),
)
const answer = fc.record({ status: fc.integer({ min: 200, max: 599 }), headers, body })

const api = createReader({ catalog: { success: 0 } })

/** What a hook ends with: what it threw or returned. */
async function outcomeOf(hook: () => unknown): Promise<unknown> {
  try {
    return await hook()
  } catch (error) {
    return error
  }
}

/** Whatever is answered, a hook ends with an error of the API, or with what it was given. */
type Hook = (answer: { status: number; headers: object; body: unknown }, given: Error) => unknown

const hooks: Readonly<Record<string, Hook>> = {
  axiosErrors: ({ body: data, ...rest }, given) =>
    axiosErrors(api)[1](Object.assign(given, { response: { ...rest, data } })),

  'axiosErrors, of a success': ({ body: data, ...rest }, given) => {
    axiosErrors(api)[0]({ ...rest, data })
    return given
  },

  axiosRetryOptions({ body: data, ...rest }, given) {
    const { retryCondition, retryDelay } = axiosRetryOptions(api)
    const failure = { response: { ...rest, data }, config: { method: 'get', headers: {} } }
    const delay = retryDelay(1, failure)
    return typeof retryCondition(failure) === 'boolean' && delay >= 0 ? given : undefined
  },

  gotErrors: ({ status: statusCode, ...rest }, given) =>
    gotErrors(api).hooks.beforeError[0](
      Object.assign(given, {
        code: 'ERR_NON_2XX_3XX_RESPONSE',
        response: { statusCode, headers: rest.headers as never, body: rest.body },
      }),
    ),

  'kyErrors, of ky 2': ({ body: data, ...response }, given) =>
    kyErrors(api).hooks.beforeError[0]({ error: Object.assign(given, { response, data, options: {} }) }),

  ofetchErrors: ({ body: _data, ...response }, given) =>
    Promise.resolve(
      ofetchErrors(api).onResponseError({
        response: { ...response, _data } as never,
        options: { headers: new Headers() },
      }),
    ).then(() => given),
}

describe.each(Object.entries(hooks))('%s', (_name, hook) => {
  test('ends with an error of the API or with what it was given, whatever is answered', async () => {
    await fc.assert(
      fc.asyncProperty(answer, async (each) => {
        const given = new Error('given')
        const outcome = await outcomeOf(() => hook(each, given))
        return outcome === given || outcome instanceof ApiError
      }),
      { numRuns: 300 },
    )
  })
})
