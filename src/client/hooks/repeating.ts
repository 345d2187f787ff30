import type { ApiError } from '../api-error.ts'
import { isRepeatable } from '../repeatable.ts'
import { isRetryable, MAX_WAIT } from '../retry.ts'
import type { AnswerReader } from './answer-reader.ts'

/** A request as a library has it. */
export interface SentRequest {
  readonly method?: string
  readonly headers?: object
  readonly body?: unknown
}

/** Whether a request may be sent again. */
export function mayRepeat({ method, headers, body }: SentRequest): boolean {
  // A form of Node.js that is a stream calls itself FormData.
  const isStream = typeof (body as { readonly pipe?: unknown } | null | undefined)?.pipe === 'function'
  return !isStream && isRepeatable({}, { method, body } as RequestInit, headers as Headers)
}

/** Whether the same request may succeed later, and soon enough. */
export function isWorthRepeating(error: Error | undefined, { catalog }: AnswerReader): boolean {
  return isRetryable(error, catalog) && ((error as Partial<ApiError>).retryAfter ?? 0) <= MAX_WAIT
}
