import { read } from '../../../guard/read.ts'
import { isError } from '../is-error.ts'
import { answerRules } from '../upstream-answer.ts'
import type { LibraryRule } from '../../library-rule.ts'
import { isOfAxios } from './clients.ts'

/** What another server answered, with a status that is not ours. */
export const answers: readonly LibraryRule[] = [
  ...answerRules(
    {
      from: 'fetch: a Response',
      property: 'headers',
      matches: (error) =>
        typeof read(read(error, 'headers'), 'get') === 'function' && Number.isInteger(read(error, 'status')),
    },
    (response) => read(response, 'status'),
  ),
  ...answerRules(
    { from: 'axios, got, ky, superagent', property: 'response', matches: isOfResponse },
    answeredStatus,
  ),
  ...answerRules(
    {
      // JSON that is none: https://github.com/ladjs/superagent/blob/master/src/node/parsers/json.js
      from: 'superagent',
      property: 'name',
      values: ['SyntaxError'],
      matches: (error) =>
        typeof read(error, 'rawResponse') === 'string' &&
        Number.isInteger(read(error, 'statusCode')) &&
        isError(error),
    },
    (error) => read(error, 'statusCode'),
  ),
  ...answerRules(
    {
      // https://hapi.dev/module/wreck/api#await-readresponse-options
      from: '@hapi/wreck',
      property: 'isBoom',
      matches: (error) => read(read(error, 'data'), 'isResponseError') === true && isError(error),
    },
    (error) => read(read(error, 'output'), 'statusCode'),
  ),
  {
    // Too many redirects, or more than may be read. https://axios-http.com/docs/handling_errors
    from: 'axios',
    property: 'code',
    values: ['ERR_BAD_RESPONSE', 'ERR_FR_TOO_MANY_REDIRECTS'],
    matches: isOfAxios,
    condition: 'upstream-failed',
  },
]

/** An answer of another server has headers: NestJS keeps the body that it wants to answer in `response`. */
function isOfResponse(error: object): boolean {
  return (
    isError(error) &&
    typeof read(read(error, 'response'), 'headers') === 'object' &&
    answeredStatus(error) !== undefined
  )
}

/** Some keep the status beside the answer, as `code`. */
function answeredStatus(error: object): unknown {
  const response = read(error, 'response')
  return [
    read(response, 'status'),
    read(response, 'statusCode'),
    read(response, 'code'),
    read(error, 'code'),
  ].find(Number.isInteger)
}
