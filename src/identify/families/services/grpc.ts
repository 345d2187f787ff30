import type { Condition } from '../../../catalog/condition.ts'
import { read, readItems } from '../../../guard/read.ts'
import { isError } from '../is-error.ts'
import type { LibraryRule } from '../../library-rule.ts'

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

const CANCELLED = 1

const from = '@grpc/grpc-js'
const property = 'code'

/** https://grpc.github.io/grpc/node/grpc-ServiceError.html, also by the Google Cloud libraries that use it. */
export const grpc: readonly LibraryRule[] = [
  {
    // The app has canceled the call, because nobody waits for it any more.
    from,
    property,
    values: [CANCELLED],
    matches: (error, { clientGone }) => clientGone && isServiceError(error),
    condition: 'client-gone',
  },
  ...CODES.map(([condition, values]): LibraryRule => ({
    from,
    property,
    values,
    matches: isServiceError,
    condition,
    extract: (error) => ({ retryAfter: pushbackOf(read(error, 'metadata')) }),
  })),
]

/** The three parts of a status. An app's own error may have all of them, but no Metadata that is of a class. */
function isServiceError(error: object): boolean {
  return (
    isError(error) &&
    typeof read(error, 'details') === 'string' &&
    typeof read(read(error, 'metadata'), 'getMap') === 'function'
  )
}

/**
 * Returns the seconds after which a server wants to be asked again, if it says so:
 * https://github.com/grpc/proposal/blob/master/A6-client-retries.md#pushback
 */
function pushbackOf(metadata: unknown): number | undefined {
  const [text] = readItems(valuesOf(metadata, 'grpc-retry-pushback-ms'), 1)
  // Whatever else it is means: not at all.
  return typeof text === 'string' && /^\d{1,9}$/.test(text) ? Math.max(1, Number(text) / 1000) : undefined
}

function valuesOf(metadata: unknown, key: string): unknown {
  try {
    return (metadata as { get(key: string): unknown }).get(key)
  } catch {
    return undefined
  }
}
