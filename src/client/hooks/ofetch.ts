import type { ApiError } from '../api-error.ts'
import { secondsBefore } from '../retry.ts'
import { checkReader, type AnswerReader } from './answer-reader.ts'
import { isWorthRepeating, mayRepeat, type SentRequest } from './repeating.ts'
import { wholeBody } from './whole-body.ts'

/** How often a request was sent. */
const times = /* @__PURE__ */ Symbol('times')

/** Options of one request, and of what repeats it. */
interface OfetchRequestOptions extends SentRequest {
  retry?: number | false
  retryStatusCodes?: number[]
  retryDelay?: number | ((context: never) => number)
  [times]?: number
}

/** What ofetch tells a hook. */
interface OfetchContext {
  readonly options: OfetchRequestOptions
}

interface OfetchAnswered extends OfetchContext {
  readonly response: Response & { readonly _data?: unknown }
}

/** Options of ofetch. */
export interface OfetchOptions {
  /** Sees to it that a request that got no answer is repeated, or not. */
  readonly onRequestError: (context: OfetchContext & { readonly error: Error }) => void
  /** Throws what an answer with HTTP 200 tells. */
  readonly onResponse: (context: OfetchAnswered) => void
  /** Throws what any other answer tells, unless the request is repeated. */
  readonly onResponseError: (context: OfetchAnswered) => Promise<void>
}

/**
 * Makes ofetch reject with the errors of an API, and repeat what the client repeats, with its waits, as often as `retry`
 * says: once, unless you tell it otherwise. A network failure, a timeout and an abort stay ofetch's own.
 *
 * @param api - a reader or a client
 * @returns options of ofetch
 * @throws TypeError - for what is no reader and no client
 * @example
 * const http = ofetch.create(ofetchErrors(api))
 */
export function ofetchErrors(api: AnswerReader): OfetchOptions {
  checkReader('ofetchErrors', api)
  function errorOf({ status, headers }: Response, body: unknown): ApiError | undefined {
    return api.parse({ status, headers, body })
  }

  return {
    onRequestError({ error, options }) {
      // To ofetch, this is a 500.
      if (!isRepeated(error, options, 500)) options.retry = false
    },
    onResponse({ response }) {
      const error = response.status < 300 ? errorOf(response, response._data) : undefined
      if (error) throw error
    },
    async onResponseError({ response, options }) {
      const error = errorOf(response, await wholeBody(response._data))
      if (error && !isRepeated(error, options, response.status)) throw error
    },
  }

  /** Whether a request is sent again. Then ofetch is told to, and when. */
  function isRepeated(error: Error, options: OfetchRequestOptions, status: number): boolean {
    const { retry = 1, [times]: sent = 1 } = options
    if (Number(retry) < 1 || !mayRepeat(options) || !isWorthRepeating(error, api)) return false
    options[times] = sent + 1
    options.retryStatusCodes = [status]
    options.retryDelay = 1000 * secondsBefore(sent, (error as Partial<ApiError>).retryAfter)
    return true
  }
}
