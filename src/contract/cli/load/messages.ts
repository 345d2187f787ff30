import type { Dump, DumpApi } from '../../dump/dump.ts'

/** What the loader is asked for: to run modules of the project, and tell what they export. */
export type Question =
  | {
      readonly ask: 'config'
      /** Absolute. */
      readonly file: string
    }
  | {
      readonly ask: 'catalogs'
      readonly catalogs: readonly Named[]
      readonly handler: Named | undefined
      /** Translations that the app gives its handler. */
      readonly locales: string | undefined
      readonly api: DumpApi | undefined
    }

/** A module, and one of its exports. */
export interface Named {
  /** As it was given, for what is said of it. */
  readonly given: string
  /** Absolute. */
  readonly file: string
  readonly export: string | undefined
}

export type Reply =
  | { readonly ok: true; readonly value: unknown; readonly faults: readonly string[] }
  | { readonly ok: false; readonly message: string }

/** A catalog that was loaded from a module. */
export interface Loaded {
  readonly dump: Dump
  /** As it was given. */
  readonly given: string
  /** Where its translations are, and those of catalogs that it extends: folders, or paths that hold `{{lng}}`. */
  readonly locales: readonly LocalesPlace[]
}

export interface LocalesPlace {
  /** The name of the catalog whose texts they are. */
  readonly catalog: string
  readonly path: string
}
