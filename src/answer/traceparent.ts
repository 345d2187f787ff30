/**
 * https://www.w3.org/TR/trace-context/#traceparent-header: version, trace-id, parent-id and flags, in lower case. Version
 * ff and ids of zeros alone are forbidden, and version 00 ends there; a later one may go on behind a `-`.
 */
const TRACEPARENT = /^(?!ff|00.{54})[\da-f]{2}-(?!0{32})[\da-f]{32}-(?!0{16})[\da-f]{16}-[\da-f]{2}(?:-.*)?$/

/** Returns the trace-id of a `traceparent` header. Undefined for one that is not valid, which says nothing. */
export function traceIdIn(traceparent: string | undefined): string | undefined {
  return traceparent !== undefined && TRACEPARENT.test(traceparent) ? traceparent.slice(3, 35) : undefined
}
