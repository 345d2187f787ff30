import { getOrMake } from '../../guard/memo.ts'
import { read } from '../../guard/read.ts'

/** The client of a server, which emits `error` when a connection breaks. */
export interface Emitter {
  on(event: 'error', listener: (error: unknown) => void): unknown
  off(event: 'error', listener: (error: unknown) => void): unknown
  listenerCount(event: 'error'): number
}

export function isEmitter(client: unknown): client is Emitter {
  return ['on', 'off', 'listenerCount'].every((method) => typeof read(client, method) === 'function')
}

/** One listener hears the errors of a client, for as long as stores are open on it. */
interface Listening {
  readonly listener: (error: unknown) => void
  lastError: unknown
  stores: number
}

const listening = new WeakMap<Emitter, Listening>()

/**
 * Listens for the errors of a client, once for all stores on it: an `error` event that nobody listens to ends the
 * process.
 */
export function listenForErrors(client: Emitter): { lastError: () => unknown; release: () => void } {
  const entry = getOrMake(listening, client, listenTo)
  entry.stores++
  return {
    lastError: () => entry.lastError,
    release() {
      // The last listener stays: the client may go on trying to connect until the app closes it.
      if (--entry.stores > 0 || client.listenerCount('error') === 1) return
      client.off('error', entry.listener)
      listening.delete(client)
    },
  }
}

function listenTo(client: Emitter): Listening {
  const entry: Listening = { listener: (error) => (entry.lastError = error), lastError: undefined, stores: 0 }
  client.on('error', entry.listener)
  return entry
}
