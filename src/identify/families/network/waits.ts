import { isErrorStatus } from '../../../catalog/http-status.ts'
import { read } from '../../../guard/read.ts'
import { isError } from '../is-error.ts'
import type { LibraryRule } from '../../library-rule.ts'

/** Waits that the app gave up. */
export const waits: readonly LibraryRule[] = [
  {
    from: '`AbortSignal.timeout`, got, ky',
    property: 'name',
    values: ['TimeoutError'],
    matches: isOfWaiting,
    condition: 'upstream-timeout',
  },
  {
    // Whoever aborts while the client waits has waited long enough.
    from: '`AbortController`, axios, got',
    property: 'name',
    values: ['AbortError', 'CanceledError', 'CancelError'],
    matches: isOfWaiting,
    condition: 'upstream-timeout',
  },
]

/** The app's own error of this name may say a status, and is answered by that. */
function isOfWaiting(error: object): boolean {
  return isError(error) && !['status', 'statusCode'].some((part) => isErrorStatus(read(error, part)))
}
