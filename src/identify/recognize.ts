import { withCauses } from './causes.ts'
import type { Recognized } from '../catalog/condition.ts'
import { read } from '../guard/read.ts'
import { databases } from './families/databases.ts'
import { http, statuses } from './families/http.ts'
import { limiters } from './families/limiters.ts'
import { network } from './families/network.ts'
import { parsers } from './families/parsers.ts'
import type { Facts, Family, Rule } from './rule.ts'
import { tokens } from './families/tokens.ts'
import { upstreams } from './families/upstreams.ts'
import { validators } from './families/validators.ts'

/** The first family that knows an error says what it is: those that can tell most of it go first. */
export const FAMILIES: readonly Family[] = [
  parsers,
  validators,
  tokens,
  http,
  databases,
  upstreams,
  network,
  limiters,
  statuses,
]

interface Placed {
  /** Among all rules. */
  readonly place: number
  readonly rule: Rule
}

/** Each member, so that none is inherited where a rule leaves it out. */
const UNSAID = { values: undefined, shape: undefined, condition: undefined, more: undefined }

const RULES: readonly Placed[] = FAMILIES.flatMap(({ rules }) => rules).map((rule, place) => ({
  place,
  rule: { ...UNSAID, ...rule } as Rule,
}))

/** Rules by the value of their mark: an error is held against those few that can know it. */
const BY_VALUE = ['type', 'name', 'code'].map((mark) => ({
  mark,
  rules: groupBy(
    RULES.filter(({ rule }) => rule.mark === mark),
    ({ values = [] }) => values,
  ),
}))

/** Rules by the mere presence of their mark. */
const BY_PRESENCE = groupBy(
  RULES.filter(({ rule }) => rule.values === undefined),
  ({ mark }) => [mark],
)

function groupBy(
  rules: readonly Placed[],
  keysOf: (rule: Rule) => readonly unknown[],
): ReadonlyMap<unknown, readonly Placed[]> {
  const groups = new Map<unknown, Placed[]>()
  for (const placed of rules) {
    for (const key of keysOf(placed.rule)) groups.set(key, [...(groups.get(key) ?? []), placed])
  }
  return groups
}

/** Returns what a foreign error is, or undefined for one that no rule knows. Never throws. */
export function recognize(value: unknown, facts: Facts): Recognized | undefined {
  return find(value, facts, unwrap)
}

type Unwrap = (wrapped: unknown, facts: Facts) => Recognized | undefined

const FAULT: Recognized = { condition: undefined, status: 500 }

/** What is wrapped may itself have causes, but unwraps nothing further: it may be its own wrapper. */
function unwrap(wrapped: unknown, facts: Facts): Recognized {
  for (const value of withCauses(wrapped)) {
    const recognized = find(value, facts, unwrapNothing)
    if (recognized !== undefined) return recognized
  }
  return FAULT
}

function unwrapNothing(): undefined {
  return undefined
}

function find(value: unknown, facts: Facts, unwrap: Unwrap): Recognized | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  let best: Match | undefined
  for (const { mark, rules } of BY_VALUE) {
    const group = rules.get(read(value, mark))
    if (group !== undefined) best = firstOf(group, value, facts, unwrap, best)
  }
  for (const [mark, group] of BY_PRESENCE) {
    if (read(value, mark as string) !== undefined) best = firstOf(group, value, facts, unwrap, best)
  }
  return best?.recognized
}

interface Match {
  readonly place: number
  readonly recognized: Recognized
}

/** Returns the first rule that knows an error, if it stands before the best one so far. */
function firstOf(
  rules: readonly Placed[],
  error: object,
  facts: Facts,
  unwrap: Unwrap,
  best: Match | undefined,
): Match | undefined {
  for (const { place, rule } of rules) {
    if (best !== undefined && place > best.place) return best
    if (rule.shape !== undefined && !rule.shape(error, facts)) continue
    const recognized = recognizedBy(rule, error, facts, unwrap)
    if (recognized !== undefined) return { place, recognized }
  }
  return best
}

function recognizedBy(
  { condition, more, wraps, isFault }: Rule,
  error: object,
  facts: Facts,
  unwrap: Unwrap,
): Recognized | undefined {
  if (wraps !== undefined) return unwrap(read(error, wraps), facts)
  if (isFault === true) return FAULT
  const rest = more?.(error)
  return more === undefined || rest !== undefined ? { ...rest, condition } : undefined
}
