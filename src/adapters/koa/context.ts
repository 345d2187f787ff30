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

/** Whether middleware is called as Koa does: with a context, whose response is Node's, and `next`. */
export function isOnKoa(context: Partial<Pick<KoaContext, 'res'>>, next: unknown): boolean {
  return typeof next === 'function' && context.res?.setHeader !== undefined
}
