import { checkReader, type AnswerReader } from './answer-reader.ts'
import { errorOf, type AxiosAnswer } from './axios-answer.ts'
import { wholeBody } from './whole-body.ts'

/** The two functions of a response interceptor of axios. */
export type AxiosHooks = [
  fulfilled: <TAnswer extends AxiosAnswer>(answer: TAnswer) => TAnswer,
  rejected: (error: unknown) => Promise<never>,
]

/**
 * Makes axios reject with the errors of an API. A network failure, a timeout and a cancellation stay axios's own. The error of
 * a download is read as well, whatever its `responseType` is.
 *
 * @param api - a reader or a client
 * @returns the two functions of a response interceptor. One that needs axios's own errors, as that of axios-retry, stands
 *   before it
 * @throws TypeError - for what is no reader and no client
 * @example
 * http.interceptors.response.use(...axiosErrors(api))
 */
export function axiosErrors(api: AnswerReader): AxiosHooks {
  checkReader('axiosErrors', api)
  return [
    (answer) => {
      // Any other status is one that `validateStatus` lets pass.
      const error = answer.status < 300 ? errorOf(api, answer) : undefined
      if (error) throw error
      return answer
    },
    async (error) => {
      const { response } = Object(error) as { readonly response?: AxiosAnswer }
      throw (response && errorOf(api, response, await wholeBody(response.data))) || error
    },
  ]
}
