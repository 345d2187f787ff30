import { STATUS_PHRASES } from '../catalog/status-phrases.ts'
import { paramText } from '../catalog/template.ts'
import { readOwn } from '../guard/own.ts'
import { read } from '../guard/read.ts'
import { packageOf, topFrame } from './frames.ts'
import type { RecognitionFacts } from './identify.ts'
import { isServing } from './library.ts'
import { isKnownOtherwise } from './recognize.ts'

/**
 * Returns the message of a foreign 4xx that says of itself that it is made to be shown (`expose`, of http-errors):
 * `ctx.throw(409, 'The name is taken')`. Undefined for others, and where the message says no more than the status.
 * http-errors also marks what it is given (`ctx.throw(409, error)`): the message of a database, or of a parser that
 * quotes the client's body, is not the app's.
 */
export function shownMessage(error: unknown, status: number, facts: RecognitionFacts): string | undefined {
  if (status >= 500 || status === 401 || read(error, 'expose') !== true) return undefined
  // What http-errors makes itself has the mark from its class.
  if (readOwn(error, 'expose') !== undefined && isOfLibrary(error as object, facts)) return undefined
  const message = read(error, 'message')
  if (typeof message !== 'string') return undefined
  const text = String(paramText(message)).replaceAll(BREAKS, ' ').trim()
  return text === '' || text.toLowerCase() === phraseOf(status) ? undefined : text
}

/** What http-errors says where an app says nothing. */
function phraseOf(status: number): string | undefined {
  return STATUS_PHRASES.get(status)?.toLowerCase()
}

const BREAKS = /[\p{Cc}\u2028\u2029]+/gu

/** The names of errors that the language itself throws. */
const BUILT_IN: ReadonlySet<unknown> = new Set([
  'AggregateError',
  'EvalError',
  'RangeError',
  'ReferenceError',
  'SyntaxError',
  'TypeError',
  'URIError',
])

/** Whether somebody else than the app wrote the message. */
function isOfLibrary(error: object, facts: RecognitionFacts): boolean {
  if (BUILT_IN.has(read(error, 'name')) || typeof read(error, 'syscall') === 'string') return true
  if (isKnownOtherwise(error, facts)) return true
  const frame = topFrame(error)
  const library = packageOf(frame)
  return library === undefined ? /\bnode:/.test(frame ?? '') : !isServing(library)
}
