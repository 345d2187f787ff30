import type { IncomingMessage, ServerResponse } from 'node:http'
import type { EventEmitter } from 'node:stream'
import type { Enter, EnteredRequest } from '../../handler/current-request.ts'

/** Calls a function in the context of one request. */
type Within = <TResult>(call: () => TResult) => TResult

const entered = new WeakMap<object, Within>()

/**
 * Handles a request in its context. What listens to its messages is called there, too: the events of a body and of a
 * response that is out come from the socket, and would be nobody's.
 */
export function enterOnNode<TResult>(
  enter: Enter,
  request: EnteredRequest,
  [incoming, outgoing]: readonly [IncomingMessage, ServerResponse],
  next: () => TResult,
): TResult {
  const within: Within = (call) => enter(request, call)
  if (!entered.has(incoming)) {
    emitWithin(incoming, within)
    emitWithin(outgoing, within)
  }
  entered.set(incoming, within)
  return within(next)
}

/** Calls a function in the context of a request, if it was entered: what answers an error may be mounted around that. */
export function inContextOf<TResult>(incoming: IncomingMessage, call: () => TResult): TResult {
  const within = entered.get(incoming)
  return within === undefined ? call() : within(call)
}

function emitWithin(emitter: EventEmitter, within: Within): void {
  const emit = emitter.emit.bind(emitter)
  // What is frozen stays as it is.
  Reflect.set(emitter, 'emit', (...event: Parameters<typeof emit>) => within(() => emit(...event)))
}
