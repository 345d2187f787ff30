import type { Context } from 'hono'
import { read } from '../../guard/read.ts'

/** The context that an option's function is given, unless it says that of its app: Hono's own default. */
export type AnyContext = Context

/** Whether a value is a context of Hono: its request has the one of the host. Koa's and Express's have none. */
export function isContext(value: unknown): value is AnyContext {
  return read(read(read(value, 'req'), 'raw'), 'headers') !== undefined
}
