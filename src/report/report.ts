import type { Condition } from '../catalog/condition.ts'
import type { Code } from '../catalog/code.ts'
import { channelNamed } from '../guard/channel.ts'
import { aFunction, type Checks } from '../guard/options.ts'
import { ignoreRejection, isArray, read } from '../guard/read.ts'
import { SetupError, show } from '../guard/setup-error.ts'
import { framesFrom } from '../catalog/stack.ts'
import { clean, headline } from './log-text.ts'
import { isLogger } from './logger.ts'
import { createLoggerOf, isByRequest, type LoggerOption } from './request-logger.ts'
import { stderrLogger } from './stderr.ts'
import { describeThrown, type ThrownDescription } from './thrown.ts'

/** The place in the app that a request went to. */
export interface Origin {
  /** GET, POST, … */
  readonly method: string
  /** The route's pattern, such as `/users/:id`, where the framework knows it. Never the path, which may hold secrets. */
  readonly route: string | undefined
}

/** An error that was thrown together with another. */
export interface FurtherError {
  /** Its name in its catalog. */
  readonly key: Code
  /** The code that clients know it by. */
  readonly code: Code
}

/**
 * One error and its answer, as the server's people should see them. Holds nothing of the body, nor any header but the
 * request id.
 */
export interface ErrorAnswer extends Origin {
  /** The name of the catalog whose error it is. */
  readonly catalog: string
  /** The true error's name in its catalog. */
  readonly key: Code
  /** The true error's code, as clients know it. */
  readonly code: Code
  /** The meaning that a foreign error was recognized by: `already-exists`. */
  readonly condition: Condition | undefined
  /** The key of the error that was answered instead, when it was concealed. */
  readonly as: Code | undefined
  /** The key that was asked for, when the catalog does not have it. */
  readonly unknownKey: string | undefined
  /** The parts of the throw that could not be used, or that the text lacks: `headers.X-A`, `params.left`. */
  readonly unusable: readonly string[] | undefined
  /** The further errors of the throw, by their true keys and codes. */
  readonly errors: readonly FurtherError[] | undefined
  /** The HTTP status of the answer. */
  readonly status: number
  /**
   * Whether the server is to blame, whatever the status: what the logger gets as `error`. In a report also for an answer
   * that had to be cut off, and not for a client that has left.
   */
  readonly serverFault: boolean
  /** The language of the answer. */
  readonly locale: string
  /** The id that the client has got too. */
  readonly requestId: string
  /** The thrown value itself. */
  readonly error: unknown
}

/** An ErrorAnswer, once the delivery of the answer is known. */
export interface ErrorReport extends ErrorAnswer {
  /** Whether the answer was sent. False when the response had begun, or the client had left. */
  readonly sent: boolean
  /** Whether the client left before there was an answer: no fault of the server's, whatever the code. */
  readonly clientGone: boolean
}

/** A tool that hears of errors, such as those of `bizerror/otel`. It may throw, reject or hang, and changes no answer. */
export interface Observer<TRequest = unknown> {
  /** Receives every error with its answer, before that is written. Synchronous: what it returns is not waited for. */
  onAnswer?(answer: ErrorAnswer, request: TRequest): unknown
  /** Receives every error, after its answer. */
  onReport?(report: ErrorReport, request: TRequest): unknown
}

/** The app's functions that hear of errors. They may throw, reject or hang, and change no answer. */
export interface Listeners<TRequest> {
  /**
   * Receives 5xx as `error` and 4xx as `info`, pino-shaped. Or a function that returns the logger of a request:
   * `(req) => req.log`. @default one JSON line to stderr for 5xx
   */
  readonly logger?: LoggerOption<TRequest> | undefined
  /** Receives every error with its answer, before that is written. Synchronous: what it returns is not waited for. */
  readonly onAnswer?: ((answer: ErrorAnswer, request: TRequest) => unknown) | undefined
  /** Receives every error, after its answer. */
  readonly onReport?: ((report: ErrorReport, request: TRequest) => unknown) | undefined
  /** Tools that hear of every error as well: `[otel(), sentry({ client: Sentry })]`. */
  readonly observe?: Observer<TRequest> | readonly Observer<TRequest>[] | undefined
}

const AN_OBSERVER = 'an observer, such as otel() of bizerror/otel'

export const LISTENER_CHECKS: Checks<Listeners<unknown>> = {
  logger: [
    (value) => typeof value === 'function' || isLogger(value),
    'an object with error, warn and info, as pino is, or a function that returns the one of a request',
  ],
  onAnswer: aFunction('of the answer'),
  onReport: aFunction('of the report'),
  observe: [
    (value) => (isArray(value) ? areObservers(value) : isObserver(value)),
    `${AN_OBSERVER}, or a list of them`,
  ],
}

