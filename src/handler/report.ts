import { channel } from 'node:diagnostics_channel'
import type { Condition } from '../core/condition.ts'
import type { Code } from '../core/entry.ts'
import { ignoreRejection, read, readItems } from '../core/read.ts'
import { bigintText } from '../core/template.ts'
import { stderrLogger } from './stderr.ts'

/** Where in the app a request went. */
export interface Origin {
  readonly method: string
  /** The route's pattern, such as `/users/:id`, where the framework knows it. Never the path, which may hold secrets. */
  readonly route: string | undefined
}

/**
 * One error and its answer, as the server's people should see them. Holds nothing of the body, nor any header but the
 * request id.
 */
export interface ErrorAnswer extends Origin {
  readonly catalog: string
  /** The true code. */
  readonly code: Code
  /** What a foreign error was recognized as: `already-exists`. */
  readonly condition: Condition | undefined
  /** The code that was answered instead, when it was concealed. */
  readonly as: Code | undefined
  /** The code that was asked for, when the catalog does not have it. */
  readonly unknownCode: string | undefined
  /** What the throw gave and could not be used, or left out and the text needs: `headers.X-A`, `params.left`. */
  readonly unusable: readonly string[] | undefined
  /** The HTTP status of the answer. */
  readonly status: number
  readonly locale: string
  readonly requestId: string
  /** What was thrown, as it is. */
  readonly error: unknown
}

/** The same, once it is known what became of the answer. */
export interface ErrorReport extends ErrorAnswer {
  /** Whether the answer was sent. False when the response had begun, or the client had left. */
  readonly sent: boolean
  /** Whether the client left before there was an answer: no fault of the server's, whatever the code. */
  readonly clientGone: boolean
}

/** The part of a pino logger that is used. */
export interface Logger {
  readonly error: (record: object, message: string) => unknown
  readonly warn?: (record: object, message: string) => unknown
  readonly info?: (record: object, message: string) => unknown
}

/** Who is told of errors. What they do is theirs: they may throw, reject or hang, and change nothing. */
export interface Listeners<TRequest> {
  readonly logger?: Logger | undefined
  readonly onAnswer?: ((answer: ErrorAnswer, request: TRequest) => unknown) | undefined
  readonly onReport?: ((report: ErrorReport, request: TRequest) => unknown) | undefined
}

export interface Reporter<TRequest> {
  /** Whether anybody is told of an answer before it is written. */
  readonly isAnswerHeard: () => boolean
  /** Hands one answer to hook and channel. */
  readonly answer: (answer: ErrorAnswer, request: TRequest) => void
  /** Whether anybody is told of an error. */
  readonly isHeard: (serverFault: boolean) => boolean
  /** Hands one error to hook, channel and logger, as `error` when it is the server's fault. Never throws. */
  readonly report: (report: ErrorReport, request: TRequest, serverFault: boolean) => void
  /** Logs that a default took the place of something of the app's. Never throws. */
  readonly warn: (message: string, error?: unknown) => void
}

// What a subscriber throws is an uncaughtException, as Node has it for every channel.
const answers = channel('bizerror.answer')
const reports = channel('bizerror.report')

/** Makes what tells the app and its tools of errors. */
export function createReporter<TRequest>({
  logger = stderrLogger,
  onAnswer,
  onReport,
}: Listeners<TRequest>): Reporter<TRequest> {
  return {
    isAnswerHeard: () => onAnswer !== undefined || answers.hasSubscribers,
    answer(answer, request) {
      if (onAnswer) attempt(() => onAnswer(answer, request))
      answers.publish(answer)
    },
    isHeard: (serverFault) =>
      onReport !== undefined ||
      reports.hasSubscribers ||
      read(logger, serverFault ? 'error' : 'info') !== undefined,
    report(report, request, serverFault) {
      if (onReport) attempt(() => onReport(report, request))
      reports.publish(report)
      attempt(() => {
        const level = serverFault ? 'error' : 'info'
        if (!logger[level]) return undefined
        const { error, unknownCode, ...facts } = report
        const err = describeThrown(error)
        return logger[level]?.({ ...facts, unknownCode, err }, oneLine(err.message) || 'Request failed')
      })
    },
    warn(message, error) {
      attempt(() =>
        logger.warn?.(error === undefined ? {} : { err: describeThrown(error) }, oneLine(message)),
      )
    },
  }
}

/** A message without control characters: thrown text must not begin a line of its own in a log that is plain text. */
function oneLine(message: string): string {
  return message.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()
}

/** Calls what is the app's and may not change an answer: there is nowhere left to say that it failed. */
export function attempt(call: () => unknown): void {
  try {
    ignoreRejection(call())
  } catch {
    // See above.
  }
}

const MAX_CAUSES = 10
const MAX_ERRORS = 10
const MAX_TEXT = 8192

/** What a log needs of a thrown value, as plain data: read with care, bounded, causes nested. */
export interface ThrownDescription {
  readonly type: string
  readonly message: string
  readonly stack?: string
  readonly code?: string | number
  readonly cause?: ThrownDescription
  /** Those of an AggregateError, without their causes. */
  readonly errors?: readonly ThrownDescription[]
}

/** Describes a thrown value for the log. Its own properties stay out: drivers keep queries and tokens there. */
export function describeThrown(thrown: unknown): ThrownDescription {
  const chain: unknown[] = []
  for (let value = thrown; value !== undefined && chain.length < MAX_CAUSES; value = read(value, 'cause')) {
    if (chain.includes(value)) break
    chain.push(value)
  }
  return (
    chain.reduceRight<ThrownDescription | undefined>(describeWithErrors, undefined) ??
    describeOne(undefined, undefined)
  )
}

function describeWithErrors(cause: ThrownDescription | undefined, value: unknown): ThrownDescription {
  const described = describeOne(cause, value)
  if (read(value, 'name') !== 'AggregateError') return described
  const errors = readItems(read(value, 'errors'), MAX_ERRORS).map((error) => describeOne(undefined, error))
  return errors.length === 0 ? described : { ...described, errors }
}

function describeOne(cause: ThrownDescription | undefined, value: unknown): ThrownDescription {
  const quotes = quotesBody(value)
  const stack = quotes ? framesOf(text(read(value, 'stack'))) : text(read(value, 'stack'))
  const code = read(value, 'code')
  return {
    type: (isObject(value) && text(read(value, 'name'))) || typeName(value),
    message: quotes
      ? 'Malformed body'
      : isObject(value)
        ? (text(read(value, 'message')) ?? '')
        : primitiveText(value),
    ...(stack === undefined ? {} : { stack }),
    ...(typeof code === 'string' || typeof code === 'number' ? { code: text(code) ?? code } : {}),
    ...(cause === undefined ? {} : { cause }),
  }
}

function isObject(value: unknown): boolean {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
}

function typeName(value: unknown): string {
  return value === null ? 'null' : typeof value
}

function text(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  return (value.length > MAX_TEXT ? `${value.slice(0, MAX_TEXT)}…` : value).toWellFormed()
}

function primitiveText(value: unknown): string {
  if (typeof value === 'bigint') return bigintText(value) ?? 'A long BigInt'
  return text(String(value)) ?? ''
}

/** JSON parsers put the body on their errors, and V8 quotes it in the message: neither may be logged. */
function quotesBody(value: unknown): boolean {
  return typeof read(value, 'body') === 'string' && read(value, 'name') === 'SyntaxError'
}

/** A stack without the message that it begins with. */
function framesOf(stack: string | undefined): string | undefined {
  const first = stack?.search(/^ {4}at /m) ?? -1
  return first === -1 ? undefined : stack?.slice(first)
}
