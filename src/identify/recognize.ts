import { withCauses } from './causes.ts'
import type { Recognized } from '../catalog/condition.ts'
import { getOrMake } from '../guard/memo.ts'
import { isArray, read } from '../guard/read.ts'
import { databases } from './families/databases.ts'
import { frameworks } from './families/frameworks.ts'
import { http, statuses } from './families/http.ts'
import { limiters } from './families/limiters.ts'
import { network } from './families/network.ts'
import { parsers } from './families/parsers.ts'
import { services } from './families/services.ts'
import type { RecognitionFacts } from './identify.ts'
import type { Family, LibraryRule } from './library-rule.ts'
import { tokens } from './families/tokens.ts'
import { upstreams } from './families/upstreams.ts'
import { validators } from './families/validators.ts'

/** The first family that knows an error says what it is: those that can tell most of it go first. */
export const FAMILIES: readonly Family[] = [
  parsers,
  validators,
  tokens,
  frameworks,
  http,
  databases,
  services,
  upstreams,
  network,
  limiters,
  statuses,
]

type PlacedRule = LibraryRule & { readonly place: number }

const RULES: readonly PlacedRule[] = FAMILIES.flatMap(({ rules }) => rules).map(placeRule)

/** Gives a rule all members, so that one that it leaves out is not inherited. Written out: there are hundreds. */
function placeRule(rule: LibraryRule, place: number): PlacedRule {
  const own = <TName extends keyof LibraryRule>(name: TName): LibraryRule[TName] | undefined =>
    Object.hasOwn(rule, name) ? rule[name] : undefined
  return {
    from: rule.from,
    property: own('property'),
    values: own('values'),
    isArray: own('isArray'),
    matches: own('matches'),
    condition: own('condition'),
    extract: own('extract'),
    wraps: own('wraps'),
    isFault: own('isFault'),
    place,
  } as PlacedRule
}

/** Rules by the value of their property: an error is held against those few that can know it. */
const BY_VALUE = (['type', 'name', 'code', 'reason'] as const).map((property) => ({
  property,
  rules: groupBy(
    RULES.filter((rule) => rule.property === property),
    ({ values = [] }) => values,
  ),
}))

/** Rules by the mere presence of their property. */
const BY_PRESENCE = Array.from(
  groupBy(
    RULES.filter(({ values }) => values === undefined),
    ({ property }) => (property === undefined ? [] : [property]),
  ),
  ([property, rules]) => ({ property, rules }),
)

const FOR_ARRAYS = RULES.filter(({ isArray }) => isArray === true)

function groupBy<TKey>(
  rules: readonly PlacedRule[],
  keysOf: (rule: PlacedRule) => readonly TKey[],
): ReadonlyMap<TKey, readonly PlacedRule[]> {
  const groups = new Map<TKey, PlacedRule[]>()
  for (const rule of rules) {
    for (const key of keysOf(rule)) getOrMake(groups, key, (): PlacedRule[] => []).push(rule)
  }
  return groups
}

const OF_HTTP: ReadonlySet<string> = new Set([...http.rules, ...statuses.rules].map(({ from }) => from))

const OF_LIBRARIES = RULES.filter(({ from }) => !OF_HTTP.has(from))

/** Whether an error is known by more than the status that was written on it. Never throws. */
export function isKnownOtherwise(error: object, facts: RecognitionFacts): boolean {
  return OF_LIBRARIES.some(
    (rule) =>
      hasProperty(rule, error) &&
      (rule.matches === undefined || rule.matches(error, facts)) &&
      recognizedBy(rule, error, facts, unwrap) !== undefined,
  )
}

function hasProperty({ property, values, isArray: ofArrays }: PlacedRule, error: object): boolean {
  if (property === undefined) return ofArrays !== undefined && isArray(error)
  const value = read(error, property)
  return values === undefined ? value !== undefined : (values as readonly unknown[]).includes(value)
}

/** Returns what a foreign error is, or undefined for one that no rule knows. Never throws. */
export function recognize(value: unknown, facts: RecognitionFacts): Recognized | undefined {
  return find(value, facts, unwrap)
}

type Unwrap = (wrapped: unknown, facts: RecognitionFacts) => Recognized | undefined

const FAULT: Recognized = { condition: undefined, status: 500 }

/** Asks the wrapped error and its causes. They unwrap nothing further: an error may wrap itself. */
function unwrap(wrapped: unknown, facts: RecognitionFacts): Recognized {
  for (const value of withCauses(wrapped)) {
    const recognized = find(value, facts, unwrapNothing)
    if (recognized !== undefined) return recognized
  }
  return FAULT
}

function unwrapNothing(): undefined {
  return undefined
}

function find(value: unknown, facts: RecognitionFacts, unwrap: Unwrap): Recognized | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  let best: Match | undefined
  for (const { property, rules } of BY_VALUE) {
    const group = rules.get(read(value, property) as string | number)
    if (group !== undefined) best = firstOf(group, value, facts, unwrap, best)
  }
  for (const { property, rules } of BY_PRESENCE) {
    if (read(value, property) !== undefined) best = firstOf(rules, value, facts, unwrap, best)
  }
  if (isArray(value)) best = firstOf(FOR_ARRAYS, value, facts, unwrap, best)
  return best?.recognized
}

interface Match {
  readonly place: number
  readonly recognized: Recognized
}

/** Returns the first rule that knows an error, if it stands before the best one so far. */
function firstOf(
  rules: readonly PlacedRule[],
  error: object,
  facts: RecognitionFacts,
  unwrap: Unwrap,
  best: Match | undefined,
): Match | undefined {
  for (const rule of rules) {
    if (best !== undefined && rule.place > best.place) return best
    if (rule.matches !== undefined && !rule.matches(error, facts)) continue
    const recognized = recognizedBy(rule, error, facts, unwrap)
    if (recognized !== undefined) return { place: rule.place, recognized }
  }
  return best
}

function recognizedBy(
  { condition, extract, wraps, isFault }: PlacedRule,
  error: object,
  facts: RecognitionFacts,
  unwrap: Unwrap,
): Recognized | undefined {
  if (wraps !== undefined) return unwrap(read(error, wraps), facts)
  if (isFault === true) return FAULT
  const rest = extract?.(error)
  return extract === undefined || rest !== undefined ? { ...rest, condition } : undefined
}
