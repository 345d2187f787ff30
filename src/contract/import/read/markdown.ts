import { tablesOf, type Block } from '../blocks.ts'
import { remark, type Cell, type Document, type Remark } from '../table.ts'

/** Reads the tables written in HTML that a Markdown file may hold. */
export type HtmlBlocks = (html: string, firstLine: number) => readonly Block[]

/** Whether a Markdown file needs an HTML parser. */
export function holdsHtmlTable(text: string): boolean {
  return /<table[\s>]/i.test(text)
}

/** Reads Markdown, and text that once was: tables whose rows go over several lines, or have no line of dashes. */
export function readMarkdown(text: string, htmlBlocks: HtmlBlocks | undefined): Document {
  const blocks: Block[] = []
  const remarks: Omit<Remark, 'file'>[] = []
  const lines = text.split(/\r\n|\r|\n/)
  let at = 0
  while (at < lines.length) at = readBlock(lines, at, blocks, remarks, htmlBlocks)
  return { tables: tablesOf(blocks), remarks }
}

const FENCE = /^ {0,3}(`{3,}|~{3,})/
const ATX = /^ {0,3}(#{1,6})(?:\s+(.*?))?(?:\s+#+)?\s*$/
const ITEM = /^(\s*)(?:[-*+]|\d{1,3}[.)])\s+(\S.*)$/

/** Reads one block, and returns the index of the line behind it. */
function readBlock(
  lines: readonly string[],
  at: number,
  blocks: Block[],
  remarks: Omit<Remark, 'file'>[],
  htmlBlocks: HtmlBlocks | undefined,
): number {
  const line = lines[at]!
  const [, fence] = FENCE.exec(line) ?? []
  if (fence !== undefined) return behind(lines, at + 1, (each) => each.trimStart().startsWith(fence))
  if (line.trimStart().startsWith('<!--')) return behind(lines, at, (each) => each.includes('-->'))
  if (htmlBlocks !== undefined && /^\s*<table[\s>]/i.test(line)) {
    const end = endOfTable(lines, at)
    blocks.push(...htmlBlocks(lines.slice(at, end).join('\n'), at + 1))
    return end
  }
  const [, marks, heading = ''] = ATX.exec(line) ?? []
  if (marks !== undefined) {
    blocks.push({ kind: 'heading', level: marks.length, text: headingText(heading), line: at + 1 })
    return at + 1
  }
  const below = lines[at + 1] ?? ''
  if (line.includes('|') && isRule(below)) return readTable(lines, at, cellCount(below), blocks, remarks)
  if (/^\s*\|/.test(line)) return readTable(lines, at, undefined, blocks, remarks)
  if (line.trim() !== '' && /^(?:=+|-{3,})\s*$/.test(below)) {
    const level = below.startsWith('=') ? 1 : 2
    blocks.push({ kind: 'heading', level, text: headingText(line.trim()), line: at + 1 })
    return at + 2
  }
  const [, , item] = ITEM.exec(line) ?? []
  if (item !== undefined) {
    const end = endOfItem(lines, at + 1)
    blocks.push({ kind: 'item', text: joinLines([item, ...lines.slice(at + 1, end)]), line: at + 1 })
    return end
  }
  const text = line.replaceAll(/<a\s[^<>]*>|<\/a>/gi, '').trim()
  if (text !== '') blocks.push({ kind: 'text', text, line: at + 1 })
  return at + 1
}

function behind(lines: readonly string[], from: number, isEnd: (line: string) => boolean): number {
  for (let at = from; at < lines.length; at++) if (isEnd(lines[at]!)) return at + 1
  // Never closed: what follows is read all the same.
  return from + 1 > lines.length ? lines.length : Math.max(from, 1)
}

function endOfTable(lines: readonly string[], from: number): number {
  let depth = 0
  for (let at = from; at < lines.length; at++) {
    depth +=
      (lines[at]!.match(/<table[\s>]/gi)?.length ?? 0) - (lines[at]!.match(/<\/table\s*>/gi)?.length ?? 0)
    if (depth <= 0) return at + 1
  }
  return lines.length
}

function endOfItem(lines: readonly string[], from: number): number {
  let at = from
  while (at < lines.length && /^\s+\S/.test(lines[at]!) && !ITEM.test(lines[at]!)) at++
  return at
}

function joinLines(lines: readonly string[]): string {
  return lines.map((line) => line.trim()).join(' ')
}

/** `Not found {#not-found}`, `<a id="x"></a>Not found` */
function headingText(text: string): string {
  return text
    .replaceAll(/<[^<>]*>/g, '')
    .replace(/\s*\{#[^{}]*\}\s*$/, '')
    .replaceAll(/\\([!-/:-@[-`{-~])/g, '$1')
    .trim()
}

// GitHub Flavored Markdown, section 4.10: https://github.github.com/gfm/#tables-extension-
function isRule(line: string): boolean {
  return (
    line.includes('-') &&
    line.includes('|') &&
    /^\s*\|?(?:\s*:?-+:?\s*\|)*\s*(?::?-+:?)?\s*\|?\s*$/.test(line)
  )
}

function cellCount(line: string): number {
  return splitRow(line, false).length
}

/** How many lines a row may be spread over. */
const MAX_ROW_LINES = 12

function readTable(
  lines: readonly string[],
  from: number,
  ruled: number | undefined,
  blocks: Block[],
  remarks: Omit<Remark, 'file'>[],
): number {
  const header = readRow(lines, from, ruled)
  const rows: (readonly Cell[])[] = [header.cells]
  const columns = Math.max(ruled ?? 0, header.cells.length)
  let at = ruled === undefined ? header.end : from + 2
  while (at < lines.length) {
    const line = lines[at]!
    if (isRule(line)) {
      at++
      continue
    }
    // Without a blank line between them, the line above the dashes begins another table.
    const isNext = line.trim() === '' || (isRule(lines[at + 1] ?? '') && line.includes('|'))
    if (isNext || (ruled === undefined || columns > 1 ? !belongs(line, ruled) : true)) break
    const { cells, end } = readRow(lines, at, columns)
    if (cells.length > columns && cells.slice(columns).some(({ text }) => text !== '')) {
      const advice = 'Write a bar inside a cell as \\|.'
      const message = `The row has ${cells.length} cells, and the table ${columns} columns. ${advice}`
      remarks.push(remark('row-cells', at + 1, message))
    }
    rows.push(cells)
    at = end
  }
  blocks.push({ kind: 'table', rows, line: from + 1 })
  return Math.max(at, from + 1)
}

function belongs(line: string, ruled: number | undefined): boolean {
  return ruled === undefined ? /^\s*\|/.test(line) : line.includes('|') && !ATX.test(line)
}

/** A row goes on in the next lines while it lacks cells, as it does where a page was copied as text. */
function readRow(
  lines: readonly string[],
  from: number,
  columns: number | undefined,
): { readonly cells: readonly Cell[]; readonly end: number } {
  let row = lines[from]!.trim()
  let cells = splitRow(row, true)
  let end = from + 1
  const ends: number[] = Array.from({ length: cells.length }, () => from + 1)
  const isWhole = (): boolean =>
    columns !== undefined && cells.length >= columns && (row.endsWith('|') || !row.startsWith('|'))
  while (!isWhole() && end - from < MAX_ROW_LINES * MAX_ROW_LINES) {
    const next = rowGoesOn(lines, end, row)
    if (next === undefined) break
    row = `${row} ${lines
      .slice(end, next)
      .map((line) => line.trim())
      .join(' ')}`
    cells = splitRow(row, true)
    while (ends.length < cells.length) ends.push(end + 1)
    end = next
  }
  return { cells: cells.map((text, index) => ({ text, line: ends[index] ?? from + 1 })), end }
}

/** The line behind those that belong to a row: they do not begin one, and end with a bar. */
function rowGoesOn(lines: readonly string[], from: number, row: string): number | undefined {
  for (let at = from; at < Math.min(lines.length, from + MAX_ROW_LINES); at++) {
    const line = lines[at]!.trim()
    if (line === '' || line.startsWith('|') || line.startsWith('#')) return undefined
    if (line.endsWith('|')) return at + 1
    if (row.endsWith('|') && at > from + 3) return undefined
  }
  return undefined
}

/**
 * The cells of a row. A bar in them is written `\|`, in code as well; where that gives too many cells, bars in code
 * count as text.
 */
function splitRow(line: string, unescapes: boolean): string[] {
  const row = line.trim()
  const cells: string[] = []
  let cell = ''
  for (let at = row.startsWith('|') ? 1 : 0; at < row.length; at++) {
    const letter = row[at]!
    if (letter === '\\' && row[at + 1] === '|') {
      cell += unescapes ? '|' : '\\|'
      at++
    } else if (letter === '|') {
      cells.push(cellText(cell))
      cell = ''
    } else cell += letter
  }
  if (cell.trim() !== '' || !row.endsWith('|')) cells.push(cellText(cell))
  return cells
}

/** What Markdown needs, and a text does not: breaks, escapes, entities. Emphasis, code and links are kept. */
function cellText(cell: string): string {
  return cell
    .replaceAll(/\s*<\s*\/?\s*br\s*\/?\s*>\s*/gi, ' ')
    .replaceAll(/\\([!-/:-@[-`{-~])/g, '$1')
    .replaceAll(/&(lt|gt|amp|quot|nbsp|#39|#124|vert);/g, (whole, name: string) => ENTITIES[name] ?? whole)
    .trim()
}

const ENTITIES: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  nbsp: ' ',
  '#39': "'",
  '#124': '|',
  vert: '|',
}
