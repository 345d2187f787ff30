import { STATUS_CODES } from 'node:http'
import { send, type RawRequest } from '../../support/raw.ts'

type Headers = Readonly<Record<string, string | null>>

/**
 * A whole answer to an error as Fastify writes it: names in lower case, in the order in which they were set.
 *
 * @param changed - headers of another value; `null` takes one away
 * @param before - headers that were set before the answer
 */
export function whole(status: number, body: object, changed: Headers = {}, before: Headers = {}): string {
  const text = JSON.stringify(body)
  const headers: Headers = {
    'x-request-id': 't-1',
    ...before,
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(text)),
    'content-language': 'en',
    vary: 'Accept-Language',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    ...changed,
    Date: '*',
    Connection: 'close',
  }
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    value === null ? [] : [`${name}: ${value}`],
  )
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'unknown'}`, ...lines, '', text].join('\r\n')
}

/** Sends a request with the id `t-1`, and returns the whole response. */
export function ask(port: number, path: string, request: Partial<RawRequest> = {}): Promise<string> {
  return send(port, { path, ...request, headers: { 'X-Request-ID': 't-1', ...request.headers } })
}

export const conflict = { code: 1006, message: 'Username already exists' }
export const internal = { code: 500, message: 'Internal server error' }
export const missing = { code: 404, message: 'Resource not found' }
export const bad = { code: 400, message: 'Bad request (JSON parse fail / missing required field)' }
