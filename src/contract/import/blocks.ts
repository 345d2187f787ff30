import { bareToken, isDigitsOfText, isNumeric, looksLikeCode } from './codes.ts'
import { type Cell, type Column, type Role, type Section, type Table } from './table.ts'
import { plainHeading, WORDS } from './words.ts'

/** A piece of a page, as Markdown, HTML and plain text have them. */
export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly text: string; readonly line: number }
  | { readonly kind: 'table'; readonly rows: readonly (readonly Cell[])[]; readonly line: number }
  | { readonly kind: 'item'; readonly text: string; readonly line: number }
  | { readonly kind: 'text'; readonly text: string; readonly line: number }

interface Heading extends Section {
  readonly level: number
}

/** A code that is a heading, with what stands below it. */
interface CodeSection {
  readonly code: Cell
  readonly name: Cell
  readonly labeled: Map<string, Cell>
  readonly items: Cell[]
  readonly texts: Cell[]
}

const MAX_LEAD = 90

/** Finds the tables of a page, and what else lists codes: headings that are codes, and lists that begin with them. */
export function tablesOf(blocks: readonly Block[]): readonly Table[] {
  const tables: Table[] = []
  const hasHeadings = blocks.some(({ kind }) => kind === 'heading')
  const codeHeadings = codeHeadingsOf(blocks)
  let headings: Heading[] = []
  let lead: Section[] = []
  let list: { sections: readonly Section[]; rows: Cell[][]; others: number; line: number } | undefined
  let sections: { path: readonly Section[]; found: CodeSection[] } | undefined
  let current: CodeSection | undefined

  const path = (): readonly Section[] => (hasHeadings ? headings : leadOf(lead))
  const endList = (): void => {
    if (list !== undefined && list.rows.length >= 2 && list.rows.length > list.others) {
      const { sections: under, rows, line } = list
      tables.push({ sections: under, columns: LIST, rows, line })
    }
    list = undefined
  }
  const endSections = (): void => {
    if (sections !== undefined) tables.push(tableOfSections(sections.path, sections.found))
    sections = undefined
  }

  for (const block of blocks) {
    if (block.kind !== 'item') endList()
    switch (block.kind) {
      case 'heading': {
        current = undefined
        headings = headings.filter(({ level }) => level < block.level)
        const code = codeHeadings.get(block)
        if (code === undefined) {
          endSections()
          headings.push({ title: block.text, line: block.line, level: block.level })
          break
        }
        sections ??= { path: [...headings], found: [] }
        if (sections.path.at(-1) !== headings.at(-1)) {
          endSections()
          sections = { path: [...headings], found: [] }
        }
        current = { ...code, labeled: new Map(), items: [], texts: [] }
        sections.found.push(current)
        break
      }
      case 'table':
        tables.push(tableOf(path(), block))
        lead = []
        break
      case 'item':
      case 'text':
        if (current !== undefined) addTo(current, block)
        else if (block.kind === 'item') {
          list ??= { sections: [...path()], rows: [], others: 0, line: block.line }
          const row = rowOfItem(block)
          if (row === undefined) list.others += 1
          else list.rows.push(row)
        } else if (!hasHeadings) lead.push({ title: block.text, line: block.line })
        break
      // no default
    }
  }
  endList()
  endSections()
  return tables
}

const LIST: readonly Column[] = [
  { heading: 'code', role: 'code' },
  { heading: 'message', role: 'message' },
]

