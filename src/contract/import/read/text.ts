import { rowOfItem } from '../blocks.ts'
import { isDigitsOfText, isNumeric, looksLikeCode } from '../codes.ts'
import type { Cell, Column, Document, Section, Table } from '../table.ts'

/** Reads lines of columns that stand two blanks or a tab apart, and lines that begin with a code. */
export function readText(text: string): Document {
  const tables: Table[] = []
  let sections: readonly Section[] = []
  let rows: Row[] = []
  const end = (): void => {
    if (rows.length > 0) tables.push(tableOf(rows, sections))
    rows = []
  }
  for (const [index, raw] of text.split(/\r\n|\r|\n/).entries()) {
    const trimmed = raw.trim()
    if (trimmed === '' || /^(?:#|\/\/|;)/.test(trimmed)) continue
    const line = index + 1
    const title = /^(?:section|chapter|class|group|module)\s*:\s*(.+)$/i.exec(trimmed)?.[1]
    const row = title === undefined ? rowOf(trimmed, line) : undefined
    if (row !== undefined) rows.push(row)
    else if (title !== undefined || trimmed.length <= MOST_LETTERS) {
      end()
      sections = [{ title: title ?? trimmed.replace(/[=:：-]+$/, '').trim(), line }]
    }
  }
  end()
  return { tables: joinSame(tables), remarks: [] }
}

/** Of a line that is a heading. */
const MOST_LETTERS = 90

interface Row {
  readonly cells: readonly Cell[]
  /** Whether a sign stands between its code and its text: then it needs no headings. */
  readonly isPair: boolean
}

function rowOf(text: string, line: number): Row | undefined {
  const cells = text.split(/\t+|\s{2,}/).map((each): Cell => ({ text: each, line }))
  if (cells.length > 1 && looksLikeCode(cells[0]!.text)) return { cells, isPair: false }
  const pair = rowOfItem({ text, line })
  if (pair !== undefined) return { cells: pair, isPair: true }
  // `1001 User not found`
  const [, code = '', message = ''] = /^(\S{1,128})\s(.+)$/.exec(text) ?? []
  const isCode = (isNumeric(code) && code.length >= 3) || isDigitsOfText(code)
  if (!isCode) return undefined
  return { cells: [code, message].map((each) => ({ text: each, line })), isPair: true }
}

const PAIR: readonly Column[] = [
  { heading: 'code', role: 'code' },
  { heading: 'message', role: 'message' },
]

function tableOf(given: readonly Row[], sections: readonly Section[]): Table {
  const rows = given.map(({ cells }) => cells)
  const [first = [], ...rest] = rows
  const { line } = first[0]!
  if (given.every(({ isPair }) => isPair)) return { sections, columns: PAIR, rows, line }
  const isHeaded =
    rest.length > 0 &&
    first.length > 1 &&
    !first.some(({ text }) => /\d/.test(text)) &&
    rest.every((row) => /\d/.test(row[0]!.text))
  const width = Math.max(...rows.map((row) => row.length))
  const columns = Array.from({ length: width }, (_, index) => ({
    heading: isHeaded ? (first[index]?.text ?? '') : '',
  }))
  return { sections, columns, rows: isHeaded ? rest : rows, line }
}

/** Sections of one list have as many columns as its widest. */
function joinSame(tables: readonly Table[]): readonly Table[] {
  const width = Math.max(0, ...tables.map(({ columns }) => columns.length))
  return tables.map((table) =>
    table.columns.every(({ heading, role }) => heading === '' && role === undefined)
      ? { ...table, columns: Array.from({ length: width }, () => ({ heading: '' })) }
      : table,
  )
}
