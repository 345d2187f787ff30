import { exitCodeOf, type Report } from '../report.ts'

/** Findings for programs: one JSON value. */
export function json(report: Report): string {
  const { command, findings, summary } = report
  return `${JSON.stringify({ command, ok: exitCodeOf(report) === 0, summary, findings }, null, 2)}\n`
}
