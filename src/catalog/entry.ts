import type { Code } from './code.ts'
import { getOrMake } from '../guard/memo.ts'
import { retryAfterSeconds } from '../guard/retry-after.ts'
import { spanSeconds, SPANS, type Span } from '../guard/span.ts'
import { moduleOf, type Module } from './module.ts'
import { checkKeys, SetupError, show } from '../guard/setup-error.ts'
import { MAX_TEXT_LENGTH, placeholders } from './template.ts'

/** The meaning of one code, as a catalog's author writes it. */
export interface EntryDefinition {
  /** HTTP status, an integer from 400 to 599. */
  readonly status: number
  /** The text for people, in the catalog's locale. `{{name}}` is filled from the params of the throw. */
  readonly message: string
  /** A short name of the problem that is the same every time. */
  readonly title?: string | undefined
  /** A longer explanation for documentation. */
  readonly description?: string | undefined
  /** Advice on what the client can do about it. */
  readonly action?: string | undefined
  /** The catalog's module that the code belongs to. @default the one module whose range holds the code */
  readonly module?: string | undefined
  /** The common code that this one refines: `code` of the composite and two-level envelopes. */
  readonly parent?: Code | undefined
  /** Whether the same request may succeed later. @default false */
  readonly retryable?: boolean | undefined
  /** Retry-After when the throw names none: whole seconds, or a text such as `'10m'`. */
  readonly retryAfter?: number | Span | undefined
  /** Whether the code is kept only for old clients. @default false */
  readonly deprecated?: boolean | undefined
  /** Free remarks by name. Never sent to clients. */
  readonly notes?: Readonly<Record<string, string>> | undefined
}

/** The meaning of one code, checked and complete. */
export interface Entry<TKey extends Code = Code> extends EntryDefinition {
  /** Its name in throws and in translators' files. */
  readonly key: TKey
  /** The code that clients see. */
  readonly code: TKey
  /** The i18next namespace that holds its translations: the catalog's name, or `http` for a generic text. */
  readonly namespace: string
  readonly retryable: boolean
  /** Whole seconds for Retry-After when the throw names none. */
  readonly retryAfter?: number | undefined
  readonly deprecated: boolean
  /** Names of the placeholders in `message`. */
  readonly params: readonly string[]
}

/** The texts of an entry, in the order in which they are looked up. */
export const TEXT_FIELDS = ['message', 'title', 'description', 'action'] as const
export type TextField = (typeof TEXT_FIELDS)[number]

/** All fields, so that one that a definition leaves out is not inherited. */
const UNSAID: Readonly<Record<keyof EntryDefinition, undefined>> = {
  status: undefined,
  message: undefined,
  title: undefined,
  description: undefined,
  action: undefined,
  module: undefined,
  parent: undefined,
  retryable: undefined,
  retryAfter: undefined,
  deprecated: undefined,
  notes: undefined,
}

const FIELDS = Object.keys(UNSAID)

/** An entry of our own texts, but for what it is about. */
export const BARE_ENTRY = { ...UNSAID, retryable: false, deprecated: false, params: [] } as const

const completed = new WeakMap<Entry, Entry>()

/** Returns an entry of another version of this package with each member of this one: none is inherited. */
export function completeEntry(entry: Entry): Entry {
  if (FIELDS.every((field) => Object.hasOwn(entry, field))) return entry
  return getOrMake(completed, entry, (given) => Object.freeze({ ...BARE_ENTRY, ...given }))
}

/** Returns whether a value is a status for errors: an integer from 400 to 599. */
export function isErrorStatus(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 400 && (value as number) <= 599
}

/** Whether an entry can be answered without a throw of its own: it is an error, and its text always the same. */
export function isAnswerable(entry: Entry | undefined): entry is Entry {
  return entry !== undefined && entry.status !== 200 && entry.params.length === 0
}

