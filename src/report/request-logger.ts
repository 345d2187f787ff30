import { ignoreRejection } from '../guard/read.ts'
import { isLogger, type Logger } from './logger.ts'
import { stderrLogger } from './stderr.ts'
import { describeThrown } from './thrown.ts'

/** A logger, or a function that returns the one of a request, such as pino-http's `req.log`. */
export type LoggerOption<TRequest> = Logger | ((request: TRequest) => Logger | null | undefined)

/** Whether a logger is found by request. Some loggers are functions, too. */
export function isByRequest<TRequest>(
  option: LoggerOption<TRequest>,
): option is Exclude<LoggerOption<TRequest>, Logger> {
  return typeof option === 'function' && !isLogger(option)
}

/**
 * Returns what finds the logger of a request: the default one where the app's function gives none, which is told once,
 * and where there is no request.
 */
export function createLoggerOf<TRequest>(
  option: LoggerOption<TRequest>,
): (request: TRequest | undefined) => Logger {
  if (!isByRequest(option)) return () => option
  let isTold = false

  function tell(problem: string, error?: unknown): void {
    if (isTold) return
    isTold = true
    const record = error === undefined ? {} : { err: describeThrown(error) }
    stderrLogger.warn?.(record, `The logger function ${problem}; the default logger was used`)
  }

  return (request) => {
    if (request === undefined) return stderrLogger
    try {
      const logger: unknown = option(request)
      if (isLogger(logger)) return logger
      ignoreRejection(logger)
      tell('returned no logger')
    } catch (error) {
      tell('failed', error)
    }
    return stderrLogger
  }
}
