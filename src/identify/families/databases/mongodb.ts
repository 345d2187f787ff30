import { isArray, read, readItems } from '../../../guard/read.ts'
import { rulesFor, type Codes, type DatabaseRule } from './codes.ts'
import { messageOf, nameOf, type Place } from './place.ts'

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
    extract: placeOf,
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

/** The index that has a key already, which the server names in its message alone, and the field of that key. */
function placeOf(error: object): Place {
  const refusal = refusalOf(error)
  return {
    constraint: nameOf(
      INDEX.exec(messageOf(read(refusal, 'errmsg') ?? read(error, 'message')))?.groups?.['index'],
    ),
    column: nameOf(onlyKeyOf(read(refusal, 'keyPattern'))),
  }
}

// The client's value follows. A namespace has at most 255 bytes (https://www.mongodb.com/docs/manual/reference/limits/).
const INDEX =
  /^E11000 duplicate key error collection: .{1,255}? index: (?<index>.{1,128}?) (?:collation: |dup key: )/

/** Of many writes, the first one that failed. */
function refusalOf(error: object): unknown {
  const [first] = readItems(read(error, 'writeErrors'), 1)
  return first === undefined ? error : (read(first, 'err') ?? first)
}

function onlyKeyOf(pattern: unknown): string | undefined {
  try {
    const keys = Object.keys(pattern as object)
    return keys.length === 1 ? keys[0] : undefined
  } catch {
    // There is none.
    return undefined
  }
}
