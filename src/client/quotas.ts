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
  const policies = itemsOf(header('ratelimit-policy'))

  function quotaOf(text: string): readonly Quota[] {
    const remaining = numberIn(text, 'remaining|r')
    const reset = numberIn(text, 'reset|t')
    if (remaining === undefined) return []
    // "hour";r=50;t=30, or limit=100, remaining=50, reset=30, of which the policy has the limit as its name: 100;w=60
    const [name] = /^[^;=]+(?=;)/.exec(text) ?? [numberIn(text, 'limit')]
    const own = policies.find((policy) => policy.startsWith(`${name};`)) ?? ''
    return [
      {
        policy: /"(.*)"/.exec(`${name}`)?.[1],
        limit: numberIn(text + own, 'limit|q'),
        remaining,
        // Some tell the time of it, in seconds or milliseconds since the epoch: no window lasts that long.
        reset: reset! > 1e9 ? secondsUntil(reset! > 1e12 ? reset! : reset! * 1000, header) : reset,
        window: numberIn(own, 'w'),
      },
    ]
  }

  const field = header('ratelimit')
  // Draft 7 has room for one.
  const quotas = (field.includes('remaining=') ? [field] : itemsOf(field)).flatMap(quotaOf)
  return quotas.length > 0 ? quotas : [asOne('', header), asOne('x-', header)].flatMap(quotaOf).slice(0, 1)
}

/** The items of a list (RFC 9651, section 3.1). */
function itemsOf(field: string): readonly string[] {
  return Array.from(field.matchAll(/(?:[^",]|"[^"]*")+/g), ([item]) => item.trim())
}

function asOne(prefix: string, header: GetHeader): string {
  return ['limit', 'remaining', 'reset']
    .map((name) => `${name}=${header(`${prefix}ratelimit-${name}`)}`)
    .join()
}

function numberIn(text: string, name: string): number | undefined {
  const [, digits] = RegExp(`\\b(?:${name})=(\\d+)(?![\\w.])`).exec(text) ?? []
  return digits === undefined ? undefined : Number(digits)
}

/** The seconds until all limits that are used up have more: those with nothing left, and those that refused. */
export function waitOf(quotas: readonly Quota[], violated: readonly unknown[]): number | undefined {
  const wait = quotas.reduce(
    (longest, { policy, remaining, reset = 0 }) =>
      remaining > 0 && !violated.includes(policy) ? longest : Math.max(longest, reset),
    0,
  )
  return wait || undefined
}
