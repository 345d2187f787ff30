import type { ServerResponse } from 'node:http'
import { read } from '../../guard/read.ts'
import type { AnyContext } from './context.ts'

/** Returns Node's response behind a context, where @hono/node-server serves it. */
export function outgoingOf({ env }: AnyContext): ServerResponse | undefined {
  const outgoing = read(env, 'outgoing')
  // A binding of a Worker has any member that it is asked for, and each is a function.
  return typeof read(outgoing, 'writableEnded') === 'boolean' ? (outgoing as ServerResponse) : undefined
}

/**
 * Returns Node's response where it is that of the request itself. `app.request(path, {}, c.env)` hands on that of another,
 * which may be on its way.
 */
export function ownOutgoing(context: AnyContext): ServerResponse | undefined {
  const outgoing = outgoingOf(context)
  return outgoing !== undefined && isAskedBy(read(read(outgoing, 'req'), 'url'), context.req.raw)
    ? outgoing
    : undefined
}

/** A mounted app is given the end of the path. */
function isAskedBy(sent: unknown, { url }: Request): boolean {
  if (typeof sent !== 'string' || url.endsWith(sent)) return true
  try {
    return new URL(`http://host${sent}`).pathname.endsWith(new URL(url).pathname)
  } catch {
    return true
  }
}

/** What @hono/node-server writes nothing of. It looks for the header on responses of the host alone, which this becomes. */
export function alreadySent(): Response {
  const response = new Response(null, { headers: { 'x-hono-already-sent': 'true' } })
  void response.body
  return response
}
