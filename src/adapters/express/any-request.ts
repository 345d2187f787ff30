import type { IncomingMessage } from 'node:http'

/**
 * The request that an option's function is given, unless it says that of its app: what every app of Express 4 and 5 has.
 * Where `app.use` takes the middleware, it is Express's own.
 */
export interface AnyRequest extends IncomingMessage {
  /** The path of the URL, as it is below where the middleware is mounted. */
  readonly path: string
  /** The URL as it was sent. */
  readonly originalUrl: string
  /** The client's address, with the app's trust in proxies applied. */
  readonly ip?: string | undefined
  /** The host that the request is for. */
  readonly hostname: string
  /** The body, as a parser mounted before has read it; `any`, as in Express. */
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any
  /** Returns a header. */
  readonly get: (name: string) => string | undefined
}
