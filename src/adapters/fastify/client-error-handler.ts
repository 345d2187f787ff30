import type { IncomingMessage } from 'node:http'
import { factsOf } from '../../answer/facts.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import { checkCalled, uncalled } from '../../guard/mounted.ts'
import { isObject } from '../../guard/options.ts'
import { read } from '../../guard/read.ts'
import type { HandlerOptions } from '../../handler/options.ts'
import { createResponder, type Answered } from '../../handler/responder.ts'
import { stderrLogger } from '../../report/stderr.ts'
import { httpErrors } from '../node/create-error.cjs'
import { reasonPhrase } from '../node/reply.ts'
import { hasLogger } from './request-log.ts'

type Socket = IncomingMessage['socket']

/** What Fastify calls for it: the server's `clientError`. */
export type ClientErrorHandler = (error: Error, socket: Socket) => void

/**
 * Answers what is no HTTP request, of which no error handler is told: a head that cannot be parsed, is too large or takes
 * too long. There is no request, so that the functions among the options are given the socket. For Fastify 5 and 4.
 *
 * @param options - those of `errorHandler`
 * @throws SetupError - when an option is wrong
 * @example
 * const app = Fastify({ clientErrorHandler: clientErrorHandler({ catalog: shop }) })
 */
export function clientErrorHandler<TCatalog extends Catalog = Catalog>(
  options?: HandlerOptions<TCatalog, Socket>,
): ClientErrorHandler
// The server calls it so where it was set uncalled.
export function clientErrorHandler(
  this: unknown,
  options: HandlerOptions<Catalog, Socket> | undefined,
  uncalledSocket?: Socket,
): ClientErrorHandler | void {
  // oxlint-disable-next-line oxc/no-this-in-exported-function -- the app, as Fastify binds it
  if (uncalledSocket !== undefined) return answerUncalled.call(this, options as Error, uncalledSocket)
  checkCalled(CALL, options)
  const createError = httpErrors()
  return createClientErrorHandler(options ?? {}, (error) =>
    createError(STATUSES[String(read(error, 'code'))] ?? 400, { cause: error }),
  )
}

const CALL = 'clientErrorHandler()'

let unconfigured: ClientErrorHandler | undefined

/** Answers and logs the mistake in the place of any error: one that is thrown here ends the process. */
function answerUncalled(this: unknown, error: Error, socket: Socket): void {
  unconfigured ??= createClientErrorHandler({}, () => uncalled(CALL))
  return unconfigured.call(this, error, socket)
}

/** @param thrownFor - what is answered where the server has met an error */
function createClientErrorHandler(
  options: HandlerOptions<Catalog, Socket>,
  thrownFor: (error: Error) => unknown,
): ClientErrorHandler {
  let log: unknown
  const logger = (): typeof stderrLogger => (hasLogger(log) ? log : stderrLogger)
  const respond = createResponder<Socket>(isObject(options) ? { logger, ...options } : options, () => NOWHERE)

  /** @param this - the app, as Fastify binds it */
  return function clientErrorHandler(this: unknown, error, socket) {
    if (!canAnswer(error, socket)) {
      socket.destroy(error)
      return
    }
    log = read(this, 'log')
    const answered = respond(thrownFor(error), factsOf({ header: nothing }), socket)
    socket.end(messageOf(answered), () => socket.destroy(error))
    answered.report()
  }
}

/** The request was not understood so far as to have any. */
const NOWHERE = { method: 'GET', route: undefined }

function nothing(): undefined {}

/** As Node.js has them: https://nodejs.org/api/http.html#event-clienterror */
const STATUSES: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  HPE_HEADER_OVERFLOW: 431,
}

/** Not where the client has left, nor where another answer is on its way. */
function canAnswer(error: unknown, socket: Socket): boolean {
  const underway = read(socket, '_httpMessage')
  return read(error, 'code') !== 'ECONNRESET' && socket.writable && read(underway, '_headerSent') !== true
}

function messageOf({ status, headers, body }: Answered): string {
  const all = { ...headers, Date: new Date().toUTCString(), Connection: 'close' }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`)
  return [`HTTP/1.1 ${status} ${reasonPhrase(status)}`, ...lines, '', body].join('\r\n')
}
