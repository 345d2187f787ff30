import { read } from '../../../guard/read.ts'
import { withChosenStatus } from '../chosen-status.ts'
import { isError } from '../is-error.ts'
import type { ConditionRule, LibraryRule } from '../../library-rule.ts'
import { INVALID_RANGE, S3_CODES } from './s3.ts'

const from = 'minio'

const KNOWN: readonly ConditionRule[] = [
  ...S3_CODES.map(([condition, values]): ConditionRule => ({
    from,
    property: 'code',
    values,
    matches: isS3Error,
    condition,
  })),
  {
    from,
    property: 'code',
    values: ['SlowDown', 'SlowDownRead', 'SlowDownWrite', 'ServerBusy', 'ServiceUnavailable'],
    matches: isS3Error,
    condition: 'unavailable',
  },
  { from, property: 'name', values: ['S3Error'], matches: isS3Error, condition: 'upstream-failed' },
]

export const minio: readonly LibraryRule[] = [
  {
    from,
    property: 'code',
    values: [INVALID_RANGE],
    matches: isS3Error,
    extract: () => ({ status: 416, isForClient: true }),
  },
  ...KNOWN.map(withChosenStatus),
]

/** Headers of the answer are members, also those that it did not have: https://min.io/docs/minio/linux/developers/javascript/API.html */
function isS3Error(error: object): boolean {
  try {
    return (
      read(error, 'name') === 'S3Error' &&
      typeof read(error, 'code') === 'string' &&
      'amzRequestid' in error &&
      isError(error)
    )
  } catch {
    // A Proxy that shows nothing.
    return false
  }
}
