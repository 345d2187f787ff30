import { createServer } from 'node:http'
import { CONSTANT_BODY, CONSTANT_HEADERS } from './job.js'

/** @param throws - whether an error without frames is thrown on the way: what V8 takes for that */
export function create({ throws = false }) {
  if (throws) Error.stackTraceLimit = 0
  return createServer((_request, response) => {
    if (throws) {
      try {
        handle()
      } catch {
        // The answer is known.
      }
    }
    response.writeHead(409, CONSTANT_HEADERS)
    response.end(CONSTANT_BODY)
  })
}

// As an app's handler, a function of its own: V8 takes longer to throw where it is also caught.
function handle() {
  throw new Error('Username already exists')
}
