import type { GetHeader } from './headers.ts'

/** The seconds until a time in milliseconds since the epoch, by the clock of the server where the answer tells it. */
export function secondsUntil(time: number, header: GetHeader): number {
  return Math.max(0, Math.ceil((time - (Date.parse(header('date')) || Date.now())) / 1000))
}

/**
 * Returns the seconds of Retry-After (RFC 9110, section 10.2.3), undefined where it is malformed. A date in the past is 0,
 * and `Infinity`, which some servers compute, means never.
 */
export function retryAfterOf(header: GetHeader): number | undefined {
  const value = header('retry-after')
  if (/^(\d+|Infinity)$/.test(value)) return Number(value)
  const time = value.endsWith('GMT') && Date.parse(value)
  return time ? secondsUntil(time, header) : undefined
}
