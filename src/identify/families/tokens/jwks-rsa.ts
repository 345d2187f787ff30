import { read } from '../../../guard/read.ts'
import { isError } from '../is-error.ts'
import type { LibraryRule } from '../../library-rule.ts'

const from = 'jwks-rsa'
const property = 'name'

/** https://github.com/auth0/node-jwks-rsa#readme: which key is asked for stands in the token. */
export const jwksRsa: readonly LibraryRule[] = [
  { from, property, values: ['SigningKeyNotFoundError'], matches: isError, condition: 'token-invalid' },
  { from, property, values: ['JwksError'], matches: isError, condition: 'upstream-failed' },
  // The library itself limits how often the key server is asked.
  { from, property, values: ['JwksRateLimitError'], matches: isError, condition: 'unavailable' },
  {
    // The key server's answer is not JSON, or the app's own `fetcher` failed.
    from: 'jwks-rsa, by `isEndpointUnavailable`',
    property,
    values: ['SyntaxError', 'TypeError', 'Error'],
    matches: (error) =>
      read(error, 'isEndpointUnavailable') === true && isError(error) && read(error, 'code') === undefined,
    condition: 'upstream-failed',
  },
]
