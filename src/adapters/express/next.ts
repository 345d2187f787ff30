/** Hands a request on: to the next middleware, or with an error to the next error handler. */
export type Next = (error?: unknown) => void
