import type { Condition } from '../../../catalog/condition.ts'
import { read, readItems } from '../../../guard/read.ts'
import { withChosenStatus } from '../chosen-status.ts'
import { isError } from '../is-error.ts'
import type { ConditionRule } from '../../library-rule.ts'

/**
 * https://grpc.github.io/grpc/core/md_doc_statuscodes.html, and what each is in HTTP:
 * https://github.com/googleapis/googleapis/blob/master/google/rpc/code.proto
 */
const CODES: readonly (readonly [Condition, readonly number[]])[] = [
  // UNAVAILABLE, and RESOURCE_EXHAUSTED, which is 429 in HTTP.
  ['unavailable', [14, 8]],
  // DEADLINE_EXCEEDED
  ['upstream-timeout', [4]],
  // What another server refused, it refused to us: NOT_FOUND, PERMISSION_DENIED, UNAUTHENTICATED.
  ['upstream-failed', [1, 2, 3, 5, 6, 7, 9, 10, 11, 12, 13, 15, 16]],
]

const CANCELED = 1

const property = 'code'

export const grpc: readonly ConditionRule[] = [
  {
    // The app has canceled the call, because nobody waits for it any more.
    from: '@grpc/grpc-js',
    property,
    values: [CANCELED],
    matches: (error, { clientGone }) => clientGone && isServiceError(error),
    condition: 'client-gone',
  },
  ...CODES.map(([condition, values]) =>
    withChosenStatus({
      from: '@grpc/grpc-js',
      property,
      values,
      matches: isServiceError,
      condition,
      extract: (error) => ({ retryAfter: pushbackOf(error) ?? delayOf(error) }),
    }),
  ),
  ...CODES.map(([condition, values]) =>
    withChosenStatus({
      from: '@grpc/grpc-js, by the retries of google-gax',
      property,
      values,
      matches: isOfGax,
      condition,
    }),
  ),
]

/**
 * The three parts of a status (https://grpc.github.io/grpc/node/grpc-ServiceError.html). An app's own error may have
 * all of them, but no metadata that is a Metadata.
 */
function isServiceError(error: object): boolean {
  return (
    isError(error) &&
    typeof read(error, 'details') === 'string' &&
    typeof read(read(error, 'metadata'), 'getMap') === 'function'
  )
}

/** Where the Google Cloud libraries have tried often enough, all that their error has are its class and its code. */
function isOfGax(error: object): boolean {
  return isError(error) && read(read(error, 'constructor'), 'name') === 'GoogleError'
}

/**
 * Returns the seconds after which a server wants to be asked again:
 * https://github.com/grpc/proposal/blob/master/A6-client-retries.md#pushback
 */
function pushbackOf(error: object): number | undefined {
  const [text] = readItems(valuesOf(read(error, 'metadata'), 'grpc-retry-pushback-ms'), 1)
  // Whatever else it is means: not at all.
  return typeof text === 'string' && /^\d{1,9}$/.test(text) ? atLeastOne(Number(text) / 1000) : undefined
}

function valuesOf(metadata: unknown, key: string): unknown {
  try {
    return (metadata as { get(key: string): unknown }).get(key)
  } catch {
    return undefined
  }
}

const MAX_DETAILS = 16

/** Returns the same of a RetryInfo, where google-gax has decoded it: https://google.aip.dev/193 */
function delayOf(error: object): number | undefined {
  const delay = readItems(read(error, 'statusDetails'), MAX_DETAILS)
    .map((detail) => read(detail, 'retryDelay'))
    .find((found) => found !== undefined)
  const [seconds, nanos] = [read(delay, 'seconds'), read(delay, 'nanos')].map(toNumber)
  return seconds === undefined ? undefined : atLeastOne(seconds + (nanos ?? 0) / 1e9)
}

/** A number of 64 bits is a Long, whose lower half is more seconds than anybody waits. */
function toNumber(value: unknown): number | undefined {
  const number = read(value, 'low') ?? value
  return typeof number === 'number' ? number : undefined
}

/** To come back at once would only be refused again. */
function atLeastOne(seconds: number): number {
  return Math.max(1, seconds)
}
