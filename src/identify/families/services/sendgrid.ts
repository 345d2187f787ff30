import type { Condition } from '../../../catalog/condition.ts'
import { read } from '../../../guard/read.ts'
import { retryAfterSeconds } from '../../../guard/retry-after.ts'
import { isError } from '../is-error.ts'
import type { LibraryRule } from '../../library-rule.ts'

/** https://www.twilio.com/docs/sendgrid/api-reference/how-to-use-the-sendgrid-v3-api/responses */
const STATUSES: readonly (readonly [Condition, readonly number[]])[] = [
  ['unavailable', [429, 503]],
  ['upstream-timeout', [408, 504]],
  ['upstream-failed', [400, 401, 403, 404, 405, 406, 413, 415, 422, 500, 502]],
]

/** Its errors have the status that it answered as `code`: https://github.com/sendgrid/sendgrid-nodejs/tree/main/docs */
export const sendgrid: readonly LibraryRule[] = STATUSES.map(([condition, values]): LibraryRule => ({
  from: '@sendgrid/mail',
  property: 'code',
  values,
  matches: isOfSendgrid,
  condition,
  extract: (error) => ({ retryAfter: retryAfterOf(error) }),
}))

function isOfSendgrid(error: object): boolean {
  const headers = headersOf(error)
  return (
    typeof headers === 'object' &&
    headers !== null &&
    read(read(error, 'response'), 'body') !== undefined &&
    isError(error)
  )
}

/** To come back at once would only be refused again. */
function retryAfterOf(error: object): number | undefined {
  const seconds = retryAfterSeconds(read(headersOf(error), 'retry-after'))
  return seconds === undefined ? undefined : Math.max(1, seconds)
}

function headersOf(error: object): unknown {
  return read(read(error, 'response'), 'headers')
}
