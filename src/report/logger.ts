import type { Check } from '../guard/options.ts'
import { read } from '../guard/read.ts'

/** The part of a pino logger that is used. */
export interface Logger {
  /** Logs 5xx, which the server's people have to look at. */
  readonly error: (record: object, message: string) => unknown
  /** Logs errors that deserve a look, and mistakes that show in a request. */
  readonly warn?: (record: object, message: string) => unknown
  /** Logs 4xx, the mistakes of clients. */
  readonly info?: (record: object, message: string) => unknown
}

export function isLogger(value: unknown): value is Logger {
  return typeof read(value, 'error') === 'function'
}

export const LOGGER_CHECK: Check = [isLogger, 'an object with error, warn and info, as pino is']
