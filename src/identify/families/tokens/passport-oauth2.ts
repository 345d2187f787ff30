import { read } from '../../../guard/read.ts'
import type { ConditionRule } from '../../library-rule.ts'
import { isError } from '../is-error.ts'

/**
 * What the server of an identity provider answered to us. https://github.com/jaredhanson/passport-oauth2/tree/master/lib/errors
 */
export const passportOAuth2: readonly ConditionRule[] = [
  {
    // RFC 6749, section 5.2: the code that our client brought is invalid or expired.
    from: 'passport-oauth2',
    property: 'code',
    values: ['invalid_grant'],
    matches: isTokenError,
    condition: 'token-invalid',
  },
  {
    from: 'passport-oauth2',
    property: 'name',
    values: ['TokenError'],
    matches: isTokenError,
    condition: 'upstream-failed',
  },
  {
    // An Error instead of the answer says itself what it is.
    from: 'passport-oauth2',
    property: 'name',
    values: ['InternalOAuthError'],
    matches: (error) => Number.isInteger(read(read(error, 'oauthError'), 'statusCode')) && isError(error),
    condition: 'upstream-failed',
  },
]

function isTokenError(error: object): boolean {
  return (
    read(error, 'name') === 'TokenError' &&
    typeof read(error, 'code') === 'string' &&
    // It has a status of its own, whatever was answered.
    read(error, 'status') === 500 &&
    isError(error)
  )
}
