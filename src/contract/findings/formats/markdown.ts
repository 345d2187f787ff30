import type { Finding } from '../finding.ts'
import { byGravity } from '../levels.ts'
import type { Report } from '../report.ts'

/** Findings as GitHub's Markdown, for a summary or a comment. */
export function markdown({ command, findings, heading, summary }: Report): string {
  const blocks = [`### ${escaped(heading ?? `bizerror ${command}`)}`]
  if (findings.length > 0) {
    const rows = byGravity(findings).map(
      (finding) =>
        `| ${[finding.level, subjectOf(finding), `\`${finding.rule}\``, escaped(finding.message), placeOf(finding)].join(' | ')} |`,
    )
    blocks.push(
      ['| level | error | rule | what | where |', '| --- | --- | --- | --- | --- |', ...rows].join('\n'),
    )
  }
  blocks.push(escaped(summary))
  return `${blocks.join('\n\n')}\n`
}

function subjectOf({ key, code }: Finding): string {
  const subject = key ?? code
  return subject === undefined ? '' : escaped(String(subject))
}

function placeOf({ file, line }: Finding): string {
  return file === undefined ? '' : `${escaped(file)}${line === undefined ? '' : `:${line}`}`
}

/** What Markdown, HTML and tables would read otherwise; an @ would call somebody. */
export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[\\`*_[\]|#~]/g, '\\$&')
    .replaceAll('@', '@\u200B')
    .replaceAll(/\s*[\r\n]+\s*/g, ' ')
}
