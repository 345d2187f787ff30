import { read } from '../../../guard/read.ts'
import { isError } from '../is-error.ts'
import { answerRules } from '../upstream-answer.ts'
import type { LibraryRule } from '../../library-rule.ts'

/** https://www.twilio.com/docs/sendgrid/api-reference/how-to-use-the-sendgrid-v3-api/responses */
const STATUSES = [400, 401, 403, 404, 405, 406, 408, 413, 415, 422, 429, 500, 502, 503, 504]

/** Its errors have the status that it answered as `code`: https://github.com/sendgrid/sendgrid-nodejs/tree/main/docs */
export const sendgrid: readonly LibraryRule[] = answerRules(
  { from: '@sendgrid/mail', property: 'code', values: STATUSES, matches: isOfSendgrid },
  (error) => read(error, 'code'),
)

function isOfSendgrid(error: object): boolean {
  const response = read(error, 'response')
  const headers = read(response, 'headers')
  return (
    typeof headers === 'object' && headers !== null && read(response, 'body') !== undefined && isError(error)
  )
}
