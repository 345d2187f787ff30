import { tablesOf, type Block } from '../blocks.ts'
import { EMPTY, type Cell, type Document } from '../table.ts'

/** As much of the package parse5 as is used here. */
export interface Parse5 {
  readonly parse: (html: string, options: { readonly sourceCodeLocationInfo: true }) => HtmlNode
  readonly parseFragment: (html: string, options: { readonly sourceCodeLocationInfo: true }) => HtmlNode
}

interface HtmlNode {
  readonly nodeName: string
  readonly value?: string
  readonly attrs?: readonly { readonly name: string; readonly value: string }[]
  readonly childNodes?: readonly HtmlNode[]
  readonly parentNode?: HtmlNode | null
  readonly sourceCodeLocation?: { readonly startLine: number } | null | undefined
}

/** Reads a page: its tables with merged cells, lists, headings. */
export function readHtml(html: string, { parse }: Parse5): Document {
  return { tables: tablesOf(blocksOf(parse(html, { sourceCodeLocationInfo: true }), 1)), remarks: [] }
}

/** Reads a piece of a page. */
export function htmlBlocks(html: string, firstLine: number, { parseFragment }: Parse5): readonly Block[] {
  return blocksOf(parseFragment(html, { sourceCodeLocationInfo: true }), firstLine)
}

const PARAGRAPHS = new Set(['p'])
const SKIPPED = new Set(['script', 'style', 'template', 'noscript', 'head', 'nav', 'pre', 'svg', 'select'])

function blocksOf(root: HtmlNode, firstLine: number): readonly Block[] {
  const blocks: Block[] = []
  // Pages may be nested deeper than calls can be.
  const open: { readonly node: HtmlNode; readonly isInTable: boolean }[] = [{ node: root, isInTable: false }]
  while (open.length > 0) {
    const { node, isInTable } = open.pop()!
    const { nodeName } = node
    if (SKIPPED.has(nodeName)) continue
    const line = lineOf(node, firstLine)
    const [, level] = /^h([1-6])$/.exec(nodeName) ?? []
    if (nodeName === 'table') blocks.push({ kind: 'table', rows: gridOf(node, firstLine), line })
    else if (isInTable) {
      // What stands in a cell is the cell's text.
    } else if (level !== undefined)
      blocks.push({ kind: 'heading', level: Number(level), text: textOf(node), line })
    else if (nodeName === 'li') blocks.push({ kind: 'item', text: textOf(node), line })
    else if (nodeName === 'dt') {
      const definition = definitionOf(node)
      blocks.push({ kind: 'item', text: `\`${textOf(node)}\`: ${definition}`, line })
    } else if (PARAGRAPHS.has(nodeName)) blocks.push({ kind: 'text', text: textOf(node), line })
    const children = node.childNodes ?? []
    const isWithin = isInTable || nodeName === 'table'
    for (let at = children.length - 1; at >= 0; at--) open.push({ node: children[at]!, isInTable: isWithin })
  }
  return blocks.filter((block) => block.kind === 'table' || block.text !== '')
}

function lineOf(node: HtmlNode, firstLine: number): number {
  return (node.sourceCodeLocation?.startLine ?? 1) + firstLine - 1
}

function definitionOf(term: HtmlNode): string {
  const siblings = term.parentNode?.childNodes ?? []
  const at = siblings.indexOf(term)
  const next = siblings
    .slice(at + 1, at + 4)
    .find(({ nodeName }) => nodeName !== '#text' && nodeName !== '#comment')
  return next?.nodeName === 'dd' ? textOf(next) : ''
}

const BREAKS = new Set(['br', 'p', 'div', 'li', 'tr', 'td', 'th', 'dd', 'dt'])

/** The text of an element, on one line. What stands in a table or a list of its own is not of it. */
function textOf(element: HtmlNode): string {
  let text = ''
  const open: HtmlNode[] = [element]
  while (open.length > 0) {
    const node = open.pop()!
    if (node.nodeName === '#text') text += node.value ?? ''
    if (node !== element && (SKIPPED.has(node.nodeName) || isOwnBlock(node.nodeName, element.nodeName)))
      continue
    if (BREAKS.has(node.nodeName)) text += ' '
    const children = node.childNodes ?? []
    for (let at = children.length - 1; at >= 0; at--) open.push(children[at]!)
  }
  return text.replaceAll(/\s+/g, ' ').trim()
}

