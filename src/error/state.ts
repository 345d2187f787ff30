import type { Catalog } from '../catalog/catalog.ts'
import {
  conditionOfStatus,
  CONDITIONS,
  RETRYABLE,
  type Condition,
  type Recognized,
} from '../catalog/condition.ts'
import { isCode, type Code } from '../catalog/code.ts'
import { completeEntry } from '../catalog/complete-entry.ts'
import { isAnswerable, type Entry } from '../catalog/entry.ts'
import type { FieldProblem } from '../catalog/field.ts'
import { headerValue, namesOf, safeHeaders } from '../guard/headers.ts'
import { isErrorStatus } from '../catalog/http-status.ts'
import { isObject } from '../guard/options.ts'
import { readOwn } from '../guard/own.ts'
import { isArray, read, readItems } from '../guard/read.ts'
import { requiredHeaders } from '../guard/required-headers.ts'
import { retryAfterSeconds } from '../guard/retry-after.ts'
import { spanSeconds } from '../guard/span.ts'
import { show } from '../guard/setup-error.ts'
import { statusField } from '../guard/status-field.ts'
import { MISSING, paramText, type Params } from '../catalog/template.ts'
import { thrownFields } from './thrown-fields.ts'
import { MAX_NAME_LENGTH, notedUnusable, noteUnusable, PARAMS_PREFIX } from './unusable.ts'

/** Tells other copies of this package how a state is made, should that ever change. */
export const STATE_VERSION = 1

/** Everything that a BizError is, fixed when it is made. Answers are made from it, never from the error's properties. */
export interface BizErrorState {
  readonly catalog: Catalog
  readonly entry: Entry
  readonly status: number
  /** Safe values for the entry's placeholders. */
  readonly params: Params
  readonly details: unknown
  /** The message of a foreign error, in place of the entry's. */
  readonly message: string | undefined
  /** Told among the members of `details`, once their texts are found. */
  readonly fields: readonly FieldProblem[] | undefined
  /** The further errors that are answered with this one. Theirs stand here as well. */
  readonly errors: readonly BizErrorState[] | undefined
  readonly headers: Readonly<Record<string, string>> | undefined
  /** Whole seconds. */
  readonly retryAfter: number | undefined
  readonly retryable: boolean
  /** The rate-limit policies that refused, by name. */
  readonly violatedPolicies: readonly string[] | undefined
  /** The key of the error that is answered instead. */
  readonly as: Code | undefined
  /** The meaning that a foreign error was recognized by. */
  readonly condition: Condition | undefined
  /** The key that was asked for, when the catalog does not have it. */
  readonly unknownKey: string | undefined
  /** The parts of the throw that cannot be used, or that the text lacks: `headers.X-A`, `params.left`. */
  readonly unusable: readonly string[]
}

/** Reads key and options once. Whatever they are, this returns a state that can be answered. */
export function thrownState(catalog: Catalog, key: unknown, options: unknown): BizErrorState {
  const entry = catalog.get(key as Code)
  if (entry === undefined || entry.isSuccess) {
    return { ...statusState(catalog, 500), unknownKey: show(key) }
  }
  return options === undefined && entry.params.length === 0
    ? entryState(catalog, entry)
    : withOptions(catalog, entry, entry.status, options, notRead(options))
}

const OPTIONS: ReadonlySet<string> = new Set([
  'details',
  'fields',
  'also',
  'cause',
  'headers',
  'status',
  'retryAfter',
  'violatedPolicies',
  'as',
  'params',
])

/** Names what a thrower gave that nobody reads: the compiler lets an Error through, and any variable. */
function notRead(options: unknown): string[] {
  if (options === undefined) return []
  if (typeof options !== 'object' || options === null || isArray(options) || hasStack(options)) {
    return ['options']
  }
  return namesOf(options).filter((name) => !OPTIONS.has(name))
}

function hasStack(options: object): boolean {
  return typeof read(options, 'stack') === 'string'
}

/** A state of an entry with what one occurrence adds to it, read once. */
function withOptions(
  catalog: Catalog,
  entry: Entry,
  entryStatus: number,
  options: unknown,
  ignored: readonly string[] = NOTHING,
): BizErrorState {
  const unusable: string[] = []
  const leaveOut = (name: string): void => noteUnusable(unusable, name)
  ignored.forEach(leaveOut)
  const given = readOwn(options, 'status')
  const status = isErrorStatus(given) || given === 200 ? given : entryStatus
  if (given !== undefined && given !== status) leaveOut('status')
  const headers = readOwn(options, 'headers')
  // A Map or Headers has no names of its own.
  if (
    headers !== undefined &&
    (typeof headers !== 'object' || typeof read(headers, 'entries') === 'function')
  ) {
    leaveOut('headers')
  }
  const retryAfter = readOwn(options, 'retryAfter')
  const seconds = retryAfterSeconds(spanSeconds(retryAfter) ?? retryAfter)
  if (retryAfter !== undefined && seconds === undefined) leaveOut('retryAfter')
  return {
    ...entryState(catalog, entry, status),
    params: paramsOf(entry, readOwn(options, 'params'), (name) => leaveOut(PARAMS_PREFIX + name)),
    details: readOwn(options, 'details'),
    fields: thrownFields(options, leaveOut),
    headers: safeHeaders(headers, (name) => leaveOut(`headers.${name}`), statusField(status)),
    retryAfter: seconds ?? entry.retryAfter,
    violatedPolicies: policiesOf(readOwn(options, 'violatedPolicies'), () => leaveOut('violatedPolicies')),
    as: keyToShow(catalog, status, readOwn(options, 'as'), () => leaveOut('as')),
    unusable,
  }
}

