import { styleText } from 'node:util'
import type { Finding } from '../finding.ts'
import { groupedBy } from '../group.ts'
import { GRAVITY } from '../levels.ts'
import { plain } from '../plain.ts'
import type { Report } from '../report.ts'

type Style = Parameters<typeof styleText>[0]

const STYLES: Readonly<Record<'error' | 'warning' | 'note', Style>> = {
  error: 'red',
  warning: 'yellow',
  note: 'cyan',
}

/** Findings for a terminal: in columns, under the file or catalog that they are about. */
export function human({ findings, heading, summary }: Report, colors: boolean): string {
  const paint = (style: Style, text: string): string =>
    colors && text !== '' ? styleText(style, text, { validateStream: false }) : text
  const blocks: string[] = []
  if (heading !== undefined) blocks.push(paint('bold', heading))
  for (const [place, each] of byPlace(findings)) {
    const lines = rowsOf(each).map(({ level, cells }) => {
      const [position, name, subject, rule, message, fingerprint] = cells
      return [
        place === '' ? '' : '  ',
        paint('dim', position),
        paint(STYLES[GRAVITY[level]], name),
        paint('bold', subject),
        rule,
        message,
        paint('dim', fingerprint),
      ].join('')
    })
    blocks.push([...(place === '' ? [] : [paint('underline', place)]), ...lines.map(trimmed)].join('\n'))
  }
  blocks.push(summary)
  return `${blocks.join('\n\n')}\n`
}

function trimmed(line: string): string {
  return line.trimEnd()
}

function byPlace(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const catalogs = new Set(findings.map(({ catalog }) => catalog))
  return groupedBy(findings, ({ file, catalog }) => file ?? (catalogs.size > 1 ? (catalog ?? '') : ''))
}

interface Row {
  readonly level: Finding['level']
  readonly cells: readonly [string, string, string, string, string, string]
}

/** Pads the cells of each column to the widest. */
function rowsOf(findings: readonly Finding[]): readonly Row[] {
  const rows = findings.map((finding) => ({ level: finding.level, cells: cellsOf(finding) }))
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map(({ cells }) => cells[column]!.length)))
  return rows.map(({ level, cells }) => ({
    level,
    cells: cells.map((cell, column) => {
      const width = widths[column] ?? 0
      return column < widths.length
        ? width === 0
          ? ''
          : `${cell.padEnd(width)}  `
        : column === 5
          ? `  ${cell}`
          : cell
    }) as unknown as Row['cells'],
  }))
}

function cellsOf({ level, rule, message, key, code, line, column, fingerprint }: Finding): Row['cells'] {
  const position = line === undefined ? '' : `${line}:${column ?? 1}`
  const subject =
    code === undefined && key === undefined
      ? ''
      : key === undefined || code === undefined || key === code
        ? String(code ?? key)
        : `${key} (${code})`
  // Only what can be allowed needs a name.
  const isChange = level === 'breaking' || level === 'risky'
  return [position, level, plain(subject), rule, plain(message), isChange ? fingerprint : '']
}