/** Where nothing is marked as a heading, the short line above a table is one. */
function leadOf(lead: readonly Section[]): readonly Section[] {
  const last = lead.findLast(({ title }) => title.endsWith('#')) ?? lead.at(-1)
  if (last === undefined || last.title.length > MAX_LEAD || /[.:;,。：；|]$/.test(last.title)) return []
  return [{ ...last, title: last.title.replace(/\s*#+$/, '') }]
}

function tableOf(sections: readonly Section[], { rows, line }: Block & { kind: 'table' }): Table {
  const [header = [], ...body] = rows
  return { sections: [...sections], columns: header.map(({ text }) => ({ heading: text })), rows: body, line }
}

// `### -1003 TOO_MANY_REQUESTS`, `## Error 20404: Not found`, "### `card_declined`"
const HEADING =
  /^(?:(?:error(?: code)?|code|错误码|错误代码|エラーコード)\s*[:：#]?\s*)?([`"“[]?-?[\p{L}\p{N}_][\p{L}\p{N}_.:/-]{0,127}[`"”\]]?)(?:\s*[:：–—-]\s+|\s+|[:：]|$)(.*)$/iu

/** The headings that are codes: numbers of three digits and more, and words that only programs use. */
function codeHeadingsOf(blocks: readonly Block[]): ReadonlyMap<Block, Pick<CodeSection, 'code' | 'name'>> {
  const found = new Map<Block, Pick<CodeSection, 'code' | 'name'>>()
  for (const block of blocks) {
    if (block.kind !== 'heading' || block.text.length > 300) continue
    const [, written = '', name = ''] = HEADING.exec(block.text) ?? []
    const code = bareToken(written)
      .replaceAll(/^\[|\]$/g, '')
      .replace(/[:：]$/, '')
    const isMarked = /^[`[]/.test(written)
    const isNumber = /^-?\d{3,15}$/.test(code) && !/^(?:19|20)\d\d$/.test(code)
    const isWord =
      looksLikeCode(code) && (isMarked || (name === '' && /_|^[A-Z]+\d{2,}$|^[A-Z]+-\d+$/.test(code)))
    if (!isNumber && !isWord) continue
    const { line } = block
    found.set(block, { code: { text: code, line }, name: { text: bareName(name), line } })
  }
  return found
}

function bareName(name: string): string {
  return bareToken(name.replace(/^\s*[(（](.*)[)）]\s*$/, '$1'))
}

// `- **1001**: User not found`, "* `invalid_token` - The token …", `1001 - User not found`
const ITEM =
  /^(\*\*[^*]{1,128}\*\*|`[^`]{1,128}`|-?[\p{L}\p{N}_][\p{L}\p{N}_.:/-]{0,127}?)(?:\s*[:：=]\s*|\s+[-–—→=]+>?\s+|\t+|\s{2,})(\S.*)$/u

/** A line of a list that begins with a code. */
export function rowOfItem({
  text,
  line,
}: {
  readonly text: string
  readonly line: number
}): Cell[] | undefined {
  const [, written = '', message = ''] = ITEM.exec(text.length > 4000 ? '' : text) ?? []
  const code = bareToken(written).replace(/[:：]$/, '')
  const isCode =
    isNumeric(code) ||
    isDigitsOfText(code) ||
    (looksLikeCode(code) && (/\d{2}|_|^[A-Z]+$/.test(code) || written.startsWith('`')))
  return isCode
    ? [
        { text: code, line },
        { text: message, line },
      ]
    : undefined
}

// `**HTTP status**: 404`
const LABEL = /^[*_]{0,2}([\p{L}][\p{L} -]{1,30})[*_]{0,2}\s*[:：]\s*[*_]{0,2}\s*(\S.*)$/u

function addTo(section: CodeSection, { kind, text, line }: Block & { kind: 'item' | 'text' }): void {
  const [, label = '', value = ''] = LABEL.exec(text) ?? []
  if (isKnown(label) && !section.labeled.has(label)) section.labeled.set(label, { text: value, line })
  else (kind === 'item' ? section.items : section.texts).push({ text, line })
}

function isKnown(heading: string): boolean {
  const plain = plainHeading(heading)
  return (
    plain !== '' &&
    Object.values(WORDS).some((words) => Object.values(words).some((each) => each.includes(plain)))
  )
}

/** Each text below a code is one that clients get: as an item of a list, else the first paragraph. */
function tableOfSections(sections: readonly Section[], found: readonly CodeSection[]): Table {
  const labels = [...new Set(found.flatMap(({ labeled }) => [...labeled.keys()]))]
  const columns: readonly Column[] = [
    column('code'),
    { heading: 'name' },
    ...labels.map((heading) => ({ heading })),
    column('message'),
    column('description'),
  ]
  const rows = found.flatMap(({ code, name, labeled, items, texts }) => {
    const nothing = { text: '', line: code.line }
    const start = [code, name, ...labels.map((label) => labeled.get(label) ?? nothing)]
    const [first = nothing, ...more] = texts
    const isTold = [...labeled.keys()].some((label) => WORDS['en']!.message!.includes(plainHeading(label)))
    if (isTold) return [[...start, nothing, joined([...texts, ...items], nothing)]]
    if (items.length === 0) return [[...start, first, joined(more, nothing)]]
    const description = joined(texts, nothing)
    return items.map((item) => [...start, item, description])
  })
  return { sections: [...sections], columns, rows, line: found[0]!.code.line }
}

function column(role: Role): Column {
  return { heading: role, role }
}

function joined(cells: readonly Cell[], nothing: Cell): Cell {
  return cells.length === 0
    ? nothing
    : { text: cells.map(({ text }) => text).join(' '), line: cells[0]!.line }
}
