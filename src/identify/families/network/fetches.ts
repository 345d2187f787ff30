import { read } from '../../../guard/read.ts'
import { isError } from '../is-error.ts'
import type { LibraryRule } from '../../library-rule.ts'
import { TIMEOUTS } from './system.ts'

/** What `fetch` rejects with: that of Node.js, undici, and node-fetch. */
export const fetches: readonly LibraryRule[] = [
  // https://github.com/nodejs/undici/blob/main/docs/docs/api/Errors.md
  {
    from: 'fetch, undici',
    property: 'code',
    values: ['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'],
    matches: isError,
    condition: 'upstream-timeout',
  },
  {
    from: 'fetch, undici',
    property: 'code',
    values: [
      'UND_ERR_SOCKET',
      'UND_ERR_RESPONSE',
      'UND_ERR_REQ_RETRY',
      'UND_ERR_HEADERS_OVERFLOW',
      'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
      'UND_ERR_RES_EXCEEDED_MAX_SIZE',
      'UND_ERR_PRX_TLS',
    ],
    matches: isError,
    condition: 'upstream-failed',
  },

  {
    // https://github.com/node-fetch/node-fetch/blob/2.x/ERROR-HANDLING.md
    from: 'node-fetch',
    property: 'type',
    values: ['request-timeout', 'body-timeout'],
    matches: isOfNodeFetch,
    condition: 'upstream-timeout',
  },
  {
    from: 'node-fetch',
    property: 'name',
    values: ['FetchError'],
    matches: (error) => isOfNodeFetch(error) && TIMEOUTS.has(read(error, 'code')),
    condition: 'upstream-timeout',
  },
  {
    from: 'node-fetch',
    property: 'name',
    values: ['FetchError'],
    matches: isOfNodeFetch,
    condition: 'upstream-failed',
  },
]

/** node-fetch keeps the code of Node.js as `errno`, and no call. */
function isOfNodeFetch(error: object): boolean {
  return read(error, 'name') === 'FetchError' && typeof read(error, 'type') === 'string' && isError(error)
}
