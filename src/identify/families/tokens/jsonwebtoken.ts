import { read } from '../../../guard/read.ts'
import { withChosenStatus } from '../chosen-status.ts'
import { packageOf, topFrame } from '../../frames.ts'
import { isError } from '../is-error.ts'
import { FAILURES, TIMEOUTS } from '../network/system.ts'
import type { ConditionRule, LibraryRule } from '../../library-rule.ts'

const from = 'jsonwebtoken'
const property = 'name'

const OF_TOKENS: readonly ConditionRule[] = [
  {
    from,
    property,
    values: ['TokenExpiredError'],
    matches: (error) => typeof read(error, 'expiredAt') === 'object',
    condition: 'token-expired',
  },
  { from, property, values: ['NotBeforeError'], matches: isError, condition: 'token-invalid' },
  {
    from: 'jsonwebtoken, by what it says of the token',
    property,
    values: ['JsonWebTokenError'],
    matches: (error) => speaksOfToken(read(error, 'message')) && isError(error),
    condition: 'token-invalid',
  },
  {
    // jws passes the parser's own error on when the payload is not JSON, or the signature too short.
    from: 'jsonwebtoken (jws)',
    property,
    values: ['SyntaxError'],
    matches: (error) => packageOf(topFrame(error)) === 'jws',
    condition: 'token-invalid',
  },
  {
    from: 'jsonwebtoken (ecdsa-sig-formatter)',
    property,
    values: ['TypeError'],
    matches: (error) => matches(SIGNATURE_LENGTH, read(error, 'message')) && isError(error),
    condition: 'token-invalid',
  },
]

/**
 * A forged token, a secret that is not set and a key server that is down are all a JsonWebTokenError, with no property
 * but `message` to tell them apart. So this is the one place where messages are read: those that speak of the token, by
 * their exact text. Whatever else it says is the server's fault: a 401 for it would log out everybody, and tell nobody.
 */
export const jsonwebtoken: readonly LibraryRule[] = [
  ...OF_TOKENS.map(withChosenStatus),
  {
    from: 'jsonwebtoken, of a key callback',
    property,
    values: ['JsonWebTokenError'],
    matches: (error) => TIMEOUTS.has(networkCode(error)),
    condition: 'upstream-timeout',
  },
  {
    from: 'jsonwebtoken, of a key callback',
    property,
    values: ['JsonWebTokenError'],
    matches: (error) => FAILURES.has(networkCode(error)),
    condition: 'upstream-failed',
  },
  { from: 'jsonwebtoken, else', property, values: ['JsonWebTokenError'], matches: isError, isFault: true },
]

/** https://github.com/auth0/node-jsonwebtoken#jsonwebtokenerror, and the others that verify.js has for the token. */
const TEXTS: ReadonlySet<unknown> = new Set([
  'invalid token',
  'jwt malformed',
  'jwt signature is required',
  'invalid signature',
  'jwt must be provided',
  'jwt must be a string',
  'invalid algorithm',
  'invalid nbf value',
  'invalid exp value',
  'iat required when maxAge is specified',
])

/** An option of the app's follows. */
const EXPECTATIONS = ['audience', 'issuer', 'subject', 'id', 'jwtid', 'nonce'].map(
  (claim) => `jwt ${claim} invalid. expected: `,
)

const OF_CALLBACK = 'error in secret or public key callback: '

/** jwks-rsa's for a `kid`, which the token names and its key server does not know. Of an error only the text is left. */
const KEYS_NOT_FOUND = [
  'Unable to find a signing key that matches ',
  'No KID specified and JWKS endpoint returned more than 1 key',
].map((text) => OF_CALLBACK + text)

const BEGINNINGS = [...EXPECTATIONS, ...KEYS_NOT_FOUND]

function speaksOfToken(message: unknown): boolean {
  return (
    TEXTS.has(message) ||
    (typeof message === 'string' && BEGINNINGS.some((beginning) => message.startsWith(beginning)))
  )
}

const SIGNATURE_LENGTH = /^"ES(?:256|384|512)" signatures must be "\d+" bytes, saw "\d*"$/

/** `connect ECONNREFUSED 127.0.0.1:443`, as Node.js words it. */
const NETWORK = new RegExp(`^${OF_CALLBACK}(?:\\w{1,32} )?(E[A-Z_]{1,32})\\b`)

function networkCode(error: object): string | undefined {
  const message = read(error, 'message')
  if (message === `${OF_CALLBACK}socket hang up`) return 'ECONNRESET'
  return typeof message === 'string' ? NETWORK.exec(message)?.[1] : undefined
}

function matches(pattern: RegExp, text: unknown): boolean {
  return typeof text === 'string' && pattern.test(text)
}
