import type { RecognitionFacts } from '../identify/identify.ts'
import { requestIdFrom } from './request-id.ts'

/** The facts that an answer depends on, read once from the request by an adapter. */
export interface RequestFacts extends RecognitionFacts {
  /** What client and log know the request by. */
  readonly requestId: string
  /** The header that bears the id. */
  readonly requestIdHeader: string
  /** Whether the response bears it already. */
  readonly hasRequestId: boolean
  /** The Accept header of the request. */
  readonly accept: string | undefined
  /** Its Accept-Language header. */
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
  /** The HTTP status. */
  readonly status: number
  /** Those of the error. What an app has set stays beside them, but for what `isStale` knows. */
  readonly headers: Readonly<Record<string, string>>
  /** The body, which HEAD is answered without. */
  readonly body: string
}

/** Where an adapter finds the facts of a request. */
export interface FactsSource {
  /** Returns a header of the request, asked for by its name in lower case. Several of one name are joined by `, `. */
  readonly header: (name: string) => string | undefined
  /** Returns a header that is on the response already, asked for by its name in lower case. @default there are none */
  readonly onResponse?: ((name: string) => string | undefined) | undefined
  /** The id of the request. @default what is on the response, else what the client sent, else a new one */
  readonly requestId?: string | undefined
  /** The header that bears the id. @default 'X-Request-ID' */
  readonly requestIdHeader?: string | undefined
  /** Whether the body is compressed, was read, and has not become a body for the app: it may be broken. @default false */
  readonly encoded?: boolean | undefined
  /** Whether nobody is left to be answered. @default false */
  readonly clientGone?: boolean | undefined
}

/**
 * Reads the facts of a request, for authors of adapters.
 *
 * @example
 * factsOf({ header: (name) => request.headers.get(name) ?? undefined })
 */
export function factsOf({
  header,
  onResponse = none,
  requestId,
  requestIdHeader = 'X-Request-ID',
  encoded = false,
  clientGone = false,
}: FactsSource): RequestFacts {
  const name = requestIdHeader.toLowerCase()
  const told = onResponse(name)
  const id = requestId ?? requestIdFrom(told, header(name))
  return {
    requestId: id,
    requestIdHeader,
    hasRequestId: id === told,
    accept: header('accept'),
    acceptLanguage: header('accept-language'),
    encoded,
    contentType: header('content-type'),
    authorization: header('authorization'),
    clientGone,
    locale: undefined,
    vary: onResponse('vary'),
    link: onResponse('link'),
    exposed: onResponse('access-control-expose-headers'),
    retryAfter: onResponse('retry-after'),
  }
}

function none(): undefined {}
