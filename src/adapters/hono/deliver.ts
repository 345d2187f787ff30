import { read } from '../../guard/read.ts'
import type { HandlerOptions } from '../../handler/options.ts'
import { SENT, type Answered, type Delivery } from '../../handler/responder.ts'
import { noteAnswer } from '../../report/answered.ts'
import { abandon, canBegin, hasLeft as hasLeftNode } from '../node/delivery.ts'
import { headersFor } from '../node/upgrade.ts'
import { createReportPromises } from '../web/report-promises.ts'
import { toResponse } from '../web/to-response.ts'
import type { AnyContext } from './context.ts'
import { knownLimited } from './limited-response.ts'
import { alreadySent, outgoingOf, reportOnClose } from './node.ts'
import type { Notes } from './notes.ts'

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

  return {
    onReport: promises?.onReport,
    deliver(answered, context, notes, begun) {
      const outgoing = outgoingOf(context)
      const reply = outgoing ? { ...answered, headers: headersFor(outgoing, answered) } : answered
      const response = toResponse(reply, { onResponse: begun })
      if (notes.phase === 'over') {
        report(answered, LATE, context)
        return response
      }
      notes.answer = response
      const limited = knownLimited(context)
      if (limited !== undefined) noteAnswer(limited, answered.status, answered.code)
      if (outgoing === undefined) {
        if (answered.isWanted) report(answered, hasLeft(context) ? GONE : SENT, context)
        return response
      }
      if (!canBegin(outgoing)) {
        report(answered, abandon(outgoing), context)
        return alreadySent()
      }
      if (answered.isWanted) reportOnClose(outgoing, answered.report)
      return response
    },
  }
}

const GONE: Delivery = { sent: false, clientGone: true, cut: false }
/** Another answer was given: by `hono/timeout`, for one. */
const LATE: Delivery = { sent: false, clientGone: false, cut: false }

/** Whether nobody is left to be answered. */
export function hasLeft(context: AnyContext): boolean {
  const outgoing = outgoingOf(context)
  // To be asked before an answer is returned: Deno says so of each one after.
  return outgoing === undefined ? context.req.raw.signal.aborted : hasLeftNode(outgoing)
}