/** @throws SetupError - for the first that is none */
function areObservers(list: readonly unknown[]): true {
  const index = [...list].findIndex((each) => !isObserver(each))
  if (index === -1) return true
  throw new SetupError(`Option observe[${index}] is ${show(list[index])}. Give ${AN_OBSERVER}.`)
}

function isObserver(value: unknown): boolean {
  const [onAnswer, onReport] = [read(value, 'onAnswer'), read(value, 'onReport')]
  return typeof (onAnswer ?? onReport) === 'function' && [onAnswer, onReport].every(isFunctionOrNone)
}

function isFunctionOrNone(value: unknown): boolean {
  return value === undefined || typeof value === 'function'
}

function listed<TItem>(value: TItem | readonly TItem[] | undefined): readonly TItem[] {
  if (value === undefined) return []
  return isArray(value) ? value : [value]
}

export interface Reporter<TRequest> {
  /** Whether anybody is told of an answer before it is written. */
  readonly isAnswerWanted: () => boolean
  /** Hands one answer to hook and channel. */
  readonly answer: (answer: ErrorAnswer, request: TRequest) => void
  /** Whether anybody is told of an error. */
  readonly isWanted: (serverFault: boolean) => boolean
  /** Hands one error to hook, channel and logger, as `error` when it is the server's fault. Never throws. */
  readonly report: (report: ErrorReport, request: TRequest) => void
  /** Logs that a default took the place of something of the app's. Never throws. */
  readonly warn: (message: string, error?: unknown) => void
}

// A subscriber that throws causes an uncaughtException, as Node has it for every channel.
const answers = channelNamed<ErrorAnswer>('bizerror.answer')
const reports = channelNamed<ErrorReport>('bizerror.report')

/**
 * Makes what tells the app and its tools of errors.
 *
 * @param currentRequest - the one that is being answered, whose logger hears warnings @default none
 */
export function createReporter<TRequest>(
  { logger: option = stderrLogger, onAnswer, onReport, observe }: Listeners<TRequest>,
  currentRequest?: () => TRequest | undefined,
): Reporter<TRequest> {
  const loggerOf = createLoggerOf(option)
  const byRequest = isByRequest(option)
  const observers: readonly Observer<TRequest>[] = [
    { ...(onAnswer && { onAnswer }), ...(onReport && { onReport }) },
    ...listed(observe),
  ]
  const answerObservers = observers.filter((each) => each.onAnswer !== undefined)
  const reportObservers = observers.filter((each) => each.onReport !== undefined)
  return {
    isAnswerWanted: () => answerObservers.length > 0 || answers?.hasSubscribers === true,
    answer(answer, request) {
      for (const each of answerObservers) attempt(() => each.onAnswer?.(answer, request))
      answers?.publish(answer)
    },
    isWanted: (serverFault) =>
      reportObservers.length > 0 ||
      reports?.hasSubscribers === true ||
      byRequest ||
      read(option, serverFault ? 'error' : 'info') !== undefined,
    report(report, request) {
      for (const each of reportObservers) attempt(() => each.onReport?.(report, request))
      reports?.publish(report)
      attempt(() => {
        const logger = loggerOf(request)
        const { serverFault } = report
        const level = serverFault ? 'error' : 'info'
        if (read(logger, level) === undefined) return undefined
        // An expected error says by its code what it is.
        const err = describeThrown(report.error, serverFault || report.status >= framesFrom('auto'))
        return logger[level]?.(recordOf(report, err), headline(err.message) || 'Request failed')
      })
    },
    warn(message, error) {
      attempt(() => {
        const logger = loggerOf(currentRequest?.())
        if (read(logger, 'warn') === undefined) return undefined
        return logger.warn?.(error === undefined ? {} : { err: describeThrown(error) }, clean(message))
      })
    },
  }
}

/** A report as a log has it, whose level says whose fault it is. */
interface LogRecord extends Omit<ErrorReport, 'error' | 'serverFault'> {
  readonly err: ThrownDescription
}

/** Makes the record of a report. What a throw named may hold anything. Written out, which takes less than a spread. */
function recordOf(report: ErrorReport, err: ThrownDescription): LogRecord {
  const { unknownKey } = report
  return {
    catalog: report.catalog,
    key: report.key,
    code: report.code,
    condition: report.condition,
    as: report.as,
    unknownKey: unknownKey === undefined ? undefined : clean(unknownKey),
    unusable: report.unusable?.map(clean),
    errors: report.errors,
    status: report.status,
    locale: report.locale,
    requestId: report.requestId,
    method: report.method,
    route: report.route,
    sent: report.sent,
    clientGone: report.clientGone,
    err,
  }
}

/** Calls what is the app's and may not change an answer: there is nowhere left to say that it failed. */
export function attempt(call: () => unknown): void {
  try {
    ignoreRejection(call())
  } catch {
    // See above.
  }
}
