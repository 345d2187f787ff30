import { styleText } from 'node:util'
import { plain } from '../findings/plain.ts'
import { GRAVITY } from '../findings/levels.ts'
import type { Finding } from '../findings/finding.ts'
import { listed, said } from './change.ts'
import { briefOf, textCount, type Brief, type Compared } from './compared.ts'

/** Columns of a line. */
const WIDTH = 100
/** A message is not pressed into less. */
const MIN_MESSAGE = 40

const STYLES = { error: 'red', warning: 'yellow', note: 'cyan' } as const

interface Row {
  readonly level: string
  readonly style: (typeof STYLES)[keyof typeof STYLES] | 'dim'
  /** Code, rule and message; or a sentence. */
  readonly cells: readonly [subject: string, rule: string] | undefined
  readonly message: string
  /** What a person copies. */
  readonly fingerprint: string
}

/**
 * The changes of catalogs for a terminal: in columns, those that somebody has to decide on one by one.
 *
 * @param told - of none of them
 */
export function human(
  all: readonly Compared[],
  told: readonly Finding[],
  summary: string,
  colors: boolean,
): string {
  const blocks = all.flatMap((compared) => blocksOf(headingOf(compared), rowsOf(compared), colors))
  const rest =
    told.length === 0
      ? []
      : blocksOf(
          'diff.allow',
          told.map((finding) => rowOf(finding, '')),
          colors,
        )
  return `${[...blocks, ...rest, summary].join('\n\n')}\n`
}

function blocksOf(heading: string, rows: readonly Row[], colors: boolean): readonly string[] {
  const paint = (style: Row['style'] | 'bold', text: string): string =>
    colors && text !== '' ? styleText(style, text, { validateStream: false }) : text
  const [level, subject, rule, fingerprint] = widthsOf(rows)
  const indent = level + subject + rule
  const longest = Math.max(0, ...rows.map(({ cells, message }) => (cells === undefined ? 0 : message.length)))
  const most = Math.min(longest, Math.max(MIN_MESSAGE, WIDTH - indent - fingerprint))
  const lines = rows.flatMap((row) => {
    const start = paint(row.style, row.level) + ' '.repeat(level - row.level.length)
    if (row.cells === undefined) return [start + row.message]
    const [first = '', ...rest] = wrapped(row.message, most)
    const [code, id] = row.cells
    const end = row.fingerprint === '' ? first : first.padEnd(most) + '  ' + paint('dim', row.fingerprint)
    return [
      start + paint('bold', code) + ' '.repeat(subject - code.length) + id.padEnd(rule) + end,
      ...rest.map((line) => ' '.repeat(indent) + line),
    ]
  })
  return [paint('bold', heading), ...(lines.length === 0 ? [] : [lines.join('\n')])]
}

function headingOf({ catalog, old, next }: Compared): string {
  return plain(`${catalog}  ${placeOf(old)}  →  ${placeOf(next)}`)
}

export function placeOf({ path, ref }: Compared['old']): string {
  return ref === undefined ? path : `${path} at ${ref}`
}

function rowsOf({ open, accepted, faults }: Compared): readonly Row[] {
  return [
    ...faults.map((finding) => rowOf(finding, finding.fingerprint)),
    ...open
      .filter(({ level }) => level === 'breaking' || level === 'risky')
      .map((change) => rowOf(change, change.fingerprint)),
    ...briefOf(open).map(briefRow),
    ...accepted.map(({ change, allow }) => {
      const until = allow.until === undefined ? '' : `, until ${allow.until}`
      return {
        ...rowOf(change, ''),
        level: 'accepted',
        style: 'dim' as const,
        message: plain(`${change.message} (${allow.reason}${until})`),
      }
    }),
  ]
}

function rowOf({ level, rule, message, code, key }: Finding, fingerprint: string): Row {
  const subject =
    code === undefined ? '' : key === undefined || key === code ? said(code) : `${said(code)} ${said(key)}`
  return {
    level,
    style: STYLES[GRAVITY[level]],
    cells: [plain(subject), rule],
    message: plain(message),
    fingerprint,
  }
}

function briefRow(brief: Brief): Row {
  const [first, ...others] = brief.changes
  const row = rowOf(first!, '')
  if (brief.rule === 'text') return { ...row, cells: undefined, message: textsOf(brief) }
  return others.length === 0
    ? row
    : { ...row, cells: [`${brief.changes.length} codes`, brief.rule], message: plain(codesOf(brief)) }
}

/** `4 texts reworded` */
export function textsOf({ changes }: Brief): string {
  const count = textCount(changes)
  return `${count} ${count === 1 ? 'text' : 'texts'} reworded`
}

/** `10010, 10011, 10012, 10013 and 8 more` */
export function codesOf({ changes }: Brief): string {
  return listed(changes.map(({ code }) => code))
}

/** The widths of the columns but for the message's, with the blanks beside them. */
function widthsOf(rows: readonly Row[]): readonly [number, number, number, number] {
  const width = (cellOf: (row: Row) => string | undefined): number => {
    const most = Math.max(0, ...rows.map((row) => cellOf(row)?.length ?? 0))
    return most === 0 ? 0 : most + 2
  }
  return [
    width(({ level }) => level),
    width(({ cells }) => cells?.[0]),
    width(({ cells }) => cells?.[1]),
    width(({ fingerprint }) => fingerprint),
  ]
}

/** Breaks a message into lines. */
function wrapped(message: string, width: number): readonly string[] {
  const lines: string[] = []
  for (const word of message.split(' ')) {
    const line = lines.at(-1)
    if (line === undefined || line.length + 1 + word.length > width) lines.push(word)
    else lines[lines.length - 1] = `${line} ${word}`
  }
  return lines
}