/** An item of a list that is within another is told as an item of its own. */
function isOwnBlock(name: string, within: string): boolean {
  return name === 'table' || (within === 'li' && (name === 'ul' || name === 'ol'))
}

// The bounds of HTML itself: https://html.spec.whatwg.org/multipage/tables.html#attributes-common-to-td-and-th-elements
const MAX_COLSPAN = 1000
const MAX_ROWSPAN = 65_534
const MAX_CELLS = 100_000

/** The cells of a table, those that are merged in each place that they cover. */
function gridOf(table: HtmlNode, firstLine: number): readonly (readonly Cell[])[] {
  const grid: Cell[][] = []
  const headed: boolean[] = []
  /** By column: a cell from above, and how many rows it still covers. */
  const above = new Map<number, { cell: Cell; rows: number }>()
  let count = 0
  for (const { row, isHead } of rowsOf(table)) {
    const cells: Cell[] = []
    const put = (cell: Cell): void => {
      cells.push(cell)
      count += 1
    }
    const fill = (): void => {
      for (let held = above.get(cells.length); held !== undefined; held = above.get(cells.length)) {
        held.rows -= 1
        if (held.rows <= 0) above.delete(cells.length)
        put(held.cell)
      }
    }
    const own = (row.childNodes ?? []).filter(({ nodeName }) => nodeName === 'td' || nodeName === 'th')
    for (const element of own) {
      fill()
      const cell = { text: textOf(element), line: lineOf(element, firstLine) }
      const columns = spanOf(element, 'colspan', MAX_COLSPAN)
      const rows = spanOf(element, 'rowspan', MAX_ROWSPAN)
      for (let column = 0; column < columns; column++) {
        if (count >= MAX_CELLS) break
        if (rows > 1) above.set(cells.length, { cell, rows: rows - 1 })
        put(cell)
      }
    }
    fill()
    grid.push(cells)
    headed.push(isHead || (own.length > 0 && own.every(({ nodeName }) => nodeName === 'th')))
  }
  return withOneHeader(grid, headed)
}

/** Several rows of headings are one, whose parts are merged or stand below each other. */
function withOneHeader(grid: readonly Cell[][], headed: readonly boolean[]): readonly (readonly Cell[])[] {
  const end = headed.indexOf(false)
  const heads = grid.slice(0, end === -1 ? 1 : Math.max(end, 1))
  const width = Math.max(0, ...heads.map((row) => row.length))
  const header = Array.from({ length: width }, (_, column): Cell => {
    const parts = heads.map((row) => row[column] ?? EMPTY)
    const texts = [...new Set(parts.map(({ text }) => text))].filter((text) => text !== '')
    return { text: texts.join(' '), line: parts[0]!.line }
  })
  // The lowest row is enough where it tells the columns apart.
  const lowest = heads.at(-1) ?? []
  const isEnough = new Set(lowest.map(({ text }) => text).filter((text) => text !== '')).size === width
  if (isEnough) return [lowest, ...grid.slice(heads.length)]
  return [header, ...grid.slice(heads.length)]
}

function rowsOf(table: HtmlNode): readonly { readonly row: HtmlNode; readonly isHead: boolean }[] {
  return (table.childNodes ?? []).flatMap((part) =>
    part.nodeName === 'tr'
      ? [{ row: part, isHead: false }]
      : ['thead', 'tbody', 'tfoot'].includes(part.nodeName)
        ? (part.childNodes ?? [])
            .filter(({ nodeName }) => nodeName === 'tr')
            .map((row) => ({ row, isHead: part.nodeName === 'thead' }))
        : [],
  )
}

function spanOf(element: HtmlNode, name: string, most: number): number {
  const value = Number(element.attrs?.find((each) => each.name === name)?.value ?? 1)
  return Number.isInteger(value) && value > 0 ? Math.min(value, most) : 1
}
