import { read } from '../../../guard/read.ts'
import { foreignHeader } from '../../../guard/required-headers.ts'
import { withChosenStatus } from '../chosen-status.ts'
import { isError } from '../is-error.ts'
import type { ConditionRule, LibraryRule } from '../../library-rule.ts'

/** https://hono.dev/docs/helpers/jwt#custom-error-types, and the others that are made of the token alone. */
const VERIFY = { from: 'hono', property: 'name', matches: isError } as const

const OF_TOKENS: readonly ConditionRule[] = [
  { ...VERIFY, values: ['JwtTokenExpired'], condition: 'token-expired' },
  {
    ...VERIFY,
    values: [
      'JwtTokenInvalid',
      'JwtTokenNotBefore',
      'JwtTokenIssuedAt',
      'JwtTokenIssuer',
      'JwtTokenAudience',
      'JwtPayloadRequiresAud',
      'JwtTokenSignatureMismatched',
      // Anybody can write what the header asks for: an algorithm, a key.
      'JwtHeaderInvalid',
      'JwtHeaderRequiresKid',
      'JwtAlgorithmMismatch',
      'JwtAlgorithmNotAllowed',
      'JwtSymmetricAlgorithmNotAllowed',
    ],
    condition: 'token-invalid',
  },
]

export const hono: readonly LibraryRule[] = [
  ...OF_TOKENS.map(withChosenStatus),
  {
    // `jwt()` and `jwk()` answer 401 whatever went wrong: a key that cannot be used, a key server that is down.
    from: 'hono',
    property: 'getResponse',
    matches: isOfMiddleware,
    wraps: 'cause',
  },
]

/** Whether the middleware has failed to check a token. An app may choose 401 for a cause of its own. */
function isOfMiddleware(error: object): boolean {
  const challenge = foreignHeader(error, 'WWW-Authenticate')
  return (
    read(error, 'status') === 401 &&
    typeof challenge === 'string' &&
    challenge.endsWith('error_description="token verification failure"')
  )
}
