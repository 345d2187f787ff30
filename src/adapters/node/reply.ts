import type { ServerResponse } from 'node:http'
import type { Reply } from '../../answer/facts.ts'
import { read } from '../../guard/read.ts'
import { SENT, type Delivery } from '../../handler/responder.ts'
import { abandon, canBegin } from './delivery.ts'
import type { MessageFacts } from './facts.ts'
import { NodeResponse, STATUS_CODES } from './http.ts'
import { isHttp2 } from './http2.ts'
import { clearStale } from './stale-headers.ts'
import { headersFor } from './upgrade.ts'

/** What is asked of a response before a reply is written. */
type WayFacts = Pick<MessageFacts, 'headerNames' | 'isDisconnected' | 'hasLargeBodyPending'>

/** Clears the way for a reply. What the app set for the browser stays; what described the lost success goes. */
export function prepareReply(
  response: ServerResponse,
  { headerNames, hasLargeBodyPending }: WayFacts,
  status: number,
): void {
  clearStale(response, headerNames, status)
  // A slow upload may not hold the connection of an answer that is already known; the rest of a small body costs
  // less than a new connection.
  if (hasLargeBodyPending) response.shouldKeepAlive = false
}

/** The reason phrase of a status, as Node words it. */
export function reasonPhrase(status: number): string {
  return STATUS_CODES[status] ?? 'unknown'
}

/** Writes a reply, once: not when another response had begun, or the client had left. */
export function writeReply(response: ServerResponse, reply: Reply, facts: WayFacts): Delivery {
  if (!canBegin(response, facts.isDisconnected)) return abandon(response)
  try {
    prepareReply(response, facts, reply.status)
    writeHead(response, reply)
    response.end(reply.body)
    return SENT
  } catch {
    return isBegun(response) ? endLast(response, reply.body) : writeLast(response, reply)
  }
}

/** Whether our head is written, also where a wrapper of `writeHead` failed once it was. */
function isBegun(response: ServerResponse): boolean {
  try {
    return response.headersSent
  } catch {
    return false
  }
}

function writeHead(response: ServerResponse, reply: Reply): void {
  const { status } = reply
  const headers = headersFor(response, reply)
  if (isHttp2(response)) response.writeHead(status, headers)
  else response.writeHead(status, reasonPhrase(status), headers)
}

/** Writes a reply past whatever the app and its libraries put around Node's own functions. Never throws. */
export function writeLast(response: ServerResponse, reply: Reply): Delivery {
  try {
    if (!canBegin(response)) return abandon(response)
    unwrap(response)
    clearStale(response, response.getHeaderNames(), reply.status)
    writeHead(response, reply)
    response.end(reply.body)
    return SENT
  } catch {
    return abandon(response)
  }
}

/** Does as `writeLast`, where the head is written and nothing of it has been sent. */
function endLast(response: ServerResponse, body: string): Delivery {
  try {
    unwrap(response)
    // Over HTTP/1, `headersSent` is true from `writeHead` on.
    const isSent = read(response, '_headerSent') ?? response.headersSent
    if (isSent === false && !response.writableEnded) {
      response.end(body)
      return SENT
    }
  } catch {
    // Nothing else can be tried.
  }
  return abandon(response)
}

const WRAPPABLE = [
  'getHeader',
  'getHeaderNames',
  'removeHeader',
  'setHeader',
  'writeHead',
  'write',
  'end',
] as const

// As they are when this is loaded.
const { prototype } = (NodeResponse as typeof NodeResponse | undefined) ?? {}
const NODES_OWN = Object.fromEntries(WRAPPABLE.map((name) => [name, prototype?.[name]]))

function unwrap(response: ServerResponse): void {
  if (response instanceof NodeResponse) Object.assign(response, NODES_OWN)
  // The response of HTTP/2 is of another class.
  else for (const name of WRAPPABLE) Reflect.deleteProperty(response, name)
}
