import type { ServerResponse } from 'node:http'
import type { SetupError } from '../../guard/setup-error.ts'
import { notOn } from '../framework.ts'

/** Hands a request on: to the next middleware, or with an error to the next error handler. */
export type Next = (error?: unknown) => void

/** Whether middleware is called as Express does: with a response of Node's, and `next`. */
export function isOnExpress(response: ServerResponse | undefined, next: Next | undefined): boolean {
  return next !== undefined && response?.setHeader !== undefined
}

/** The mistake of who mounts middleware of Express where none is called so. */
export function notOnExpress(name: string, ...given: readonly unknown[]): SetupError {
  return notOn('Express', name, ...given)
}
