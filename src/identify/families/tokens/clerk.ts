import { read } from '../../../guard/read.ts'
import type { ConditionRule } from '../../library-rule.ts'
import { isError } from '../is-error.ts'
import { tellsTimeout } from '../upstream-answer.ts'

/** The class has no name of its own. https://clerk.com/docs/reference/backend/verify-token */
const VERIFICATION = { from: '@clerk/backend', property: 'reason', matches: isVerification } as const

/** By `code`, for API keys and tokens of machines and OAuth. */
const OF_MACHINES = { from: '@clerk/backend', property: 'code' } as const

const API = { from: '@clerk/backend', property: 'name', values: ['ClerkAPIResponseError'] } as const

/** A key that is not set or not found stays the server's fault. */
export const clerk: readonly ConditionRule[] = [
  { ...VERIFICATION, values: ['token-expired'], condition: 'token-expired' },
  {
    ...VERIFICATION,
    values: [
      'token-invalid',
      'token-invalid-algorithm',
      'token-invalid-authorized-parties',
      'token-invalid-issuer',
      'token-invalid-signature',
      'token-not-active-yet',
      'token-iat-in-the-future',
      'token-verification-failed',
      // Which key is asked for stands in the token.
      'jwk-kid-mismatch',
    ],
    condition: 'token-invalid',
  },
  {
    // Clerk's server gave no keys, or refused ours.
    ...VERIFICATION,
    values: ['jwk-remote-failed-to-load', 'jwk-remote-invalid', 'jwk-remote-missing', 'secret-key-invalid'],
    condition: 'upstream-failed',
  },

  {
    ...OF_MACHINES,
    values: ['token-invalid', 'token-verification-failed'],
    matches: isOfClerk,
    condition: 'token-invalid',
  },
  {
    ...OF_MACHINES,
    values: ['secret-key-invalid', 'unexpected-error'],
    matches: isOfClerk,
    condition: 'upstream-failed',
  },

  {
    ...API,
    matches: (error) => isOfClerk(error) && read(error, 'status') === 429,
    condition: 'unavailable',
    // Seconds
    extract: (error) => ({ retryAfter: read(error, 'retryAfter') }),
  },
  {
    ...API,
    matches: (error) => isOfClerk(error) && tellsTimeout(read(error, 'status')),
    condition: 'upstream-timeout',
  },
  { ...API, matches: isOfClerk, condition: 'upstream-failed' },
]

function isVerification(error: object): boolean {
  return typeof read(error, 'getFullMessage') === 'function' && isError(error)
}

function isOfClerk(error: object): boolean {
  return read(error, 'clerkError') === true && isError(error)
}
