import type { RequestFacts } from '../../answer/facts.ts'
import { requestIdHeader, requestIdIn } from './request-id.ts'

/**
 * What an answer depends on. A look at a header takes a while: those by which foreign errors alone are recognized wait
 * until there is one.
 */
export class WebFacts implements RequestFacts {
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
  /** What `clientGone` has said. Undefined where nobody has asked. */
  hasLeft: boolean | undefined = undefined
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

  /** Deno says so of every request, once it was answered, and warns of who asks. */
  get clientGone(): boolean {
    return (this.hasLeft ??= this.#request.signal.aborted)
  }
}

function headerIn({ headers }: Request, name: string): string | undefined {
  return headers.get(name) ?? undefined
}
