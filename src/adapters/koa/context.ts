import type { IncomingMessage } from 'node:http'
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
  readonly method: string
  readonly url: string
  readonly path: string
  readonly query: Readonly<Record<string, string | string[] | undefined>>
  readonly ip: string
  readonly cookies: { readonly get: (name: string) => string | undefined }
  // Koa's own, too.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly state: any
  readonly get: (header: string) => string
}

/** Koa's middleware. */
export type Middleware<TContext> = (context: TContext, next: () => Promise<unknown>) => Promise<unknown>
