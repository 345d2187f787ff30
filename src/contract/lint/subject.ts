import type { Catalog } from '../../catalog/catalog.ts'
import type { Entry, TextField } from '../../catalog/entry.ts'
import { FIELDS_NAMESPACE, type FieldCode } from '../../catalog/field.ts'
import { FIELD_TEXTS, fieldEntry } from '../../catalog/field-texts.ts'
import { catalog as http } from '../../catalogs/http.ts'
import { keysOf, type Keys } from '../../locale/sources/keys.ts'

/** A folder of translators' files, or a path that holds `{{lng}}`. */
export interface LocalesPlace {
  /** The catalog whose texts stand there: that of a subject, or one that it extends. */
  readonly catalog: string
  readonly path: string
}

/** Translations in code, as i18next's resources. */
export interface LocalesInCode {
  readonly catalog: string
  readonly resources: Readonly<Record<string, unknown>>
}

/** The errors whose texts stand in files of one name: those of a catalog, or our own texts. */
export interface Subject {
  /** The name of the files. */
  readonly name: string
  readonly catalog: Catalog
  /** The file that defines them, where it is known. */
  readonly file: string | undefined
  /** Where their translations are, in the order in which the app asks them. */
  readonly places: readonly LocalesPlace[]
  readonly texts: readonly LocalesInCode[]
  readonly sourceLocale: string
  readonly entries: readonly Entry[]
  /** The names of texts in translators' files. */
  readonly keys: Keys
  /** Returns the entry of such a name. Undefined also for a status that has no text of ours. */
  readonly find: (name: string) => Entry | undefined
  /** Whether its translations are to be complete. An app may change a few of our own texts. */
  readonly isWhole: boolean
}

export type SubjectOptions = Partial<Pick<Subject, 'name' | 'file' | 'places' | 'texts' | 'isWhole'>>

export function subjectOf(catalog: Catalog, options: SubjectOptions = {}): Subject {
  return create(catalog, [...catalog], options)
}

/** The texts of HTTP statuses and of fields, which this package brings along. */
export function ourSubjects(options: SubjectOptions = { isWhole: false }): readonly Subject[] {
  const fields = Object.keys(FIELD_TEXTS).map((code) => fieldEntry(code as FieldCode))
  return [subjectOf(http, options), create(http, fields, { ...options, name: FIELDS_NAMESPACE })]
}

function create(
  catalog: Catalog,
  entries: readonly Entry[],
  { name = catalog.name, file, places = [], texts = [], isWhole = true }: SubjectOptions,
): Subject {
  const byKey = new Map(entries.map((entry) => [String(name === 'http' ? entry.status : entry.key), entry]))
  return {
    name,
    catalog,
    file,
    places,
    texts,
    sourceLocale: catalog.sourceLocale,
    entries,
    keys: keysOf(catalog, name),
    find: (key) => byKey.get(key),
    isWhole,
  }
}

/** A text, of a catalog itself or of a translation. */
export interface LintedText {
  /** Undefined of a status that has no text of ours. */
  readonly entry: Entry | undefined
  /** The name of the entry in translators' files. */
  readonly key: string
  readonly field: TextField
  /** Of a plural form: `one`. Empty of a text that has none. */
  readonly ending: string
  readonly text: string
  readonly locale: string
  /** The catalog's own text, which it translates. Of a catalog's text, itself. */
  readonly source: string | undefined
  readonly subject: Subject
  /** Undefined of a catalog's own text. */
  readonly translation: Translation | undefined
  /** The object of the translation that has it, and under which name. */
  readonly holder: object | undefined
  readonly name: string
}

/** The texts of one subject in one language, from one place. */
export interface Translation {
  readonly subject: Subject
  /** As the file or folder is named. */
  readonly locale: string
  /** Relative to the working folder. Undefined of texts that stand in code. */
  readonly file: string | undefined
  /** Why it could not be read. */
  readonly fault: TranslationFault | undefined
  /** What it holds. Undefined where that is no object, or could not be read. */
  readonly texts: object | undefined
  readonly duplicates: readonly Located[]
  /** Members that are no text. */
  readonly strays: readonly Stray[]
  readonly byKey: ReadonlyMap<string, readonly LintedText[]>
  /** Finds where a member stands. */
  readonly positionOf: (holder: object | undefined, name: string) => Position | undefined
  /** Whether it is the project's, and not that of a package. */
  readonly isOwn: boolean
}

/** A member that is not looked up, or not found. */
export interface Stray extends Member {
  readonly kind: 'key' | 'field' | 'value'
  /** What it is, and what to do. */
  readonly fault: string
  readonly key: string
}

export interface Member {
  readonly holder: object
  readonly name: string
}

/** Something that is wrong at a place of a file. */
export interface Located {
  /** What it is, and what to do. */
  readonly fault: string
  readonly position: Position | undefined
  readonly key?: string
}

/** Why nothing of a file is used. */
export interface TranslationFault extends Located {
  readonly kind: 'syntax' | 'shape'
}

export interface Position {
  /** From 1. */
  readonly line: number
  /** From 1. */
  readonly column: number
}
