import type { ApiError } from '../api-error.ts'
import { secondsBefore } from '../retry.ts'
import type { AnswerReader } from './answer-reader.ts'
import { isWorthRepeating, mayRepeat, type SentRequest } from './repeating.ts'
import { wholeBody } from './whole-body.ts'

/** How often a request was sent. */
const times = Symbol('times')

/** What ofetch tells a hook. The options are those of one request, and of what repeats it. */
interface OfetchContext {
  readonly response: Response & { readonly _data?: unknown }
  readonly options: SentRequest & {
    readonly retry?: number | false
    retryStatusCodes?: number[]
    retryDelay?: number | ((context: never) => number)
    [times]?: number
  }
}

/**
 * Makes ofetch reject with the errors of an API, and repeat what the client repeats, with its waits, as often as `retry`
 * says: once, unless you tell it otherwise. A network failure, a timeout and an abort stay ofetch's own.
 *
 * @param api - a reader or a client
 * @returns options of ofetch
 * @example
 * const http = ofetch.create(ofetchErrors(api))
 */
export function ofetchErrors(api: AnswerReader): {
  readonly onResponse: (context: OfetchContext) => void
  readonly onResponseError: (context: OfetchContext) => Promise<void>
} {
  function errorOf({ response }: OfetchContext, body: unknown): ApiError | undefined {
    const { status, headers } = response
    return api.parse({ status, headers, body })
  }

  return {
    onResponse(context) {
      const { status, _data } = context.response
      const error = status < 300 ? errorOf(context, _data) : undefined
      if (error) throw error
    },
    async onResponseError(context) {
      const { response, options } = context
      const error = errorOf(context, await wholeBody(response._data))
      const { retry = 1, [times]: sent = 1 } = options
      if (Number(retry) < 1 || !mayRepeat(options) || !isWorthRepeating(error, api)) throw error
      options[times] = sent + 1
      options.retryStatusCodes = [response.status]
      options.retryDelay = 1000 * secondsBefore(sent, error?.retryAfter)
    },
  }
}
