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

/** The rules by what they are known by: an error is held against those few that can know it. */
interface Index {
  readonly byValue: readonly {
    readonly property: string
    readonly rules: ReadonlyMap<string | number, readonly PlacedRule[]>
  }[]
  /** By the mere presence of their property. */
  readonly byPresence: readonly { readonly property: string; readonly rules: readonly PlacedRule[] }[]
  readonly forArrays: readonly PlacedRule[]
  /** Those that know an error by more than the status that was written on it. */
  readonly ofLibraries: readonly PlacedRule[]
}

let index: Index | undefined

/** Sorts the rules, once. A handler does so when it is made: an import need not wait for it, nor a request. */
export function rulesByMark(): Index {
  return (index ??= makeIndex(FAMILIES.flatMap(({ rules }) => rules).map(placeRule)))
}

function makeIndex(rules: readonly PlacedRule[]): Index {
  const ofHttp = new Set([...http.rules, ...statuses.rules].map(({ from }) => from))
  const byPresence = groupBy(
    rules.filter(({ values }) => values === undefined),
    ({ property }) => (property === undefined ? [] : [property]),
  )
  return {
    byValue: (['type', 'name', 'code', 'reason'] as const).map((property) => ({
      property,
      rules: groupBy(
        rules.filter((rule) => rule.property === property),
        ({ values = [] }) => values,
      ),
    })),
    byPresence: Array.from(byPresence, ([property, known]) => ({ property, rules: known })),
    forArrays: rules.filter(({ isArray }) => isArray === true),
    ofLibraries: rules.filter(({ from }) => !ofHttp.has(from)),
  }
}

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

/** Whether an error is known by more than the status that was written on it. Never throws. */
export function isKnownOtherwise(error: object, facts: RecognitionFacts): boolean {
  return rulesByMark().ofLibraries.some(
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
  const { byValue, byPresence, forArrays } = rulesByMark()
  let best: Match | undefined
  for (const { property, rules } of byValue) {
    const group = rules.get(read(value, property) as string | number)
    if (group !== undefined) best = firstOf(group, value, facts, unwrap, best)
  }
  for (const { property, rules } of byPresence) {
    if (read(value, property) !== undefined) best = firstOf(rules, value, facts, unwrap, best)
  }
  if (isArray(value)) best = firstOf(forArrays, value, facts, unwrap, best)
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
