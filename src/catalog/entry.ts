import { isCode, MAX_CODE_LENGTH, type Code } from './code.ts'
import { headerValue, isConstantHeader } from '../guard/headers.ts'
import { bare } from '../guard/own.ts'
import { toConstant } from '../guard/constant.ts'
import { isArray } from '../guard/read.ts'
import { retryAfterSeconds } from '../guard/retry-after.ts'
import { isErrorStatus } from './http-status.ts'
import { spanSeconds, SPANS, type Span } from '../guard/span.ts'
import { moduleOf, type Module } from './module.ts'
import { checkKeys, checkPlain, ownOptions, SetupError, show } from '../guard/setup-error.ts'
import { MAX_TEXT_LENGTH, MISSING, paramText, placeholders, type ParamValue } from './template.ts'

/** One error, as a catalog's author writes it. Its key is the name that it stands under. */
export interface EntryDefinition {
  /**
   * The code that clients see: an integer such as `-1003`, or a text such as `'0001'`. Several errors may have the same.
   * @default the key
   */
  readonly code?: Code | undefined
  /**
   * HTTP status, an integer from 400 to 599, or 200 for an error that is answered with it.
   * @default that of the parent, else of the module, else of the catalog
   */
  readonly status?: number | undefined
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
  /** The key of the error that this one refines, which may refine another. The last is `code` of the composite and two-level envelopes. */
  readonly parent?: Code | undefined
  /** Whether the same request may succeed later. @default false */
  readonly retryable?: boolean | undefined
  /** Retry-After when the throw names none: whole seconds, or a text such as `'10m'`. */
  readonly retryAfter?: number | Span | undefined
  /** WWW-Authenticate of this error (RFC 9110, section 11.6.1), such as `'Bearer error="invalid_token"'`. @default for a 401 the catalog's */
  readonly challenge?: string | undefined
  /** Response headers that never change. Cache-Control may be one; Retry-After and WWW-Authenticate have members of their own. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** Constant facts for envelopes of one's own, as plain JSON: `{ type: 'invalid_request_error' }`. */
  readonly meta?: Readonly<Record<string, unknown>> | undefined
  /** Whether the code is kept only for old clients, or the key of the error to use instead. @default false */
  readonly deprecated?: boolean | { readonly use: Code } | undefined
  /** Sample params for documentation. */
  readonly examples?: readonly Readonly<Record<string, ParamValue>>[] | undefined
  /** Free remarks by name. Never sent to clients, but by an envelope of one's own. */
  readonly notes?: Readonly<Record<string, string>> | undefined
}

/** One error, checked and complete. */
export interface Entry<TKey extends Code = Code, TCode extends Code = Code> extends EntryDefinition {
  /** Its name in throws, options and translators' files. */
  readonly key: TKey
  /** The code that clients see. */
  readonly code: TCode
  readonly status: number
  /** The i18next namespace that holds its translations: the catalog's name, or `http` for a generic text. */
  readonly namespace: string
  /** Whether it is the catalog's success, which nobody can throw. */
  readonly isSuccess: boolean
  /** The keys of the errors that it refines, the nearest first. */
  readonly parents: readonly Code[]
  readonly retryable: boolean
  /** Whole seconds for Retry-After when the throw names none. */
  readonly retryAfter?: number | undefined
  readonly deprecated: boolean | { readonly use: Code }
  /** Names of the placeholders in `message`. */
  readonly params: readonly string[]
}

/** The texts of an entry, in the order in which they are looked up. */
export const TEXT_FIELDS = ['message', 'title', 'description', 'action'] as const
export type TextField = (typeof TEXT_FIELDS)[number]

/** All fields, so that one that a definition leaves out is not inherited. */
const UNSAID: Readonly<Record<keyof EntryDefinition, undefined>> = {
  code: undefined,
  status: undefined,
  message: undefined,
  title: undefined,
  description: undefined,
  action: undefined,
  module: undefined,
  parent: undefined,
  retryable: undefined,
  retryAfter: undefined,
  challenge: undefined,
  headers: undefined,
  meta: undefined,
  deprecated: undefined,
  examples: undefined,
  notes: undefined,
}

