import type { ApiError } from '../api-error.ts'
import type { AnswerHeaders } from '../headers.ts'
import type { AnswerReader } from './answer-reader.ts'

/** What is read of axios's response. */
export interface AxiosAnswer {
  readonly status: number
  readonly headers: object
  readonly data: unknown
}

/** The error that axios's response tells. */
export function errorOf(
  api: AnswerReader,
  { status, headers, data }: AxiosAnswer,
  body = data,
): ApiError | undefined {
  return api.parse({ status, headers: headers as AnswerHeaders, body })
}
