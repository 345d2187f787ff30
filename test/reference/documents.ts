import { existsSync, readdirSync, readFileSync } from 'node:fs'

/** The five documents and the README beside them, each as far as the catalogs must agree with it. */
export interface Documents {
  readonly cloudWaf: CloudWafDocument
  readonly cdn: CdnDocument
  readonly cdnChinese: CdnDocument
  readonly gateway: GatewayDocument
  readonly secrets: SecretsDocument
  readonly cdnStatuses: ReadonlyMap<number, number>
}

/** First and last code of each range. */
export type Ranges = readonly (readonly [first: number, last: number])[]

/** Where the documents are: beside the checkout, not in it. */
export const FOLDER = '../shared/reference'

/** Reads the documents. Undefined where their folder is absent, as in a checkout on its own. */
export function readDocuments(): Documents | undefined {
  const folder = new URL(`../../${FOLDER}/`, import.meta.url)
  if (!existsSync(folder)) return undefined
  const names = readdirSync(folder)

  function read(prefix: string): string {
    const [name, another] = names.filter((candidate) => candidate.startsWith(prefix))
    if (name === undefined || another !== undefined) {
      throw new Error(`${FOLDER} has ${another ? 'several files' : 'no file'} named ${prefix}*`)
    }
    return readFileSync(new URL(name, folder), 'utf8')
  }

  return {
    cloudWaf: readCloudWaf(read('000_')),
    cdn: readCdn(read('001_')),
    cdnChinese: readCdnChinese(read('002_')),
    gateway: readGateway(read('003_')),
    secrets: readSecrets(read('004_')),
    cdnStatuses: readCdnStatuses(read('README')),
  }
}

export interface CloudWafCode {
  readonly code: number
  readonly status: number
  readonly meaning: string
  /** The section that it stands in. The common codes stand in none. */
  readonly module: string | undefined
  /** Absent in the API Key table, which has the two columns below instead. */
  readonly action: string | undefined
  readonly retryable: boolean | undefined
  readonly reissue: string | undefined
}

export interface CloudWafDocument {
  readonly modules: readonly {
    readonly name: string
    readonly ranges: Ranges
    readonly description: string
  }[]
  readonly codes: readonly CloudWafCode[]
  /** Module name and range as the headings of the sections give them. */
  readonly sections: readonly { readonly name: string; readonly ranges: Ranges }[]
  /** The codes that the conventions promise a Retry-After for. */
  readonly retryAfter: readonly number[]
}

