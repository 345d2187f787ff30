import type * as AsyncHooks from 'node:async_hooks'
import type { ServerResponse } from 'node:http'
import { builtin } from '../../guard/host.ts'
import type { Delivery } from '../../handler/responder.ts'
import { deliveryOf, hasLeft } from '../node/delivery.ts'
import { onDelivered } from '../web/delivery.ts'
import type { AnyContext } from './context.ts'
import type { Notes } from './notes.ts'
import { outgoingOf, ownOutgoing } from './outgoing.ts'

/** Another answer took its place. */
export const UNSENT: Delivery = { sent: false, clientGone: false, cut: false }

/** Whether nobody is left to be answered. */
export class Presence {
  /** What `clientGone` has said. Undefined where nobody has asked. */
  hasLeft: boolean | undefined = undefined
  readonly #context: AnyContext

  constructor(context: AnyContext) {
    this.#context = context
  }

  /** Deno says so of every request, once it was answered, and warns of who asks. */
  get clientGone(): boolean {
    return (this.hasLeft ??= hasLeftOn(this.#context))
  }
}

function hasLeftOn(context: AnyContext): boolean {
  const outgoing = outgoingOf(context)
  return outgoing === undefined ? context.req.raw.signal.aborted : hasLeft(outgoing)
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
export function onEnd(context: AnyContext, { answer, tell, presence }: Notes): void {
  if (tell === undefined || ownOutgoing(context) !== undefined) return
  if (context.res.status === answer?.status)
    onDelivered(presence ?? new Presence(context), [context.env], tell)
  else tell(UNSENT)
}
