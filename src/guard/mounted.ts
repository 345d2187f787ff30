import { isObject } from './options.ts'
import { read } from './read.ts'
import { SetupError } from './setup-error.ts'

/**
 * Whether a value is a request, or a context: Node's, Express's and Koa's have a method and headers, Hono's a request, and
 * no options do.
 */
export function isRequest(value: unknown): boolean {
  return (
    (typeof read(value, 'method') === 'string' && isObject(read(value, 'headers'))) ||
    typeof read(read(value, 'req'), 'method') === 'string'
  )
}

/**
 * Refuses what a framework hands to its middleware, in the place of options: the function was mounted itself.
 *
 * @param call - how to call it: `'requestId()'`
 * @throws SetupError - for a request, a context or an app
 */
export function checkCalled(call: string, given: unknown): void {
  if (isRequest(given)) throw uncalled(call)
  // What Fastify registers is given its app.
  if (typeof read(given, 'register') === 'function' && typeof read(given, 'addHook') === 'function') {
    throw new SetupError(
      `${nameOf(call)} was given an app of Fastify, and is no plugin. Those of bizerror/fastify are: app.register(bizErrors, options), app.register(reference, options)`,
    )
  }
  if (typeof read(given, 'use') === 'function') {
    throw new SetupError(`${nameOf(call)} was given an app, and takes options. Mount it: app.use(${call})`)
  }
}

/** The mistake of who mounts a function of ours without calling it. */
export function uncalled(call: string): SetupError {
  return new SetupError(`${nameOf(call)} was mounted uncalled; call it: ${call}`)
}

function nameOf(call: string): string {
  return call.slice(0, call.indexOf('('))
}
