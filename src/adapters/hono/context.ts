import type { Context } from 'hono'
import { read } from '../../guard/read.ts'
import { SetupError } from '../../guard/setup-error.ts'

/** The context that an option's function is given, unless it says that of its app: Hono's own default. */
export type AnyContext = Context

/** Whether a value is a context of Hono: its request has the one of the host. Koa's and Express's have none. */
export function isContext(value: unknown): value is AnyContext {
  return read(read(read(value, 'req'), 'raw'), 'headers') !== undefined
}

/** The mistake of who mounts middleware of Hono elsewhere. */
export function notOnHono(name: string): SetupError {
  return new SetupError(
    `${name} of bizerror/hono is Hono's, and this is no app of Hono: on Express, use bizerror; on Koa, bizerror/koa`,
  )
}

/** Hands that mistake on as Express does an error: its version 4 sees no promise that rejects. */
export function refuse(name: string, expressNext: unknown): void {
  const mistake = notOnHono(name)
  if (typeof expressNext !== 'function') throw mistake
  expressNext(mistake)
}
