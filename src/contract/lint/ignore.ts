import { nearest, SetupError, show } from '../../guard/setup-error.ts'
import type { LintIgnore } from '../cli/config.ts'
import { fingerprintOf, type Finding } from '../findings/finding.ts'
import { globOf, isNamed } from './levels.ts'
import { levels, type RuleFacts, type RuleLevel } from './rule.ts'

/** What is said of lines of `lint.ignore` themselves. */
export const IGNORE_RULE: RuleFacts = {
  id: 'ignore-unused',
  family: 'catalog',
  levels: levels('warning'),
  what: 'A line of lint.ignore matches nothing that was found.',
  why: 'What it silenced is mended, or the line is mistyped: it would silence what comes next.',
}

/**
 * Takes away the findings that a project knows, and tells of lines that match none.
 *
 * @param isRun - whether a rule was held against anything: a line about others is not judged
 * @throws SetupError - for a rule that does not exist
 */
export function withoutIgnored(
  findings: readonly Finding[],
  ignored: readonly LintIgnore[],
  rules: readonly RuleFacts[],
  levels: ReadonlyMap<string, RuleLevel>,
  isRun: (rule: RuleFacts) => boolean,
): readonly Finding[] {
  const lines = ignored.map((line, index) => ({
    line,
    file: line.file === undefined ? undefined : globOf(line.file.replace(/^\.\//, '')),
    named: namedBy(line, rules, index),
    isUsed: false,
  }))
  const left = findings.filter((finding) => {
    const matching = lines.filter(({ line, file }) => matches(finding, line, file))
    for (const each of matching) each.isUsed = true
    return matching.length === 0
  })
  const level = levels.get(IGNORE_RULE.id) ?? 'off'
  if (level === 'off') return left
  const unused = lines.filter(({ isUsed, named }) => !isUsed && named.some(isRun))
  return [
    ...left,
    ...unused.map(({ line }): Finding => {
      const { reason, ...what } = line
      const shown = Object.entries(what).map(([name, value]) => `${name} ${value}`)
      return {
        rule: IGNORE_RULE.id,
        level,
        message: `lint.ignore of ${shown.join(', ')} matches nothing (${reason}). Take it away, or look at how it is written.`,
        fingerprint: fingerprintOf(IGNORE_RULE.id, shown),
      }
    }),
  ]
}

function namedBy({ rule }: LintIgnore, rules: readonly RuleFacts[], index: number): readonly RuleFacts[] {
  const named = rules.filter(({ id }) => isNamed(id, rule))
  if (named.length > 0) return named
  const meant = nearest(
    rule,
    rules.map(({ id }) => id),
  )
  throw new SetupError(
    `lint.ignore[${index}] names the rule ${show(rule)}, which does not exist. ${meant === undefined ? 'They are listed in node_modules/bizerror/examples/guide/lint.md.' : `Did you mean ${meant}?`}`,
  )
}

function matches(finding: Finding, { rule, code, key }: LintIgnore, file: RegExp | undefined): boolean {
  return (
    isNamed(finding.rule, rule) &&
    // Translators' files know keys as texts alone.
    (code === undefined || String(finding.code) === String(code)) &&
    (key === undefined || String(finding.key) === String(key)) &&
    (file === undefined || (finding.file !== undefined && file.test(finding.file)))
  )
}
