import type { RequestFacts } from '../../answer/facts.ts'
import { hasLeft } from './delivery.ts'
import { requestIdHeader, requestIdIn } from './request-id.ts'

/** Reads what an answer depends on. */
export function readFacts(request: Request): RequestFacts {
  return new WebFacts(request)
}

/** A look at a header takes a while: those by which foreign errors alone are recognized wait until there is one. */
class WebFacts implements RequestFacts {
  readonly requestId: string
  readonly requestIdHeader: string
  readonly hasRequestId = false
  readonly accept: string | undefined
  readonly acceptLanguage: string | undefined
  readonly locale = undefined
  // No response was begun.
  readonly vary = undefined
  readonly link = undefined
  readonly exposed = undefined
  readonly retryAfter = undefined
  readonly #request: Request

  constructor(request: Request) {
    const idHeader = requestIdHeader(request)
    this.#request = request
    this.requestId = requestIdIn(request, idHeader)
    this.requestIdHeader = idHeader.name
    this.accept = headerIn(request, 'accept')
    this.acceptLanguage = headerIn(request, 'accept-language')
  }

  get contentType(): string | undefined {
    return headerIn(this.#request, 'content-type')
  }

  get authorization(): string | undefined {
    return headerIn(this.#request, 'authorization')
  }

  /** What became of a body that was read is known to the app alone. */
  get encoded(): boolean {
    return this.#request.bodyUsed && this.#request.headers.has('content-encoding')
  }

  get clientGone(): boolean {
    return hasLeft(this.#request)
  }
}

function headerIn({ headers }: Request, name: string): string | undefined {
  return headers.get(name) ?? undefined
}