/** The names of the members that a definition can have. */
const ENTRY_FIELDS = Object.keys(UNSAID)

const NO_PARENTS: readonly Code[] = Object.freeze([])

/** An entry of our own texts, but for what it is about. */
export const BARE_ENTRY = {
  ...UNSAID,
  isSuccess: false,
  parents: NO_PARENTS,
  retryable: false,
  deprecated: false,
  params: [],
} as const

/** The members that few entries have. */
const RARE = ['retryAfter', 'challenge', 'headers', 'meta', 'examples', 'notes'] as const

/**
 * An entry without rare members, which it has from its prototype: a catalog may hold 100,000. All of them have one
 * hidden class, and those with a rare member another.
 */
class PlainEntry {
  readonly key: Code
  readonly code: Code
  readonly namespace: string
  readonly isSuccess: boolean
  readonly params: readonly string[]
  readonly status: number
  readonly retryable: boolean
  readonly message: string
  readonly title: string | undefined
  readonly description: string | undefined
  readonly action: string | undefined
  readonly module: string | undefined
  readonly parent: Code | undefined
  readonly parents: readonly Code[]
  readonly deprecated: Entry['deprecated']

  constructor(entry: Entry) {
    this.key = entry.key
    this.code = entry.code
    this.namespace = entry.namespace
    this.isSuccess = entry.isSuccess
    this.params = entry.params
    this.status = entry.status
    this.retryable = entry.retryable
    this.message = entry.message
    this.title = entry.title
    this.description = entry.description
    this.action = entry.action
    this.module = entry.module
    this.parent = entry.parent
    this.parents = entry.parents
    this.deprecated = entry.deprecated
  }

  static {
    for (const name of RARE) Object.defineProperty(this.prototype, name, bare({ value: undefined }))
  }
}

class RichEntry extends PlainEntry implements Entry {
  readonly retryAfter: number | undefined
  readonly challenge: string | undefined
  readonly headers: Entry['headers']
  readonly meta: Entry['meta']
  readonly examples: Entry['examples']
  readonly notes: Entry['notes']

  constructor(entry: Entry) {
    super(entry)
    this.retryAfter = entry.retryAfter
    this.challenge = entry.challenge
    this.headers = entry.headers
    this.meta = entry.meta
    this.examples = entry.examples
    this.notes = entry.notes
  }
}

/** Puts an entry together, of members that were checked. */
export function createEntry(entry: Entry): Entry {
  return Object.freeze(
    RARE.every((name) => entry[name] === undefined) ? new PlainEntry(entry) : new RichEntry(entry),
  )
}

/** Returns an entry with some members changed. */
export function changedEntry(entry: Entry, changes: Partial<Entry>): Entry {
  return createEntry({ ...BARE_ENTRY, ...entry, ...changes })
}

/** Whether this copy of the package has made an entry. */
export function isOurs(entry: Entry): boolean {
  return entry instanceof PlainEntry
}

/** Whether an entry can be answered without a throw of its own: it is an error, and its text always the same. */
export function isAnswerable(entry: Entry | undefined): entry is Entry {
  return entry !== undefined && !entry.isSuccess && entry.params.length === 0
}

/** The part of a catalog that an entry is checked against. */
export interface EntrySurroundings {
  readonly name: string
  readonly successCode: Code
  readonly modules: ReadonlyMap<string, Module>
}

/** The part of an entry that its catalog knows. */
export interface Inherited {
  /** Undefined where nobody up to the catalog says one. */
  readonly status: number | undefined
  /** The keys of its parents, nearest first. Undefined for none. */
  readonly parents: readonly Code[] | undefined
}

