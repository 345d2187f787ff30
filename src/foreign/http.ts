import { isErrorStatus } from '../core/entry.ts'
import { read } from '../core/read.ts'

/**
 * Returns the status of an error made for HTTP: http-errors, Koa's `ctx.throw`, body-parser, Express's URIError.
 * All of them carry an integer in `status` or `statusCode`; nothing else of theirs is used.
 */
export function httpStatus(thrown: unknown): number | undefined {
  if (typeof thrown !== 'object' || thrown === null) return undefined
  return [read(thrown, 'status'), read(thrown, 'statusCode')].find(isErrorStatus)
}
