import type { IncomingMessage } from 'node:http'
import { SetupError } from '../../guard/setup-error.ts'
import type { BodyContext } from './body.ts'

/** The part of a Koa context that is used. */
export interface KoaContext extends BodyContext {
  /** Node's request. */
  readonly req: IncomingMessage
  /** Koa's request, which a body parser writes on. */
  readonly request?: object | undefined
  /** False where the app writes the response by itself. */
  readonly respond?: boolean | undefined
  /** The status that Koa would answer. */
  readonly status: number
  /** Koa's response. */
  readonly response: { status: number; message: string; body: unknown; readonly writable: boolean }
}

/**
 * The context that an option's function is given, unless it says that of its app: what every app of Koa 2 and 3 has.
 * Koa's own type is not known where `app.use` takes a middleware.
 */
export interface AnyContext extends KoaContext {
  /** GET, POST, … */
  readonly method: string
  /** Path and query, as sent. */
  readonly url: string
  /** The path of the URL. */
  readonly path: string
  /** The parsed query. */
  readonly query: Readonly<Record<string, string | string[] | undefined>>
  /** The client's address, with the app's trust in proxies applied. */
  readonly ip: string
  /** The cookies that the client sent. */
  readonly cookies: { readonly get: (name: string) => string | undefined }
  /** The notes of the app's middleware; `any`, as in Koa. */
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly state: any
  /** Returns a header of the request, `''` where there is none. */
  readonly get: (header: string) => string
}

/** Koa's middleware. */
export type Middleware<TContext> = (context: TContext, next: () => Promise<unknown>) => Promise<unknown>

/** The mistake of who mounts middleware of Koa where none is called with a context and `next`. */
export function notOnKoa(name: string): SetupError {
  return new SetupError(
    `${name} of bizerror/koa is Koa's, and this is no app of Koa: on Express, use bizerror/express`,
  )
}

/** Hands that mistake on as Express does an error: its version 4 sees no promise that rejects. */
export function refuse(name: string, expressNext: unknown): void {
  const mistake = notOnKoa(name)
  if (typeof expressNext !== 'function') throw mistake
  expressNext(mistake)
}
