import type * as AsyncHooks from 'node:async_hooks'
import type { ServerResponse } from 'node:http'
import { builtin } from '../../guard/host.ts'
import { read } from '../../guard/read.ts'
import type { Answered } from '../../handler/responder.ts'
import { deliveryOf } from '../node/delivery.ts'
import type { AnyContext } from './context.ts'

/** Returns Node's response behind a context, where @hono/node-server serves it. */
export function outgoingOf({ env }: AnyContext): ServerResponse | undefined {
  const outgoing = read(env, 'outgoing')
  // A binding of a Worker has any member that it is asked for, and each is a function.
  return typeof read(outgoing, 'writableEnded') === 'boolean' ? (outgoing as ServerResponse) : undefined
}

/**
 * Tells of an answer once its response is closed: a slow logger may not keep the client waiting. A response is closed
 * outside of the request's context.
 */
export function reportOnClose(outgoing: ServerResponse, report: Answered['report']): void {
  const { AsyncResource } = builtin('node:async_hooks') as typeof AsyncHooks
  const request = new AsyncResource('bizerror')
  outgoing.prependOnceListener('close', () =>
    request.runInAsyncScope(() => void report(deliveryOf(outgoing))),
  )
}

/** What @hono/node-server writes nothing of. It looks for the header on responses of the host alone, which this becomes. */
export function alreadySent(): Response {
  const response = new Response(null, { headers: { 'x-hono-already-sent': 'true' } })
  void response.body
  return response
}
