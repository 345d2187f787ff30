import type { Catalog } from '../../catalog/catalog.ts'
import { read } from '../../guard/read.ts'
import type { HandlerOptions } from '../../handler/options.ts'
import { createResponder } from '../../handler/responder.ts'
import { responseOver, thrownResponse } from '../web/response.ts'
import type { AnyContext } from './context.ts'
import { createDeliver } from './deliver.ts'
import { readFacts } from './facts.ts'
import { notesOn, type Notes } from './notes.ts'
import { originOf } from './origin.ts'

/** Makes the response to whatever was thrown. Never throws. */
export type Answer = (thrown: unknown, context: AnyContext) => Response

const made = new WeakMap<object, Answer>()

/**
 * Returns what answers by some options: the same for the same, so that each mistake in them is told once.
 *
 * @param caller - the function that was given them, for what is said of a mistake in them
 * @throws SetupError - when an option is wrong
 */
export function answerBy(options: HandlerOptions<Catalog, AnyContext>, caller: string): Answer {
  const known = made.get(options)
  if (known !== undefined) return known
  const answer = createAnswer(options, caller)
  made.set(options, answer)
  return answer
}

function createAnswer(options: HandlerOptions<Catalog, AnyContext>, caller: string): Answer {
  const { onReport, deliver } = createDeliver(options.onReport)
  const respond = createResponder<AnyContext>(onReport ? { ...options, onReport } : options, originOf, caller)
  return (thrown, context) => {
    const notes = notesOn(context)
    const given = responseOf(thrown)
    if (given !== undefined && given === context.res) return given
    if (given !== undefined) return responseOver(takeHeaders(context, notes), given)
    try {
      const begun = takeHeaders(context, notes)
      return deliver(respond(thrown, readFacts(context, notes, begun), context), context, notes, begun)
    } catch (failure) {
      return deliver(respond.last(thrown, failure, context), context, notes, undefined)
    }
  }
}

/**
 * Takes the headers off the response that was begun. Hono would lay them over the new one, those of the lost success as
 * well.
 */
function takeHeaders(context: AnyContext, { phase }: Notes): Headers {
  const { res, finalized } = context
  if (phase === 'over') return new Headers()
  // Nobody reads what is lost.
  if (finalized && phase === 'within') void res.body?.cancel().catch(ignore)
  context.res = undefined
  return res.headers
}

function ignore(): void {}

/** Returns the response that was thrown in the place of an error, by itself or in an HTTPException. */
function responseOf(thrown: unknown): Response | undefined {
  const response = thrownResponse(thrown)
  if (response !== undefined) return response
  const status = read(thrown, 'status')
  return typeof status === 'number' && status < 400 ? thrownResponse(read(thrown, 'res')) : undefined
}
