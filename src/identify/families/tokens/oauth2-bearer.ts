import { read } from '../../../guard/read.ts'
import { withChosenStatus } from '../chosen-status.ts'
import { isError } from '../is-error.ts'
import { FAILURES, TIMEOUTS } from '../network/system.ts'
import type { ConditionRule, LibraryRule } from '../../library-rule.ts'

const from = 'express-oauth2-jwt-bearer'
const property = 'code'
const values = ['invalid_token'] as const

// https://github.com/auth0/node-oauth2-jwt-bearer/tree/main/packages/oauth2-bearer: the codes of RFC 6750, section 3.1
const OF_TOKENS: readonly ConditionRule[] = [
  {
    from,
    property,
    values,
    matches: (error) => read(error, 'message') === EXPIRED && isOfBearer(error),
    condition: 'token-expired',
  },
  { from, property, values, matches: isOfBearer, condition: 'token-invalid' },
  { from, property, values: ['insufficient_scope'], matches: isOfBearer, condition: 'forbidden' },
  {
    from,
    property,
    values: ['invalid_request', 'invalid_dpop_proof'],
    matches: isOfBearer,
    condition: 'malformed-request',
  },
  {
    from,
    property: 'name',
    values: ['UnauthorizedError'],
    matches: (error) => read(error, 'code') === undefined && isOfBearer(error),
    condition: 'not-authenticated',
  },
]

/**
 * The library says `invalid_token` of whatever went wrong, a key server that is down included, and keeps the message
 * alone. So those messages are read that speak of the server's side.
 */
export const oauth2Bearer: readonly LibraryRule[] = [
  {
    from: 'express-oauth2-jwt-bearer, of a key server',
    property,
    values,
    matches: (error) => isOfBearer(error) && hasTimedOut(textOf(error)),
    condition: 'upstream-timeout',
  },
  {
    from: 'express-oauth2-jwt-bearer, of a key server',
    property,
    values,
    matches: (error) => isOfBearer(error) && isOfServer(textOf(error)),
    condition: 'upstream-failed',
  },
  {
    from: 'express-oauth2-jwt-bearer, by a key that cannot be read',
    property,
    values,
    matches: (error) => isOfBearer(error) && OF_KEYS.test(textOf(error)),
    isFault: true,
  },
  ...OF_TOKENS.map(withChosenStatus),
]

/** Every one of its errors asks for this header, whatever the status. */
function isOfBearer(error: object): boolean {
  const challenge = read(read(error, 'headers'), 'WWW-Authenticate')
  return (
    typeof challenge === 'string' &&
    STATUSES.has(read(error, 'status')) &&
    read(error, 'status') === read(error, 'statusCode') &&
    isError(error)
  )
}

const STATUSES: ReadonlySet<unknown> = new Set([400, 401, 403])

/** jose's words, https://github.com/panva/jose/blob/v4.x/src/lib/jwt_claims_set.ts */
const EXPIRED = '"exp" claim timestamp check failed'

/** jose's JWKSTimeout */
const TIMED_OUT = 'request timed out'

/** What jose and the library itself say of the servers that they ask for keys. */
const OF_SERVERS: ReadonlySet<string> = new Set([
  'Failed to fetch authorization server metadata',
  "'issuer' not found in authorization server metadata",
  'Expected 200 OK from the JSON Web Key Set HTTP response',
  'Failed to parse the JSON Web Key Set HTTP response as JSON',
  'JSON Web Key Set malformed',
  'socket hang up',
])

/** As Node.js words it: `connect ECONNREFUSED 127.0.0.1:443`, and what OpenSSL says of a certificate. */
const NETWORK = /^(?:\w{1,32} )?(E[A-Z_]{1,32})\b/
const CERTIFICATE =
  /^(?:self-signed certificate|unable to (?:get|verify)\b.* certificate|certificate has |Hostname\/IP does not match )/

function hasTimedOut(text: string): boolean {
  return text === TIMED_OUT || TIMEOUTS.has(NETWORK.exec(text)?.[1])
}

function isOfServer(text: string): boolean {
  return OF_SERVERS.has(text) || FAILURES.has(NETWORK.exec(text)?.[1]) || CERTIFICATE.test(text)
}

/** jose, OpenSSL and the library of the key that the app gave. */
const OF_KEYS =
  /^(?:"spki" must be |error:[\dA-F]{8}:|Invalid keyData|JWK must be |You must provide 'tokenSigningAlg'|'publicKey' must be |No JWKS URI, |No issuers configured |Issuer (?:resolver|provides|specifies) )/

/** Enough for any beginning. */
const MAX_TEXT_LENGTH = 256

function textOf(error: object): string {
  const message = read(error, 'message')
  return typeof message === 'string' ? message.slice(0, MAX_TEXT_LENGTH) : ''
}
