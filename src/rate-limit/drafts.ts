import { SetupError } from '../guard/setup-error.ts'
import { nonNegativeInteger } from './numbers.ts'
import type { Policy } from './policy.ts'
import type { HeaderTarget, Shown } from './response-limits.ts'
import type { StoreDecision, Limits } from './stores/store.ts'
import { windowLength, type Window } from './window.ts'
import { createHash } from './host.ts'

/** The headers of a response tell this about its request's limits. */
export interface FieldValues {
  readonly key: string
  /** In the order of the policies, as the numbers of the limits are. */
  readonly standings: StoreDecision['standings']
  readonly numbers: Limits
  /** The index of the policy to show where there is room for one. Undefined where no policy counts the request. */
  readonly tightest: number | undefined
  readonly refused: boolean
}

/** Writes RateLimit-Policy and RateLimit. `shown` is the tightest policy, unless the response shows a tighter one. */
type DraftWriter = (response: HeaderTarget, values: FieldValues, shown: Shown | undefined) => void

/** Each draft of draft-ietf-httpapi-ratelimit-headers has a writer. The keys are the values of the option. */
export const DRAFTS = {
  'draft-7': createDraft7Writer,
  'draft-8': createListWriter,
  'draft-11': createListWriter,
} satisfies Readonly<Record<string, (policies: readonly Policy[]) => DraftWriter>>

/** RateLimit has room for one policy: draft-ietf-httpapi-ratelimit-headers-07, sections 2.1 and 3.1. */
function createDraft7Writer(policies: readonly Policy[]): DraftWriter {
  // "Two quota policies MUST NOT be associated with the same quota units value": section 3.4.
  const numbers = policies.map(({ limit }) => limit)
  const isOpen = numbers.length > 1 && numbers.includes(undefined)
  if (isOpen || new Set(numbers).size < numbers.length) {
    const problem = isOpen ? 'one of a function may be that of another' : 'two are the same'
    throw new SetupError(
      `Option headers.draft is "draft-7", which tells policies apart by their limits, and ${problem}. Use 'draft-11'.`,
    )
  }
  const list = createList(policies, ({ window }, limit) => `${limit};w=${secondsOf(window)}`)
  return (response, { numbers }, shown) => {
    append(response, 'RateLimit-Policy', list(numbers))
    if (shown === undefined) return
    const { limit, remaining, resetAfter } = shown
    response.setHeader(
      'RateLimit',
      `limit=${limit}, remaining=${nonNegativeInteger(remaining)}, reset=${nonNegativeInteger(resetAfter)}`,
    )
  }
}

/** Both fields list all policies: draft-ietf-httpapi-ratelimit-headers-08 and -11, sections 3.1 and 4.1. */
function createListWriter(policies: readonly Policy[]): DraftWriter {
  const list = createList(policies, ({ name, unit, window }, limit) => {
    const quotaUnit = unit === undefined ? '' : `;qu="${unit}"`
    return `"${name}";q=${limit}${quotaUnit};w=${secondsOf(window)}`
  })
  return (response, { key, standings, numbers }) => {
    append(response, 'RateLimit-Policy', list(numbers))
    const partition = partitionOf(key)
    const limits = standings.flatMap((standing, index) => {
      if (standing === undefined) return []
      const { remaining, resetAfter } = standing
      return `"${policies[index]!.name}";r=${nonNegativeInteger(remaining)};t=${nonNegativeInteger(resetAfter)};pk=:${partition}:`
    })
    append(response, 'RateLimit', limits)
  }
}

/** Makes the function that lists the policies that count a request: once, unless a limit comes with each request. */
function createList(
  policies: readonly Policy[],
  itemOf: (policy: Policy, limit: number) => string,
): (numbers: Limits) => readonly string[] {
  const list = (numbers: Limits): readonly string[] =>
    policies.flatMap((policy, index) => {
      const limit = numbers[index]
      return limit === undefined ? [] : itemOf(policy, limit)
    })
  const numbers = policies.map(({ limit }) => limit)
  if (numbers.includes(undefined)) return list
  const fixed = list(numbers)
  return () => fixed
}

function secondsOf(window: Window): string {
  return nonNegativeInteger(windowLength(window))
}

/** The partition key lets a client with several keys tell them apart, and shows none of them. */
function partitionOf(key: string): string {
  return createHash('sha256', key).digest('base64').slice(0, 16)
}

/** Appends what a list field does not hold yet. */
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
