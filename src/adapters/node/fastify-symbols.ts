// What Fastify tells nobody of a reply, and keeps under symbols of its own.

/** They were those of the lost body: https://fastify.dev/docs/latest/Reference/Reply/#trailerkey-function */
export function clearTrailers(reply: object): void {
  const trailers = symbolOn(reply, TRAILERS)
  if (trailers !== undefined) (reply as Record<symbol, unknown>)[trailers] = null
}

/** The error handler that Fastify asks next. */
export function nextHandlerOf(reply: object): unknown {
  const next = symbolOn(reply, NEXT_HANDLER)
  return next && (reply as Record<symbol, unknown>)[next]
}

// What Fastify knows a reply's by, in both versions, and as it was found last.
const TRAILERS: OwnSymbol = { description: 'fastify.reply.trailers' }
const NEXT_HANDLER: OwnSymbol = { description: 'fastify.reply.nextErrorHandler' }

interface OwnSymbol {
  readonly description: string
  found?: symbol | undefined
}

function symbolOn(reply: object, own: OwnSymbol): symbol | undefined {
  // Another version of Fastify in the same process has another.
  if (own.found === undefined || !(own.found in reply)) {
    own.found = Object.getOwnPropertySymbols(reply).find(({ description }) => description === own.description)
  }
  return own.found
}
