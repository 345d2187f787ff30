import { appendExposed } from '../guard/append.ts'
import { TRUE_OR_FALSE, type Check, type Checks } from '../guard/options.ts'
import { DRAFTS, type FieldValues } from './drafts.ts'
import { nonNegativeInteger } from './numbers.ts'
import type { Policy } from './policy.ts'
import { isStricter, markShown, type HeaderTarget, type Shown } from './response-limits.ts'

/** The response headers that tell clients where they stand. */
export interface RateLimitHeaders {
  /** X-RateLimit-Limit, X-RateLimit-Remaining and X-RateLimit-Reset, of the policy that will refuse first. @default true */
  readonly legacy?: boolean | undefined
  /** X-RateLimit-Reset in seconds since the epoch, or in seconds from now. @default 'epoch' */
  readonly reset?: keyof typeof RESETS | undefined
  /** RateLimit-Policy and RateLimit, as this draft of draft-ietf-httpapi-ratelimit-headers has them. @default none */
  readonly draft?: keyof typeof DRAFTS | undefined
}

const RESETS = {
  // In milliseconds first: a sum of fractions may be a bit more than the whole second that it stands for.
  epoch: (resetAfter: number) => (Date.now() + resetAfter * 1000) / 1000,
  delta: (resetAfter: number) => resetAfter,
}

export const HEADERS_CHECKS: Checks<RateLimitHeaders> = {
  legacy: TRUE_OR_FALSE,
  reset: nameIn(RESETS),
  draft: nameIn(DRAFTS),
}

function nameIn(record: object): Check {
  const names = Object.keys(record)
  return [(value) => names.includes(value as string), `one of ${names.join(', ')}`]
}

const LEGACY_NAMES = ['X-RateLimit-Limit', 'X-RateLimit-Remaining', 'X-RateLimit-Reset']
const DRAFT_NAMES = ['RateLimit-Policy', 'RateLimit']
/** An error's answer has these. */
const ERROR_NAMES = ['Retry-After', 'X-Request-ID', 'Link']

/** Writes X-RateLimit-* of one limit. */
export function writeLegacy(response: HeaderTarget, shown: Shown, reset: keyof typeof RESETS): void {
  response.setHeader('X-RateLimit-Limit', String(shown.limit))
  response.setHeader('X-RateLimit-Remaining', nonNegativeInteger(shown.remaining))
  response.setHeader('X-RateLimit-Reset', nonNegativeInteger(RESETS[reset](shown.resetAfter)))
}

/** Makes the function that writes the headers of one limiter. */
export function createFieldWriter(
  policies: readonly Policy[],
  { legacy = true, reset = 'epoch', draft }: RateLimitHeaders,
  exposeHeaders: boolean,
): (response: HeaderTarget, values: FieldValues) => void {
  const writeDraft = draft && DRAFTS[draft](policies)
  const exposed = [...(legacy ? LEGACY_NAMES : []), ...(draft ? DRAFT_NAMES : []), ...ERROR_NAMES]

  return (response, values) => {
    const { tightest } = values
    if (response.headersSent || tightest === undefined) return
    const shown = mark(response, values, tightest)
    if (shown && legacy) writeLegacy(response, shown, reset)
    writeDraft?.(response, values, shown)
    if (exposeHeaders) expose(response, exposed)
  }
}

/** Marks the tightest policy as what a response shows, unless it shows a stricter limit already. */
function mark(
  response: HeaderTarget,
  { standings, numbers, refused }: FieldValues,
  tightest: number,
): Shown | undefined {
  const { remaining, resetAfter } = standings[tightest]!
  const shown = { limit: numbers[tightest]!, remaining, resetAfter }
  if (!refused && !isStricter(response, shown)) return undefined
  markShown(response, shown)
  return shown
}

function expose(response: HeaderTarget, names: readonly string[]): void {
  const before = response.getHeader('Access-Control-Expose-Headers')
  const listed = before === undefined ? undefined : [before].flat().join(', ')
  response.setHeader('Access-Control-Expose-Headers', appendExposed(listed, names))
}
