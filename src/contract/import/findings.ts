import { fingerprintOf, type Finding } from '../findings/finding.ts'
import type { Remark } from './table.ts'

/** Doubts are warnings, and what a rule decided is told besides. */
export function findingsOf(remarks: readonly Remark[], catalog: string): readonly Finding[] {
  return remarks
    .map(({ rule, isDoubt, message, file, line }) => ({
      rule,
      level: isDoubt ? ('warning' as const) : ('info' as const),
      message,
      catalog,
      file,
      line: Math.max(line, 1),
      fingerprint: fingerprintOf(rule, catalog, file, message),
    }))
    .sort(
      (one, other) => Number(one.level === 'info') - Number(other.level === 'info') || one.line - other.line,
    )
}
