import type { RecognitionFacts } from '../identify/identify.ts'

/** The facts that an answer depends on, read once from the request by an adapter. */
export interface RequestFacts extends RecognitionFacts {
  readonly requestId: string
  /** The header that bears the id. */
  readonly requestIdHeader: string
  /** Whether the response bears it already. */
  readonly hasRequestId: boolean
  readonly accept: string | undefined
  readonly acceptLanguage: string | undefined
  /** The language that the app chose for this request, a BCP 47 tag, or several. */
  readonly locale: string | readonly string[] | undefined
  /** The Vary header that is already on the response. */
  readonly vary: string | undefined
  /** The Link header that is already on the response. */
  readonly link: string | undefined
  /** The Access-Control-Expose-Headers that is already on the response. */
  readonly exposed: string | undefined
  /** The Retry-After header that is already on the response: a limiter's. */
  readonly retryAfter: unknown
}

/** The framework-neutral answer. */
export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}
