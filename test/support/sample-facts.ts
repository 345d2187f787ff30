import type { RequestFacts } from '../../src/answer/facts.ts'
import type { Origin } from '../../src/report/report.ts'

/** Where every request of a test went. */
export const sampleOrigin = (): Origin => ({ method: 'GET', route: '/users/:id' })

/** A request that asks for nothing special. */
export const sampleFacts: RequestFacts = {
  requestId: 't-1',
  requestIdHeader: 'X-Request-ID',
  hasRequestId: false,
  accept: undefined,
  acceptLanguage: undefined,
  encoded: false,
  contentType: undefined,
  authorization: undefined,
  clientGone: false,
  locale: undefined,
  vary: undefined,
  link: undefined,
  exposed: undefined,
  retryAfter: undefined,
}
