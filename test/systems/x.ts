import { defineCatalog } from '../../src/error/define-catalog.ts'
import { read } from '../../src/guard/read.ts'
import type { System } from './system.ts'

const PROBLEM = { 'Content-Type': 'application/problem+json' }

/** Problem documents of an own kind: the type is the code, and `about:blank` is that of many. */
const x = defineCatalog({
  name: 'x',
  errors: {
    UNAUTHORIZED: { code: 'about:blank', status: 401, title: 'Unauthorized', message: 'Unauthorized' },
    FORBIDDEN: { code: 'about:blank', status: 403, title: 'Forbidden', message: 'Forbidden' },
    TOO_MANY: { code: 'about:blank', status: 429, title: 'Too Many Requests', message: 'Too Many Requests' },
    INTERNAL: {
      code: 'about:blank',
      status: 500,
      title: 'Internal Server Error',
      message: 'Internal Server Error',
    },
    INVALID_REQUEST: {
      code: 'https://api.twitter.com/2/problems/invalid-request',
      status: 400,
      title: 'Invalid Request',
      message: 'One or more parameters to your request was invalid.',
    },
    CLIENT_FORBIDDEN: {
      code: 'https://api.twitter.com/2/problems/client-forbidden',
      status: 403,
      title: 'Client Forbidden',
      message:
        'This request must be made using an approved developer account that is enrolled in the requested endpoint.',
      meta: { reason: 'client-not-enrolled' },
    },
    USAGE_CAPPED: {
      code: 'https://api.twitter.com/2/problems/usage-capped',
      status: 429,
      title: 'UsageCapExceeded',
      message: 'Usage cap exceeded: {{period}} product cap',
    },
    // Read with others, what is missing does not make the answer a failure.
    NOT_FOUND: {
      code: 'https://api.twitter.com/2/problems/resource-not-found',
      status: 200,
      title: 'Not Found Error',
      message: 'Could not find {{resource_type}} with {{parameter}}: [{{value}}].',
      meta: { isInList: true },
    },
  },
  foreign: { byStatus: { 500: 'INTERNAL' }, byCondition: { 'validation-failed': 'INVALID_REQUEST' } },
  envelope: {
    contentType: 'application/problem+json',
    body({ code, title, message, status, meta, params, details }) {
      const { isInList = false, ...constant } = meta ?? {}
      if (isInList) return { errors: [{ ...params, detail: message, title, type: code }] }
      return {
        ...(details as object | undefined),
        title,
        detail: message,
        ...constant,
        type: code,
        status: code === 'about:blank' ? status : undefined,
      }
    },
    read(body) {
      const [first] = (read(body, 'errors') ?? []) as unknown[]
      return { code: read(body, 'type') ?? read(first, 'type') }
    },
  },
})
const { errors } = x

export const system: System = {
  name: 'X',
  source: 'https://docs.x.com/x-api/fundamentals/response-codes-and-errors',
  options: { catalog: x },
  cases: [
    {
      title: 'a problem has its type, and each parameter that is wrong',
      thrown: () =>
        errors.INVALID_REQUEST({
          details: {
            errors: [
              {
                parameters: { id: ['asdf'] },
                message: 'The `id` query parameter value [asdf] is not valid',
              },
            ],
          },
        }),
      status: 400,
      headers: PROBLEM,
      body: {
        errors: [
          { parameters: { id: ['asdf'] }, message: 'The `id` query parameter value [asdf] is not valid' },
        ],
        title: 'Invalid Request',
        detail: 'One or more parameters to your request was invalid.',
        type: 'https://api.twitter.com/2/problems/invalid-request',
      },
    },
    {
      title: 'a problem has constant members of its own',
      thrown: () => errors.CLIENT_FORBIDDEN({ details: { client_id: '16395995' } }),
      status: 403,
      headers: PROBLEM,
      body: {
        client_id: '16395995',
        title: 'Client Forbidden',
        detail:
          'This request must be made using an approved developer account that is enrolled in the requested endpoint.',
        reason: 'client-not-enrolled',
        type: 'https://api.twitter.com/2/problems/client-forbidden',
      },
    },
    {
      title: 'a problem of no type has the status',
      thrown: () => errors.TOO_MANY({ headers: { 'x-rate-limit-remaining': '0' } }),
      status: 429,
      headers: { ...PROBLEM, 'x-rate-limit-remaining': '0' },
      body: { title: 'Too Many Requests', detail: 'Too Many Requests', type: 'about:blank', status: 429 },
    },
    {
      title: 'a limit of another type is a 429 too',
      thrown: () => errors.USAGE_CAPPED({ params: { period: 'Monthly' }, details: { scope: 'Product' } }),
      status: 429,
      headers: PROBLEM,
      body: {
        scope: 'Product',
        title: 'UsageCapExceeded',
        detail: 'Usage cap exceeded: Monthly product cap',
        type: 'https://api.twitter.com/2/problems/usage-capped',
      },
      readAs: null,
    },
    {
      title: 'a resource that is missing is told in a 200, with what was asked for',
      thrown: () =>
        errors.NOT_FOUND({
          params: { resource_type: 'tweet', parameter: 'ids', value: '1276230436478386177' },
        }),
      status: 200,
      headers: PROBLEM,
      body: {
        errors: [
          {
            resource_type: 'tweet',
            parameter: 'ids',
            value: '1276230436478386177',
            detail: 'Could not find tweet with ids: [1276230436478386177].',
            title: 'Not Found Error',
            type: 'https://api.twitter.com/2/problems/resource-not-found',
          },
        ],
      },
      readAs: null,
    },
  ],
  successes: [
    { title: 'a success is the data itself', data: { data: { id: '1' } }, body: { data: { id: '1' } } },
  ],
}
