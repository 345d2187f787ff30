import type { Check } from '../guard/options.ts'
import { read } from '../guard/read.ts'

/** The part of a pino logger that is used. */
export interface Logger {
  readonly error: (record: object, message: string) => unknown
  readonly warn?: (record: object, message: string) => unknown
  readonly info?: (record: object, message: string) => unknown
}

export function isLogger(value: unknown): value is Logger {
  return typeof read(value, 'error') === 'function'
}

export const LOGGER_CHECK: Check = [isLogger, 'an object with error, warn and info, as pino is']
