import type { Page } from './site.ts'

/** The addresses on one page. */
export interface Links {
  readonly index: string
  readonly page: (page: Page) => string
  /** Undefined of a page that has its style and script in itself. */
  readonly files: Files | undefined
  /** All errors, as a dump. Undefined where there is none. */
  readonly catalog: string | undefined
  /** The same page in the other languages, and in its own. */
  readonly languages: readonly Alternate[]
  /** The same page in other formats, by their names. */
  readonly formats: readonly (Alternate & { readonly type: string })[]
  /** Where a search is sent. Undefined where nobody answers it. */
  readonly search: Search | undefined
}

export interface Files {
  readonly style: string
  readonly script: string
}

/** The same page otherwise. */
export interface Alternate {
  /** A language, or the name of a format. */
  readonly name: string
  readonly href: string
}

/** A form of GET. */
export interface Search {
  readonly action: string
  /** What is sent beside the query. */
  readonly fields: Readonly<Record<string, string>>
}
