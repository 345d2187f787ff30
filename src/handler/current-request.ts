import { traceIdIn } from '../answer/traceparent.ts'
import { createAsyncStorage, type AsyncStorage } from '../guard/async-storage.ts'
import { SetupError } from '../guard/setup-error.ts'
import { mostWanted } from '../locale/language/most-wanted.ts'

/** The request that is being handled, as far as those who write logs, calls and texts have to know it. */
export interface CurrentRequest {
  /** The id that its client and the log know it by. */
  readonly requestId: string
  /** The language that its client wants most: a BCP 47 tag, the first of Accept-Language. */
  readonly locale: string | undefined
  /** The trace that it belongs to: the trace-id of its `traceparent` header, 32 hex digits. */
  readonly traceId: string | undefined
}

/** What was read of a request when it was entered. What is made of it waits until somebody asks. */
export interface EnteredRequest {
  readonly requestId: string
  readonly acceptLanguage: string | undefined
  readonly traceparent: string | undefined
}

/** Calls a function in the context of a request, and returns what it returns. */
export type Enter = <TResult>(request: EnteredRequest, call: () => TResult) => TResult

// Where any copy of this package finds it.
const STORAGE = Symbol.for('bizerror.currentRequest')

const holder = globalThis as { [STORAGE]?: AsyncStorage<EnteredRequest> | undefined }

/**
 * Returns the request that is being handled, wherever in its handling this is called: in a query, in a logger's mixin, in a
 * function of the error handler. Undefined outside of requests, and where `requestId({ context: true })` is not mounted.
 *
 * `traceId` is that of https://www.w3.org/TR/trace-context/#traceparent-header; one that is not valid is left out.
 *
 * @returns an object of your own, made for this call
 * @example
 * app.use(requestId({ context: true }))
 * const logger = pino({ mixin: () => ({ ...currentRequest() }) })
 */
export function currentRequest(): CurrentRequest | undefined {
  const entered = enteredRequest()
  return (
    entered && {
      requestId: entered.requestId,
      locale: mostWanted(entered.acceptLanguage),
      traceId: traceIdIn(entered.traceparent),
    }
  )
}

/** Does as `currentRequest`, for what needs more of it. */
export function enteredRequest(): EnteredRequest | undefined {
  return holder[STORAGE]?.getStore()
}

/**
 * Makes what enters requests. Nothing is made, and no promise watched, before somebody asks for it.
 *
 * @throws SetupError - when the host has no AsyncLocalStorage
 */
export function openContext(): Enter {
  const storage = (holder[STORAGE] ??= createAsyncStorage())
  if (storage === undefined) {
    throw new SetupError(
      'Option context of requestId is true, and this host has no AsyncLocalStorage. Leave it out; on Cloudflare Workers, set the compatibility flag nodejs_compat.',
    )
  }
  return (request, call) => storage.run(request, call)
}
