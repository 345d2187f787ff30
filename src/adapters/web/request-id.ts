import { requestIdFrom } from '../../answer/request-id.ts'
import { checkRequestId, X_REQUEST_ID, type IdHeader, type RequestIdOptions } from '../request-id.ts'
import { withHeader } from './response.ts'

interface Known {
  readonly id: string
  readonly header: IdHeader
}

/** What cannot be read from a request again. */
const known = new WeakMap<Request, Known>()

/** Returns the header that tells the id of a request. */
export function requestIdHeader(request: Request): IdHeader {
  return known.get(request)?.header ?? X_REQUEST_ID
}

/** Returns the id of a request, the same each time: what was made before, else what the client sent, else a new one. */
export function requestIdIn(request: Request, header: IdHeader): string {
  const made = known.get(request)?.id
  if (made !== undefined) return made
  const sent = request.headers.get(header.lower)
  const id = requestIdFrom(undefined, sent)
  if (id !== sent) known.set(request, { id, header })
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
}

/**
 * Checks the options of `requestId`.
 *
 * @throws SetupError - for an option that does not exist or cannot work
 */
export function createRequestIds<TRequest extends Request>(
  options: RequestIdOptions<TRequest>,
): RequestIds<TRequest> {
  const { header, generate } = checkRequestId(options)
  return {
    begin(request) {
      const id = requestIdFrom(undefined, request.headers.get(header.lower), generate, request)
      known.set(request, { id, header })
    },
    end: (request, response) => withHeader(response, header.name, requestIdOf(request)),
  }
}
