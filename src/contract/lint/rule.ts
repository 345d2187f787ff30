import type { Entry } from '../../catalog/entry.ts'
import type { LintedText, Position, Subject, Translation } from './subject.ts'

export type RuleLevel = 'error' | 'warning' | 'info' | 'off'

/** What a rule is about. */
export type Family = 'catalog' | 'locales' | 'sources'

/** A rule, as the help and the guide tell of it. */
export interface RuleFacts {
  /** Kebab-case, and public. */
  readonly id: string
  readonly family: Family
  /** Its level by preset. */
  readonly levels: { readonly recommended: RuleLevel; readonly strict: RuleLevel }
  /** What it finds. */
  readonly what: string
  /** Why that matters. */
  readonly why: string
}

/** What a rule found, in words that follow what it is about: `has no challenge. Write …`. */
export interface Found {
  readonly message: string
  readonly entry?: Entry | undefined
  readonly key?: string | undefined
  readonly file?: string | undefined
  readonly position?: Position | undefined
}

/** The same of a text. */
export interface FoundText {
  readonly text: LintedText
  readonly message: string
}

/** The texts of a subject in one language, from everywhere. */
export interface Language {
  readonly subject: Subject
  readonly locale: string
  /** The nearest first. Empty where there is no file. */
  readonly translations: readonly Translation[]
  /** Those of the languages from which it takes what it lacks: de for de-AT. */
  readonly inherited: readonly Translation[]
  /** Where a file would be. */
  readonly place: string | undefined
}

/** A rule, and how it is held against what it is about. Each is given one thing at a time. */
export type Rule = RuleFacts &
  (
    | { readonly of: 'catalog'; readonly check: (subject: Subject) => Iterable<Found> }
    | { readonly of: 'entry'; readonly check: (entry: Entry, subject: Subject) => string | undefined }
    /** Of a catalog, or of a translation. */
    | { readonly of: 'text'; readonly check: (text: LintedText, settings: Settings) => string | undefined }
    | {
        readonly of: 'translated'
        readonly check: (text: TranslatedText, settings: Settings) => string | undefined
      }
    /** The plural forms of a text, or its only one. */
    | { readonly of: 'forms'; readonly check: (forms: Forms) => Iterable<FoundText> }
    | { readonly of: 'translation'; readonly check: (translation: Translation) => Iterable<Found> }
    | { readonly of: 'language'; readonly check: (language: Language) => Iterable<Found> }
    /** All translations in one language. */
    | { readonly of: 'locale'; readonly check: (texts: readonly TranslatedText[]) => Iterable<FoundText> }
  )

/** A translation of a text that the catalog has. */
export type TranslatedText = LintedText & { readonly entry: Entry; readonly source: string }

export type Forms = readonly [LintedText, ...LintedText[]]

/** What a project says of its own language. */
export interface Settings {
  readonly terms: readonly Term[]
}

/** A word of the source, and those that stand for it. */
export interface Term {
  readonly name: string
  readonly source: RegExp
  /** Whether its translations stand for nothing else. */
  readonly isOnly: boolean
  /** By locale. */
  readonly translations: ReadonlyMap<string, RegExp>
}

/** Levels by preset: the same for both, unless the second is given. */
export function levels(recommended: RuleLevel, strict = recommended): RuleFacts['levels'] {
  return { recommended, strict }
}

const OFF = levels('off')
export { OFF }
