import { requestIdFrom } from '../../answer/request-id.ts'
import type { EnteredRequest } from '../../handler/current-request.ts'
import { checkRequestId, X_REQUEST_ID, type IdHeader, type RequestIdOptions } from '../request-id.ts'
import { withHeader } from './response.ts'

interface Known {
  readonly id: string
  readonly header: IdHeader
}

// On the request, where any copy of this package finds it: to hold it weakly costs as much as all the rest of this.
const KNOWN = Symbol.for('bizerror.requestId')

interface Holder {
  [KNOWN]?: Known
}

/** Of requests that cannot be written on. */
const frozen = new WeakMap<Request, Known>()

function knownOf(request: Request & Holder): Known | undefined {
  return request[KNOWN] ?? frozen.get(request)
}

/** Keeps what cannot be read from a request again. */
function keep(request: Request & Holder, known: Known): void {
  try {
    request[KNOWN] = known
  } catch {
    frozen.set(request, known)
  }
}

/** Returns the header that tells the id of a request. */
export function requestIdHeader(request: Request): IdHeader {
  return knownOf(request)?.header ?? X_REQUEST_ID
}

/** Returns the id of a request, the same each time: what was made before, else what the client sent, else a new one. */
export function requestIdIn(request: Request, header: IdHeader): string {
  const made = knownOf(request)?.id
  if (made !== undefined) return made
  const sent = request.headers.get(header.lower)
  const id = requestIdFrom(undefined, sent)
  if (id !== sent) keep(request, { id, header })
  return id
}

/**
 * Returns the id of a request, as an error is answered and logged with it: the client's when it can be trusted in a log,
 * else a new one.
 */
export function requestIdOf(request: Request): string {
  return requestIdIn(request, requestIdHeader(request))
}

/** Gives requests their ids, and puts them on what they are answered with. */
export interface RequestIds<TRequest> {
  readonly begin: (request: TRequest) => void
  readonly end: (request: TRequest, response: Response) => Response
  /** Handles a request in its context. Undefined where nobody wants to know of that. */
  readonly within: (<TResult>(request: TRequest, handle: () => TResult) => TResult) | undefined
}

/**
 * Checks the options of `requestId`.
 *
 * @throws SetupError - for an option that does not exist or cannot work
 */
export function createRequestIds<TRequest extends Request>(
  options: RequestIdOptions<TRequest>,
): RequestIds<TRequest> {
  const { header, generate, enter } = checkRequestId(options)

  function begin(request: TRequest): void {
    const made = knownOf(request)?.id
    const id = requestIdFrom(made, request.headers.get(header.lower), generate, request)
    keep(request, { id, header })
  }

  /** Returns nothing for what is no Request, which is told of where it is handled. */
  function attempt(request: TRequest): EnteredRequest | undefined {
    try {
      begin(request)
      return enteredAs(requestIdOf(request), request)
    } catch {
      return undefined
    }
  }

  return {
    begin,
    end: (request, response) => withHeader(response, header.name, requestIdOf(request)),
    within:
      enter &&
      ((request, handle) => {
        const entered = attempt(request)
        return entered === undefined ? handle() : enter(entered, handle)
      }),
  }
}

/** Reads what the context of a request tells. */
export function enteredAs(requestId: string, { headers }: Request): EnteredRequest {
  return {
    requestId,
    acceptLanguage: headers.get('accept-language') ?? undefined,
    traceparent: headers.get('traceparent') ?? undefined,
  }
}