/** Checks one entry on its own. What needs its neighbors is checked by the catalog. */
export function defineEntry(
  key: Code,
  given: EntryDefinition,
  { name, successCode, modules }: EntrySurroundings,
  { status, parents = NO_PARENTS }: Inherited,
): Entry {
  const where = `Catalog ${name}, error ${show(key)}`
  checkKeys(where, given, ENTRY_FIELDS)
  const definition = { ...UNSAID, ...given }
  const code = codeOf(where, key, definition.code)
  const isSuccess = code === successCode
  checkStatus(where, code, status, isSuccess)
  const { message } = definition
  if (typeof message !== 'string' || message.trim() === '') {
    throw new SetupError(`${where} has message ${show(message)}. Write a sentence for the client.`)
  }
  for (const field of TEXT_FIELDS) checkLength(`${where}, ${field}`, definition[field])
  checkField(where, definition, 'title', 'string')
  checkField(where, definition, 'description', 'string')
  checkField(where, definition, 'action', 'string')
  checkField(where, definition, 'module', 'string')
  checkField(where, definition, 'retryable', 'boolean')
  const params = checkPlaceholders(where, definition, status)
  return createEntry({
    key,
    code,
    namespace: name,
    isSuccess,
    params,
    status,
    retryable: definition.retryable ?? false,
    retryAfter: checkRetryAfter(where, definition.retryAfter),
    message,
    title: definition.title,
    description: definition.description,
    action: definition.action,
    module: moduleOf(where, code, definition.module, modules),
    parent: definition.parent,
    parents,
    challenge: checkChallenge(where, definition.challenge),
    headers: checkHeaders(where, definition.headers),
    meta: checkMeta(where, definition.meta),
    deprecated: checkDeprecated(where, definition.deprecated),
    examples: checkExamples(where, definition.examples, params),
    notes: checkNotes(where, definition.notes),
  })
}

function codeOf(where: string, key: Code, code: Code | undefined): Code {
  if (code !== undefined && !isCode(code)) {
    throw new SetupError(
      `${where} has code ${show(code)}. Give an integer such as -1003, or a text such as '0001' of at most ${MAX_CODE_LENGTH} characters.`,
    )
  }
  return code ?? key
}

function checkStatus(
  where: string,
  code: Code,
  status: number | undefined,
  isSuccess: boolean,
): asserts status is number {
  if (isSuccess) {
    if (status === 200) return
    throw new SetupError(
      `${where} has status ${show(status)}, but ${show(code)} is the code of the success, whose status is 200. If it is an error, set success: { code, message } of the catalog to another code.`,
    )
  }
  if (status === undefined) {
    throw new SetupError(
      `${where} has no status. Give it an integer from 400 to 599, or set the status of its parent, its module or the catalog.`,
    )
  }
  if (status !== 200 && !isErrorStatus(status)) {
    throw new SetupError(
      `${where} has status ${show(status)}, expected an integer from 400 to 599, or 200 for an error that is answered with it.`,
    )
  }
}

/** A challenge that a client can read; RFC 9110, section 11.6.1. */
export function checkChallenge(where: string, challenge: string | undefined): string | undefined {
  if (challenge !== undefined && (challenge === '' || headerValue(challenge) !== challenge)) {
    throw new SetupError(`${where} has challenge ${show(challenge)}. Give a header value such as 'Bearer'.`)
  }
  return challenge
}

