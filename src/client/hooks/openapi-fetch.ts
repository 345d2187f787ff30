import { checkReader, type AnswerReader } from './answer-reader.ts'

/**
 * Makes openapi-fetch reject with the errors of an API, so that what it resolves to always has `data`.
 *
 * @param api - a reader or a client
 * @returns a middleware
 * @throws TypeError - for what is no reader and no client
 * @example
 * http.use(openapiFetchErrors(api))
 */
export function openapiFetchErrors(api: AnswerReader): {
  readonly onResponse: (given: { readonly response: Response }) => Promise<undefined>
} {
  checkReader('openapiFetchErrors', api)
  return {
    async onResponse({ response }) {
      const error = await api.read(response)
      if (error) throw error
    },
  }
}
