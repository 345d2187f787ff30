import type { Condition } from '../../../catalog/condition.ts'

/**
 * What S3 says of the object that the client asked for or sends, whichever library asks. All else is of the bucket, or of
 * the app's key and call: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
export const S3_CODES: readonly (readonly [Condition, readonly string[]])[] = [
  // To HEAD, it answers no more than the status.
  ['not-found', ['NoSuchKey', 'NoSuchVersion', 'NoSuchUpload', 'NotFound']],
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-requests.html
  ['conflict', ['PreconditionFailed']],
  ['write-conflict', ['ConditionalRequestConflict', 'OperationAborted']],
  ['body-too-large', ['EntityTooLarge']],
]

/** The range is the client's (RFC 9110, section 15.5.17), and the condition of no other error. */
export const INVALID_RANGE = 'InvalidRange'
