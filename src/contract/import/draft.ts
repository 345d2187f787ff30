import type { Code } from '../../catalog/code.ts'
import { RESERVED_NAMES } from '../../guard/own.ts'
import { bareToken, constantOf, isDigitsOfText, isKey, looksLikeCode, toCode } from './codes.ts'
import { textOf, yesOrNo, type ReadTable } from './columns.ts'
import { isPossible, readStatus } from './statuses.ts'
import { remark, type Cell, type Remark, type Role, type Section, type Table } from './table.ts'

export const FIELDS = ['message', 'title', 'description', 'action'] as const
export type Field = (typeof FIELDS)[number]
export type Texts = Partial<Record<Field, string>>

/** An error as its row says, before it is compared with the others. */
export interface Draft {
  /** Undefined where the table has no codes. */
  readonly code: Code | undefined
  /** The name that programs use. */
  readonly name: string | undefined
  status: number | undefined
  /** By language, `''` being that of the document. */
  readonly texts: ReadonlyMap<string, Texts>
  readonly moduleName: string | undefined
  readonly isRetryable: boolean
  readonly retryAfter: number | undefined
  readonly isDeprecated: boolean
  readonly notes: Readonly<Record<string, string>>
  readonly sections: readonly Section[]
  readonly table: Table
  readonly file: string
  readonly line: number
}

export interface DraftOptions {
  readonly file: string
  /** The language that every text is in, where that is known. */
  readonly locale: string | undefined
}

type Add = (found: Omit<Remark, 'file'>) => void

/** Reads the rows of tables whose columns are known. */
export function readDrafts(tables: readonly ReadTable[], options: DraftOptions, add: Add): readonly Draft[] {
  const areTexts = areCodesTexts(tables)
  return tables.flatMap((each) => draftsOf(each, options, areTexts, add))
}

/** Whether digits are texts: where one of them is `0001`, all of them are. */
function areCodesTexts(tables: readonly ReadTable[]): boolean {
  return tables.some(({ table, columns }) => {
    const index = columns.findIndex(({ role }) => role === 'code')
    return table.rows.some(
      (row) =>
        isDigitsOfText(bareToken(row[index]?.text ?? '')) && !/^-?0+$/.test(bareToken(row[index]!.text)),
    )
  })
}

function draftsOf(
  { table, columns }: ReadTable,
  options: DraftOptions,
  areTexts: boolean,
  add: Add,
): readonly Draft[] {
  const drafts: Draft[] = []
  const at = (role: Role): number => columns.findIndex((column) => column.role === role)
  const codeAt = at('code')
  const fromHeading = codeAt === -1 ? codesOfHeading(table, add) : undefined
  let section: Section | undefined
  let moduleName: string | undefined
  for (const row of table.rows) {
    const line = row.find(({ text }) => text !== '')?.line ?? 0
    const cell = (role: Role): string => bareToken(row[at(role)]?.text ?? '')
    const filled = new Set(row.map(({ text }) => text).filter((text) => text !== ''))
    if (filled.size === 0 || isHeader(row, table)) continue
    const written = codeAt === -1 ? '' : cell('code')
    const isMerged = row.length > 1 && row.every(({ text }) => text === row[0]!.text)
    if (codeAt !== -1 && filled.size === 1 && columns.length > 1 && (isMerged || !looksLikeCode(written))) {
      // A row that is one cell is a heading.
      section = { title: [...filled][0]!, line }
      continue
    }
    if (codeAt !== -1 && !looksLikeCode(written)) {
      const shown =
        written === ''
          ? `${JSON.stringify(longest(filled))} has no code`
          : `${JSON.stringify(written)} is not one code`
      add(
        remark('code-unclear', line, `${shown}, and the row is left out. Give each error a row and a code.`),
      )
      continue
    }
    if (/^-?\d+[-–~]\d+$/.test(written)) {
      add(
        remark(
          'code-unclear',
          line,
          `${written} is a range, and the row is left out. Give each error a row and a code.`,
        ),
      )
      continue
    }
    const isText = row[codeAt]?.isText ?? areTexts
    const name = nameOf(cell('key'), line, add)
    moduleName = cell('module') === '' ? moduleName : textOf(row[at('module')])
    const { status, isUnclear } = statusOf(cell('status'), written, line, add)
    drafts.push({
      code: codeAt === -1 ? fromHeading : toCode(written, isText),
      name,
      status: isUnclear ? undefined : status,
      texts: textsOf(row, columns, options),
      moduleName: at('module') === -1 ? undefined : moduleName,
      isRetryable: yesOrNo(cell('retryable')) ?? false,
      retryAfter: secondsOf(cell('retryAfter')),
      isDeprecated: yesOrNo(cell('deprecated')) ?? false,
      notes: notesOf(row, columns),
      sections: section === undefined ? table.sections : [...table.sections, section],
      table,
      file: options.file,
      line: row[Math.max(codeAt, 0)]?.line || line,
    })
  }
  return drafts
}

