import type { ApiError } from '../api-error.ts'
import type { Answer, Reader } from '../reader.ts'

/** What a hook needs of a reader, whatever API it is of. */
export interface AnswerReader extends Pick<Reader, 'catalog'> {
  /** Reads the error that an answer of `fetch` tells. */
  readonly read: (response: Response) => Promise<ApiError | undefined>
  /** Reads the error that an answer of another library tells. */
  readonly parse: (answer: Answer) => ApiError | undefined
}

/**
 * Refuses what is neither a reader nor a client, which a hook would else find out when the first request fails.
 *
 * @param hook - the name of the function that was given it
 * @throws TypeError - that says what to give
 */
export function checkReader(hook: string, api: AnswerReader): void {
  const { read, parse } = Object(api) as Partial<AnswerReader>
  if (typeof read === 'function' && typeof parse === 'function') return
  throw new TypeError(
    `${hook} was given a value of type ${typeof api}. Give what createClient or createReader returned: ${hook}(api).`,
  )
}
