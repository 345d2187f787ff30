import { SetupError } from '../../guard/setup-error.ts'

/** Hands a request on: to the next middleware, or with an error to the next error handler. */
export type Next = (error?: unknown) => void

/** The mistake of who mounts middleware of Express where none is called with a request, a response and `next`. */
export function notOnExpress(name: string): SetupError {
  return new SetupError(
    `${name} of bizerror is Express's, and this is no app of Express: on Koa, use bizerror/koa`,
  )
}
