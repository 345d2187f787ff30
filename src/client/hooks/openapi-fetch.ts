import { checkReader, type AnswerReader } from './answer-reader.ts'

/** A middleware of openapi-fetch. */
export interface OpenapiFetchMiddleware {
  /** Throws the error that an answer tells. */
  readonly onResponse: (given: { readonly response: Response }) => Promise<undefined>
}

/**
 * Makes openapi-fetch reject with the errors of an API, so that what it resolves to always has `data`.
 *
 * @param api - a reader or a client
 * @returns a middleware
 * @throws TypeError - for what is no reader and no client
 * @example
 * http.use(openapiFetchErrors(api))
 */
export function openapiFetchErrors(api: AnswerReader): OpenapiFetchMiddleware {
  checkReader('openapiFetchErrors', api)
  return {
    async onResponse({ response }) {
      const error = await api.read(response)
      if (error) throw error
    },
  }
}
