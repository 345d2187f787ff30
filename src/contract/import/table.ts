/** What a column of a table of errors holds. */
export type Role =
  | 'code'
  | 'key'
  | 'status'
  | 'message'
  | 'title'
  | 'description'
  | 'action'
  | 'module'
  | 'range'
  | 'retryable'
  | 'retryAfter'
  | 'deprecated'
  /** Kept as a remark, under its heading. */
  | 'note'
  | 'none'

/** A text of a document, and where it begins. */
export interface Cell {
  readonly text: string
  /** From 1. */
  readonly line: number
  /** Whether the document says that it is a text, or that it is a number. @default it says neither */
  readonly isText?: boolean
}

export interface Column {
  /** As the document calls it. Empty where it has no headings. */
  readonly heading: string
  /** What the format itself says of it. */
  readonly role?: Role
}

/** A heading that stands above a table. */
export interface Section {
  readonly title: string
  readonly line: number
}

/** What all formats are read into. */
export interface Table {
  /** The headings that it stands under, the outermost first. */
  readonly sections: readonly Section[]
  readonly columns: readonly Column[]
  /** As many cells as there are columns, or fewer. */
  readonly rows: readonly (readonly Cell[])[]
  readonly line: number
  /** Whether its sections are parts of the API. Those of source code are remarks. @default true */
  readonly hasModules?: boolean
}

/** Something that a person has to know of what was read: a doubt has to be decided, a note was decided by a rule. */
export interface Remark {
  readonly rule: string
  readonly isDoubt: boolean
  readonly message: string
  readonly file: string
  readonly line: number
}

/** A document as it was read. */
export interface Document {
  readonly tables: readonly Table[]
  readonly remarks: readonly Omit<Remark, 'file'>[]
}

/** Makes a remark of a reader. */
export function remark(
  rule: string,
  line: number,
  message: string,
  kind: 'doubt' | 'note' = 'doubt',
): Omit<Remark, 'file'> {
  return { rule, isDoubt: kind === 'doubt', message, line }
}

export const EMPTY: Cell = { text: '', line: 0 }
