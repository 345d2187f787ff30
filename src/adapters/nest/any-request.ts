import type { IncomingHttpHeaders } from 'node:http'

/** The request that an option's function is given, unless it says that of its app: what both platforms have. */
export interface AnyRequest {
  /** GET, POST, … */
  readonly method: string
  /** Path and query, as sent. */
  readonly url: string
  /** The path and query as sent, whatever middleware made of `url`. */
  readonly originalUrl: string
  /** The headers, by their name in lower case. */
  readonly headers: IncomingHttpHeaders
  /** The client's address, with the platform's trust in proxies applied. */
  readonly ip?: string | undefined
  /** The host that the request is for. */
  readonly hostname: string
  // As in Express.
  // oxlint-disable typescript/no-explicit-any
  /** The body, as a parser has read it. */
  readonly body: any
  /** The parsed query. */
  readonly query: any
  /** The params of the route. */
  readonly params: any
  // oxlint-enable typescript/no-explicit-any
}
