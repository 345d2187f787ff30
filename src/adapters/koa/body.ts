import type { ServerResponse } from 'node:http'
import { finished, type Readable } from 'node:stream'
import { bare } from '../../guard/own.ts'
import { hasLeft } from '../node/delivery.ts'

/** The part of a Koa context through which a body is seen to fail. */
export interface BodyContext {
  readonly app: { readonly response: object }
  readonly req: { readonly method?: string | undefined }
  readonly res: ServerResponse
  body: unknown
  onerror(error: unknown): void
}

/** Notes on a context, made only when there is something to note: most bodies are texts or objects. */
const NOTES = Symbol('bizerror.body')

interface Notes {
  /** The stream that became the body last. */
  stream?: Readable
  /** The first failure while the middleware ran. */
  failure?: { readonly error: unknown }
}

type Watched = BodyContext & { [NOTES]?: Notes }

/** Bodies that may fail after the middleware has run, when nobody is left to catch. */
export interface BodyWatch<TContext> {
  /** Takes the place of Koa's own `ctx.onerror`, which writes a text of its own, or nothing at all. */
  readonly begin: (context: TContext) => void
  /** The stream that became the body, if one did. */
  readonly streamOf: (context: TContext) => Readable | undefined
  /** Throws what failed while the middleware ran. */
  readonly check: (context: TContext) => void
  /** From now on, the first failure is answered: others follow from it. */
  readonly end: (context: TContext) => void
}

/**
 * Watches bodies without touching them: listeners for failures alone are put on a stream, since one for its data
 * would begin to read it before Koa does.
 *
 * @param failed - answers a failure that comes once the middleware has run
 */
export function createBodyWatch<TContext extends BodyContext>(
  failed: (context: TContext, error: unknown) => void,
): BodyWatch<TContext> {
  let app: object | undefined

  function answer(this: TContext, error: unknown): void {
    if (!isFailure(this, error)) return
    this.onerror = ignore
    failed(this, error)
  }

  return {
    begin(context) {
      if (context.app !== app) watchStreams((app = context.app).response)
      context.onerror = keep
    },
    streamOf: (context: Watched) => context[NOTES]?.stream,
    check(context: Watched) {
      const failure = context[NOTES]?.failure
      if (failure !== undefined) throw failure.error
    },
    end(context: TContext & Watched) {
      if (context.onerror === keep) context.onerror = answer
      const stream = context[NOTES]?.stream
      // A stream that is closed before its end has no error, and Koa 2 would wait for it for ever.
      if (stream !== undefined && typeof stream.readableEnded === 'boolean') {
        finished(stream, { writable: false }, (error) => error && streamFailed(context, error, stream))
      }
    },
  }
}

/** `ctx.onerror` while the middleware runs. */
function keep(this: Watched, error: unknown): void {
  if (isFailure(this, error)) notesOn(this).failure ??= { error }
}

function ignore(): void {}

function notesOn(context: Watched): Notes {
  return (context[NOTES] ??= {})
}

/** Koa passes null for no error, and what follows from a client that leaves. Neither is a failure. */
function isFailure(context: BodyContext, error: unknown): boolean {
  if (error === null || error === undefined || context.res.writableEnded) return false
  if (!hasLeft(context.res)) return true
  context.onerror = ignore
  return false
}

/** A stream that gave way to another body is nobody's loss, unless it is read: it was piped into that. */
function streamFailed(context: Watched, error: unknown, stream: Readable): void {
  if (!isStream(context.body)) return
  if (stream === context[NOTES]?.stream || isRead(stream)) context.onerror(error)
}

function isRead(stream: Readable): boolean {
  return stream.listenerCount('data') > 0 || stream.listenerCount('readable') > 0
}

/** Lets a reply that was written in place of a body that failed be sent to its end. Never throws: nobody would catch. */
export function detachBody({ body, res }: BodyContext): void {
  try {
    if (isStream(body) && typeof body.unpipe === 'function') body.unpipe(res)
    // Koa 3 sends by `pipeline`, which destroys the response of a body that failed.
    const destroy = res.destroy.bind(res)
    res.destroy = () => res
    res.once('finish', () => {
      res.destroy = destroy
    })
  } catch {
    // A stream or response that the app has made its own goes its own way.
  }
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
  // An app's own, or that of another copy of us, goes before Koa's.
  const koas = accessorOf(prototype)
  if (koas === undefined) return
  const accessor: PropertyDescriptor = {
    configurable: true,
    get: koas.get,
    set(this: { readonly ctx: Watched }, body: unknown) {
      if (isStream(body)) {
        const { ctx } = this
        // An old-style stream can fail more than once.
        if (koas.get.call(this) !== body) body.on('error', (error: unknown) => streamFailed(ctx, error, body))
        notesOn(ctx).stream = body
      }
      koas.set.call(this, body)
    },
  }
  Reflect.defineProperty(prototype, 'body', bare(accessor))
}

interface Accessor {
  readonly get: (this: object) => unknown
  readonly set: (this: object, body: unknown) => void
}

function accessorOf(prototype: object | null): Accessor | undefined {
  if (prototype === null) return undefined
  const own: Partial<Accessor> | undefined = Object.getOwnPropertyDescriptor(prototype, 'body')
  if (own === undefined) return accessorOf(Object.getPrototypeOf(prototype) as object | null)
  return own.get && own.set ? (own as Accessor) : undefined
}

function isStream(body: unknown): body is Readable {
  if (typeof body !== 'object' || body === null) return false
  const { pipe, on } = body as Partial<Readable>
  return typeof pipe === 'function' && typeof on === 'function'
}