function longest(texts: Iterable<string>): string {
  return [...texts].reduce((one, other) => (other.length > one.length ? other : one), '').slice(0, 60)
}

/** A long table repeats its headings where a page began. */
function isHeader(row: readonly Cell[], { columns }: Table): boolean {
  return (
    columns.some(({ heading }) => heading !== '') &&
    columns.every(({ heading }, index) => (row[index]?.text ?? '') === heading)
  )
}

/** A table without codes is about those that its heading names. */
function codesOfHeading(table: Table, add: Add): Code | undefined {
  const title = table.sections.at(-1)?.title ?? ''
  const codes = [...new Set(title.match(/(?<![\w.])-?\d{3,15}(?!\w)/g))]
  if (codes.length === 1) {
    add(
      remark(
        'code-of-heading',
        table.line,
        `The table has no codes. Its errors have ${codes[0]}, which its heading names.`,
        'note',
      ),
    )
    return Number(codes[0])
  }
  const advice = codes.length === 0 ? '' : ` Its heading names ${codes.join(', ')}.`
  add(remark('no-codes', table.line, `The table has no codes.${advice} Fill in the TODOs.`))
  return undefined
}

function nameOf(text: string, line: number, add: Add): string | undefined {
  if (text === '') return undefined
  if (isKey(text)) return text
  const made = constantOf(text)
  if (made !== undefined)
    add(remark('key-made', line, `${JSON.stringify(text)} cannot name an error, and is ${made}.`, 'note'))
  return made
}

function statusOf(
  text: string,
  code: string,
  line: number,
  add: Add,
): { readonly status?: number; readonly isUnclear: boolean } {
  const read = readStatus(text)
  if (read === undefined) return { isUnclear: false }
  if ('isUnclear' in read || !isPossible(read.status)) {
    const reason = 'isUnclear' in read ? 'is not one HTTP status' : 'is no HTTP status of an error'
    add(
      remark(
        'status-unclear',
        line,
        `${code}: ${JSON.stringify(text)} ${reason}. Fill in the TODO: 400 to 599, or 200.`,
      ),
    )
    return { isUnclear: true }
  }
  return { status: read.status, isUnclear: false }
}

function secondsOf(text: string): number | undefined {
  const [, seconds] = /^(\d{1,8})\s*(?:s|sec|seconds?|秒)?$/i.exec(text) ?? []
  return seconds === undefined || Number(seconds) === 0 ? undefined : Number(seconds)
}

function textsOf(
  row: readonly Cell[],
  columns: ReadTable['columns'],
  { locale }: DraftOptions,
): ReadonlyMap<string, Texts> {
  const texts = new Map<string, Texts>()
  for (const [index, { role, language = '' }] of columns.entries()) {
    const field = FIELDS.find((each) => each === role)
    const text = textOf(row[index])
    if (field === undefined || text === '' || /^(?:-+|–|—|n\/a)$/i.test(text)) continue
    const spoken = locale === undefined ? language : ''
    const own = texts.get(spoken) ?? {}
    own[field] ??= text
    texts.set(spoken, own)
  }
  return texts
}

function notesOf(row: readonly Cell[], columns: ReadTable['columns']): Readonly<Record<string, string>> {
  const notes: [string, string][] = []
  for (const [index, { role, heading }] of columns.entries()) {
    const text = textOf(row[index])
    const isKept = role === 'note' || (role === 'retryable' && yesOrNo(text) === undefined)
    if (isKept && text !== '' && heading !== '' && !RESERVED_NAMES.has(heading)) notes.push([heading, text])
  }
  return Object.fromEntries(notes)
}
