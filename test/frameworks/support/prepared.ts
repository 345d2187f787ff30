import type { IncomingMessage, ServerResponse } from 'node:http'

/** A Request as routes of the contract see it. */
export function requestOf({ method, url, headers }: Request): IncomingMessage {
  const { pathname, search } = new URL(url)
  const request = { method, url: pathname + search, headers: Object.fromEntries(headers) }
  return request as unknown as IncomingMessage
}

/** Where what a route prepares goes. */
export interface Place {
  readonly get: (name: string) => string | null
  readonly set: (name: string, value: string | readonly string[]) => void
  readonly delete: (name: string) => void
  readonly status: (status: number) => void
  /** The text beside the status. HTTP/2 has none, and so has a Response of nobody's. */
  readonly phrase?: (text: string) => void
  /** Tells that the client has left. */
  readonly onClose: (tell: () => void) => void
}

/** A response that routes of the contract prepare, for those who make theirs of headers, a status and a body. */
export class Prepared {
  readonly #place: Place
  body: string | undefined

  constructor(place: Place) {
    this.#place = place
  }

  get response(): ServerResponse {
    return this as unknown as ServerResponse
  }

  set statusCode(status: number) {
    this.#place.status(status)
  }

  set statusMessage(text: string) {
    this.#place.phrase?.(text)
  }

  setHeader(name: string, value: string | number | readonly string[]): void {
    this.#place.set(name, Array.isArray(value) ? value : String(value))
  }

  getHeader(name: string): string | undefined {
    return this.#place.get(name) ?? undefined
  }

  removeHeader(name: string): void {
    this.#place.delete(name)
  }

  writeHead(status: number): this {
    this.#place.status(status)
    return this
  }

  once(_event: 'close', listener: () => void): void {
    this.#place.onClose(listener)
  }

  end(body?: string): void {
    this.body = body
  }
}
