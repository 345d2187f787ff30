import { factsOf, type RequestFacts } from '../../answer/facts.ts'
import { isRequestId, requestIdFrom } from '../../answer/request-id.ts'
import type { AnyContext } from './context.ts'
import { idOn, keepId, type Notes } from './notes.ts'

/**
 * Reads what an answer depends on.
 *
 * @param begun - the headers that the response has already
 */
export function readFacts(
  context: AnyContext,
  notes: Notes,
  begun: Headers,
  clientGone: boolean,
): RequestFacts {
  const { raw } = context.req
  const { headers } = raw
  const { name, lower } = notes.header
  const told = begun.get(lower)
  const known = isRequestId(told) ? told : idOn(context, notes)
  const requestId = known ?? keepId(context, notes, requestIdFrom(undefined, headers.get(lower)))
  return factsOf({
    header: (name) => headers.get(name) ?? undefined,
    onResponse: (name) => begun.get(name) ?? undefined,
    requestId,
    requestIdHeader: name,
    encoded: headers.has('content-encoding') && raw.bodyUsed,
    clientGone,
  })
}
