import type { Code } from '../../catalog/code.ts'
import type { EnvelopeName, SuccessDefinition } from '../../catalog/envelope.ts'
import type { ParamValue } from '../../catalog/template.ts'

/** The version of the format that this package writes, and reads besides older ones. */
export const FORMAT_VERSION = 1

/** A catalog as data, with its texts in every language: what tools read, and what users commit. */
export interface Dump {
  /** The address of the format's JSON Schema. */
  readonly $schema?: string
  /** Of what was written, 1 so far. */
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
  /** The code and message of a success. */
  readonly success: SuccessDefinition
  /** WWW-Authenticate of every 401. */
  readonly challenge?: string
  /** What the app's handler says otherwise than the catalog. */
  readonly handler?: DumpHandler
  /** As the catalog has them. */
  readonly modules: readonly DumpModule[]
  /** Number codes ascending, then words as written. */
  readonly entries: readonly DumpEntry[]
  /** Codes that may never mean anything else. */
  readonly retired: readonly Code[]
  /** The answers to what others throw. */
  readonly foreign: DumpForeign
}

/** The API that has a catalog's errors. */
export interface DumpApi {
  /** Its name for people. */
  readonly title?: string | undefined
  /** Of the API, not of this package. */
  readonly version?: string | undefined
}

/** An envelope that is a function can be sent, and not be read: `'custom'`, unless it declares its schema. */
export type DumpEnvelope = EnvelopeName | 'custom' | DumpOwnEnvelope

/** An envelope of the app's own. */
export interface DumpOwnEnvelope {
  /** The media type of the body. @default 'application/json' */
  readonly contentType?: string
  /** The JSON Schema of an error's body. */
  readonly schema?: object
}

/** What the app's handler says otherwise than the catalog. */
export interface DumpHandler {
  /** One for all, or by media type. */
  readonly envelope?: DumpEnvelope | Readonly<Record<`${string}/${string}`, DumpEnvelope | 'page'>>
  /** The HTTP status of all answers. */
  readonly httpStatus?: 200
  /** The address of the documentation. The code is appended. */
  readonly docsUrl?: string
  /** Errors that are answered as others. */
  readonly conceal?: readonly DumpConceal[]
  /** Whether clients are sent the values of placeholders. */
  readonly revealParams?: true
}

/** Errors, by key or by status, that are answered as another one. */
export type DumpConceal =
  { readonly errors: readonly Code[]; readonly as: Code } | { readonly status: number; readonly as: Code }

/** A part of the API with codes of its own. */
export interface DumpModule {
  /** As entries name it. */
  readonly name: string
  /** Its name for people. */
  readonly title?: string
  /** The subject of its codes. */
  readonly description?: string
  /** First and last code of each range. Empty when any code may belong to it. */
  readonly ranges: readonly (readonly [first: number, last: number])[]
}

/** One error, with its texts. */
export interface DumpEntry {
  /** Its name in the catalog. */
  readonly key: Code
  /** What clients see. */
  readonly code: Code
  /** The HTTP status. */
  readonly status: number
  /** The HTTP status of the answer, where a function of the app's says another one. */
  readonly httpStatus?: number
  /** The name of its module. */
  readonly module?: string
  /** The key of the error that it refines. */
  readonly parent?: Code
  /** Whether the same request may succeed later. */
  readonly retryable: boolean
  /** Seconds, where a throw names none. */
  readonly retryAfter?: number
  /** Whether it is kept for old clients alone, or the key of the error to use instead. */
  readonly deprecated?: true | { readonly use: Code }
  /** WWW-Authenticate. */
  readonly challenge?: string
  /** Response headers that never change. */
  readonly headers?: Readonly<Record<string, string>>
  /** Constant facts for envelopes of the app's own. */
  readonly meta?: Readonly<Record<string, unknown>>
  /** The address of its documentation, where a function of the app's says it. */
  readonly docsUrl?: string
  /** Sample values of its placeholders. */
  readonly examples?: readonly Readonly<Record<string, ParamValue>>[]
  /** The names of its placeholders, in alphabetical order. */
  readonly params: readonly string[]
  /** By language: message, title, description and action, and their plural forms, such as message_one. */
  readonly texts: Readonly<Record<string, DumpTexts>>
}

/** Texts in one language, by name: message, title, description, action, and plural forms such as message_one. */
export type DumpTexts = Readonly<Record<string, string>>

/** The answers to foreign errors, for every status and condition that a catalog can say something of. */
export interface DumpForeign {
  /** For an error of which only the status is known. */
  readonly byStatus: Readonly<Record<string, DumpForeignAnswer>>
  /** For an error that was recognized. */
  readonly byCondition: Readonly<Record<string, DumpForeignAnswer>>
}

/** What answers a foreign error. */
export interface DumpForeignAnswer {
  /** The entry that answers. Undefined: the text of the status stands under this code. */
  readonly key?: Code
  /** What clients see. */
  readonly code: Code
  /** The HTTP status of the answer. */
  readonly status: number
}