/** 000: Cloud WAF. One table per subsection, each cell on a line of its own. */
export function readCloudWaf(text: string): CloudWafDocument {
  const tables = readTables(text)
  const modules = tables
    .filter(({ columns }) => columns[0] === 'Module')
    .flatMap(({ rows }) => rows)
    .map((row) => ({
      name: cell(row, 'Module'),
      ranges: readRanges(cell(row, 'Range')),
      description: cell(row, 'Notes'),
    }))
  const sections: { name: string; ranges: Ranges }[] = []
  const codes: CloudWafCode[] = []
  for (const { lead, columns, rows } of tables) {
    for (const line of lead) {
      const [, name, range] = /^(\w+) module \(([\d–]+)\)$/.exec(line) ?? []
      if (name !== undefined && range !== undefined) sections.push({ name, ranges: readRanges(range) })
    }
    if (columns[0] !== 'code') continue
    for (const row of rows) {
      codes.push({
        code: number(cell(row, 'code')),
        status: number(cell(row, 'HTTP')),
        meaning: cell(row, 'Meaning'),
        module: sections.at(-1)?.name,
        action: row['Action'],
        retryable: row['Retryable'] === undefined ? undefined : yesOrNo(row['Retryable']),
        reissue: row['Re-issue needed'],
      })
    }
  }
  const [, promised = ''] = /HTTP 429 →[^(]*\(([\d /]+)\)/.exec(text) ?? []
  return { modules, codes, sections, retryAfter: promised.split('/').map((code) => number(code.trim())) }
}

export interface CdnDocument {
  readonly common: readonly { readonly code: number; readonly type: string; readonly description: string }[]
  readonly module: readonly { readonly code: number; readonly description: string }[]
}

/** 001: CDN, English. A table of common codes and one of module codes. */
export function readCdn(text: string): CdnDocument {
  const [common, module] = exactlyTwo(readTables(text))
  return {
    common: common.rows.map((row) => ({
      code: number(cell(row, 'Error Code')),
      type: cell(row, 'Error Type'),
      description: cell(row, 'Description'),
    })),
    module: module.rows.map((row) => ({
      code: number(cell(row, 'Error Code')),
      description: cell(row, 'Description'),
    })),
  }
}

/** 002: CDN, Chinese. The same two tables in HTML. */
export function readCdnChinese(text: string): CdnDocument {
  const [common, module] = exactlyTwo(readHtmlTables(text))
  return {
    common: common.map((row) => ({
      code: number(cell(row, '错误代码')),
      type: cell(row, '错误类型'),
      description: cell(row, '描述'),
    })),
    module: module.map((row) => ({
      code: number(cell(row, '错误代码')),
      description: cell(row, '错误描述'),
    })),
  }
}

export interface GatewayCode {
  readonly code: number
  readonly name: string
  readonly description: string
  readonly recommendation: string
  /** The module whose ranges hold every code of its table. Undefined for global codes. */
  readonly module: string | undefined
}

export interface GatewayDocument {
  readonly modules: readonly { readonly name: string; readonly ranges: Ranges; readonly purpose: string }[]
  readonly global: readonly GatewayCode[]
  readonly sub: readonly GatewayCode[]
}

/** 003: gateway. Module ranges, the global codes, then one table of sub codes per module, without headings. */
export function readGateway(text: string): GatewayDocument {
  const [ranges, ...tables] = readTables(text)
  const modules = ranges!.rows.map((row) => ({
    name: cell(row, 'Module'),
    ranges: readRanges(cell(row, 'Code Range')),
    purpose: cell(row, 'Purpose'),
  }))
  const [global, ...sub] = tables.map(({ rows }) => {
    const codes = rows.map((row) => number(cell(row, 'Code')))
    const module = modules.filter((candidate) => codes.every((code) => holds(candidate.ranges, code)))
    if (module.length > 1) throw new Error(`The table of ${codes[0]} fits ${module.length} modules`)
    return rows.map((row) => ({
      code: number(cell(row, 'Code')),
      name: cell(row, 'Name'),
      description: cell(row, 'Description'),
      recommendation: cell(row, 'Recommendation'),
      module: module[0]?.name,
    }))
  })
  return { modules, global: global!, sub: sub.flat() }
}

export interface SecretsDocument {
  readonly codes: readonly {
    readonly code: string
    readonly status: number
    readonly section: string
    /** Absent in the Not found table. */
    readonly meaning: string | undefined
  }[]
  /** Seconds, as the Headers section shows them. */
  readonly retryAfter: number
}

/** 004: secrets. One table per section, whose heading ends with a number sign. */
export function readSecrets(text: string): SecretsDocument {
  const codes = readTables(text).flatMap(({ lead, rows }) => {
    const section = lead.findLast((line) => line.endsWith('#'))
    if (section === undefined) throw new Error('A table stands in no section')
    return rows.map((row) => ({
      code: cell(row, 'Code'),
      status: number(row['HTTP'] ?? cell(row, 'HTTP (reported)')),
      section: section.slice(0, -1),
      meaning: row['Meaning'],
    }))
  })
  return { codes, retryAfter: number(/^Retry-After: (\d+)/m.exec(text)?.[1] ?? '') }
}

/** The README gives the statuses that the CDN documents leave open: `4000→400, 4100→401, …`. */
export function readCdnStatuses(text: string): ReadonlyMap<number, number> {
  return new Map(
    [...text.matchAll(/\b(\d{4})→(\d{3})\b/g)].map(([, code, status]) => [Number(code), Number(status)]),
  )
}

type Row = Readonly<Record<string, string>>

interface Table {
  /** The lines between the table before and this one. */
  readonly lead: readonly string[]
  readonly columns: readonly string[]
  readonly rows: Row[]
}

/** Reads the tables drawn with bars. A table begins after other text, or where a line of dashes follows. */
function readTables(text: string): readonly Table[] {
  const lines = joinRows(text)
  const tables: Table[] = []
  let lead: string[] = []
  let open: Table | undefined
  for (const [index, line] of lines.entries()) {
    if (!line.startsWith('|')) {
      lead.push(line)
      open = undefined
    } else if (open === undefined || isRule(lines[index + 1])) {
      open = { lead, columns: cellsOf(line), rows: [] }
      tables.push(open)
      lead = []
    } else if (!isRule(line)) {
      open.rows.push(rowOf(open.columns, cellsOf(line)))
    }
  }
  return tables
}

/** A row begins with a bar. It goes on in lines that end with one, and while its last cell is open. */
function joinRows(text: string): readonly string[] {
  const lines: string[] = []
  for (const line of text.split('\n').map((each) => each.trim())) {
    const last = lines.at(-1)
    const goesOn =
      last?.startsWith('|') && !line.startsWith('|') && (line.endsWith('|') || !last.endsWith('|'))
    if (goesOn) lines[lines.length - 1] = `${last} ${line}`
    else lines.push(line)
  }
  return lines
}

function cellsOf(line: string): readonly string[] {
  return line
    .slice(1, -1)
    .split('|')
    .map((each) => each.trim())
}

function isRule(line: string | undefined): boolean {
  return line !== undefined && /^\|(?:\s*:?-+:?\s*\|)+$/.test(line)
}

/** Reads the tables written in HTML, the first row of each being its header. */
function readHtmlTables(text: string): readonly (readonly Row[])[] {
  return [...text.matchAll(/<table\b.*?<\/table>/gs)].map(([table]) => {
    const [columns = [], ...rows] = [...table.matchAll(/<tr>.*?<\/tr>/gs)].map(([row]) =>
      [...row.matchAll(/<t[hd]>(.*?)<\/t[hd]>/gs)].map(([, content = '']) =>
        content.replace(/<[^>]*>/g, '').trim(),
      ),
    )
    return rows.map((cells) => rowOf(columns, cells))
  })
}

function rowOf(columns: readonly string[], cells: readonly string[]): Row {
  if (cells.length !== columns.length) {
    throw new Error(`${columns.length} cells expected in: ${cells.join(' | ')}`)
  }
  return Object.fromEntries(columns.map((column, at) => [column, cells[at]!]))
}

function cell(row: Row, column: string): string {
  const text = row[column]
  if (text === undefined || text === '') throw new Error(`No ${column} in ${JSON.stringify(row)}`)
  return text
}

function exactlyTwo<T>(tables: readonly T[]): readonly [T, T] {
  const [first, second, third] = tables
  if (first === undefined || second === undefined || third !== undefined) {
    throw new Error(`2 tables expected, got ${tables.length}`)
  }
  return [first, second]
}

function number(text: string): number {
  if (!/^\d+$/.test(text)) throw new Error(`${JSON.stringify(text)} is no number`)
  return Number(text)
}

function yesOrNo(text: string): boolean {
  if (text !== 'Yes' && text !== 'No') throw new Error(`${JSON.stringify(text)} is neither Yes nor No`)
  return text === 'Yes'
}

/** Reads `1000–1999` and `40001-40111, 50011`. */
function readRanges(text: string): Ranges {
  return text.split(',').map((range) => {
    const [first = '', last = first] = range.trim().split(/[–-]/)
    return [number(first), number(last)] as const
  })
}

/** Whether one of the ranges holds a code. */
export function holds(ranges: Ranges, code: number): boolean {
  return ranges.some(([first, last]) => code >= first && code <= last)
}
