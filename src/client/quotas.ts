import type { GetHeader } from './headers.ts'
import { secondsUntil } from './retry-after.ts'

/** Where the client stands with one limit. */
export interface Quota {
  /** The name of the limit, where the server tells it. */
  readonly policy?: string | undefined
  /** Requests, or other units, in a window. */
  readonly limit?: number | undefined
  /** How many of them are left. */
  readonly remaining: number
  /** Seconds from now until there are more. */
  readonly reset?: number | undefined
  /** The window in seconds. */
  readonly window?: number | undefined
}

/**
 * Reads where the client stands, of the first that the server tells: RateLimit as a draft of
 * draft-ietf-httpapi-ratelimit-headers has it, RateLimit-* of the early ones, X-RateLimit-*.
 */
export function quotasOf(header: GetHeader): readonly Quota[] {
  const early = (prefix: string): string =>
    header(prefix + 'remaining') &&
    ['limit', 'remaining', 'reset'].map((name) => `${name}=${header(prefix + name)}`).join()
  return (
    quotasIn(header('ratelimit'), header) ??
    quotasIn(early('ratelimit-'), header) ??
    quotasIn(early('x-ratelimit-'), header) ??
    []
  )
}

/**
 * Reads a list (RFC 9651, section 3.1), beside that of the policies: `"hour";q=100;w=60` and `"hour";r=50;t=30`. Draft 7 has
 * room for one, and calls a policy by its limit: `100;w=60` and `limit=100, remaining=50, reset=30`.
 */
function quotasIn(field: string, header: GetHeader): readonly Quota[] | undefined {
  if (!field) return undefined
  const items = `${header('ratelimit-policy')},${field}`.replace(/,\s*(re\w+=)/g, ';$1')
  const byName: Record<string, Record<string, number>> = {}
  for (const item of items.match(/(?:[^",]|"[^"]*")+/g) ?? []) {
    const params = item.trim().split(';')
    // After a sign, as a name may be __proto__.
    const numbers = (byName[`=${params[0]!.replace('limit=', '')}`] ??= {})
    for (const param of params) {
      const [, key, value] = /^\s*(\w+)=(\d+)$/.exec(param) ?? []
      if (key) numbers[key] = Number(value)
    }
  }
  const quotas = Object.entries(byName).flatMap(
    ([name, { q, limit = q, r, remaining = r, t, reset = t, w: window }]) =>
      remaining! >= 0
        ? {
            policy: name.split('"')[1],
            limit,
            remaining: remaining!,
            // Some tell the time of it, in seconds or milliseconds since the epoch: no window lasts that long.
            reset: reset! > 1e9 ? secondsUntil(reset! > 1e12 ? reset! : reset! * 1000, header) : reset,
            window,
          }
        : [],
  )
  return quotas[0] && quotas
}

/** The seconds until all limits that are used up have more: those with nothing left, and those that refused. */
export function waitOf(quotas: readonly Quota[], violated: readonly unknown[]): number {
  const waits = quotas.map(({ policy, remaining, reset = 0 }) =>
    !remaining || violated.includes(policy) ? reset : 0,
  )
  return Math.max(0, ...waits)
}
