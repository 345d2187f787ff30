import type * as AsyncHooks from 'node:async_hooks'
import type { ServerResponse } from 'node:http'
import { builtin } from '../../guard/host.ts'
import type { Delivery } from '../../handler/responder.ts'
import { deliveryOf, hasLeft as hasLeftNode } from '../node/delivery.ts'
import type { AnyContext } from './context.ts'
import { outgoingOf } from './outgoing.ts'

export const GONE: Delivery = { sent: false, clientGone: true, cut: false }

/** Another answer took its place. */
export const UNSENT: Delivery = { sent: false, clientGone: false, cut: false }

/** Whether nobody is left to be answered. To be asked before an answer is returned: Deno says so of each one after. */
export function hasLeft(context: AnyContext): boolean {
  const outgoing = outgoingOf(context)
  return outgoing === undefined ? context.req.raw.signal.aborted : hasLeftNode(outgoing)
}

/**
 * Tells of an answer once its response is closed: a slow logger may not keep the client waiting. A response is closed
 * outside of the request's context.
 */
export function onClose(outgoing: ServerResponse, status: number, tell: (delivery: Delivery) => void): void {
  const { AsyncResource } = builtin('node:async_hooks') as typeof AsyncHooks
  const request = new AsyncResource('bizerror')
  outgoing.prependOnceListener('close', () =>
    request.runInAsyncScope(() => {
      const delivery = deliveryOf(outgoing)
      tell(delivery.sent && outgoing.statusCode !== status ? UNSENT : delivery)
    }),
  )
}
