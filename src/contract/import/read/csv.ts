import { remark, type Cell, type Document, type Remark } from '../table.ts'

const DELIMITERS = [',', ';', '\t', '|'] as const

/** Reads CSV by RFC 4180, and what spreadsheets make of it: `;` or tabs between cells, a line that says so. */
export function readCsv(text: string): Document {
  const [, told] = /^sep=(.)\r?\n/i.exec(text) ?? []
  const start = told === undefined ? 0 : text.indexOf('\n') + 1
  const delimiter = told ?? delimiterOf(text.slice(start))
  const remarks: Omit<Remark, 'file'>[] = []
  const records = readRecords(text, start, delimiter, remarks).filter((cells) =>
    cells.some((cell) => cell.text !== ''),
  )
  // A title may stand above the headings.
  const width = Math.max(0, ...records.slice(0, 50).map((cells) => filled(cells)))
  const at = Math.max(
    0,
    records.findIndex((cells) => filled(cells) >= Math.max(2, width - 1)),
  )
  const [header = [], ...rows] = records.slice(at)
  // A row with a number is none of headings.
  const isData = header.some(({ text: cell }) => /^-?\d+$/.test(cell))
  const columns = header.map((cell) => ({ heading: isData ? '' : cell.text }))
  const table = { sections: [], columns, rows: isData ? [header, ...rows] : rows, line: header[0]?.line ?? 1 }
  return { tables: header.length === 0 ? [] : [table], remarks }
}

function filled(cells: readonly Cell[]): number {
  return cells.filter(({ text }) => text !== '').length
}

/** The one that stands most often outside quotes in the first lines. */
function delimiterOf(text: string): string {
  const sample = text.slice(0, 10_000).replaceAll(/"[^"]*"/g, '')
  const counts = DELIMITERS.map((each) => sample.split(each).length)
  return DELIMITERS[counts.indexOf(Math.max(...counts))]!
}

function readRecords(
  text: string,
  start: number,
  delimiter: string,
  remarks: Omit<Remark, 'file'>[],
): Cell[][] {
  const records: Cell[][] = []
  let record: Cell[] = []
  let at = start
  let line = start === 0 ? 1 : 2
  while (at < text.length) {
    const begins = line
    let cell: string
    const isQuoted = text[at] === '"'
    if (isQuoted) {
      const end = endOfQuoted(text, at + 1)
      if (end === -1) {
        remarks.push(
          remark('csv-quote', line, 'A quote is opened here and never closed. Double it ("") to write one.'),
        )
        cell = text.slice(at + 1)
        at = text.length
      } else {
        cell = text.slice(at + 1, end).replaceAll('""', '"')
        at = end + 1
      }
      line += cell.split('\n').length - 1
    } else cell = ''
    const rest = endOfPlain(text, at, delimiter)
    cell += text.slice(at, rest)
    record.push({ text: cell.replaceAll(/\s+/g, ' ').trim(), line: begins })
    at = rest
    if (text[at] === delimiter) {
      at += 1
      if (at < text.length && text[at] !== '\n' && text[at] !== '\r') continue
      record.push({ text: '', line })
    }
    if (text[at] === '\r') at += 1
    if (text[at] === '\n') at += 1
    line += 1
    records.push(record)
    record = []
  }
  return records
}

function endOfQuoted(text: string, from: number): number {
  let at = text.indexOf('"', from)
  while (at !== -1 && text[at + 1] === '"') at = text.indexOf('"', at + 2)
  return at
}

function endOfPlain(text: string, from: number, delimiter: string): number {
  let at = from
  while (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') at++
  return at
}
