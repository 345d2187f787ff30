import type { IncomingMessage } from 'node:http'
import { read, readItems } from '../../guard/read.ts'

/** Express knows an error handler by them. */
const ERROR_PARAMETERS = 4

const MAX_LAYERS = 10_000
const MAX_APPS = 100

/**
 * Whether another error handler stands behind one in the app of a request, behind the router that this one is in, or in
 * an app around that.
 */
export function isFollowed(handler: unknown, request: IncomingMessage): boolean {
  let app = read(request, 'app')
  for (let count = 0; app !== undefined && count < MAX_APPS; count++) {
    if (isFollowedIn(app, handler)) return true
    app = read(app, 'parent')
  }
  return false
}

function isFollowedIn(app: unknown, handler: unknown): boolean {
  // Express 4 throws for `router`.
  const layers = readItems(read(read(app, 'router') ?? read(app, '_router'), 'stack'), MAX_LAYERS)
  const handlers = layers.map((layer) => read(layer, 'handle'))
  return handlers
    .slice(handlers.lastIndexOf(handler) + 1)
    .some((other) => other !== handler && read(other, 'length') === ERROR_PARAMETERS)
}
