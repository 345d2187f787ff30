import type { ServerResponse } from 'node:http'
import { finished, type Readable } from 'node:stream'
import { hasLeft } from './node-http.ts'

/** The part of a Koa context through which a body is seen to fail. */
export interface BodyContext {
  readonly app: { readonly response: object }
  readonly res: ServerResponse
  body: unknown
  onerror(error: unknown): void
}

/** A body that may fail after the middleware has run, when nobody is left to catch. */
export interface BodyWatch {
  /** Resolves when the body can be sent: a stream has its first bytes. Rejects when it failed before. */
  readonly begun: () => Promise<void>
  /** From now on, this listener is told of failures: of the first, since others follow from it. */
  readonly listen: (failed: (error: unknown) => void) => void
}

/** Takes the place of Koa's own `ctx.onerror`, which writes a text of its own, or nothing at all. */
export function watchBody(context: BodyContext): BodyWatch {
  watchStreams(context.app.response)
  const failures: unknown[] = []
  let left = false
  let failed = (error: unknown): void => void failures.push(error)
  context.onerror = (error) => {
    // Koa passes null for no error, and what follows from a client that leaves. Neither is a failure.
    left ||= hasLeft(context.res)
    if (error === null || error === undefined || left || context.res.writableEnded) return
    failed(error)
  }
  return {
    async begun() {
      const { body, res } = context
      if (isStream(body) && failures.length === 0 && !res.headersSent) {
        await new Promise<void>((resolve) => {
          failed = (error) => {
            failures.push(error)
            resolve()
          }
          untilFirstBytes(body, resolve, (error) => context.onerror(error))
        })
      } else if (isStream(body)) finished(body, { writable: false }, (error) => context.onerror(error))
      if (failures.length > 0) throw failures[0]
    },
    listen(listener) {
      failed = (error) => {
        failed = () => {}
        listener(error)
      }
    },
  }
}

function untilFirstBytes(stream: Readable, begun: () => void, ended: (error: unknown) => void): void {
  function settle(): void {
    stream.off('readable', settle)
    begun()
  }
  finished(stream, { writable: false }, (error) => {
    ended(error)
    settle()
  })
  stream.on('readable', settle)
}

const watched = new WeakSet<object>()

/**
 * Lets every stream that becomes a body tell `ctx.onerror` when it fails, as in Koa 2. Koa 3 listens only once it
 * sends, so that a file that is not there ends the process (koajs/koa#1861), and never to one that was piped into
 * another body, as compression does. An app's `response` is Koa's place for such extensions.
 */
function watchStreams(prototype: object): void {
  if (watched.has(prototype)) return
  watched.add(prototype)
  const koas = accessorOf(Object.getPrototypeOf(prototype) as object | null)
  if (koas === undefined) return
  Object.defineProperty(prototype, 'body', {
    configurable: true,
    get() {
      return koas.get.call(this)
    },
    set(this: { readonly ctx: BodyContext }, body: unknown) {
      if (isStream(body)) body.once('error', (error: unknown) => this.ctx.onerror(error))
      koas.set.call(this, body)
    },
  })
}

interface Accessor {
  readonly get: (this: object) => unknown
  readonly set: (this: object, body: unknown) => void
}

function accessorOf(prototype: object | null): Accessor | undefined {
  if (prototype === null) return undefined
  const own: Partial<Accessor> = Object.getOwnPropertyDescriptor(prototype, 'body') ?? {}
  return own.get && own.set
    ? (own as Accessor)
    : accessorOf(Object.getPrototypeOf(prototype) as object | null)
}

function isStream(body: unknown): body is Readable {
  const stream = body as Partial<Readable> | null | undefined
  return typeof stream?.pipe === 'function' && typeof stream.on === 'function'
}
