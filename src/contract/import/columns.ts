import { UsageError } from '../cli/command.ts'
import { bareToken, isIdentifier, looksLikeCode } from './codes.ts'
import { languageOfHeading, languageOfTexts } from './languages.ts'
import { readStatus } from './statuses.ts'
import { remark, type Cell, type Column, type Remark, type Role, type Table } from './table.ts'
import { plainHeading, WORDS } from './words.ts'

/** What was decided of a column. */
export interface ReadColumn {
  readonly role: Role
  readonly heading: string
  /** That of its texts, where the heading or the letters tell. */
  readonly language?: string | undefined
}

export interface ReadTable {
  readonly table: Table
  readonly columns: readonly ReadColumn[]
}

const TEXTS: readonly Role[] = ['message', 'title', 'description', 'action']
/** In the order in which they choose their column. */
const ROLES: readonly Role[] = [
  'code',
  'status',
  'message',
  'action',
  'description',
  'title',
  'module',
  'retryable',
  'retryAfter',
  'deprecated',
  'range',
  'key',
]

type Add = (found: Omit<Remark, 'file'>) => void

/** `--columns code=1,message=3` or `code=Error Code`: the column of a role. */
export type ColumnsOption = ReadonlyMap<Role, string>

const NAMES: readonly string[] = [
  'code',
  'key',
  'status',
  'message',
  'title',
  'description',
  'action',
  'module',
  'retryable',
  'none',
]

/**
 * Reads `--columns`.
 *
 * @throws UsageError - for a role that there is not
 */
export function parseColumns(text: string): ColumnsOption {
  const columns = new Map<Role, string>()
  for (const part of text.split(',')) {
    const [, role = '', column = ''] = /^\s*([a-z]+)\s*=\s*(\S.*?)\s*$/i.exec(part) ?? []
    if (!NAMES.includes(role.toLowerCase()) || column === '') {
      throw new UsageError(
        `--columns has ${JSON.stringify(part)}. Write it like code=1,message=3, or by headings: code=Error Code. Known are: ${NAMES.join(', ')}.`,
      )
    }
    columns.set(role.toLowerCase() as Role, column)
  }
  return columns
}

/** Decides what the columns of all tables hold. Tables that list no errors are left out. */
export function readColumns(
  tables: readonly Table[],
  given: ColumnsOption,
  add: Add,
): { readonly errors: readonly ReadTable[]; readonly modules: readonly ReadTable[] } {
  const errors: ReadTable[] = []
  const modules: ReadTable[] = []
  const told = new Set<string>()
  const identifiers = identifiersOf(tables)
  const unheaded = unheadedRoles(tables.filter(isUnheaded), given, add)
  for (const table of tables.filter(({ rows }) => rows.length > 0)) {
    const columns = isUnheaded(table)
      ? table.columns.map(({ heading }, index) => ({ role: unheaded[index] ?? 'none', heading }))
      : columnsOf(table, given, identifiers)
    const has = (role: Role): boolean => columns.some((column) => column.role === role)
    const headings = table.columns.map(({ heading }) => heading)
    const shown = headings.map((heading) => heading || '?').join(', ')
    if (has('range') && !has('message') && (has('module') || has('key') || has('title')))
      modules.push({ table, columns })
    else if (has('code') || (has('message') && isAboutErrors(headings))) {
      errors.push({ table, columns })
      const summary = columns
        .map(({ role, heading }, index) => `${heading || `column ${index + 1}`} → ${role}`)
        .join(', ')
      if (!isUnheaded(table) && table.columns.some(({ role }) => role === undefined) && !told.has(summary)) {
        told.add(summary)
        add(remark('columns', table.line, `Read as: ${summary}.`, 'note'))
      }
    } else if (!told.has(shown)) {
      told.add(shown)
      add(
        remark(
          'table-left-out',
          table.line,
          `The table has no column of codes (${shown}) and is left out.`,
          'note',
        ),
      )
    }
  }
  return { errors, modules }
}

function isAboutErrors(headings: readonly string[]): boolean {
  return headings.some((heading) =>
    /\berror (?:message|text)|错误消息|错误信息|錯誤訊息|エラーメッセージ/.test(plainHeading(heading)),
  )
}

