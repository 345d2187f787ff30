const MAX_SECONDS = 31_536_000 // one year

// RFC 9110, section 5.6.7: Sun, 06 Nov 1994 08:49:37 GMT
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/

/**
 * Returns whole seconds for Retry-After (RFC 9110, section 10.2.3), rounded up and at most one year.
 *
 * @param value - seconds, or the Date to come back at; as text, digits or a date of HTTP. A time in the past is 0
 */
export function retryAfterSeconds(value: unknown): number | undefined {
  const seconds =
    typeof value === 'number' ? value : typeof value === 'string' ? readField(value) : secondsUntil(value)
  if (seconds === undefined || !Number.isFinite(seconds) || seconds < 0 || seconds >= 1e21) return undefined
  return Math.min(Math.ceil(seconds), MAX_SECONDS)
}

function readField(field: string): number | undefined {
  if (/^\d+$/.test(field)) return Number(field)
  return HTTP_DATE.test(field) ? secondsUntil(new Date(field)) : undefined
}

function secondsUntil(value: unknown): number | undefined {
  try {
    // A check is cheaper than a caught error.
    if (Object.prototype.toString.call(value) !== '[object Date]') return undefined
    return Math.max(0, (Date.prototype.getTime.call(value) - Date.now()) / 1000)
  } catch {
    return undefined
  }
}
