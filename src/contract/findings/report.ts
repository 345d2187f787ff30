import type { Finding, Level } from './finding.ts'

/** Findings, and what is said of all of them. */
export interface Report {
  /** The command that found them. */
  readonly command: string
  readonly findings: readonly Finding[]
  /** Above the findings, for people. */
  readonly heading?: string | undefined
  /** Below them, for people: how many there are, and what to do. */
  readonly summary: string
  /** The levels that end with exit code 1. */
  readonly failOn: readonly Level[]
  /** How people read them, where that is not a table. */
  readonly pages?: ReportPages | undefined
}

/** The findings as a command of its own way shows them. */
export interface ReportPages {
  readonly human: (colors: boolean) => string
  readonly markdown: () => string
}

/** Returns the exit code: 1 when a finding has one of the levels that were asked for. */
export function exitCodeOf({ findings, failOn }: Pick<Report, 'findings' | 'failOn'>): 0 | 1 {
  return findings.some(({ level }) => failOn.includes(level)) ? 1 : 0
}