/** Headings under which all tables of the document have names that programs use. */
function identifiersOf(tables: readonly Table[]): ReadonlySet<string> {
  const cells = new Map<string, string[]>()
  for (const { columns, rows } of tables) {
    for (const [index, { heading }] of columns.entries()) {
      const plain = plainHeading(heading)
      const texts = cells.get(plain) ?? []
      for (const row of rows) texts.push(bareToken(row[index]?.text ?? ''))
      cells.set(plain, texts)
    }
  }
  return new Set(
    [...cells]
      .filter(([, texts]) => {
        const given = texts.filter((text) => text !== '')
        const names = given.filter(isIdentifier).length
        return (
          names > 0 &&
          names >= given.length * 0.3 &&
          given.filter((text) => /\s/.test(text)).length <= given.length * 0.1
        )
      })
      .map(([heading]) => heading),
  )
}

function columnsOf(
  table: Table,
  given: ColumnsOption,
  identifiers: ReadonlySet<string>,
): readonly ReadColumn[] {
  const { columns, rows } = table
  const roles: (Role | undefined)[] = columns.map(({ role }) => role)
  const headings = columns.map(({ heading }) => languageOfHeading(heading))
  const cells = columns.map((_, index) => rows.map((row) => bareToken(row[index]?.text ?? '')))
  useGiven(columns, given, roles)
  for (const role of ROLES) {
    if (roles.includes(role)) continue
    const best = bestColumn(role, roles, headings, cells, identifiers, columns)
    if (best !== undefined) roles[best] = role
  }
  spreadLanguages(roles, headings)
  settleTexts(roles)
  return columns.map(({ heading }, index) => {
    const role = roles[index] ?? (heading === '' ? 'none' : 'note')
    const language = TEXTS.includes(role)
      ? (headings[index]!.language ??
        languageOfTexts(cells[index]!) ??
        languageOfWord(role, headings[index]!.rest))
      : undefined
    return { role, heading, language }
  })
}

/** Takes what the command line says. A number is a place, anything else a heading. */
function useGiven(columns: readonly Column[], given: ColumnsOption, roles: (Role | undefined)[]): boolean {
  let isUsed = false
  for (const [role, named] of given) {
    const place = /^\d{1,3}$/.test(named) ? Number(named) - 1 : -1
    const index =
      place >= 0
        ? place
        : columns.findIndex(
            (column) => plainHeading(column.heading) === plainHeading(named) || column.role === named,
          )
    if (index === -1 || index >= columns.length) continue
    for (const [at, other] of roles.entries()) if (other === role) roles[at] = undefined
    roles[index] = role
    isUsed = true
  }
  return isUsed
}

/** The column of a role: the surest word, in a column that can hold it. */
function bestColumn(
  role: Role,
  roles: readonly (Role | undefined)[],
  headings: readonly { readonly rest: string; readonly language?: string }[],
  cells: readonly (readonly string[])[],
  identifiers: ReadonlySet<string>,
  columns: readonly Column[],
): number | undefined {
  let best: { readonly index: number; readonly rank: number } | undefined
  for (const [index, { rest, language }] of headings.entries()) {
    if (roles[index] !== undefined) continue
    const rank = rankOf(role, rest, language)
    if (
      rank === undefined ||
      !canHold(role, cells[index]!, identifiers.has(plainHeading(columns[index]!.heading)))
    )
      continue
    if (best === undefined || rank < best.rank) best = { index, rank }
  }
  return best?.index
}

function rankOf(role: Role, heading: string, language: string | undefined): number | undefined {
  // `English` alone is the text in English.
  if (heading === '') return role === 'message' && language !== undefined ? 0 : undefined
  let best: number | undefined
  for (const words of Object.values(WORDS)) {
    const rank = words[role]?.indexOf(heading) ?? -1
    if (rank !== -1 && (best === undefined || rank < best)) best = rank
  }
  if (best !== undefined) return best
  if (role === 'status' && /\bhttp\b|^http/.test(heading)) return 50
  if (
    role === 'code' &&
    /\bcode$|错误码|錯誤碼|返回码|エラーコード/.test(heading) &&
    !heading.includes('http')
  )
    return 60
  return undefined
}

function languageOfWord(role: Role, heading: string): string | undefined {
  const found = Object.entries(WORDS).filter(([, words]) => words[role]?.includes(heading))
  // A word that several languages have tells none of them.
  return found.length === 1 && found[0]![0] !== 'en' && found[0]![0] !== 'zh' ? found[0]![0] : undefined
}

