import { secondsBefore } from '../retry.ts'
import { checkReader, type AnswerReader } from './answer-reader.ts'
import { errorOf, type AxiosAnswer } from './axios-answer.ts'
import { isWorthRepeating, mayRepeat } from './repeating.ts'

/** What is read of axios's error. */
interface AxiosFailure {
  readonly code?: string
  readonly response?: AxiosAnswer
  readonly config?: { readonly method?: string; readonly headers?: object; readonly data?: unknown }
}

/** Options of axios-retry. */
export interface AxiosRetryOptions {
  /** How often a request is repeated at most. */
  readonly retries: number
  /** Whether the same request is worth sending again. */
  readonly retryCondition: (failure: AxiosFailure) => boolean
  /** The milliseconds before. */
  readonly retryDelay: (times: number, failure: AxiosFailure) => number
}

/**
 * Makes axios-retry repeat what the client repeats, and wait as it does; the budget alone is the client's own.
 *
 * @param api - a reader or a client
 * @returns options of axios-retry. Mount it before `axiosErrors`, whose errors tell nothing of the request
 * @throws TypeError - for what is no reader and no client
 * @example
 * axiosRetry(http, axiosRetryOptions(api))
 * http.interceptors.response.use(...axiosErrors(api))
 */
export function axiosRetryOptions(api: AnswerReader): AxiosRetryOptions {
  checkReader('axiosRetryOptions', api)
  return {
    retries: 2,
    retryCondition: ({ code, response, config = {} }) => {
      if (!mayRepeat({ ...config, body: config.data })) return false
      return response ? isWorthRepeating(errorOf(api, response), api) : isNetworkFailure(code)
    },
    retryDelay: (times, { response }) =>
      1000 * secondsBefore(times, response && errorOf(api, response)?.retryAfter),
  }
}

/** Whether there was no answer, other than for a timeout, a cancellation or a mistake. */
function isNetworkFailure(code = ''): boolean {
  return code === 'ERR_NETWORK' || /^E(?!RR_|CONNABORTED|TIMEDOUT)/.test(code)
}
