import { read } from '../../../guard/read.ts'
import { withChosenStatus } from '../chosen-status.ts'
import type { RecognitionFacts } from '../../identify.ts'
import type { ConditionRule, LibraryRule } from '../../library-rule.ts'

// https://github.com/auth0/express-jwt#error-handling
const OF_EXPRESS_JWT: readonly ConditionRule[] = [
  {
    from: 'express-jwt',
    property: 'code',
    values: ['credentials_required', 'credentials_bad_scheme', 'credentials_bad_format'],
    matches: isOfExpressJwt,
    condition: 'not-authenticated',
  },
  {
    from: 'express-jwt',
    property: 'code',
    values: ['revoked_token'],
    matches: isOfExpressJwt,
    condition: 'token-revoked',
  },
  {
    from: 'express-jwt, of a `TokenExpiredError`',
    property: 'code',
    values: ['invalid_token'],
    matches: (error) => isOfExpressJwt(error) && read(read(error, 'inner'), 'name') === 'TokenExpiredError',
    condition: 'token-expired',
  },
  {
    from: 'express-jwt',
    property: 'code',
    values: ['invalid_token'],
    matches: (error, facts) => isOfExpressJwt(error) && isOfToken(read(error, 'inner'), facts),
    condition: 'token-invalid',
  },
]

/**
 * express-jwt and koa-jwt say 401 of whatever went wrong, and hold it as `inner` or `originalError`: that decides.
 */
export const middleware: readonly LibraryRule[] = [
  ...OF_EXPRESS_JWT.map(withChosenStatus),
  {
    from: 'express-jwt, by its `inner`',
    property: 'code',
    values: ['invalid_token'],
    matches: isOfExpressJwt,
    wraps: 'inner',
  },

  // https://github.com/koajs/jwt#retrieving-the-token
  {
    from: 'koa-jwt, by its `originalError`',
    property: 'name',
    values: ['UnauthorizedError'],
    matches: (error) => isOfKoaJwt(error, ['Token revoked']),
    condition: 'token-revoked',
  },
  {
    from: 'koa-jwt, by its `originalError`',
    property: 'name',
    values: ['UnauthorizedError'],
    // The second is that of jwks-rsa.
    matches: (error) => isOfKoaJwt(error, ['Invalid token', 'Missing / invalid token algorithm']),
    condition: 'token-invalid',
  },
  {
    from: 'koa-jwt, by its `originalError`',
    property: 'name',
    values: ['UnauthorizedError'],
    matches: (error) => isOfKoaJwt(error),
    wraps: 'originalError',
  },
]

function isOfExpressJwt(error: object): boolean {
  return read(error, 'name') === 'UnauthorizedError' && typeof read(error, 'inner') === 'object'
}

/**
 * The app puts other values than Errors into its own `new UnauthorizedError(…)`. A SyntaxError comes from the token
 * alone: the key is asked for outside.
 */
function isOfToken(inner: unknown, { authorization }: RecognitionFacts): boolean {
  return (
    typeof read(inner, 'stack') !== 'string' ||
    read(inner, 'name') === 'SyntaxError' ||
    (read(inner, 'message') === NO_KEY && namesKey(authorization))
  )
}

/** jsonwebtoken's words when no secret is set, and express-jwt's when its `secret` function found no such key. */
const NO_KEY = 'secret or public key must be provided'

/** Whether a token says with which key it was signed (RFC 7515, section 4.1.4). */
function namesKey(authorization: unknown): boolean {
  const header =
    typeof authorization === 'string' ? /^Bearer ([\w-]+)\./i.exec(authorization)?.[1] : undefined
  if (header === undefined) return false
  try {
    return typeof read(JSON.parse(atob(header.replaceAll('-', '+').replaceAll('_', '/'))), 'kid') === 'string'
  } catch {
    return false
  }
}

/**
 * Koa's own 401 has the same name.
 *
 * @param messages - with which koa-jwt makes plain Errors: nothing else is known of them
 */
function isOfKoaJwt(error: object, messages?: readonly unknown[]): boolean {
  const original = read(error, 'originalError')
  if (typeof original !== 'object' || original === null || read(error, 'status') !== 401) return false
  return (
    messages === undefined ||
    (read(original, 'name') === 'Error' && messages.includes(read(original, 'message')))
  )
}
