import { read } from '../../../guard/read.ts'
import { isError } from '../is-error.ts'
import type { LibraryRule } from '../../library-rule.ts'

/** HTTP clients and SDKs with words of their own for a server that gave no answer. */
export const clients: readonly LibraryRule[] = [
  // https://docs.aws.amazon.com/AWSJavaScriptSDK/latest/AWS/Request.html
  {
    from: 'aws-sdk 2',
    property: 'code',
    values: ['NetworkingError', 'UnknownEndpoint'],
    matches: isOfAws,
    condition: 'upstream-failed',
  },

  {
    // Its class is all that this error has, and Anthropic's, which is generated alike: https://github.com/openai/openai-node#handling-errors
    from: 'OpenAI',
    property: 'name',
    values: ['Error', 'APIConnectionTimeoutError'],
    matches: (error) =>
      read(read(error, 'constructor'), 'name') === 'APIConnectionTimeoutError' && isError(error),
    condition: 'upstream-timeout',
  },

  // https://axios-http.com/docs/handling_errors
  {
    from: 'axios',
    property: 'code',
    values: ['ECONNABORTED', 'ETIMEDOUT'],
    matches: isOfAxios,
    condition: 'upstream-timeout',
  },
  {
    from: 'superagent',
    property: 'code',
    values: ['ECONNABORTED'],
    matches: (error) => isError(error) && typeof read(error, 'timeout') === 'number',
    condition: 'upstream-timeout',
  },
]

function isOfAws(error: object): boolean {
  return typeof read(error, 'retryable') === 'boolean' && isError(error)
}

export function isOfAxios(error: object): boolean {
  return read(error, 'isAxiosError') === true && isError(error)
}
