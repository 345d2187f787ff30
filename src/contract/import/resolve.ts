import type { Code } from '../../catalog/code.ts'
import { constantOf, isIdentifier, keyOf } from './codes.ts'
import { FIELDS, type Draft, type Texts } from './draft.ts'
import type { OldEntry } from './old.ts'
import { isTodo, type ImportedEntry, type Todo } from './model.ts'
import type { ImportedModules } from './modules.ts'
import type { Dialect } from './placeholders.ts'
import { catalogTexts, TextNotes } from './texts.ts'
import { remark, type Remark } from './table.ts'

export interface ResolveOptions {
  readonly sourceLocale: string
  /** The status of errors that have none. */
  readonly status: number | undefined
  readonly dialect: Dialect
  readonly old: ReadonlyMap<Draft, OldEntry>
}

type Add = (found: Omit<Remark, 'file'>) => void

export interface Resolved {
  readonly draft: Draft
  readonly entry: ImportedEntry
}

/** Leaves out rows that stand twice, and says of the others that share a code. */
export function withoutRepeated(drafts: readonly Draft[], add: Add): readonly Draft[] {
  const firstOf = new Map<string, Draft>()
  const bySaid = new Map<string, Draft>()
  const kept: Draft[] = []
  let several = 0
  let first: Draft | undefined
  for (const draft of drafts) {
    if (draft.code === undefined) {
      kept.push(draft)
      continue
    }
    const id = `${typeof draft.code} ${draft.code}`
    const said = `${id} ${sayingOf(draft)}`
    const same = bySaid.get(said)
    const shown = String(draft.code)
    if (same !== undefined) {
      add(
        remark(
          'code-repeated',
          draft.line,
          `${shown} says the same as in line ${same.line}, and is taken once.`,
          'note',
        ),
      )
      continue
    }
    const other = firstOf.get(id)
    if (other !== undefined && (draft.name === undefined || draft.name === other.name)) {
      // Several texts below one heading are meant as such.
      if (other.table === draft.table && isOneCell(other, draft)) {
        several += 1
        first ??= draft
      } else {
        const message = `${shown} stands in line ${other.line} with another text. Both are taken: remove one, or name them.`
        add(remark('code-repeated', draft.line, message))
      }
    }
    // Names of their own are legal, and may be a slip of the table all the same.
    else if (other !== undefined) {
      const message = `${shown} stands in line ${other.line} under another name. Both are taken: remove one, or confirm it.`
      add(remark('code-shared', draft.line, message, 'note'))
    }
    if (other === undefined) firstOf.set(id, draft)
    bySaid.set(said, draft)
    kept.push(draft)
  }
  if (first !== undefined) {
    const count =
      several === 1 ? '1 further text of a code is an error' : `${several} further texts of codes are errors`
    const message = `${count} of its own, such as ${String(first.code)}.`.replace(
      'errors of its',
      'errors of their',
    )
    add(remark('several-texts', first.line, message, 'note'))
  }
  return kept
}

/** Whether the code was written once for both: they stand below it, or its cell is merged. */
function isOneCell(one: Draft, other: Draft): boolean {
  return one.line === other.line
}

function sayingOf({ name, status, texts }: Draft): string {
  return JSON.stringify([name, status, [...texts]])
}

/** Makes entries of rows: keys that differ, statuses, texts that a catalog takes. */
export function resolve(
  drafts: readonly Draft[],
  success: Draft | undefined,
  modules: ImportedModules,
  options: ResolveOptions,
  add: Add,
): readonly Resolved[] {
  const taken = new Set<string>([...options.old.values()].map(({ key }) => String(key).toLowerCase()))
  /** By key, the last number that stood behind one. */
  const counts = new Map<string, number>()
  const notes = new TextNotes()
  const open = new Missing()
  const common = commonSections(drafts)
  const resolved = drafts.map((draft): Resolved => {
    const own = draft.texts.get('') ?? draft.texts.get(options.sourceLocale) ?? {}
    const old = options.old.get(draft)
    const key = old?.key ?? freeKey(draft, own, taken, counts)
    const isSuccess = draft === success
    const status = isSuccess ? 200 : draft.status
    const shown = String(draft.code ?? key)
    const place = { shown, status, line: draft.line, dialect: options.dialect }
    const texts = { ...catalogTexts(own, place, notes, add) }
    if (texts.message === undefined) {
      const proposal = own.title ?? proposalOf(draft)
      texts.message = { ...(proposal === undefined ? {} : { proposal }), why: `line ${draft.line}: no text` }
      open.message.push({ line: draft.line, shown })
    }
    let said: number | Todo | undefined = status
    if (status === undefined && options.status === undefined) {
      said = { why: `line ${draft.line}: no HTTP status` }
      open.status.push({ line: draft.line, shown })
    }
    return {
      draft,
      entry: {
        key,
        code: draft.code ?? { why: `line ${draft.line}: no code` },
        status: said,
        texts,
        module: modules.of.get(draft),
        isRetryable: draft.isRetryable,
        retryAfter: draft.retryAfter,
        isDeprecated: draft.isDeprecated,
        notes: draft.notes,
        heading: draft.sections
          .slice(common)
          .map(({ title }) => title)
          .join(' / '),
      },
    }
  })
  for (const found of [...open.all(), ...notes.all()]) add(found)
  return resolved
}

