import type { Context, Env, MiddlewareHandler } from 'hono'
import { requestIdFrom } from '../../answer/request-id.ts'
import { checkCalled } from '../../guard/mounted.ts'
import { checkRequestId, type RequestIdOptions } from '../request-id.ts'
import { enteredAs } from '../web/request-id.ts'
import { withHeader } from '../web/response.ts'
import { onEnd } from './delivery.ts'
import { isContext, type AnyContext } from './context.ts'
import { refuse } from '../framework.ts'
import { idOn, keepId, notesOn } from './notes.ts'

declare module 'hono' {
  // As `hono/request-id` declares it.
  interface ContextVariableMap {
    requestId: string
  }
}

/**
 * Gives every request an id, as `c.get('requestId')` and in X-Request-ID: the client's when it can be trusted in a log,
 * else a new one. For Hono 4.
 *
 * @throws SetupError - when an option is wrong
 */
// oxlint-disable-next-line typescript/no-explicit-any
export function requestId<TEnv extends Env = any>(
  options: RequestIdOptions<Context<TEnv>> = {},
): MiddlewareHandler<TEnv> {
  checkCalled('requestId()', options)
  const withId = createRequestIds(options as RequestIdOptions<AnyContext>)
  return async function requestId(context, next, expressNext?: unknown) {
    if (!isContext(context)) return refuse('Hono', 'requestId', [context, next], expressNext)
    await withId(context, next)
  }
}

/** Gives a request its id, handles it, and puts the id on what it is answered with. */
export type WithId = (context: AnyContext, handle: () => Promise<void>) => Promise<void>

/**
 * Checks the options of `requestId`, once.
 *
 * @throws SetupError - when an option is wrong
 */
export function createRequestIds(options: RequestIdOptions<AnyContext>): WithId {
  const { header, generate, enter } = checkRequestId(options)

  /** Returns whether the id is to be put on the answer: a middleware inside another leaves that to it. */
  function begin(context: AnyContext): boolean {
    const notes = notesOn(context)
    const known = idOn(context, notes)
    const id = requestIdFrom(known, context.req.raw.headers.get(header.lower), generate, context)
    if (known !== id) keepId(context, notes, id)
    notes.header = header
    if (notes.phase !== 'before') return false
    notes.phase = 'within'
    return true
  }

  return async (context, handle) => {
    const isOuter = begin(context)
    try {
      await (enter === undefined ? handle() : enter(enteredAs(requestIdOf(context), context.req.raw), handle))
    } finally {
      if (isOuter) end(context)
    }
  }
}

/** Lets the response tell the id. Last of all, since Hono keeps no header for a Response that a route makes. */
function end(context: AnyContext): void {
  const notes = notesOn(context)
  // Where nothing was answered, Hono makes an error of it.
  notes.phase = context.finalized ? 'over' : 'before'
  if (!context.finalized) return
  const { res } = context
  if (res !== notes.answer) {
    if (notes.answer !== undefined) dropLengthOf(notes.answer, res)
    const told = withHeader(res, notes.header.name, idOn(context, notes)!)
    // Else Hono would lay the headers of the one over those of the other.
    if (told !== res) context.res = undefined
    if (told !== res) context.res = told
  }
  onEnd(context, notes)
}

/**
 * Takes the length of an answer off another response in its place: Hono lays the headers of the one over those of the
 * other, and with a wrong length a host cuts it off.
 */
function dropLengthOf(answer: Response, { headers, body }: Response): void {
  const length = headers.get('content-length')
  if (length === null || length !== answer.headers.get('content-length') || body === answer.body) return
  try {
    headers.delete('content-length')
  } catch {
    // Then Hono has laid nothing over it.
  }
}

/**
 * Returns the id of a request, as `requestId` has found or made it and as an error is answered and logged with it.
 * The id is found or made now where `requestId` is not mounted.
 */
export function requestIdOf(context: AnyContext): string {
  const notes = notesOn(context)
  const known = idOn(context, notes)
  if (known !== undefined) return known
  return keepId(context, notes, requestIdFrom(undefined, context.req.raw.headers.get(notes.header.lower)))
}
