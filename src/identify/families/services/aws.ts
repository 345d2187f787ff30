import type { Condition } from '../../../catalog/condition.ts'
import { isErrorStatus } from '../../../catalog/http-status.ts'
import { read, readItems } from '../../../guard/read.ts'
import { withChosenStatus } from '../chosen-status.ts'
import { isError } from '../is-error.ts'
import type { ConditionRule, LibraryRule } from '../../library-rule.ts'
import { toldRetryAfter } from '../upstream-retry-after.ts'
import { INVALID_RANGE, S3_CODES } from './s3.ts'

const from = 'AWS SDK 3 (@aws-sdk)'

/** What the services say of the client's request. What is not here is of a table, a queue, or a key of ours. */
const NAMES: readonly (readonly [Condition, readonly string[]])[] = [
  ...S3_CODES,

  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html
  ['conflict', ['ConditionalCheckFailedException']],
  ['already-exists', ['DuplicateItemException']],
  ['write-conflict', ['TransactionConflictException', 'ReplicatedWriteConflictException']],

  // https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_InitiateAuth.html#API_InitiateAuth_Errors
  ['not-authenticated', ['NotAuthorizedException']],
  ['forbidden', ['UserNotConfirmedException', 'PasswordResetRequiredException']],
  ['not-found', ['UserNotFoundException']],
  ['already-exists', ['UsernameExistsException', 'AliasExistsException']],
  [
    'validation-failed',
    [
      'CodeMismatchException',
      'ExpiredCodeException',
      'EnableSoftwareTokenMFAException',
      'InvalidPasswordException',
      'PasswordHistoryPolicyViolationException',
    ],
  ],
  ['rate-limited', ['TooManyFailedAttemptsException']],
]

/**
 * The reasons of a canceled transaction, the one that lasts first:
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html#API_TransactWriteItems_Errors
 */
const REASONS: readonly (readonly [Condition, readonly string[]])[] = [
  ['conflict', ['ConditionalCheckFailed']],
  ['already-exists', ['DuplicateItem']],
  ['write-conflict', ['TransactionConflict']],
  ['unavailable', ['ProvisionedThroughputExceeded', 'ThrottlingError']],
]

/** A transaction has no more items. */
const MAX_REASONS = 100

const KNOWN: readonly ConditionRule[] = [
  ...NAMES.map(([condition, values]): ConditionRule => ({
    from,
    property: 'name',
    values,
    matches: isServiceException,
    condition,
  })),
  ...REASONS.map(([condition, codes]): ConditionRule => ({
    from,
    property: 'name',
    values: ['TransactionCanceledException'],
    matches: (error) => isServiceException(error) && isCanceledFor(codes, error),
    condition,
  })),
]

/** Errors with the status that was answered, and those of throttling, are known beside those of other SDKs. */
export const aws: readonly LibraryRule[] = [
  ...KNOWN.map(withChosenStatus),
  {
    from,
    property: 'name',
    values: [INVALID_RANGE],
    matches: isServiceException,
    extract: () => ({ status: 416, isForClient: true }),
  },
  {
    // The app's own key. Where it is fetched, another server is asked for it.
    from,
    property: 'name',
    values: ['CredentialsProviderError'],
    matches: (error) => isError(error) && typeof read(error, 'tryNextLink') === 'boolean',
    condition: 'upstream-failed',
  },
  {
    // An answer that cannot be read, or one within a stream.
    from,
    property: '$metadata',
    matches: (error) =>
      !isErrorStatus(read(read(error, '$metadata'), 'httpStatusCode')) &&
      (isServiceException(error) || isUnreadable(error)),
    condition: 'upstream-failed',
    extract: toldRetryAfter,
  },
]

/** https://github.com/aws/aws-sdk-js-v3/blob/main/supplemental-docs/ERROR_HANDLING.md */
function isServiceException(error: object): boolean {
  const fault = read(error, '$fault')
  return (fault === 'client' || fault === 'server') && isObject(read(error, '$metadata')) && isError(error)
}

/** Such an error tells where to look for what came back. */
function isUnreadable(error: object): boolean {
  return isObject(read(error, '$metadata')) && isObject(read(error, '$response')) && isError(error)
}

function isCanceledFor(codes: readonly string[], error: object): boolean {
  return readItems(read(error, 'CancellationReasons'), MAX_REASONS).some((reason) =>
    codes.includes(read(reason, 'Code') as string),
  )
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
