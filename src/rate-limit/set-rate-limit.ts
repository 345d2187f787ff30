import { retryAfterSeconds } from '../guard/retry-after.ts'
import { readOwn } from '../guard/own.ts'
import { read } from '../guard/read.ts'
import { spanSeconds, type Span } from '../guard/span.ts'
import { writeLegacy, type RateLimitHeaders } from './fields.ts'
import { markShown, type HeaderTarget } from './response-limits.ts'

/** An app computes this limit elsewhere, and where the client stands with it. */
export interface RateLimitStanding {
  /** A positive whole number. */
  readonly limit: number
  /** A whole number, 0 or more. */
  readonly remaining: number
  /** The time when the limit is free again: seconds from now, or the Date. */
  readonly reset: number | Span | Date
}

/**
 * Sets X-RateLimit-Limit, X-RateLimit-Remaining and X-RateLimit-Reset of a response. Never throws: when a value
 * cannot be told, or the head was sent, it sets nothing.
 *
 * @param target - Express's response, or Koa's context
 * @param style - X-RateLimit-Reset as in `rateLimit`'s `headers`, seconds since the epoch by default
 * @example
 * setRateLimit(res, { limit: 100, remaining: 99, reset: 60 })
 */
export function setRateLimit(
  target: HeaderTarget | { readonly res: HeaderTarget },
  standing: RateLimitStanding,
  style?: Pick<RateLimitHeaders, 'reset'>,
): void {
  const response = (read(target, 'res') ?? target) as HeaderTarget
  const limit = readOwn(standing, 'limit')
  const remaining = readOwn(standing, 'remaining')
  const reset = readOwn(standing, 'reset')
  const seconds = retryAfterSeconds(spanSeconds(reset) ?? reset)
  if (!isCount(limit) || limit === 0 || !isCount(remaining) || seconds === undefined) return
  if (read(response, 'headersSent') !== false) return
  const shown = { limit, remaining: Math.min(remaining, limit), resetAfter: seconds }
  try {
    markShown(response, shown)
    writeLegacy(response, shown, readOwn(style, 'reset') === 'delta' ? 'delta' : 'epoch')
  } catch {
    // The target takes no headers.
  }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}
