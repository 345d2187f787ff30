import { read } from '../../guard/read.ts'
import { framesOf, packageOf } from '../frames.ts'
import { withChosenStatus } from './chosen-status.ts'
import { isError } from './is-error.ts'
import type { ConditionRule, Family, LibraryRule } from '../library-rule.ts'
import { clerk } from './tokens/clerk.ts'
import { hono } from './tokens/hono.ts'
import { jsonwebtoken } from './tokens/jsonwebtoken.ts'
import { jwksRsa } from './tokens/jwks-rsa.ts'
import { middleware } from './tokens/middleware.ts'
import { oauth2Bearer } from './tokens/oauth2-bearer.ts'
import { passportOAuth2 } from './tokens/passport-oauth2.ts'
import { isUpstreams } from './upstreams.ts'

const OTHERS: readonly ConditionRule[] = [
  // https://github.com/panva/jose/blob/main/docs/util/errors/README.md
  {
    from: 'jose',
    property: 'code',
    values: ['ERR_JWT_EXPIRED'],
    matches: (error) => typeof read(error, 'claim') === 'string',
    condition: 'token-expired',
  },
  {
    from: 'jose',
    property: 'code',
    values: [
      'ERR_JWT_CLAIM_VALIDATION_FAILED',
      'ERR_JWT_INVALID',
      'ERR_JWS_INVALID',
      'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
      'ERR_JWE_INVALID',
      'ERR_JWE_DECRYPTION_FAILED',
      // Anybody can write what the header asks for: an algorithm, an extension, a key.
      'ERR_JOSE_ALG_NOT_ALLOWED',
      'ERR_JOSE_NOT_SUPPORTED',
      'ERR_JWKS_NO_MATCHING_KEY',
      'ERR_JWKS_MULTIPLE_MATCHING_KEYS',
    ],
    matches: isError,
    condition: 'token-invalid',
  },
  {
    from: 'jose',
    property: 'code',
    values: ['ERR_JWKS_TIMEOUT'],
    matches: isError,
    condition: 'upstream-timeout',
  },
  {
    // The generic code: the key server's answer is no key set.
    from: 'jose',
    property: 'code',
    values: ['ERR_JWKS_INVALID', 'ERR_JOSE_GENERIC'],
    matches: isError,
    condition: 'upstream-failed',
  },

  ...passportOAuth2,

  // https://www.passportjs.org/concepts/authentication/middleware/ (failWithError)
  {
    from: 'passport (401)',
    property: 'name',
    values: ['AuthenticationError'],
    matches: (error) => isOfPassport(error, 401),
    condition: 'not-authenticated',
  },
  {
    from: 'passport (403)',
    property: 'name',
    values: ['AuthenticationError'],
    matches: (error) => isOfPassport(error, 403),
    condition: 'forbidden',
  },
]

/** jose has the same codes for a token that it checks and for one that the app makes with wrong options. */
const OF_MAKING: LibraryRule = {
  from: 'jose, where the app makes a token',
  property: 'code',
  values: ['ERR_JWS_INVALID', 'ERR_JWE_INVALID', 'ERR_JWT_INVALID', 'ERR_JOSE_NOT_SUPPORTED'],
  matches: (error) => isError(error) && isOfMaking(error),
  isFault: true,
}

// jwt/sign.js, lib/jws_sign.js, jwe/compact/encrypt.js
const MAKING = /[/\\_](?:sign|encrypt)\.js:\d/

function isOfMaking(error: object): boolean {
  const frames = framesOf(error)
  const end = frames.findIndex((frame) => packageOf(frame) !== 'jose')
  return frames.slice(0, end === -1 ? undefined : end).some((frame) => MAKING.test(frame))
}

/** Credentials that are not accepted, and servers of keys that do not help. */
export const tokens: Family = {
  name: 'Tokens',
  rules: [
    ...jsonwebtoken,
    ...jwksRsa,
    ...middleware,
    ...oauth2Bearer,
    OF_MAKING,
    ...OTHERS.map(withChosenStatus),
    ...clerk,
    ...hono,
  ],
}

/** Clients of other APIs use the same name for a 401 that was answered to us. */
function isOfPassport(error: object, status: number): boolean {
  return read(error, 'status') === status && !isUpstreams(error)
}
