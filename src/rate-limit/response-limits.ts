import type { Standing } from './stores/store.ts'

/** The part of a raw response that is used. */
export interface HeaderTarget {
  /** Whether the head was written. */
  readonly headersSent: boolean
  /** Returns a header that was set. */
  getHeader(name: string): number | string | readonly string[] | undefined
  /** Sets a header. */
  setHeader(name: string, value: string): unknown
}

/** One limit and where a client stands with it. */
export interface Shown extends Standing {
  readonly limit: number
}

// The note is on the response itself: a WeakMap would cost as much as all the counting.
const LIMITS = Symbol('bizerror.rate-limit')

/** Limiters remember this about a response. */
interface ResponseLimits {
  /** The limit that X-RateLimit-* tell. */
  shown: Shown | undefined
  /** These limiters have counted its request. */
  countedBy: readonly object[]
}

interface Holder {
  [LIMITS]?: ResponseLimits
}

function limitsOn(response: HeaderTarget & Holder): ResponseLimits {
  return (response[LIMITS] ??= { shown: undefined, countedBy: [] })
}

/** Tells whether a limiter has counted the request of a response. */
export function isCounted(response: HeaderTarget & Holder, limiter: object): boolean {
  return response[LIMITS]?.countedBy.includes(limiter) === true
}

export function markCounted(response: HeaderTarget, limiter: object): void {
  const limits = limitsOn(response)
  limits.countedBy = [...limits.countedBy, limiter]
}

/** Tells whether a limit is stricter than the one that a response shows, if any. */
export function isStricter(response: HeaderTarget, limit: Standing): boolean {
  const { shown } = limitsOn(response)
  return shown === undefined || isTighter(limit, shown)
}

export function markShown(response: HeaderTarget, shown: Shown): void {
  limitsOn(response).shown = shown
}

/** Tells whether one limit will refuse before another. */
export function isTighter(one: Standing, other: Standing): boolean {
  return (
    one.remaining < other.remaining ||
    (one.remaining === other.remaining && one.resetAfter > other.resetAfter)
  )
}
