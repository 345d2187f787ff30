import { toPlain } from '../../guard/plain.ts'
import { read } from '../../guard/read.ts'
import { attempt } from '../../report/report.ts'
import { standIn } from '../../report/stand-in.ts'

type Listener = (error: Error, context: object) => unknown

/**
 * Emits an app's `error` event as Koa does for what no middleware caught. Each listener is called by itself: one that
 * throws or rejects keeps nothing from the others, and does not end the process.
 */
export function emitError(app: object, thrown: unknown, context: object): void {
  const listeners = listenersOf(app)
  if (listeners.length === 0) return
  const error = isError(thrown) ? thrown : standIn(inKoasWords(thrown), context)
  for (const listener of listeners) attempt(() => listener.call(app, error, context))
}

/** The app's own listeners. The one that `callback()` adds for want of them prints what our logger has written. */
function listenersOf(app: object): readonly Listener[] {
  try {
    const { rawListeners } = app as { readonly rawListeners: (event: string) => Listener[] }
    const koas = koasListener(app)
    return rawListeners.call(app, 'error').filter((listener) => listener !== koas)
  } catch {
    return []
  }
}

/** An `onerror` of the app's own, or of its class, has a prototype with Koa's behind it. */
function koasListener(app: object): unknown {
  let found: unknown
  for (
    let object: object | null = app;
    object !== null;
    object = Object.getPrototypeOf(object) as object | null
  ) {
    if (Object.hasOwn(object, 'onerror')) found = read(object, 'onerror')
  }
  return found
}

/** Koa's `%j` fails for a BigInt or a getter that throws. */
function inKoasWords(thrown: unknown): string {
  return `non-error thrown: ${JSON.stringify(toPlain(thrown))}`
}

function isError(thrown: unknown): thrown is Error {
  try {
    return thrown instanceof Error || Object.prototype.toString.call(thrown) === '[object Error]'
  } catch {
    return false
  }
}
