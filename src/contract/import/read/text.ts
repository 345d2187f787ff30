import { rowOfItem } from '../blocks.ts'
import { isDigitsOfText, isNumeric, looksLikeCode } from '../codes.ts'
import { type Cell, type Document, type Section, type Table } from '../table.ts'

/** Reads lines of columns that stand two blanks or a tab apart, and lines that begin with a code. */
export function readText(text: string): Document {
  const tables: Table[] = []
  let sections: readonly Section[] = []
  let rows: Cell[][] = []
  const end = (): void => {
    if (rows.length > 0) tables.push(tableOf(rows, sections))
    rows = []
  }
  for (const [index, raw] of text.split(/\r\n|\r|\n/).entries()) {
    const line = index + 1
    const trimmed = raw.trim()
    if (trimmed === '' || /^(?:#|\/\/|;)/.test(trimmed)) continue
    const cells = trimmed.split(/\t+|\s{2,}/).map((each): Cell => ({ text: each, line }))
    const title = /^(?:section|chapter|class|group|module)\s*:\s*(.+)$/i.exec(trimmed)?.[1]
    const row = cells.length > 1 && looksLikeCode(cells[0]!.text) ? cells : rowOfItem({ text: trimmed, line })
    if (title !== undefined) {
      end()
      sections = [{ title, line }]
    } else if (row !== undefined) rows.push(row)
    else if (rows.length > 0 && startsLine(trimmed))
      rows.push(startsLine(trimmed)!.map((each) => ({ text: each, line })))
    else if (startsLine(trimmed)) rows.push(startsLine(trimmed)!.map((each) => ({ text: each, line })))
    else if (trimmed.length <= 90) {
      end()
      sections = [{ title: trimmed.replace(/^=+\s*|\s*[=:：-]+$/g, ''), line }]
    }
  }
  end()
  return { tables: joinSame(tables), remarks: [] }
}

/** `1001 User not found` */
function startsLine(text: string): readonly [code: string, message: string] | undefined {
  const [, code = '', message = ''] = /^(\S{1,128})\s(.+)$/.exec(text) ?? []
  return (isNumeric(code) && code.length >= 3) || isDigitsOfText(code) ? [code, message] : undefined
}

function tableOf(rows: readonly (readonly Cell[])[], sections: readonly Section[]): Table {
  const [first = [], ...rest] = rows
  const isHeaded =
    rest.length > 0 &&
    first.length > 1 &&
    !first.some(({ text }) => /\d/.test(text)) &&
    rest.every((row) => /\d/.test(row[0]!.text))
  const width = Math.max(...rows.map((row) => row.length))
  const columns = Array.from({ length: width }, (_, index) => ({
    heading: isHeaded ? (first[index]?.text ?? '') : '',
  }))
  return { sections, columns, rows: isHeaded ? rest : rows, line: first[0]!.line }
}

/** Sections of one list have as many columns as its widest. */
function joinSame(tables: readonly Table[]): readonly Table[] {
  const width = Math.max(0, ...tables.map(({ columns }) => columns.length))
  return tables.map((table) =>
    table.columns.every(({ heading }) => heading === '')
      ? { ...table, columns: Array.from({ length: width }, () => ({ heading: '' })) }
      : table,
  )
}
