import type { RequestFacts } from '../../src/core/compose.ts'

/** A request that asks for nothing special. */
export const sampleFacts: RequestFacts = {
  method: 'GET',
  route: '/users/:id',
  requestId: 't-1',
  hasRequestId: false,
  accept: undefined,
  acceptLanguage: undefined,
  encoded: false,
  contentType: undefined,
  clientGone: false,
  locale: undefined,
  vary: undefined,
  retryAfter: undefined,
}
