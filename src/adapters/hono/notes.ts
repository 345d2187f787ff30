import { isRequestId } from '../../answer/request-id.ts'
import type { Delivery } from '../../handler/responder.ts'
import { X_REQUEST_ID, type IdHeader } from '../request-id.ts'
import type { AnyContext } from './context.ts'

/** What is remembered of a request. */
export interface Notes {
  /** Undefined until somebody asks for it. */
  id: string | undefined
  /** The header that bears it. */
  header: IdHeader
  /** Where the request is: what fails when the app is done with it changes nothing any more. */
  phase: 'before' | 'within' | 'over'
  /** The answer to its error, if one was made. */
  answer: Response | undefined
  /** Tells what became of that answer, until it is told. */
  tell: ((delivery: Delivery) => void) | undefined
  /** Whether somebody waits for it. */
  presence: Presence | undefined
}

interface Presence {
  readonly clientGone: boolean
  readonly hasLeft: boolean | undefined
}

// On the context itself: a WeakMap takes as long as all the rest of an id.
const NOTES = Symbol('bizerror.hono')

/** Returns the notes on a context, where they are written. */
export function notesOn(context: AnyContext & { [NOTES]?: Notes }): Notes {
  return (context[NOTES] ??= {
    id: undefined,
    header: X_REQUEST_ID,
    phase: 'before',
    answer: undefined,
    tell: undefined,
    presence: undefined,
  })
}

/** Returns the id that a request has so far. What `hono/request-id` or the app has put there goes first. */
export function idOn(context: AnyContext, notes: Notes): string | undefined {
  const id: unknown = context.get('requestId')
  return id !== notes.id && isRequestId(id) ? id : notes.id
}

/** Makes an id that of the request for everybody. */
export function keepId(context: AnyContext, notes: Notes, id: string): string {
  notes.id = id
  // The app may have put something else there.
  if (context.get('requestId') === undefined) context.set('requestId', id)
  return id
}
