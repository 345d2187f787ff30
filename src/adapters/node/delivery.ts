import type { ServerResponse } from 'node:http'
import { read } from '../../guard/read.ts'
import { SENT, type Delivery } from '../../handler/responder.ts'
import { streamOf } from './http2.ts'

/** Whether a reply can still be begun: no head is out, and the client is there. */
export function canBegin(response: ServerResponse, disconnected = isDisconnected(response)): boolean {
  return !disconnected && !response.headersSent
}

/** While a request that was cut short is being told, its response is not yet destroyed, but its socket is. */
export function isDisconnected(response: ServerResponse): boolean {
  // A destroyed response has destroyed its socket, or has none any more.
  const { socket } = response
  if (socket !== null && socket !== undefined) return socket.destroyed
  return response.destroyed || isClosedStream(response)
}

/** A response of HTTP/2, which has no `destroyed`, and no socket once its stream is closed. */
function isClosedStream(response: ServerResponse): boolean {
  return streamOf(response)?.destroyed === true
}

/** The fate of a response that is closed. */
export function deliveryOf(response: ServerResponse): Delivery {
  // HTTP/2 says that a response is finished when its stream was reset.
  const isFinished = response.writableFinished || (isInjected(response) && response.writableEnded)
  const sent = isFinished && streamOf(response)?.aborted !== true
  return sent ? SENT : { sent: false, clientGone: true, cut: false }
}

/** A response of light-my-request, which `app.inject` is. It keeps all that is written, and never says that it is out. */
function isInjected(response: ServerResponse): boolean {
  return '_lightMyRequest' in response
}

/** Whether the client ended the connection. A pipeline that fails destroys it too, and leaves its error there. */
export function hasLeft(response: ServerResponse, disconnected = isDisconnected(response)): boolean {
  return disconnected && !response.errored && !isCutByApp(response)
}

/** An app may destroy the socket with an error of its own. Those of the network have a code. */
function isCutByApp(response: ServerResponse): boolean {
  const error = read(read(read(response, 'req'), 'socket'), 'errored')
  return typeof error === 'object' && error !== null && read(error, 'code') === undefined
}

/**
 * Ends a response that began as something else. The client must see a broken transfer, never a whole one;
 * a response that was already complete is left alone. Never throws: it is the last that can be done.
 */
export function abandon(response: ServerResponse): Delivery {
  try {
    const complete = response.writableEnded
    const clientGone = !complete && hasLeft(response)
    if (!complete) cutOff(response)
    return { sent: false, clientGone, cut: !complete && !clientGone }
  } catch {
    return { sent: false, clientGone: false, cut: true }
  }
}

// RFC 9113, section 7
const HTTP2_INTERNAL_ERROR = 2

/** HTTP/2 closes a destroyed stream as if it were whole, unless it is told of an error. */
function cutOff(response: ServerResponse): void {
  const stream = streamOf(response)
  if (stream?.close) stream.close(HTTP2_INTERNAL_ERROR)
  else response.destroy()
}
