import type { Code } from '../catalog/code.ts'

/** The part of a raw response that is used. */
export interface AnsweredResponse {
  readonly statusCode: number
  readonly headersSent: boolean
  readonly destroyed?: boolean
  /** Null while the answers to earlier requests of the same connection are under way. */
  readonly socket?: object | null
  /** Over HTTP/2. */
  readonly stream?: { readonly destroyed: boolean }
  once(event: 'close', listener: () => void): unknown
  writeHead(status: number, ...rest: never[]): unknown
  end(...chunk: never[]): unknown
}

/** Is told the status of an answer, and the code that it tells, where an error handler made it. */
type Listener = (status: number, code: Code | undefined) => void

// The note is on the response itself, where the error handler of any copy of this package finds it.
const WATCH = Symbol.for('bizerror.answered')

// Most apps watch none. To look at a response of Express costs half a percent of a request that throws.
const everywhere = globalThis as { [WATCH]?: true }

interface Watch {
  readonly listeners: Listener[]
  code: Code | undefined
  status: number | undefined
  /** Whether the client has left before it was answered. */
  hasLeft: boolean
}

interface Holder {
  [WATCH]?: Watch | undefined
}

/**
 * Tells once, when a response is over, how its request was answered. Where the client left earlier, the answer is what
 * the app tries to send later; a request that nothing answers is never told of.
 */
export function onAnswered(response: AnsweredResponse & Holder, listener: Listener): void {
  const watched = response[WATCH]
  if (watched !== undefined) {
    watched.listeners.push(listener)
    return
  }
  const watch: Watch = { listeners: [listener], code: undefined, status: undefined, hasLeft: false }
  response[WATCH] = watch
  everywhere[WATCH] = true
  // It may be over already, where the limiter had to wait for something.
  if (response.destroyed === true || response.stream?.destroyed === true) return closed(response, watch)
  response.once('close', () => closed(response, watch))
  // Where a connection ends, Node.js closes the response that is under way, and none of those behind it.
  if (response.socket === null) beforeEnd(response, () => tell(response))
}

/** Notes what an error handler answers with, before it does. */
export function noteAnswer(response: object, status: number, code: Code): void {
  const watch = everywhere[WATCH] ? (response as Holder)[WATCH] : undefined
  if (watch === undefined) return
  watch.status = status
  watch.code = code
  if (watch.hasLeft) tell(response as AnsweredResponse)
}

/** Notes that an app is done with a response. A client that has left may have kept it from being written. */
export function noteEnd(response: object): void {
  if (everywhere[WATCH] && (response as Holder)[WATCH]?.hasLeft === true) tell(response as AnsweredResponse)
}

function closed(response: AnsweredResponse & Holder, watch: Watch): void {
  if (response.headersSent) {
    tell(response)
    return
  }
  watch.hasLeft = true
  // A body that was cut short is an error before its response is closed.
  if (watch.status !== undefined) tell(response)
  else awaitEnd(response, watch)
}

/** Nothing is emitted by a response that ends after its client has left. */
function awaitEnd(response: AnsweredResponse, watch: Watch): void {
  const writeHead = response.writeHead.bind(response)
  response.writeHead = (status, ...rest) => {
    // HTTP/2 writes none any more, and keeps no status.
    watch.status = status
    return writeHead(status, ...rest)
  }
  beforeEnd(response, () => noteEnd(response))
}

function beforeEnd(response: AnsweredResponse, note: () => void): void {
  const end = response.end.bind(response)
  response.end = (...chunk) => {
    note()
    return end(...chunk)
  }
}

function tell(response: AnsweredResponse & Holder): void {
  const watch = response[WATCH]
  if (watch === undefined) return
  response[WATCH] = undefined
  const { listeners, hasLeft } = watch
  // The code is that of an answer that gave way to another, if that one had begun before.
  const isNoted = hasLeft ? watch.status !== undefined : watch.status === response.statusCode
  const status = isNoted ? watch.status! : response.statusCode
  for (const listener of listeners) listener(status, isNoted ? watch.code : undefined)
}
