import { read } from '../../../guard/read.ts'
import { isError } from '../is-error.ts'
import type { Rule } from '../../rule.ts'

const from = 'jwks-rsa'
const mark = 'name'

/** https://github.com/auth0/node-jwks-rsa#readme: which key is asked for stands in the token. */
export const jwksRsa: readonly Rule[] = [
  { from, mark, values: ['SigningKeyNotFoundError'], shape: isError, condition: 'token-invalid' },
  { from, mark, values: ['JwksError'], shape: isError, condition: 'upstream-failed' },
  // Of its own limit on how often the key server is asked.
  { from, mark, values: ['JwksRateLimitError'], shape: isError, condition: 'unavailable' },
  {
    // What the key server answered is no JSON, or the app's own `fetcher` failed.
    from: 'jwks-rsa, by `isEndpointUnavailable`',
    mark,
    values: ['SyntaxError', 'TypeError', 'Error'],
    shape: (error) =>
      read(error, 'isEndpointUnavailable') === true && isError(error) && read(error, 'code') === undefined,
    condition: 'upstream-failed',
  },
]
