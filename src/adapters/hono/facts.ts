import type { RequestFacts } from '../../answer/facts.ts'
import { isRequestId, requestIdFrom } from '../../answer/request-id.ts'
import type { AnyContext } from './context.ts'
import { Presence } from './delivery.ts'
import { idOn, keepId, type Notes } from './notes.ts'

/**
 * Reads what an answer depends on.
 *
 * @param begun - the headers that the response has already
 */
export function readFacts(context: AnyContext, notes: Notes, begun: Headers): RequestFacts {
  return new HonoFacts(context, notes, begun)
}

/** A look at a header takes a while: those by which foreign errors alone are recognized wait until there is one. */
class HonoFacts implements RequestFacts {
  readonly requestId: string
  readonly requestIdHeader: string
  readonly hasRequestId: boolean
  readonly accept: string | undefined
  readonly acceptLanguage: string | undefined
  readonly locale = undefined
  readonly vary: string | undefined
  readonly link: string | undefined
  readonly exposed: string | undefined
  readonly retryAfter: string | undefined
  readonly #request: Request
  readonly #presence: Presence

  constructor(context: AnyContext, notes: Notes, begun: Headers) {
    const { headers } = context.req.raw
    const { name, lower } = notes.header
    const told = begun.get(lower)
    const known = isRequestId(told) ? told : idOn(context, notes)
    this.#request = context.req.raw
    this.#presence = new Presence(context)
    notes.presence = this.#presence
    this.requestId = known ?? keepId(context, notes, requestIdFrom(undefined, headers.get(lower)))
    this.requestIdHeader = name
    this.hasRequestId = this.requestId === told
    this.accept = headers.get('accept') ?? undefined
    this.acceptLanguage = headers.get('accept-language') ?? undefined
    this.vary = begun.get('vary') ?? undefined
    this.link = begun.get('link') ?? undefined
    this.exposed = begun.get('access-control-expose-headers') ?? undefined
    this.retryAfter = begun.get('retry-after') ?? undefined
  }

  get contentType(): string | undefined {
    return this.#request.headers.get('content-type') ?? undefined
  }

  get authorization(): string | undefined {
    return this.#request.headers.get('authorization') ?? undefined
  }

  get encoded(): boolean {
    return this.#request.bodyUsed && this.#request.headers.has('content-encoding')
  }

  get clientGone(): boolean {
    return this.#presence.clientGone
  }
}
