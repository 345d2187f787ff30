import { nearest, SetupError, show } from '../../guard/setup-error.ts'
import type { RuleFacts, RuleLevel } from './rule.ts'

export const RULE_LEVELS = ['error', 'warning', 'info', 'off'] as const satisfies readonly RuleLevel[]

export const PRESETS = ['recommended', 'strict'] as const
export type Preset = (typeof PRESETS)[number]

/** A level for a rule, or for all that a pattern such as `style-*` names. */
export interface LevelOf {
  readonly rule: string
  readonly level: RuleLevel
  /** Names the option, in what a SetupError says. */
  readonly origin: string
}

/**
 * Puts together which rule has which level: what is given last stands.
 *
 * @throws SetupError - for a rule that does not exist
 */
export function levelsOf(
  rules: readonly RuleFacts[],
  preset: Preset,
  given: readonly LevelOf[],
): ReadonlyMap<string, RuleLevel> {
  const levels = new Map(rules.map(({ id, levels }) => [id, levels[preset]]))
  for (const { rule, level, origin } of given) {
    for (const id of idsOf(rule, rules, origin)) levels.set(id, level)
  }
  return levels
}

/**
 * Reads `--rule ID=LEVEL`.
 *
 * @throws SetupError - for what is written otherwise
 */
export function parseLevel(given: string): LevelOf {
  const origin = '--rule'
  const [, rule, level] = /^([^=]+)=(.+)$/.exec(given) ?? []
  const known = RULE_LEVELS.find((each) => each === level)
  if (rule !== undefined && known !== undefined) return { rule, level: known, origin }
  throw new SetupError(`${origin} is ${show(given)}. Give ID=LEVEL; levels are ${RULE_LEVELS.join(', ')}.`)
}

/** The rules that a name or a pattern stands for. At least one. */
function idsOf(given: string, rules: readonly RuleFacts[], origin: string): readonly string[] {
  const ids = rules.map(({ id }) => id)
  const found = ids.filter((id) => isNamed(id, given))
  if (found.length > 0) return found
  const meant = nearest(given, ids)
  throw new SetupError(
    `${origin} names the rule ${show(given)}, which does not exist. ${meant === undefined ? 'They are listed in node_modules/bizerror/examples/guide/lint.md.' : `Did you mean ${meant}?`}`,
  )
}

/** Whether a pattern names a rule: itself, or with `*` for any part of it. */
export function isNamed(id: string, pattern: string): boolean {
  return pattern === id || (pattern.includes('*') && globOf(pattern).test(id))
}

/** A pattern in which `*` stands for any part of a name and `**` for any folders. */
export function globOf(pattern: string): RegExp {
  const parts = pattern.split(/(\*\*\/?|\*)/)
  const source = parts.map((part) =>
    part === '*' ? '[^/]*' : part.startsWith('**') ? (part === '**' ? '.*' : '(?:.*/)?') : escaped(part),
  )
  return new RegExp(`^${source.join('')}$`)
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}
