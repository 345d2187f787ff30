import type { Condition } from '../../../catalog/condition.ts'
import { read } from '../../../guard/read.ts'
import { withChosenStatus } from '../chosen-status.ts'
import { isError } from '../is-error.ts'
import type { ConditionRule } from '../../library-rule.ts'

/** The services whose codes are the words of Google's APIs: https://cloud.google.com/apis/design/errors */
const SERVICES = [
  'app-check',
  'data-connect',
  'functions',
  'machine-learning',
  'messaging',
  'project-management',
  'remote-config',
  'security-rules',
]

/** What a service says of itself, or of the app's key and call. */
const REFUSALS = [
  'internal-error',
  'unknown-error',
  'unauthenticated',
  'authentication-error',
  'permission-denied',
  'failed-precondition',
  'not-found',
  'aborted',
]

/**
 * https://firebase.google.com/docs/auth/admin/errors and https://firebase.google.com/docs/cloud-messaging/error-codes.
 * Codes that are not here are for wrong arguments of the app.
 */
const CODES: readonly (readonly [Condition, readonly string[]])[] = [
  [
    'token-expired',
    [
      'auth/id-token-expired',
      'auth/session-cookie-expired',
      'auth/auth-blocking-token-expired',
      'app-check/app-check-token-expired',
      'phone-number-verification/expired-token',
    ],
  ],
  ['token-revoked', ['auth/id-token-revoked', 'auth/session-cookie-revoked']],
  [
    'token-invalid',
    // Of another tenant.
    ['auth/invalid-id-token', 'auth/mismatching-tenant-id', 'phone-number-verification/invalid-token'],
  ],
  ['forbidden', ['auth/user-disabled']],
  ['not-found', ['auth/user-not-found', 'auth/email-not-found']],
  [
    'already-exists',
    [
      'auth/email-already-exists',
      'auth/phone-number-already-exists',
      'auth/uid-already-exists',
      'auth/second-factor-uid-already-exists',
    ],
  ],
  [
    // What people enter into an account. The other members are written by the app.
    'validation-failed',
    [
      'auth/invalid-email',
      'auth/invalid-new-email',
      'auth/invalid-password',
      'auth/invalid-phone-number',
      'auth/invalid-display-name',
      'auth/invalid-photo-url',
      'auth/invalid-uid',
      'auth/invalid-page-token',
    ],
  ],
  [
    'unavailable',
    [
      'auth/quota-exceeded',
      'auth/too-many-requests',
      'messaging/message-rate-exceeded',
      'messaging/device-message-rate-exceeded',
      'messaging/topics-message-rate-exceeded',
      'messaging/server-unavailable',
      ...SERVICES.flatMap((service) => [`${service}/resource-exhausted`, `${service}/service-unavailable`]),
    ],
  ],
  ['upstream-timeout', ['app/network-timeout']],
  [
    'upstream-failed',
    [
      'app/network-error',
      'app/unable-to-parse-response',
      'app/invalid-credential',
      'app/internal-error',
      'auth/internal-error',
      'auth/insufficient-permission',
      'auth/project-not-found',
      'auth/tenant-not-found',
      'auth/configuration-not-found',
      'auth/operation-not-allowed',
      'auth/billing-not-enabled',
      'messaging/mismatched-credential',
      'messaging/third-party-auth-error',
      'messaging/registration-token-not-registered',
      'messaging/invalid-registration-token',
      ...SERVICES.flatMap((service) => REFUSALS.map((refusal) => `${service}/${refusal}`)),
    ],
  ],
]

/** Codes for a token that is not one, for keys that cannot be fetched, and for wrong arguments of the app. */
const OF_ARGUMENTS = [
  'auth/argument-error',
  'app-check/invalid-argument',
  'phone-number-verification/invalid-argument',
]

const property = 'code'

const RULES: readonly ConditionRule[] = [
  ...CODES.map(([condition, values]): ConditionRule => ({
    from: 'firebase-admin',
    property,
    values,
    matches: isOfFirebase,
    condition,
  })),
  {
    from: 'firebase-admin, by what it says of the token',
    property,
    values: OF_ARGUMENTS,
    matches: (error) => isOfFirebase(error) && says(OF_TOKEN, error),
    condition: 'token-invalid',
  },
  {
    from: 'firebase-admin, by what it says of the keys',
    property,
    values: OF_ARGUMENTS,
    matches: (error) => isOfFirebase(error) && says(OF_KEYS, error),
    condition: 'upstream-failed',
  },
]

export const firebase: readonly ConditionRule[] = RULES.map(withChosenStatus)

/** Errors of its browser SDK have the same codes, and nothing else of this. */
function isOfFirebase(error: object): boolean {
  return (
    typeof read(error, 'codePrefix') === 'string' &&
    read(read(error, 'errorInfo'), 'code') === read(error, 'code') &&
    isError(error)
  )
}

/**
 * As with jsonwebtoken, nothing but the message tells a forged token from keys that cannot be fetched: a 401 for those
 * would log out everybody, and tell nobody. No token at all is no string.
 */
const TOKEN =
  '(?:Firebase (?:ID token|session cookie|Auth Blocking token|Phone Verification token)|(?:The provided )?App Check token)'
const OF_TOKEN = new RegExp(
  `^(?:${TOKEN} has |Decoding ${TOKEN} failed|_?verify\\w{1,32}\\(\\) expects an? |First argument to _?verify\\w{1,32}\\(\\) must be |App check token must be )`,
)

const OF_KEYS = /^Error (?:fetching (?:public keys|Json Web Keys)|while making requests?)\b/

function says(pattern: RegExp, error: object): boolean {
  const message = read(error, 'message')
  return typeof message === 'string' && pattern.test(message)
}
