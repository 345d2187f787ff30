import { read } from '../../../guard/read.ts'
import { isError } from '../is-error.ts'
import { toldRetryAfter } from '../upstream-retry-after.ts'
import type { LibraryRule } from '../../library-rule.ts'

/** What another server answered, with a status that is not ours. */
export const answers: readonly LibraryRule[] = [
  {
    from: 'fetch: a Response',
    property: 'headers',
    matches: (error) =>
      typeof read(read(error, 'headers'), 'get') === 'function' && Number.isInteger(read(error, 'status')),
    condition: 'upstream-failed',
    extract: toldRetryAfter,
  },
  {
    from: 'axios, got, ky, superagent',
    property: 'response',
    matches: isOfResponse,
    condition: 'upstream-failed',
    extract: toldRetryAfter,
  },
]

/**
 * An answer of another server has headers: NestJS keeps the body that it wants to answer in `response`. SendGrid keeps
 * the status beside it, as `code`.
 */
function isOfResponse(error: object): boolean {
  const response = read(error, 'response')
  return (
    isError(error) &&
    typeof read(response, 'headers') === 'object' &&
    [
      read(response, 'status'),
      read(response, 'statusCode'),
      read(response, 'code'),
      read(error, 'code'),
    ].some(Number.isInteger)
  )
}
