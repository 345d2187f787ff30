import type { Code } from '../../catalog/code.ts'
import type { Field } from './draft.ts'
import type { ImportedModule } from './modules.ts'

/** What a person has to decide. The source does not compile before it is. */
export interface Todo {
  /** What it may be, where there is something. */
  readonly proposal?: string
  readonly why: string
}

export interface ImportedEntry {
  readonly key: Code
  readonly code: Code | Todo
  /** Undefined where the catalog has one for all. */
  readonly status: number | Todo | undefined
  readonly texts: Readonly<Partial<Record<Field, string | Todo>>>
  readonly module: string | undefined
  readonly isRetryable: boolean
  readonly retryAfter: number | undefined
  readonly isDeprecated: boolean
  readonly notes: Readonly<Record<string, string>>
  /** Stands above it and those that follow it, as a comment. */
  readonly heading: string
}

/** A catalog as it was read. */
export interface Imported {
  readonly name: string
  /** The files that it was read from. */
  readonly files: readonly string[]
  readonly sourceLocale: string
  readonly status: number | undefined
  readonly success: { readonly code: Code; readonly message: string } | undefined
  readonly modules: readonly ImportedModule[]
  readonly entries: readonly ImportedEntry[]
  /** Texts by language and key. */
  readonly translations: ReadonlyMap<string, ReadonlyMap<Code, Readonly<Partial<Record<Field, string>>>>>
}

export function isTodo(value: unknown): value is Todo {
  return typeof value === 'object' && value !== null && 'why' in value
}
