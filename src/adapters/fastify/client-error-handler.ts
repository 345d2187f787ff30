import type { IncomingMessage } from 'node:http'
import { factsOf } from '../../answer/facts.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import { checkCalled } from '../../guard/mounted.ts'
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
  options: HandlerOptions<TCatalog, Socket> = {},
): ClientErrorHandler {
  checkCalled('clientErrorHandler()', options)
  const createError = httpErrors()
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
    const thrown = createError(STATUSES[String(read(error, 'code'))] ?? 400, { cause: error })
    const answered = respond(thrown, factsOf({ header: nothing }), socket)
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
