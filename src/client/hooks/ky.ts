import { checkReader, type AnswerReader } from './answer-reader.ts'

/** Of ky's options, which are those of one request, what says whether it is sent again. */
interface KyRequestOptions {
  readonly retry: {
    limit?: number
    readonly methods?: readonly string[]
    readonly statusCodes?: readonly number[]
    readonly shouldRetry?: (state: { error: Error; retryCount: number }) => unknown
  }
}

/** What is read of ky's HTTPError. */
interface KyHttpError extends Error {
  readonly response: Response
  readonly request: { readonly method: string }
  readonly options: KyRequestOptions
  /** The body, which ky 2 has read. */
  readonly data?: unknown
}

/** What ky tells a hook of an error: ky 1 hands it over, ky 2 a state that has it. */
type Given = Error | { readonly error: Error }
type ErrorOf<TGiven> = TGiven extends { readonly error: infer TError } ? TError : TGiven

/** Options of ky. */
export interface KyOptions {
  /** What ky calls with an answer, and with an error. */
  readonly hooks: {
    readonly beforeError: [
      <TGiven extends Given>(
        given: TGiven,
        state?: { readonly retryCount: number },
      ) => Promise<ErrorOf<TGiven>>,
    ]
    readonly afterResponse: [
      (
        given: Request | { readonly response: Response },
        options?: KyRequestOptions,
        response?: Response,
      ) => Promise<undefined>,
    ]
  }
}

/**
 * Makes ky, 1.14 or 2, reject with the errors of an API, once ky does not send the request again, which it does by rules of
 * its own. A network failure, a timeout and an abort stay ky's, too.
 *
 * @param api - a reader or a client
 * @returns options of ky
 * @throws TypeError - for what is no reader and no client
 * @example
 * const http = ky.extend(kyErrors(api))
 */
export function kyErrors(api: AnswerReader): KyOptions {
  checkReader('kyErrors', api)
  async function errorOf(given: Given, retryCount = 0): Promise<Error> {
    const isKy2 = 'error' in given
    const error = isKy2 ? given.error : given
    if (!isHttpError(error) || (!isKy2 && (await isRepeated(error, retryCount)))) return error
    const { response, data, options } = error
    const { status, headers } = response
    if (!isKy2) stop(options)
    return (isKy2 ? api.parse({ status, headers, body: data }) : await api.read(response)) ?? error
  }

  return {
    hooks: {
      beforeError: [
        async (given, state) => (await errorOf(given, state?.retryCount)) as ErrorOf<typeof given>,
      ],
      afterResponse: [
        async (given, options, response) => {
          const answer = 'response' in given ? given.response : response
          const error = answer?.ok ? await api.read(answer) : undefined
          if (error === undefined) return
          stop(options)
          throw error
        },
      ],
    },
  }
}

function isHttpError(error: Error): error is KyHttpError {
  return 'response' in error && 'options' in error
}

/** Whether ky 1, which asks its hooks before it decides, is going to send the request again. */
async function isRepeated(error: KyHttpError, retryCount: number): Promise<boolean> {
  const { response, request, options } = error
  const { limit = 0, methods = [], statusCodes = [], shouldRetry } = options.retry
  if (retryCount >= limit || !methods.includes(request.method.toLowerCase())) return false
  const wanted = await shouldRetry?.({ error, retryCount: retryCount + 1 })
  // A 413 it repeats at times.
  return typeof wanted === 'boolean'
    ? wanted
    : response.status !== 413 && statusCodes.includes(response.status)
}

/** Ky 1 takes any error that is none of its own for one of the network, and sends the request again. */
function stop(options: KyRequestOptions | undefined): void {
  if (options) options.retry.limit = 0
}
