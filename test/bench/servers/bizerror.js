import { createServer } from 'node:http'
import { errorHandler, requestId } from '#bizerror'
import { catalog } from '#bizerror/catalogs/cloud-waf'
import { setLimitHeaders } from './job.js'
import { THROWS } from './throws.js'

const done = () => {}

/**
 * This package without a framework.
 *
 * @param headersBefore - whether request id and limits are set before the throw, as in an app
 */
export function create({ headersBefore }) {
  const setRequestId = requestId()
  const answer = errorHandler({ catalog })
  return createServer((request, response) => {
    if (headersBefore) {
      setRequestId(request, response, done)
      setLimitHeaders(response)
    }
    try {
      handle()
    } catch (error) {
      answer(error, request, response, done)
    }
  })
}

// As an app's handler, a function of its own: V8 takes longer to throw where it is also caught.
function handle() {
  throw THROWS.constant()
}
