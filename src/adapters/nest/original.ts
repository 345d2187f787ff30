import type { HttpServer } from '@nestjs/common'
import { read } from '../../guard/read.ts'

type ErrorHandler = (error: unknown, request: unknown, response: unknown, next: unknown) => unknown

/** What Nest is making another exception of, until the filter has been asked. */
let mapped: { readonly error: unknown } | undefined

/**
 * Lets the filter see what a body parser, or Fastify, has thrown: Nest makes an exception of it that has the text and
 * the status alone, so that bad JSON has no mark any more. To be called before Nest sets its error handler.
 */
export function keepOriginals(server: HttpServer): void {
  if (server.setErrorHandler === undefined) return
  const setErrorHandler = server.setErrorHandler.bind(server)
  server.setErrorHandler = (handler: ErrorHandler, prefix) =>
    // Express knows an error handler by its four parameters.
    setErrorHandler((error: unknown, request: unknown, response: unknown, next: unknown) => {
      mapped = { error }
      try {
        // Nest asks the filters before it returns its promise.
        return handler(error, request, response, next)
      } finally {
        mapped = undefined
      }
    }, prefix)
}

/** Returns what was thrown in truth. */
export function originalOf(exception: unknown): unknown {
  if (mapped === undefined) return exception
  const { error } = mapped
  const isMapped =
    typeof read(exception, 'getStatus') === 'function' &&
    read(exception, 'message') === read(error, 'message')
  return isMapped ? error : exception
}