/** Checks one entry on its own. What needs its neighbors (parents) is checked by the catalog. */
export function defineEntry(
  code: Code,
  given: EntryDefinition,
  catalog: {
    readonly name: string
    readonly successCode: Code
    readonly modules: ReadonlyMap<string, Module>
  },
): Entry {
  const where = `Catalog ${catalog.name}, code ${show(code)}`
  if (typeof given !== 'object' || given === null) {
    throw new SetupError(`${where} is ${show(given)}. Give an object with status and message.`)
  }
  checkKeys(where, given, FIELDS)
  const definition = { ...UNSAID, ...given }
  const { status, message } = definition
  if (code === catalog.successCode ? status !== 200 : !isErrorStatus(status)) {
    const expected = code === catalog.successCode ? '200, as the success code' : 'an integer from 400 to 599'
    throw new SetupError(`${where} has status ${show(status)}, expected ${expected}.`)
  }
  if (typeof message !== 'string' || message.trim() === '') {
    throw new SetupError(`${where} has message ${show(message)}. Write a sentence for the client.`)
  }
  for (const field of TEXT_FIELDS) checkLength(`${where}, ${field}`, definition[field])
  checkField(where, definition, 'title', 'string')
  checkField(where, definition, 'description', 'string')
  checkField(where, definition, 'action', 'string')
  checkField(where, definition, 'module', 'string')
  checkField(where, definition, 'retryable', 'boolean')
  checkField(where, definition, 'deprecated', 'boolean')
  const retryAfter = checkRetryAfter(where, definition.retryAfter)
  const params = checkPlaceholders(where, definition)
  // Written out, so that all entries have one hidden class: Node 20 gives each copy by `...` a class of its own.
  return Object.freeze({
    key: code,
    code,
    namespace: catalog.name,
    params,
    status,
    retryable: definition.retryable ?? false,
    retryAfter,
    message,
    title: definition.title,
    description: definition.description,
    action: definition.action,
    module: moduleOf(where, code, definition.module, catalog.modules),
    parent: definition.parent,
    deprecated: definition.deprecated ?? false,
    notes: definition.notes,
  })
}

/** Refuses a text that is longer than an answer has room for. */
export function checkLength(where: string, text: unknown): void {
  if (typeof text !== 'string' || text.length <= MAX_TEXT_LENGTH) return
  throw new SetupError(
    `${where} has ${text.length} characters. Write at most ${MAX_TEXT_LENGTH}, and put the rest where docsUrl leads.`,
  )
}

/** Retry-After has whole seconds: a text is rounded up. */
function checkRetryAfter(where: string, given: EntryDefinition['retryAfter']): number | undefined {
  if (given === undefined) return undefined
  const seconds = spanSeconds(given)
  const whole = retryAfterSeconds(seconds)
  if (whole !== undefined && whole >= seconds! && (whole === given || typeof given === 'string')) return whole
  throw new SetupError(`${where} has retryAfter ${show(given)}. Give whole ${SPANS}; up to one year.`)
}

function checkField(
  where: string,
  definition: EntryDefinition,
  field: keyof EntryDefinition,
  type: string,
): void {
  const value = definition[field]
  if (value !== undefined && (typeof value !== type || value === '')) {
    throw new SetupError(`${where} has ${field} ${show(value)}. Give a ${type} or leave it out.`)
  }
}

/** Params are named by `message` alone, so that a reader sees in one place what a throw must give. */
function checkPlaceholders(where: string, definition: EntryDefinition): readonly string[] {
  const params = placeholders(definition.message, `${where}, message`)
  if (definition.status === 401 && params.length > 0) {
    throw new SetupError(
      `${where} has status 401 and the placeholder {{${params[0]}}}. A 401 tells nothing of its cause: write a constant text.`,
    )
  }
  for (const field of ['title', 'description', 'action'] as const) {
    for (const name of placeholders(definition[field] ?? '', `${where}, ${field}`)) {
      if (!params.includes(name)) {
        throw new SetupError(
          `${where} uses {{${name}}} in ${field} but not in message. Name it in message too.`,
        )
      }
    }
  }
  return params
}

/** `errors` as written: one object, or several that a large catalog is split into. */
export type ErrorsDefinition =
  Readonly<Record<Code, EntryDefinition>> | readonly Readonly<Record<Code, EntryDefinition>>[]
