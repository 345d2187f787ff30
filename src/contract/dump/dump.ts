import type { Code } from '../../catalog/code.ts'
import type { EnvelopeName, SuccessDefinition } from '../../catalog/envelope.ts'
import type { ParamValue } from '../../catalog/template.ts'

/** The version of the format that this package writes, and reads besides older ones. */
export const FORMAT_VERSION = 1

/** A catalog as data, with its texts in every language: what tools read, and what users commit. */
export interface Dump {
  /** The address of the format's JSON Schema. */
  readonly $schema?: string
  readonly formatVersion: number
  /** The name of the catalog. */
  readonly catalog: string
  /** The API that has these errors. */
  readonly api?: DumpApi
  /** The language that the catalog is written in. */
  readonly sourceLocale: string
  /** The languages of its texts, that one too, in alphabetical order. */
  readonly locales: readonly string[]
  /** The shape of the body, by name, or the schema of one of the app's own. */
  readonly envelope: DumpEnvelope
  /** The HTTP status of all answers, where the code alone tells errors apart. */
  readonly httpStatus?: 200
  readonly success: SuccessDefinition
  /** WWW-Authenticate of every 401. */
  readonly challenge?: string
  /** What the app's handler says otherwise than the catalog. */
  readonly handler?: DumpHandler
  readonly modules: readonly DumpModule[]
  /** Number codes ascending, then words as written. */
  readonly entries: readonly DumpEntry[]
  /** Codes that may never mean anything else. */
  readonly retired: readonly Code[]
  readonly foreign: DumpForeign
}

export interface DumpApi {
  readonly title?: string
  readonly version?: string
}

/** An envelope that is a function can be sent, and not be read: `'custom'`, unless it declares its schema. */
export type DumpEnvelope = EnvelopeName | 'custom' | DumpOwnEnvelope

export interface DumpOwnEnvelope {
  readonly contentType?: string
  /** The JSON Schema of an error's body. */
  readonly schema?: object
}

export interface DumpHandler {
  /** One for all, or by media type. */
  readonly envelope?: DumpEnvelope | Readonly<Record<`${string}/${string}`, DumpEnvelope | 'page'>>
  readonly httpStatus?: 200
  /** The code is appended. */
  readonly docsUrl?: string
  readonly conceal?: readonly DumpConceal[]
  /** Whether clients are sent the values of placeholders. */
  readonly revealParams?: true
}

/** Errors, by key or by status, that are answered as another one. */
export type DumpConceal =
  { readonly errors: readonly Code[]; readonly as: Code } | { readonly status: number; readonly as: Code }

export interface DumpModule {
  readonly name: string
  readonly title?: string
  readonly description?: string
  readonly ranges: readonly (readonly [first: number, last: number])[]
}

export interface DumpEntry {
  readonly key: Code
  /** What clients see. */
  readonly code: Code
  readonly status: number
  /** Of the answer, where a function of the app's says another one. */
  readonly httpStatus?: number
  readonly module?: string
  readonly parent?: Code
  readonly retryable: boolean
  /** Seconds. */
  readonly retryAfter?: number
  readonly deprecated?: true | { readonly use: Code }
  readonly challenge?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly meta?: Readonly<Record<string, unknown>>
  /** The address of its documentation, where a function of the app's says it. */
  readonly docsUrl?: string
  readonly examples?: readonly Readonly<Record<string, ParamValue>>[]
  /** The names of its placeholders, in alphabetical order. */
  readonly params: readonly string[]
  /** By language: message, title, description and action, and their plural forms, such as message_one. */
  readonly texts: Readonly<Record<string, DumpTexts>>
}

export type DumpTexts = Readonly<Record<string, string>>

/** The answers to foreign errors, for every status and condition that a catalog can say something of. */
export interface DumpForeign {
  readonly byStatus: Readonly<Record<string, DumpForeignAnswer>>
  readonly byCondition: Readonly<Record<string, DumpForeignAnswer>>
}

export interface DumpForeignAnswer {
  /** The entry that answers. Undefined: the text of the status stands under this code. */
  readonly key?: Code
  readonly code: Code
  readonly status: number
}
