import type { IncomingMessage } from 'node:http'
import type { BodyContext } from './body.ts'

/** The part of a Koa context that is used. */
export interface KoaContext extends BodyContext {
  readonly req: IncomingMessage
  readonly request?: object | undefined
  readonly respond?: boolean | undefined
  readonly status: number
  readonly response: { status: number; message: string; body: unknown; readonly writable: boolean }
}

/** Koa's middleware. */
export type Middleware<TContext> = (context: TContext, next: () => Promise<unknown>) => Promise<unknown>