/** Returns the name of an entry in translators' files. Generic texts are those of a status, whatever code tells it. */
export function textKeyOf({ namespace, status, key }: Entry): Code {
  return namespace === 'http' ? status : key
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
  if (whole === undefined || whole < seconds! || (whole !== given && typeof given !== 'string')) {
    throw new SetupError(`${where} has retryAfter ${show(given)}. Give whole ${SPANS}; up to one year.`)
  }
  return whole
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
function checkPlaceholders(where: string, definition: EntryDefinition, status: number): readonly string[] {
  const params = placeholders(definition.message, `${where}, message`)
  if (status === 401 && params.length > 0) {
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

/** JSON of an entry's constant facts has at most so many characters. */
export const MAX_META_LENGTH = 4096

/** Headers that have a member of their own. */
const OWN_MEMBER: Readonly<Record<string, string>> = {
  'www-authenticate': 'challenge',
  'retry-after': 'retryAfter',
}

function checkHeaders(where: string, headers: EntryDefinition['headers']): EntryDefinition['headers'] {
  if (headers === undefined) return undefined
  checkPlain(`${where}, headers`, headers)
  const names = new Set<string>()
  for (const [name, value] of Object.entries(headers)) {
    const lower = name.toLowerCase()
    const member = Object.hasOwn(OWN_MEMBER, lower) ? OWN_MEMBER[lower] : undefined
    if (member !== undefined) {
      throw new SetupError(`${where} has ${name} in headers. Give it as ${member}.`)
    }
    if (!isConstantHeader(name)) {
      throw new SetupError(
        `${where} has ${show(name)} in headers, which describes the message or is set for every answer. Leave it out.`,
      )
    }
    if (headerValue(value) !== value) {
      throw new SetupError(
        `${where} has ${show(value)} for the header ${name}. Give a text that a header can hold.`,
      )
    }
    if (names.size === names.add(lower).size) {
      throw new SetupError(`${where} has the header ${name} twice. Remove one of the two.`)
    }
  }
  return Object.freeze({ ...headers })
}

function checkMeta(where: string, meta: EntryDefinition['meta']): EntryDefinition['meta'] {
  if (meta === undefined) return undefined
  checkPlain(`${where}, meta`, meta)
  const constant = toConstant(meta, MAX_META_LENGTH)
  if (constant === undefined) {
    throw new SetupError(
      `${where} has meta that JSON cannot hold, or of more than ${MAX_META_LENGTH} characters. Give plain data: texts, numbers, booleans, arrays and objects.`,
    )
  }
  return constant as EntryDefinition['meta']
}

/** An envelope of one's own is told the notes, and may write on what it is told. */
function checkNotes(where: string, notes: EntryDefinition['notes']): EntryDefinition['notes'] {
  if (notes === undefined) return undefined
  checkPlain(`${where}, notes`, notes)
  for (const [name, note] of Object.entries(notes)) {
    if (typeof note !== 'string') {
      throw new SetupError(`${where} has ${show(note)} for the note ${show(name)}. Give a text.`)
    }
  }
  return Object.freeze({ ...notes })
}

function checkDeprecated(where: string, deprecated: EntryDefinition['deprecated']): Entry['deprecated'] {
  if (deprecated === undefined) return false
  if (typeof deprecated === 'boolean') return deprecated
  if (typeof deprecated === 'object' && deprecated !== null) {
    const { use } = ownOptions(`${where}, deprecated`, deprecated, ['use'])
    if (typeof use === 'string' || typeof use === 'number') return Object.freeze({ use })
  }
  throw new SetupError(`${where} has deprecated ${show(deprecated)}. Give true, or { use: 'KEY' }.`)
}

function checkExamples(
  where: string,
  examples: EntryDefinition['examples'],
  params: readonly string[],
): EntryDefinition['examples'] {
  if (examples === undefined) return undefined
  if (!isArray(examples)) {
    throw new SetupError(
      `${where} has examples ${show(examples)}. Give an array of params such as [{ left: 3 }].`,
    )
  }
  for (const example of examples) checkExample(where, example, params)
  return Object.freeze(examples.map((example) => Object.freeze({ ...example })))
}

function checkExample(
  where: string,
  example: Readonly<Record<string, ParamValue>>,
  params: readonly string[],
): void {
  checkPlain(`${where}, an example`, example)
  const names = Object.keys(example)
  const wrong = names.find((name) => !params.includes(name)) ?? params.find((name) => !names.includes(name))
  if (wrong !== undefined || names.some((name) => paramText(example[name]) === MISSING)) {
    throw new SetupError(
      `${where} has an example with ${names.join(', ') || 'no params'}. Give values for ${params.join(', ') || 'nothing: its message has no placeholders'}.`,
    )
  }
}

/** `errors` as written: one object, or several that a large catalog is split into. */
export type ErrorsDefinition =
  Readonly<Record<Code, EntryDefinition>> | readonly Readonly<Record<Code, EntryDefinition>>[]
