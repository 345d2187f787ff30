import { isApiError, type ApiError } from '../api-error.ts'
import { checkReader, type AnswerReader } from './answer-reader.ts'
import { wholeBody } from './whole-body.ts'

/** What is read of got's response. */
interface GotAnswer {
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: unknown
}

/** What is read of got's RequestError. */
interface GotError extends Error {
  readonly code: string
  readonly response?: GotAnswer | undefined
}

/** Options of got. */
export interface GotOptions {
  /** What got calls with an answer, and with an error. */
  readonly hooks: {
    readonly beforeError: [(error: GotError) => Promise<Error>]
    readonly afterResponse: [<TAnswer extends GotAnswer>(answer: TAnswer) => TAnswer]
  }
}

/**
 * Makes got (14.6 or later) reject with the errors of an API, once got does not send the request again: when it does is
 * got's own affair. A network failure, a timeout and an abort stay got's, too.
 *
 * @param api - a reader or a client
 * @returns options of got
 * @throws TypeError - for what is no reader and no client
 * @example
 * const http = got.extend(gotErrors(api))
 */
export function gotErrors(api: AnswerReader): GotOptions {
  checkReader('gotErrors', api)
  function errorOf({ statusCode: status, headers }: GotAnswer, body: unknown): ApiError | undefined {
    return api.parse({ status, headers, body })
  }

  return {
    hooks: {
      beforeError: [
        async (error) => {
          const { code, response, cause } = error
          if (code === 'ERR_NON_2XX_3XX_RESPONSE' && response) {
            return errorOf(response, await wholeBody(response.body)) ?? error
          }
          // Got wraps what a hook throws.
          return isApiError(cause) ? cause : error
        },
      ],
      afterResponse: [
        (answer) => {
          // Any other status is for got to judge, which may send the request again.
          const error = answer.statusCode < 300 ? errorOf(answer, answer.body) : undefined
          if (error) throw error
          return answer
        },
      ],
    },
  }
}
