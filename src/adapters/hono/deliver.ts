import type { ServerResponse } from 'node:http'
import { read } from '../../guard/read.ts'
import type { HandlerOptions } from '../../handler/options.ts'
import type { Answered, Delivery } from '../../handler/responder.ts'
import { noteAnswer } from '../../report/answered.ts'
import { abandon, canBegin } from '../node/delivery.ts'
import { headersFor } from '../node/upgrade.ts'
import { onDelivered } from '../web/delivery.ts'
import { createReportPromises } from '../web/report-promises.ts'
import { toResponse } from '../web/to-response.ts'
import type { AnyContext } from './context.ts'
import { inContext, onClose, Presence, UNSENT } from './delivery.ts'
import { knownLimited } from './limited-response.ts'
import type { Notes } from './notes.ts'
import { alreadySent, ownOutgoing } from './outgoing.ts'

type OnReport = HandlerOptions<never, AnyContext>['onReport']

/** Makes a response of an answer, and tells of it. */
export interface Deliver {
  /** To be called in the place of the app's, so that its promises are waited for. */
  readonly onReport: OnReport
  /** @param begun - the headers of the response that is lost */
  readonly deliver: (
    answered: Answered,
    context: AnyContext,
    notes: Notes,
    begun: Headers | undefined,
  ) => Response
}

export function createDeliver(given: OnReport): Deliver {
  const promises = given && createReportPromises(given)

  function report(answered: Answered, delivery: Delivery, context: AnyContext): void {
    answered.report(delivery)
    // Hono throws where there is nothing.
    promises?.hold([read(context, 'executionCtx')])
  }

  /** Tells once what became of an answer: when the response is closed, else at the end of the request. */
  function tellLater(
    outgoing: ServerResponse | undefined,
    answered: Answered,
    context: AnyContext,
    notes: Notes,
  ): void {
    const tell = inContext((delivery) => {
      if (notes.tell !== tell) return
      notes.tell = undefined
      report(answered, delivery, context)
    })
    notes.tell = tell
    if (outgoing !== undefined) onClose(outgoing, answered.status, tell)
    else if (notes.phase === 'before')
      onDelivered(notes.presence ?? new Presence(context), [context.env], tell)
  }

  return {
    onReport: promises?.onReport,
    deliver(answered, context, notes, begun) {
      const outgoing = ownOutgoing(context)
      const reply = outgoing ? { ...answered, headers: headersFor(outgoing, answered) } : answered
      const response = toResponse(reply, { onResponse: begun })
      if (notes.phase === 'over') {
        report(answered, UNSENT, context)
        return response
      }
      // It takes the place of an earlier one.
      notes.tell?.(UNSENT)
      notes.answer = response
      const limited = knownLimited(context)
      if (limited !== undefined) noteAnswer(limited, answered.status, answered.code)
      if (outgoing !== undefined && !canBegin(outgoing)) {
        report(answered, abandon(outgoing), context)
        return alreadySent()
      }
      if (answered.isWanted) tellLater(outgoing, answered, context, notes)
      return response
    },
  }
}
