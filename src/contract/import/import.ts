import type { Code } from '../../catalog/code.ts'
import { UsageError } from '../cli/command.ts'
import type { Dump } from '../dump/dump.ts'
import { readColumns, type ColumnsOption } from './columns.ts'
import { readDrafts, type Draft, type Field } from './draft.ts'
import type { Format } from './format.ts'
import type { Imported } from './model.ts'
import { modulesOf } from './modules.ts'
import { oldEntries } from './old.ts'
import { addTranslation, resolve, translationsOf, withoutRepeated, type Resolved } from './resolve.ts'
import { readDigits } from './statuses-of-codes.ts'
import { refusalOf } from './refusal.ts'
import { successMessage, successOf } from './success.ts'
import { remark, type Document, type Remark } from './table.ts'

/** A file that was read. */
export interface Source {
  readonly file: string
  readonly format: Format
  readonly document: Document
  /** The language of all of its texts. Undefined: what headings and letters tell, else English. */
  readonly locale: string | undefined
}

export interface ImportOptions {
  readonly name: string
  readonly columns: ColumnsOption
  /** The status of errors whose table says none. */
  readonly status: number | undefined
  /** What the catalog was before, and the file that says so. */
  readonly old: { readonly dump: Dump; readonly file: string } | undefined
}

export interface ImportResult {
  readonly imported: Imported
  readonly remarks: readonly Remark[]
}

/**
 * Makes a catalog of a document, and of others that say the same in other languages.
 *
 * @throws UsageError - for a document that lists no errors
 */
export function importDocuments(
  source: Source,
  translations: readonly Source[],
  options: ImportOptions,
): ImportResult {
  const remarks: Remark[] = []
  const add = (found: Omit<Remark, 'file'>): void => {
    remarks.push({ ...found, file: source.file })
  }
  const { drafts: rows, modules: moduleTables, languages } = readSource(source, options, remarks)
  const sourceLocale = source.locale ?? sourceOf(languages)
  if (source.locale === undefined && sourceLocale !== 'en') {
    add({
      rule: 'language',
      isDoubt: false,
      line: rows[0]!.line,
      message: `The catalog is written in ${sourceLocale}, the language of its messages.`,
    })
  }
  const drafts = withoutRepeated(rows, add)
  const success = successOf(drafts, add)
  const others = drafts.filter((draft) => draft !== success)
  const old =
    options.old === undefined
      ? new Map<Draft, never>()
      : oldEntries(drafts, options.old.dump, options.old.file, add)
  if (options.status === undefined) readDigits(others, add)
  const modules = modulesOf(moduleTables, drafts, add)
  const dialect = { isMessageFormat: source.format === 'properties' }
  const resolved = resolve(
    drafts,
    success,
    modules,
    { sourceLocale, status: options.status, dialect, old },
    add,
  )
  const texts = translationsOf(resolved, sourceLocale, dialect, add)
  for (const each of translations) translate(each, resolved, options, texts, remarks)
  const imported: Imported = {
    name: options.name,
    files: [source.file, ...translations.map(({ file }) => file)],
    sourceLocale,
    status: options.status,
    success: successIn(resolved, success),
    modules: modules.modules,
    entries: resolved.map(({ entry }) => entry),
    translations: new Map([...texts].sort(([one], [other]) => (one < other ? -1 : 1))),
  }
  const refused = refusalOf(imported)
  if (refused !== undefined) add(remark('catalog-refused', resolved[0]!.draft.line, refused))
  return { imported, remarks }
}

/** What the catalog has to say of its success: nothing where it is the one that all have. */
function successIn(resolved: readonly Resolved[], success: Draft | undefined): Imported['success'] {
  const errors = resolved.filter(({ draft }) => draft !== success).map(({ entry }) => entry)
  // Where errors are answered with 200, a catalog wants to be told.
  const isTold = errors.some(({ status }) => status === 200)
  if (success?.code !== undefined) {
    const told = { code: success.code, message: successMessage(success) }
    return told.code === 0 && told.message === 'OK' && !isTold ? undefined : told
  }
  if (errors.some(({ code }) => code === 0)) return { code: 'OK', message: 'OK' }
  return isTold ? { code: 0, message: 'OK' } : undefined
}

interface ReadSource {
  readonly drafts: readonly Draft[]
  readonly modules: ReturnType<typeof readColumns>['modules']
  /** Those of the columns of messages. Undefined: nothing tells. */
  readonly languages: readonly (string | undefined)[]
}

/** More than any system has, and what a catalog of this package is tried with. */
const MAX_ERRORS = 100_000