/** How many headings stand above all errors: the title of the document. */
function commonSections(drafts: readonly Draft[]): number {
  const [first] = drafts
  const differs = first?.sections.findIndex(({ title }, level) =>
    drafts.some(({ sections }) => sections[level]?.title !== title),
  )
  return differs === undefined || differs === -1 ? (first?.sections.length ?? 0) : differs
}

/** More doubts of a kind are told as one. */
const MOST_ALONE = 8

class Missing {
  readonly status: { line: number; shown: string }[] = []
  readonly message: { line: number; shown: string }[] = []

  all(): readonly Omit<Remark, 'file'>[] {
    return [
      ...this.grouped(this.status, 'status-missing', 'no HTTP status', 'Fill in the TODO, or give --status.'),
      ...this.grouped(this.message, 'message-missing', 'no text', 'Fill in the TODO.'),
    ]
  }

  private grouped(
    found: typeof this.status,
    rule: string,
    what: string,
    advice: string,
  ): readonly Omit<Remark, 'file'>[] {
    const [first] = found
    if (first === undefined || found.length <= MOST_ALONE) {
      return found.map(({ line, shown }) => remark(rule, line, `${shown} has ${what}. ${advice}`))
    }
    const shown = [...new Set(found.map((each) => each.shown))].slice(0, 4).join(', ')
    return [remark(rule, first.line, `${found.length} errors have ${what}: ${shown}, … ${advice}`)]
  }
}

/** What the code or its name says in words: `secret_not_found` → `Secret not found`. */
function proposalOf({ name, code }: Draft): string | undefined {
  const written = name ?? (typeof code === 'string' ? code : '')
  if (!isIdentifier(written)) return undefined
  const words = written
    .replace(/^(?:Err|ERR_|ERRCODE_|E_)(?=[A-Z])/, '')
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll(/[_.:/-]+/g, ' ')
    .trim()
    .toLowerCase()
  return words === '' ? undefined : words[0]!.toUpperCase() + words.slice(1)
}

function freeKey(draft: Draft, texts: Texts, taken: Set<string>, counts: Map<string, number>): Code {
  const { name, code } = draft
  const wanted: Code =
    name ??
    (code === undefined
      ? (constantOf(texts.title ?? texts.message ?? '') ?? 'ERROR')
      : keyOf(code, texts.title))
  let key = wanted
  const id = String(wanted).toLowerCase()
  let count = counts.get(id) ?? 1
  while (taken.has(String(key).toLowerCase())) {
    count += 1
    key = typeof wanted === 'number' ? `E${wanted}_${count}` : `${wanted.slice(0, 120)}_${count}`
  }
  counts.set(id, count)
  taken.add(String(key).toLowerCase())
  return key
}

/** The texts of entries in other languages, where they have the params of the message. */
export function translationsOf(
  resolved: readonly Resolved[],
  sourceLocale: string,
  dialect: Dialect,
  add: Add,
): Map<string, Map<Code, Partial<Record<(typeof FIELDS)[number], string>>>> {
  const languages = new Map<string, Map<Code, Partial<Record<(typeof FIELDS)[number], string>>>>()
  for (const { draft, entry } of resolved) {
    for (const [language, texts] of draft.texts) {
      if (language === '' || language === sourceLocale) continue
      addTranslation(languages, language, entry, texts, draft, dialect, add)
    }
  }
  return languages
}

/** Adds the texts of one entry. */
export function addTranslation(
  languages: Map<string, Map<Code, Partial<Record<(typeof FIELDS)[number], string>>>>,
  language: string,
  entry: ImportedEntry,
  texts: Texts,
  { line }: Pick<Draft, 'line'>,
  dialect: Dialect,
  add: Add,
): void {
  const made = catalogTexts(
    texts,
    { shown: String(entry.key), status: undefined, line, dialect },
    new TextNotes(),
    add,
  )
  const own: Partial<Record<(typeof FIELDS)[number], string>> = {}
  for (const field of FIELDS) {
    const text = made[field]
    const source = entry.texts[field]
    if (text === undefined || isTodo(text)) continue
    if (field === 'message' && typeof source === 'string' && !hasSameParams(text, source)) {
      const message = `${String(entry.key)} has other placeholders in ${language} than in the catalog, and its message is left out there.`
      add(remark('placeholders-differ', line, message))
    } else own[field] = text
  }
  if (Object.keys(own).length === 0) return
  const texts_ = languages.get(language) ?? new Map<Code, Partial<Record<(typeof FIELDS)[number], string>>>()
  texts_.set(entry.key, { ...texts_.get(entry.key), ...own })
  languages.set(language, texts_)
}

function hasSameParams(one: string, other: string): boolean {
  return paramsOf(one) === paramsOf(other)
}

function paramsOf(text: string): string {
  return [...new Set(text.match(/\{\{[^{}]*\}\}/g))].sort().join()
}
