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
      /** Whether translations are wanted as they are written: those that cannot be used are no fault. */
      readonly asWritten?: boolean
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
  /** Those that stand in code, where they are wanted as they are written. */
  readonly texts: readonly LocalesInCode[]
}

/** Translations in code, as i18next's resources. */
export interface LocalesInCode {
  /** The name of the catalog whose texts they are. */
  readonly catalog: string
  readonly resources: Readonly<Record<string, unknown>>
}

export interface LocalesPlace {
  /** The name of the catalog whose texts they are. */
  readonly catalog: string
  readonly path: string
}
