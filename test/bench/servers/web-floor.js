import { createAdaptorServer } from '@hono/node-server'
import { CONSTANT_HEADERS, CONSTANT_HEADERS_AFTER_ID, CONSTANT_TEXT, requestIdFrom } from './job.js'

const thrown = {}

/**
 * The least that a throw costs in a function from request to response.
 *
 * @param plain - throws an error of its own, and tells an id of its own, for each request
 */
export function create({ plain = false }) {
  const handle = plain ? throwNew : throwKnown
  const headersFor = plain ? headersWithId : () => CONSTANT_HEADERS
  return createAdaptorServer({
    fetch: async (request) => {
      try {
        // oxlint-disable-next-line typescript/await-thenable -- As any handler is waited for.
        return await handle(request)
      } catch {
        return new Response(CONSTANT_TEXT, { status: 409, headers: headersFor(request) })
      }
    },
  })
}

function headersWithId(request) {
  const sent = request.headers.get('x-request-id') ?? undefined
  return { ...CONSTANT_HEADERS_AFTER_ID, 'X-Request-ID': requestIdFrom(sent) }
}

// As an app's handler, functions of their own: V8 takes longer to throw where it is also caught.

function throwKnown(_request) {
  throw thrown
}

function throwNew(_request) {
  throw new Error('Username already exists')
}
