import { isErrorStatus } from '../../catalog/http-status.ts'
import { read } from '../../guard/read.ts'
import { statusOn } from './http.ts'
import { tellsLater, tellsTimeout } from './upstream-answer.ts'
import { toldRetryAfter } from './upstream-retry-after.ts'
import { isServing, libraryOf } from '../library.ts'
import type { Family, LibraryRule } from '../library-rule.ts'

/**
 * Clients of other APIs give their errors the status that was answered to them: a 401 is for a key of ours, not for our
 * client. What tells such an error from one of the app's own is what else it bears: what was sent, what came back.
 */
export const upstreams: Family = {
  name: 'SDKs of other APIs',
  rules: ['status', 'statusCode', '$metadata'].flatMap((property): readonly LibraryRule[] => [
    {
      from: 'an SDK that was told to come back later',
      property,
      matches: (error) => isThrottled(error) && isOfSdk(error),
      condition: 'unavailable',
      extract: toldRetryAfter,
    },
    {
      from: 'an SDK that was told of a timeout',
      property,
      matches: (error) => tellsTimeout(answeredStatus(error)) && isOfSdk(error),
      condition: 'upstream-timeout',
      extract: toldRetryAfter,
    },
    {
      from: 'an SDK that says whether to try again',
      property,
      matches: (error) => isToBeRetried(error) && isOfSdk(error),
      condition: 'unavailable',
      extract: toldRetryAfter,
    },
    {
      from: 'an SDK: a status beside what was sent or what came back',
      property,
      matches: isOfSdk,
      condition: 'upstream-failed',
      extract: toldRetryAfter,
    },
  ]),
}

function isOfSdk(error: object): boolean {
  return isUpstreams(error) && isErrorStatus(answeredStatus(error)) && !isOfHttpClient(error)
}

function answeredStatus(error: object): unknown {
  return statusOn(error) ?? read(read(error, '$metadata'), 'httpStatusCode')
}

/** https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html: those of AWS come with a 400 as well. */
const THROTTLING = new Set<unknown>([
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'RequestThrottled',
  'RequestThrottledException',
  'TooManyRequestsException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'BandwidthLimitExceeded',
  'LimitExceededException',
  'SlowDown',
  'PriorRequestNotComplete',
  'TransactionInProgressException',
  'EC2ThrottledException',
  'KmsThrottled', // SQS
])

function isThrottled(error: object): boolean {
  return (
    tellsLater(answeredStatus(error), error) ||
    THROTTLING.has(read(error, 'name')) ||
    THROTTLING.has(read(error, 'code')) ||
    read(read(error, '$retryable'), 'throttling') === true
  )
}

/** Not `retryable`: aws-sdk 2 says it of every 5xx, and apps of errors of their own. */
function isToBeRetried(error: object): boolean {
  return (
    isObject(read(error, '$retryable')) ||
    read(error, 'isRetryable') === true || // Vercel AI SDK
    read(error, 'retriable') === true
  )
}

/** Whether an error bears another server's status. */
export function isUpstreams(error: object): boolean {
  return (
    mayBeUpstreams(error) &&
    // NestJS keeps in `response` what it wants to answer itself.
    ((isObject(read(error, 'response')) && typeof read(error, 'getStatus') !== 'function') ||
      bearsMessage(error) ||
      (bearsHint(error) && isOfLibrary(error)))
  )
}

/** Whether an error has one of the names at all: most of the app's have none, and are done with. */
function mayBeUpstreams(error: object): boolean {
  try {
    return NAMES.some((name) => name in error)
  } catch {
    // A Proxy that shows nothing.
    return false
  }
}

/** Leaves errors of HTTP clients to the rule for `response`, which is all that they bear. */
function isOfHttpClient(error: object): boolean {
  return (
    isObject(read(read(error, 'response'), 'headers')) &&
    (read(error, 'isAxiosError') === true || !bearsMessage(error))
  )
}

/** The names under which SDKs keep what they sent and what came back, parsed or not. */
const MESSAGES = [
  'request',
  'config',
  'httpRequest',
  'httpResponse',
  'rawResponse',
  'responseHeaders',
  'raw', // Stripe
  'rawError', // discord.js
  'rawData', // WorkOS
  'transporterStackTrace', // Algolia
  '$metadata', // AWS SDK 3
] as const

/** The names under which SDKs keep the same as text. */
const TEXTS = ['requestBody', 'requestBodyValues', 'responseBody', 'responseText'] as const

function bearsMessage(error: object): boolean {
  return (
    MESSAGES.some((name) => isObject(read(error, name))) ||
    TEXTS.some((name) => isThere(read(error, name))) ||
    cameBack(read(error, 'headers')) ||
    // Elasticsearch, OpenSearch
    read(read(error, 'meta'), 'statusCode') !== undefined ||
    (isThere(read(error, 'statusText')) && ['url', 'body'].some((name) => isThere(read(error, name)))) ||
    // Twilio
    (typeof read(error, 'code') === 'number' && typeof read(error, 'moreInfo') === 'string') ||
    isTraced(error)
  )
}

/**
 * Headers of fetch, or those that every message has (RFC 9110, section 6.6.1; RFC 9112, section 6): who asks for
 * headers beside an error names others, in a plain object.
 */
function cameBack(headers: unknown): boolean {
  return (
    isObject(headers) &&
    (typeof read(headers, 'get') === 'function' ||
      ['date', 'content-type', 'content-length', 'transfer-encoding'].some((name) =>
        isThere(read(headers, name)),
      ))
  )
}

const REQUEST_IDS = [
  'requestId',
  'requestID',
  'request_id',
  'requestid', // MinIO
  'amzRequestid',
  'opcRequestId', // Oracle
] as const

/** The names that stand beside the id that another server gave a request. An app's own error may have an id alone. */
const BESIDE_IDS = [
  'time',
  'param',
  'region',
  'hostname',
  'hostId',
  'hostid',
  'amzId2',
  'serviceCode',
] as const

/** The names are looked for, not the values: aws-sdk 2 leaves the id null where HEAD was answered. */
function isTraced(error: object): boolean {
  return (
    REQUEST_IDS.some((name) => read(error, name) !== undefined) &&
    BESIDE_IDS.some((name) => read(error, name) !== undefined)
  )
}

const HINTS = [
  ...REQUEST_IDS,
  'retryable',
  'isRetryable',
  'statusText',
  'method',
  'body',
  'moreInfo',
] as const

/** Looks for names that the app's own errors bear as well: they tell only where a library has made the error. */
function bearsHint(error: object): boolean {
  return (
    HINTS.some((name) => isThere(read(error, name))) ||
    isObject(read(error, 'error')) ||
    isObject(read(error, 'headers')) ||
    // A problem document (RFC 9457) that was read.
    (typeof read(error, 'title') === 'string' && typeof read(error, 'type') === 'string')
  )
}

const NAMES: readonly string[] = [
  'response',
  'headers',
  'meta',
  ...MESSAGES,
  ...TEXTS,
  ...HINTS,
  'error',
  'title',
]

function isOfLibrary(error: object): boolean {
  const library = libraryOf(error)
  return library !== undefined && !isServing(library)
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null
}