/** The error to answer instead. One that cannot stand for another is replaced: what was to be concealed stays so. */
function keyToShow(catalog: Catalog, status: number, as: unknown, unusable: () => void): Code | undefined {
  if (as === undefined) return undefined
  const entry = catalog.get(as as Code)
  if (isAnswerable(entry)) return entry.key
  unusable()
  return catalog.forStatus(status).key
}

/** The catalog's meaning of a status, with nothing of an occurrence in it. */
export function statusState(catalog: Catalog, status: number): BizErrorState {
  return entryState(catalog, completeEntry(catalog.forStatus(status)), status)
}

/** Returns what an entry says by itself. */
export function entryState(catalog: Catalog, entry: Entry, status = entry.status): BizErrorState {
  return {
    catalog,
    entry,
    status,
    params: NO_PARAMS,
    details: undefined,
    message: undefined,
    fields: undefined,
    errors: undefined,
    headers: undefined,
    retryAfter: entry.retryAfter,
    retryable: entry.retryable,
    violatedPolicies: undefined,
    as: undefined,
    condition: undefined,
    unknownKey: undefined,
    unusable: NOTHING,
  }
}

const NOTHING: readonly string[] = []

const UNRECOGNIZED: Recognized = {
  condition: undefined,
  status: undefined,
  retryAfter: undefined,
  fields: undefined,
}

/** The catalog's meaning of what a foreign error was recognized as. */
export function conditionState(catalog: Catalog, recognized: Recognized): BizErrorState {
  const { condition, status: given, retryAfter, fields } = { ...UNRECOGNIZED, ...recognized }
  const { entry, status } = meaningOf(catalog, condition, given)
  const known = condition ?? conditionOfStatus(status)
  return {
    ...entryState(catalog, entry, status),
    fields,
    retryAfter: retryAfterSeconds(retryAfter) ?? entry.retryAfter,
    retryable: entry.retryable || (known !== undefined && RETRYABLE.has(known)),
    condition: known,
  }
}

/** A foreign error's state with the header that HTTP requires beside its status, where the error brings it. */
export function withRequiredHeaders(state: BizErrorState, error: unknown): BizErrorState {
  const headers = requiredHeaders(state.status, error)
  return headers === undefined ? state : { ...state, headers }
}

/** Chooses the error by the condition, unless the app chose another status for it. */
function meaningOf(
  catalog: Catalog,
  condition: Condition | undefined,
  status = 500,
): Pick<BizErrorState, 'entry' | 'status'> {
  const usual = condition === undefined ? 500 : CONDITIONS[condition]
  const entry = condition === undefined ? undefined : catalog.forCondition(condition)
  if (entry !== undefined && (status === 500 || status === usual || status === entry.status)) {
    return { entry, status: entry.status }
  }
  const chosen = status === 500 ? usual : status
  return { entry: catalog.forStatus(chosen), status: chosen }
}

const MAX_POLICIES = 16
const POLICY_NAME = /^[\x20-\x7e]{1,128}$/

/** Names of rate-limit policies, as structured fields can hold them. */
function policiesOf(names: unknown, unusable: () => void): readonly string[] | undefined {
  if (names === undefined) return undefined
  const usable = readItems(names, MAX_POLICIES).filter(
    (name): name is string => typeof name === 'string' && POLICY_NAME.test(name),
  )
  if (usable.length > 0) return usable
  unusable()
  return undefined
}

/** The params of an error whose text names none. */
export const NO_PARAMS: Params = Object.freeze({})

/** Takes only the params that the message names. */
function paramsOf(entry: Entry, params: unknown, leaveOut: (name: string) => void): Params {
  if (entry.params.length === 0) return NO_PARAMS
  let isComplete = true
  const texts = entry.params.map((name) => {
    const text = paramText(read(params, name))
    if (text === MISSING) {
      leaveOut(name)
      isComplete = false
    }
    return [name, text] as const
  })
  // One of those that no text has may be the missing one, misspelled.
  if (!isComplete && isObject(params)) {
    for (const name of namesOf(params)) if (!entry.params.includes(name)) leaveOut(name)
  }
  return Object.fromEntries(texts)
}

const LANGUAGE_TAG = /^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/

function isChallenge(value: unknown): boolean {
  return value === undefined || headerValue(value) === value
}

/** Another copy of this package may be another version, so its state is read as carefully as options are. */
export function adoptState(state: unknown): BizErrorState | undefined {
  const catalog = read(state, 'catalog') as Catalog
  const entry = read(state, 'entry') as Entry
  const status = read(state, 'status')
  const known =
    typeof read(catalog, 'get') === 'function' &&
    typeof read(catalog, 'name') === 'string' &&
    LANGUAGE_TAG.test(String(read(catalog, 'sourceLocale'))) &&
    isChallenge(read(catalog, 'challenge')) &&
    typeof read(entry, 'message') === 'string' &&
    typeof read(entry, 'namespace') === 'string' &&
    isCode(read(entry, 'key')) &&
    isCode(read(entry, 'code')) &&
    Array.isArray(read(entry, 'params')) &&
    (isErrorStatus(status) || status === 200)
  if (!known) return undefined
  const noted = notedUnusable(readOwn(state, 'unusable'))
  const own = withOptions(catalog, completeEntry(entry), status, state, noted)
  const unknownKey = readOwn(state, 'unknownKey')
  return unknownKey === undefined
    ? own
    : {
        ...own,
        unknownKey: typeof unknownKey === 'string' ? unknownKey.slice(0, MAX_NAME_LENGTH) : show(unknownKey),
      }
}
