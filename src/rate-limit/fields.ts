import { createHash } from 'node:crypto'
import { appendExposed } from '../guard/headers.ts'
import { SetupError } from '../guard/setup-error.ts'
import type { Policy } from './policy.ts'
import { nonNegativeInteger, wholeSeconds } from './numbers.ts'
import { windowLength } from './window.ts'
import { isStricter, markShown, type HeaderTarget, type Shown } from './response-limits.ts'
import type { Standing } from './stores/store.ts'

/** The response headers that tell clients where they stand. */
export interface RateLimitHeaders {
  /** X-RateLimit-Limit, X-RateLimit-Remaining and X-RateLimit-Reset, of the policy that will refuse first. @default true */
  readonly legacy?: boolean | undefined
  /** X-RateLimit-Reset in seconds since the epoch, or in seconds from now. @default 'epoch' */
  readonly reset?: 'epoch' | 'delta' | undefined
  /** RateLimit-Policy and RateLimit, as this draft of draft-ietf-httpapi-ratelimit-headers has them. @default none */
  readonly draft?: 'draft-7' | 'draft-8' | 'draft-11' | undefined
}

/** Writes X-RateLimit-* of one limit. */
export function writeLegacy(response: HeaderTarget, shown: Shown, reset: 'epoch' | 'delta'): void {
  response.setHeader('X-RateLimit-Limit', String(shown.limit))
  response.setHeader('X-RateLimit-Remaining', nonNegativeInteger(shown.remaining))
  const resetMs = reset === 'epoch' ? Date.now() + shown.resetMs : shown.resetMs
  response.setHeader('X-RateLimit-Reset', wholeSeconds(resetMs))
}

/** One request's limits, as its response's headers tell them. */
export interface FieldValues {
  readonly key: string
  /** In the order of the policies. */
  readonly standings: readonly Standing[]
  /** Index of the policy to show where there is room for one. */
  readonly tightest: number
  readonly refused: boolean
}

/** Makes what writes the headers of one limiter. */
export function createFieldWriter(
  policies: readonly Policy[],
  { legacy = true, reset = 'epoch', draft }: RateLimitHeaders,
  exposeHeaders: boolean,
): (response: HeaderTarget, values: FieldValues) => void {
  if (draft === 'draft-7') checkDraft7(policies)
  const policyField = draft === 'draft-7' ? policies.map(policyOfDraft7) : policies.map(policyItem)
  const exposed = [...(legacy ? LEGACY_NAMES : []), ...(draft ? DRAFT_NAMES : []), ...ERROR_NAMES]

  return (response, { key, standings, tightest, refused }) => {
    if (response.headersSent) return
    const { remaining, resetMs } = standings[tightest]!
    const shown = { limit: policies[tightest]!.limit, remaining, resetMs }
    const isShown = refused || isStricter(response, shown)
    if (isShown) markShown(response, shown)
    if (isShown && legacy) writeLegacy(response, shown, reset)
    if (draft === 'draft-7') {
      append(response, 'RateLimit-Policy', policyField)
      if (isShown) response.setHeader('RateLimit', limitOfDraft7(shown))
    } else if (draft !== undefined) {
      append(response, 'RateLimit-Policy', policyField)
      const partition = partitionOf(key)
      append(
        response,
        'RateLimit',
        standings.map((standing, index) => limitItem(policies[index]!.name, standing, partition)),
      )
    }
    if (exposeHeaders) {
      const before = response.getHeader('Access-Control-Expose-Headers')
      const listed = before === undefined ? undefined : [before].flat().join(', ')
      response.setHeader('Access-Control-Expose-Headers', appendExposed(listed, exposed))
    }
  }
}

const LEGACY_NAMES = ['X-RateLimit-Limit', 'X-RateLimit-Remaining', 'X-RateLimit-Reset']
const DRAFT_NAMES = ['RateLimit-Policy', 'RateLimit']
/** What a refusal, or any error after it, is answered with. */
const ERROR_NAMES = ['Retry-After', 'X-Request-ID', 'Link']

/** Appends to a field that is a list, what it does not hold yet. */
function append(response: HeaderTarget, name: string, items: readonly string[]): void {
  const before = response.getHeader(name)
  if (before === undefined) {
    response.setHeader(name, items.join(', '))
    return
  }
  const present = String(before)
    .toLowerCase()
    .split(/\s*,\s*/)
  const added = items.filter((item) => !present.includes(item.toLowerCase()))
  if (added.length > 0) response.setHeader(name, [before, ...added].join(', '))
}

/** "Two quota policies MUST NOT be associated with the same quota units value": section 3.4 of draft 7. */
function checkDraft7(policies: readonly Policy[]): void {
  if (new Set(policies.map(({ limit }) => limit)).size === policies.length) return
  throw new SetupError(
    `Option headers.draft is "draft-7", which tells policies apart by their limits, and two are the same. Use 'draft-11'.`,
  )
}

// draft-ietf-httpapi-ratelimit-headers-07, sections 2.1 and 3.1.
function policyOfDraft7({ limit, window }: Policy): string {
  return `${limit};w=${wholeSeconds(windowLength(window))}`
}

function limitOfDraft7({ limit, remaining, resetMs }: Shown): string {
  return `limit=${limit}, remaining=${nonNegativeInteger(remaining)}, reset=${wholeSeconds(resetMs)}`
}

// draft-ietf-httpapi-ratelimit-headers-08 and -11, section 3.1.
function policyItem({ name, limit, unit, window }: Policy): string {
  return `"${name}";q=${limit}${unit === undefined ? '' : `;qu="${unit}"`};w=${wholeSeconds(windowLength(window))}`
}

// Section 4.1 of the same.
function limitItem(name: string, { remaining, resetMs }: Standing, partition: string): string {
  return `"${name}";r=${nonNegativeInteger(remaining)};t=${wholeSeconds(resetMs)};pk=:${partition}:`
}

/** The partition key: lets a client with several keys tell them apart, and shows none of them. */
function partitionOf(key: string): string {
  return createHash('sha256').update(key).digest('base64').slice(0, 16)
}
