import { read } from '../guard/read.ts'
import { SetupError, show } from '../guard/setup-error.ts'
import { isRequest, uncalled } from '../guard/mounted.ts'
import { ENTRIES, faceOf, type Face } from './framework.ts'

/** The part of an app that is used. */
export interface Mountable {
  /** Mounts middleware behind what is mounted. */
  readonly use: (middleware: never) => unknown
}

/**
 * Refuses what is no app, and the app of another framework.
 *
 * @param face - whose middleware is to be mounted
 * @throws SetupError
 */
export function checkApp(app: unknown, face: Face): void {
  if (isRequest(app)) throw uncalled('bizErrors(app, options)')
  const found = faceOf(app)
  if (found === face) return
  if (found !== undefined) {
    throw new SetupError(
      `bizErrors of ${ENTRIES[face]} is ${face}'s, and was given an app of ${found}: use ${ENTRIES[found]}`,
    )
  }
  if (typeof read(app, face === 'Fastify' ? 'register' : 'use') !== 'function') {
    throw new SetupError(`bizErrors was called with ${show(app)}. Give the app, and its options after it.`)
  }
}
