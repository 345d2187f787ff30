import type { ServerResponse } from 'node:http'
import { read } from '../../guard/read.ts'
import type { AnyContext } from './context.ts'

/** Returns Node's response behind a context, where @hono/node-server serves it. */
export function outgoingOf({ env }: AnyContext): ServerResponse | undefined {
  const outgoing = read(env, 'outgoing')
  // A binding of a Worker has any member that it is asked for, and each is a function.
  return typeof read(outgoing, 'writableEnded') === 'boolean' ? (outgoing as ServerResponse) : undefined
}

/** What @hono/node-server writes nothing of. It looks for the header on responses of the host alone, which this becomes. */
export function alreadySent(): Response {
  const response = new Response(null, { headers: { 'x-hono-already-sent': 'true' } })
  void response.body
  return response
}
