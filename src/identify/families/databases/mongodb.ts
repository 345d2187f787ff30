import { isArray, read } from '../../../guard/read.ts'
import { rulesFor, type Codes, type DatabaseRule } from './codes.ts'

/** https://www.mongodb.com/docs/manual/reference/error-codes/ */
const CODES: Codes<number> = {
  'already-exists': [11000],
  // DocumentValidationFailure
  'validation-failed': [121],
  // LockTimeout, WriteConflict
  'write-conflict': [24, 112],
  unavailable: [
    6, // HostUnreachable
    7, // HostNotFound
    89, // NetworkTimeout
    91, // ShutdownInProgress
    189, // PrimarySteppedDown
    10107, // NotWritablePrimary
    11600, // InterruptedAtShutdown
    11602, // InterruptedDueToReplStateChange
    13435, // NotPrimaryNoSecondaryOk
    13436, // NotPrimaryOrSecondary
  ],
  // MaxTimeMSExpired, ExceededTimeLimit
  timeout: [50, 262],
}

const SERVER_ERRORS: readonly unknown[] = [
  'MongoServerError',
  'MongoBulkWriteError',
  'MongoWriteConcernError',
]

export const mongodb: readonly DatabaseRule[] = [
  ...rulesFor(CODES, (condition, values) => ({
    from: 'MongoDB (mongodb)',
    property: 'code',
    values,
    matches: (error) => SERVER_ERRORS.includes(read(error, 'name')) && hasLabels(error),
    condition,
  })),
  {
    from: 'MongoDB (mongodb)',
    property: 'name',
    values: [
      'MongoServerSelectionError',
      'MongoNetworkError',
      'MongoPoolClearedError',
      'PoolClearedOnNetworkError',
      'MongoWaitQueueTimeoutError',
    ],
    matches: hasLabels,
    condition: 'unavailable',
  },
  {
    from: 'MongoDB (mongodb)',
    property: 'name',
    values: ['MongoNetworkTimeoutError', 'MongoOperationTimeoutError'],
    matches: hasLabels,
    condition: 'timeout',
  },
  {
    // `new ObjectId(request.params.id)`
    from: 'MongoDB (bson)',
    property: 'name',
    values: ['BSONError'],
    matches: (error) => read(error, 'bsonError') === true,
    condition: 'validation-failed',
  },
]

/** Every error of the driver has them, though mostly none in it. */
function hasLabels(error: object): boolean {
  return isArray(read(error, 'errorLabels'))
}
