import { read } from '../../guard/read.ts'
import { isLogger, type Logger } from '../../report/logger.ts'
import { stderrLogger } from '../../report/stderr.ts'

/** The logger of a request, or the default one where the app has none. */
export function loggerOf(request: unknown): Logger {
  const log = read(request, 'log')
  return hasLogger(log) ? log : stderrLogger
}

/** Without `logger` among its options, Fastify has one that does nothing, by one function for all levels. */
export function hasLogger(log: unknown): log is Logger {
  return isLogger(log) && !(read(log, 'level') === undefined && read(log, 'error') === read(log, 'trace'))
}