function canHold(role: Role, cells: readonly string[], areIdentifiers: boolean): boolean {
  const given = cells.filter((cell) => cell !== '')
  switch (role) {
    case 'code':
      return given.length > 0 && given.filter(looksLikeCode).length >= given.length * 0.7
    case 'status': {
      const read = given.map(readStatus)
      return read.filter((each) => each === undefined || 'status' in each).length >= given.length * 0.5
    }
    case 'key':
      return areIdentifiers
    case 'retryable':
      return given.every((cell) => yesOrNo(cell) !== undefined || cell.length < 40)
    case 'title':
      return !areIdentifiers
    default:
      return true
  }
}

/** Columns of other languages have the role of the one whose heading says the same. */
function spreadLanguages(
  roles: (Role | undefined)[],
  headings: readonly { readonly rest: string; readonly language?: string }[],
): void {
  for (const [index, { rest, language }] of headings.entries()) {
    if (roles[index] !== undefined || language === undefined) continue
    roles[index] = TEXTS.find((role) => rankOf(role, rest, language) !== undefined)
  }
}

/** Without a column of messages, the description is what clients read, else the title. */
function settleTexts(roles: (Role | undefined)[]): void {
  // Codes that are words stand under `Error` and `Name`.
  for (const role of ['key', 'status'] as const) {
    if (!roles.includes('code') && roles.includes(role)) roles[roles.indexOf(role)] = 'code'
  }
  if (roles.includes('message')) return
  for (const role of ['description', 'title'] as const) {
    if (!roles.includes(role)) continue
    // Of two languages both.
    for (const [at, other] of roles.entries()) if (other === role) roles[at] = 'message'
    return
  }
}

function isUnheaded({ columns }: Table): boolean {
  return columns.every(({ heading, role }) => heading === '' && role === undefined)
}

/** Without headings, what cells look like may tell, and a person has to say whether it does. */
function unheadedRoles(
  tables: readonly Table[],
  given: ColumnsOption,
  add: Add,
): readonly (Role | undefined)[] {
  const [first] = tables
  if (first === undefined) return []
  const width = Math.max(...tables.map(({ columns }) => columns.length))
  const columns = Array.from({ length: width }, (): Column => ({ heading: '' }))
  const roles: (Role | undefined)[] = columns.map(() => undefined)
  if (useGiven(columns, given, roles)) return roles
  const rows = tables.flatMap((table) => table.rows)
  const cells = columns.map((_, index) => rows.map((row) => bareToken(row[index]?.text ?? '')))
  const share = (index: number, test: (cell: string) => boolean): number => {
    const filled = cells[index]!.filter((cell) => cell !== '')
    return filled.length === 0 ? 0 : filled.filter(test).length / filled.length
  }
  const free = (): number[] => columns.map((_, index) => index).filter((index) => roles[index] === undefined)
  const code =
    free().find((index) => share(index, (cell) => looksLikeCode(cell) && /\d/.test(cell)) > 0.9) ??
    free().find((index) => share(index, looksLikeCode) > 0.9)
  if (code === undefined) return roles
  roles[code] = 'code'
  const status = free().find((index) => share(index, (cell) => /^[2-5]\d\d$/.test(cell)) > 0.9)
  if (status !== undefined) roles[status] = 'status'
  const text = free().findLast((index) => share(index, (cell) => cell.length > 3) > 0.5)
  if (text !== undefined) roles[text] = 'message'
  const key = free().find((index) => share(index, isIdentifier) > 0.9)
  if (key !== undefined) roles[key] = 'key'
  const said = roles.flatMap((role, index) => (role === undefined ? [] : [`${role}=${index + 1}`])).join(',')
  add(
    remark(
      'no-headings',
      first.line,
      `The table has no headings. If it is read right, give --columns ${said}.`,
    ),
  )
  return roles
}

const YES = /^(?:yes|y|true|1|✓|✔|✅|是|可以|可|はい|可能|ja|oui|sí|si|sim|sì|да|예|네)$/i
const NO = /^(?:no|n|false|0|✗|✘|❌|×|否|不可|不可以|いいえ|不可能|nein|non|não|нет|아니오|-)$/i

/** What a cell says that is yes or no. */
export function yesOrNo(text: string): boolean | undefined {
  return YES.test(text.trim()) ? true : NO.test(text.trim()) ? false : undefined
}

/** The text of a cell, as clients get it. */
export function textOf(cell: Cell | undefined): string {
  const text = (cell?.text ?? '').replaceAll(/\s*[\r\n]\s*/g, ' ').trim()
  // Quotes around the whole are the table's.
  const [, inner] = /^"([^"]*)"$/.exec(text) ?? /^“([^“”]*)”$/.exec(text) ?? []
  return inner?.trim() ?? text
}
