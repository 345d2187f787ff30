import { STATUS_CODES } from 'node:http'

export type Headers = Readonly<Record<string, string>>

/** What stands around the standard headers of an answer. */
export interface Around {
  /** Default: `en`. */
  readonly locale?: string
  /** Default: `probe-1`. */
  readonly requestId?: string
  /** Stood on the response before the error. */
  readonly before?: Headers
  /** Came with the error. */
  readonly after?: Headers
  /** The connection stays open. */
  readonly isKept?: boolean
  /** The request was a HEAD, whose answer has all the headers and no body. */
  readonly isHead?: boolean
}

/** The headers that we give to every error answer, spelled and ordered as they are sent. */
export function standardHeaders(body: string | object, locale = 'en'): Headers {
  return {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(textOf(body))),
    'Content-Language': locale,
    Vary: 'Accept-Language',
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
  }
}

/** Every header of an error answer, those of Node too, spelled and ordered as they are sent; the Date masked. */
export function sentHeaders(body: string | object, around: Around = {}): Headers {
  const { locale, requestId = 'probe-1', before, after, isKept = false } = around
  return {
    'X-Request-ID': requestId,
    ...before,
    ...standardHeaders(body, locale),
    ...after,
    Date: '*',
    ...(isKept ? { Connection: 'keep-alive', 'Keep-Alive': 'timeout=5' } : { Connection: 'close' }),
  }
}

/** An error answer byte for byte; the Date masked. */
export function standardAnswer(status: number, body: string | object, around: Around = {}): string {
  const lines = Object.entries(sentHeaders(body, around)).map(([name, value]) => `${name}: ${value}`)
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines]
  return [...head, '', around.isHead ? '' : textOf(body)].join('\r\n')
}

/** The same headers with their names as `fetch` and Node give them. */
export function lowerCased<Value>(headers: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}

function textOf(body: string | object): string {
  return typeof body === 'string' ? body : JSON.stringify(body)
}