function readSource(
  { file, document, locale }: Source,
  { columns }: ImportOptions,
  remarks: Remark[],
): ReadSource {
  const add = (found: Omit<Remark, 'file'>): void => {
    remarks.push({ ...found, file })
  }
  for (const found of document.remarks) add(found)
  const { errors, modules } = readColumns(document.tables, columns, add)
  const languages = errors.flatMap((table) =>
    table.columns.filter(({ role }) => role === 'message').map(({ language }) => language),
  )
  const sourceLocale = locale ?? sourceOf(languages)
  const drafts = readDrafts(errors, { file, locale }, add).map((draft) => withSource(draft, sourceLocale))
  if (drafts.length === 0) {
    const [table] = document.tables
    const headings = table?.columns
      .slice(0, 12)
      .map(({ heading }) => heading)
      .join(', ')
      .slice(0, 200)
    const found = headings ? ` The first table has the columns ${headings}.` : ''
    throw new UsageError(
      `${file} lists no errors that could be found.${found} Say where they are: --columns code=1,message=2, or --from FORMAT.`,
    )
  }
  if (drafts.length > MAX_ERRORS)
    throw new UsageError(`${file} lists ${drafts.length} errors. ${MAX_ERRORS} are the most: split it.`)
  return { drafts, modules, languages }
}

/** What no letter tells apart from the catalog's language is in it. */
function withSource(draft: Draft, sourceLocale: string): Draft {
  const texts = new Map(draft.texts)
  const own = { ...texts.get(''), ...texts.get(sourceLocale) }
  texts.delete(sourceLocale)
  texts.delete('')
  return Object.assign(draft, { texts: new Map([['', own], ...texts]) })
}

function sourceOf(languages: readonly (string | undefined)[]): string {
  if (languages.length === 0 || languages.some((language) => language === undefined || language === 'en'))
    return 'en'
  return languages[0]!
}

/** Adds the texts of a document in another language: by code, and where several errors share it, by their place. */
function translate(
  source: Source,
  resolved: readonly Resolved[],
  options: ImportOptions,
  texts: Map<string, Map<Code, Partial<Record<Field, string>>>>,
  remarks: Remark[],
): void {
  const add = (found: Omit<Remark, 'file'>): void => {
    remarks.push({ ...found, file: source.file })
  }
  const locale = source.locale!
  const own: Remark[] = []
  const { drafts } = readSource(source, options, own)
  // How columns are read is told once.
  remarks.push(...own.filter(({ isDoubt, rule }) => isDoubt && rule !== 'no-codes'))
  const theirs = groupByCode(drafts, (draft) => draft)
  const ours = groupByCode(resolved, ({ draft }) => draft)
  const dialect = { isMessageFormat: source.format === 'properties' }
  const missing: Resolved[] = []
  for (const [id, entries] of ours) {
    const found = theirs.get(id) ?? []
    theirs.delete(id)
    if (found.length > 0 && found.length !== entries.length) {
      const [{ draft }] = entries as [Resolved]
      const message = `${String(draft.code ?? draft.name)} has ${entries.length} texts in the catalog and ${found.length} in ${locale}. They are matched in their order: look at them.`
      add({ rule: 'texts-differ', isDoubt: true, line: found[0]!.line, message })
    }
    for (const [index, each] of entries.entries()) {
      const draft = found[index]
      if (draft === undefined) missing.push(each)
      else addTranslation(texts, locale, each.entry, translated(draft, each), draft, dialect, add)
    }
  }
  if (missing.length > 0) {
    const shown = missing
      .slice(0, 4)
      .map(({ entry }) => String(entry.key))
      .join(', ')
    const count = missing.length === 1 ? '1 error has' : `${missing.length} errors have`
    add({
      rule: 'translation-missing',
      isDoubt: false,
      line: 1,
      message: `${count} no text in ${locale}: ${shown}${missing.length > 4 ? ', …' : ''}.`,
    })
  }
  for (const [draft] of theirs.values()) {
    add({
      rule: 'code-unknown',
      isDoubt: true,
      line: draft!.line,
      message: `${String(draft!.code ?? draft!.name)} is not in ${options.name}, and left out.`,
    })
  }
}

/** A title that the catalog does not have would be sent in this language alone. */
function translated({ texts }: Draft, { entry }: Resolved): Partial<Record<Field, string>> {
  const own = { ...texts.get('') }
  for (const field of Object.keys(own) as Field[]) if (entry.texts[field] === undefined) delete own[field]
  return own
}

/** Rows without a code are told by their text, which lists of several languages keep. */
function groupByCode<TRow>(rows: readonly TRow[], draftOf: (row: TRow) => Draft): Map<string, TRow[]> {
  const groups = new Map<string, TRow[]>()
  for (const row of rows) {
    const { code, texts } = draftOf(row)
    const id = code === undefined ? `text ${texts.get('')?.message ?? ''}` : String(code)
    const group = groups.get(id)
    if (group === undefined) groups.set(id, [row])
    else group.push(row)
  }
  return groups
}
