import type { ApiError } from '../api-error.ts'
import type { Answer, Reader } from '../reader.ts'

/** What a hook needs of a reader, whatever API it is of. */
export interface AnswerReader extends Pick<Reader, 'catalog'> {
  readonly read: (response: Response) => Promise<ApiError | undefined>
  readonly parse: (answer: Answer) => ApiError | undefined
}
