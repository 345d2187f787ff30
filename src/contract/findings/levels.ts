import type { Finding, Level } from './finding.ts'

/** The levels, the gravest first. */
const LEVELS: readonly Level[] = ['error', 'breaking', 'warning', 'risky', 'info', 'safe', 'docs']

/** How others call a level: GitHub, SARIF. */
export const GRAVITY: Readonly<Record<Level, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  breaking: 'error',
  warning: 'warning',
  risky: 'warning',
  info: 'note',
  safe: 'note',
  docs: 'note',
}

/** Returns the findings in the order in which people read them: the gravest first, then as they were found. */
export function byGravity(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level))
}

/** How many findings there are of each level, the gravest first: `2 breaking, 1 risky`. */
export function countOf(findings: readonly Finding[]): string {
  return LEVELS.flatMap((level) => {
    const count = findings.filter((finding) => finding.level === level).length
    return count === 0 ? [] : [`${count} ${PLURAL[level] !== undefined && count > 1 ? PLURAL[level] : level}`]
  }).join(', ')
}

const PLURAL: Readonly<Partial<Record<Level, string>>> = { error: 'errors', warning: 'warnings' }
