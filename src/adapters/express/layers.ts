import type { IncomingMessage } from 'node:http'
import { read, readItems } from '../../guard/read.ts'

/** Express knows an error handler by them. */
const ERROR_PARAMETERS = 4

const MAX_LAYERS = 10_000

/** Whether another error handler stands in the app of a request behind one, or behind the router that this one is in. */
export function isFollowed(handler: unknown, request: IncomingMessage): boolean {
  const app = read(request, 'app')
  // Express 4 throws for `router`.
  const layers = readItems(read(read(app, 'router') ?? read(app, '_router'), 'stack'), MAX_LAYERS)
  const handlers = layers.map((layer) => read(layer, 'handle'))
  return handlers
    .slice(handlers.lastIndexOf(handler) + 1)
    .some((other) => other !== handler && read(other, 'length') === ERROR_PARAMETERS)
}
