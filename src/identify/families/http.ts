import type { Recognized } from '../../catalog/condition.ts'
import { isErrorStatus } from '../../catalog/http-status.ts'
import { readOwn } from '../../guard/own.ts'
import { read } from '../../guard/read.ts'
import { foreignHeader } from '../../guard/required-headers.ts'
import type { Family } from '../library-rule.ts'

/** Errors that were made for HTTP, whatever they wrap. Their integer status counts, and perhaps their Retry-After. */
export const http: Family = {
  name: 'HTTP',
  rules: [
    // https://hapi.dev/module/boom/api
    { from: '@hapi/boom', property: 'isBoom', extract: boomStatus },
    {
      // https://github.com/jshttp/http-errors#error-properties
      from: 'http-errors, `ctx.throw`, `send`, @koa/router, koa-ratelimit',
      property: 'expose',
      matches: (error) => typeof read(error, 'expose') === 'boolean' && !isUnchosen(error),
      extract: status,
    },
  ],
}

/**
 * Errors that no other family knows, and that carry an integer status: Express's URIError, the app's own
 * `error.status = 404`. Errors with the status of another server's answer are known before (`upstreams`).
 */
export const statuses: Family = {
  name: 'Any other error',
  rules: [
    { from: 'Express, the app', property: 'status', matches: isOurs, extract: status },
    { from: 'Express, the app', property: 'statusCode', matches: isOurs, extract: status },
  ],
}

/** Leaves out the answer of another server, which is thrown as a plain object: `{ cause: { status, body } }`. */
function isOurs(error: object): boolean {
  return read(error, 'body') === undefined || typeof read(error, 'stack') === 'string'
}

/**
 * Whether it is what http-errors writes on an error that it is given without a status: `ctx.throw(databaseError)`. On its
 * own, `expose` comes from the class.
 */
function isUnchosen(error: object): boolean {
  return statusOn(error) === 500 && readOwn(error, 'expose') === false
}

/** Returns the status that stands on an error, if it is one of errors. */
export function statusOn(error: object): number | undefined {
  return statusUnder(error, 'status') ?? statusUnder(error, 'statusCode')
}

/** Returns the status that stands on an error under one name, if it is one of errors. */
export function statusUnder(error: object, name: string): number | undefined {
  const status = read(error, name)
  return isErrorStatus(status) ? status : undefined
}

function status(error: object): Omit<Recognized, 'condition'> | undefined {
  const status = statusOn(error)
  return status === undefined ? undefined : { status, retryAfter: foreignHeader(error, 'Retry-After') }
}

function boomStatus(error: object): Omit<Recognized, 'condition'> | undefined {
  const output = read(error, 'output')
  const status = read(output, 'statusCode')
  if (read(error, 'isBoom') !== true || !isErrorStatus(status)) return undefined
  // The status that another server answered to @hapi/wreck is known later (`network`).
  if (read(read(error, 'data'), 'isResponseError') === true) return undefined
  // Documented: whether the status is 500 or more.
  if (read(error, 'isServer') !== status >= 500) return undefined
  return { status, retryAfter: foreignHeader(error, 'Retry-After') }
}
