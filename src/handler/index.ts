// For authors of adapters: the way from a thrown value to a reply, for frameworks that have no face here.
export { createResponder, SENT, type Answered, type Delivery, type Responder } from './responder.ts'
export { factsOf, type FactsSource, type Reply, type RequestFacts } from '../answer/facts.ts'
export { isStale } from '../answer/stale-headers.ts'
export type { HandlerOptions } from './options.ts'
export type { ErrorReport, Origin } from '../report/report.ts'
