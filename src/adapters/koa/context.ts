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

/** Koa's middleware. */
export type Middleware<TContext> = (context: TContext, next: () => Promise<unknown>) => Promise<unknown>
