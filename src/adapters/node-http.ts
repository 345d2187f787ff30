import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http'
import type { RequestFacts } from '../core/compose.ts'
import { STALE_HEADERS } from '../core/headers.ts'
import { requestIdFrom } from '../core/request-id.ts'

const HEADER = 'X-Request-ID'

/** What the adapters share: facts and headers of raw node:http messages, which Express and Koa both wrap. */
export function readFacts(
  request: IncomingMessage,
  response: ServerResponse,
  route: string | undefined,
): Omit<RequestFacts, 'locale'> {
  const { headers } = request
  return {
    method: request.method ?? 'GET',
    route,
    requestId: requestIdFrom(response.getHeader(HEADER), headers['x-request-id']),
    accept: headers.accept,
    acceptLanguage: headers['accept-language'],
    vary: varyOf(response),
  }
}

function varyOf(response: ServerResponse): string | undefined {
  const vary = response.getHeader('Vary')
  return Array.isArray(vary) ? vary.join(', ') : vary === undefined ? undefined : String(vary)
}

/** Puts the request's id on the response. */
export function setRequestId(
  request: IncomingMessage,
  response: ServerResponse,
  generate: (() => unknown) | undefined,
): void {
  response.setHeader(
    HEADER,
    requestIdFrom(response.getHeader(HEADER), request.headers['x-request-id'], generate),
  )
}

/** Removes what described the success that was not reached. What the app set for the browser stays. */
export function removeStaleHeaders(response: ServerResponse): void {
  for (const name of STALE_HEADERS) response.removeHeader(name)
}

/** The reason phrase of a status, as Node words it. */
export function reasonPhrase(status: number): string {
  return STATUS_CODES[status] ?? 'unknown'
}

/** Whether a response can no longer be begun: its head is out, or the client is gone. */
export function isPastAnswering(response: ServerResponse): boolean {
  return response.headersSent || response.destroyed || response.writableEnded
}

/**
 * Ends a response that began as something else. The client must see a broken transfer, never a whole one;
 * a response that was already complete is left alone.
 */
export function abandon(response: ServerResponse): void {
  if (!response.writableEnded) response.destroy()
}

export interface RequestIdOptions {
  /** Makes ids for requests that bring none: 1 to 128 of `A-Z a-z 0-9 _ . : = -`. @default a UUID */
  readonly generate?: () => string
}
