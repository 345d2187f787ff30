import type * as AsyncHooks from 'node:async_hooks'
import type { ServerResponse } from 'node:http'
import { builtin } from '../../guard/host.ts'
import type { Delivery } from '../../handler/responder.ts'
import { deliveryOf, hasLeft as hasLeftNode } from '../node/delivery.ts'
import { hasLeft as hasLeftBare, onDelivered } from '../web/delivery.ts'
import type { AnyContext } from './context.ts'
import type { Notes } from './notes.ts'
import { outgoingOf } from './outgoing.ts'

/** Another answer took its place. */
export const UNSENT: Delivery = { sent: false, clientGone: false, cut: false }

/** Whether nobody is left to be answered. To be asked before an answer is returned. */
export function hasLeft(context: AnyContext): boolean {
  const outgoing = outgoingOf(context)
  return outgoing === undefined ? hasLeftBare(context.req.raw) : hasLeftNode(outgoing)
}

type Tell = (delivery: Delivery) => void

const hooks = builtin('node:async_hooks') as typeof AsyncHooks | undefined

/** Lets what is told later be told in the context of its request, where the host has such a thing. */
export function inContext(tell: Tell): Tell {
  return hooks === undefined ? tell : hooks.AsyncResource.bind(tell)
}

/** Tells of an answer once the response of Node is closed: a slow logger may not keep the client waiting. */
export function onClose(outgoing: ServerResponse, status: number, tell: Tell): void {
  outgoing.prependOnceListener('close', () => {
    const delivery = deliveryOf(outgoing)
    tell(delivery.sent && outgoing.statusCode !== status ? UNSENT : delivery)
  })
}

/** Tells of an answer at the end of its request, as far as its fate is known: another one may have taken its place. */
export function onEnd(context: AnyContext, { answer, tell }: Notes): void {
  if (tell === undefined || outgoingOf(context) !== undefined) return
  if (context.res.status === answer?.status) onDelivered(context.req.raw, [context.env], tell)
  else tell(UNSENT)
}
