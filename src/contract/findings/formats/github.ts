import type { Finding } from '../finding.ts'
import { groupedBy } from '../group.ts'
import { byGravity, GRAVITY } from '../levels.ts'
import type { Report } from '../report.ts'

/** GitHub shows so many annotations of each level and step. */
const SHOWN = 10

/**
 * Findings as workflow commands, which GitHub shows beside the code.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function github({ command, findings, summary }: Report): string {
  const lines: string[] = []
  let left = 0
  for (const each of groupedBy(byGravity(findings), ({ level }) => GRAVITY[level]).values()) {
    lines.push(...each.slice(0, SHOWN).map((finding) => annotation(command, finding)))
    left += Math.max(0, each.length - SHOWN)
  }
  if (left > 0)
    lines.push(
      `::notice title=bizerror ${command}::${text(`And ${left} more: they stand in the summary of this job.`)}`,
    )
  lines.push(summary)
  return `${lines.join('\n')}\n`
}

function annotation(
  command: string,
  { level, rule, message, file, line, column, key, code, catalog, fingerprint }: Finding,
): string {
  const gravity = GRAVITY[level]
  const properties = {
    file,
    line: file === undefined ? undefined : line,
    col: file === undefined ? undefined : column,
    title: `${rule} (bizerror ${command})`,
  }
  const given = Object.entries(properties)
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${property(String(value))}`]))
    .join(',')
  // Of a change of the catalog: what clients know it by, and what accepts it.
  const isChange = level === 'breaking' || level === 'risky'
  const name = isChange && code !== undefined && code !== key ? `${key} (${code})` : key
  const subject = key === undefined ? '' : `${catalog === undefined ? '' : `${catalog} `}${name}: `
  const accepted = isChange ? ` [${fingerprint}]` : ''
  return `::${gravity === 'note' ? 'notice' : gravity} ${given}::${text(subject + message + accepted)}`
}

function text(value: string): string {
  return value.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(value: string): string {
  return text(value).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
