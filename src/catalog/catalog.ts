import type { Code } from './code.ts'
import { defineEntry, type Entry, type EntryDefinition, type ErrorsDefinition } from './entry.ts'
import { ENVELOPES, type EnvelopeName, type SuccessDefinition } from './envelope.ts'
import { headerValue } from '../guard/headers.ts'
import { createMeanings, type ForeignDefinition, type Meanings } from './meanings.ts'
import { parseModules, type Module, type ModuleDefinition } from './module.ts'
import type { Check } from '../guard/options.ts'
import { bare, RESERVED_NAMES } from '../guard/own.ts'
import { read } from '../guard/read.ts'
import { framesFrom, STACK_POLICIES, type StackPolicy } from './stack.ts'
import { checkKeys, checkPlain, ownOptions, SetupError, show } from '../guard/setup-error.ts'

/** A `URL`, by what all have: a catalog's file is also compiled where the types neither of Node nor of the DOM are. */
export interface FileUrl {
  readonly protocol: string
  readonly href: string
  readonly pathname: string
}

/** Texts by locale, namespace (catalog name) and code, as i18next's `resources`: or a folder of such files. */
export type Locales = string | FileUrl | Readonly<Record<string, Readonly<Record<string, object>>>>

/** An API's error codes, as its author writes them. */
export interface CatalogDefinition {
  /** Lower case, digits and dashes. Names the translators' files: `<lng>/<name>.json`. */
  readonly name: string
  /** All errors by code: one object, or an array of them, one per module for instance. */
  readonly errors: ErrorsDefinition
  /** The modules: a range such as `'10000-10999'`, several with commas, or an object with more. */
  readonly modules?: Readonly<Record<string, string | ModuleDefinition>>
  /** The shape of the body. @default 'flat' */
  readonly envelope?: EnvelopeName
  /** The code and message of a success. @default { code: 0, message: 'OK' } */
  readonly success?: SuccessDefinition
  /** The language of the texts in `errors`, a BCP 47 tag. @default 'en' */
  readonly sourceLocale?: string
  /** The catalog's own translations: a folder with `<lng>/<name>.json`, or i18next resources. */
  readonly locales?: Locales | undefined
  /** The errors of the catalog that answer foreign errors. */
  readonly foreign?: ForeignDefinition
  /** WWW-Authenticate of every 401 (RFC 9110, section 11.6.1), such as `'Bearer'`. */
  readonly challenge?: string
  /**
   * Whether BizErrors keep the frames of their stack: `'auto'` does outside production and for 5xx.
   * @default 'auto'
   */
  readonly stack?: StackPolicy
}

/** All error codes of one API. Iterates over its entries: number codes in ascending order, then words as written. */
export interface Catalog extends Meanings, Iterable<Entry> {
  /** Names the translators' files, and the catalog in the log. */
  readonly name: string
  /** How many errors it has. */
  readonly size: number
  /** The modules by name. */
  readonly modules: ReadonlyMap<string, Module>
  /** The shape of the body, unless the handler says otherwise. */
  readonly envelope: EnvelopeName
  /** The code and message that a success carries. */
  readonly success: SuccessDefinition
  /** The language of the texts in the definition. */
  readonly sourceLocale: string
  /** The catalog's own translations. */
  readonly locales: Locales | undefined
  /** WWW-Authenticate of every 401. */
  readonly challenge: string | undefined
  /** The lowest status whose BizErrors keep the frames of their stack. */
  readonly framesFrom: number
  /** Returns the entry of a key, or undefined. */
  get(key: Code): Entry | undefined
  /** Returns the entries that clients are told as this code. */
  byCode(code: Code): readonly Entry[]
  /** Returns the body of a success, in the catalog's envelope. */
  ok(data?: unknown): object
}

/** Whether a value is what `defineCatalog` returned, here or in another copy of this package. */
export function isCatalog(value: unknown): value is Catalog {
  return (
    typeof read(value, 'name') === 'string' &&
    typeof read(value, 'get') === 'function' &&
    typeof read(value, 'forStatus') === 'function' &&
    typeof read(value, 'forCondition') === 'function'
  )
}

export const CATALOG_CHECK: Check = [isCatalog, 'what defineCatalog returned']

// Stryker disable BooleanLiteral: the names alone are read.
const FIELDS: Record<keyof CatalogDefinition, true> = {
  name: true,
  errors: true,
  modules: true,
  envelope: true,
  success: true,
  sourceLocale: true,
  locales: true,
  foreign: true,
  challenge: true,
  stack: true,
}
// Stryker restore BooleanLiteral

const NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/
// The namespaces of our own texts.
const TAKEN_NAMES = new Set(['http', 'fields'])
const DEFAULT_SUCCESS: SuccessDefinition = { code: 0, message: 'OK' }

/**
 * Checks a definition as a whole and returns its catalog. Throws a SetupError that names the code and the remedy.
 *
 * @param reserved - the name of ours that this one may have
 */
export function createCatalog(given: CatalogDefinition, reserved?: 'http'): Catalog {
  if (typeof given !== 'object' || given === null) {
    throw new SetupError(`A catalog is ${show(given)}. Give an object with name and errors.`)
  }
  checkPlain('A catalog', given)
  const definition = bare(given)
  const {
    name,
    modules: givenModules = {},
    envelope = 'flat',
    success: givenSuccess = DEFAULT_SUCCESS,
    sourceLocale = 'en',
    challenge,
    stack = 'auto',
  } = definition
  if (typeof name !== 'string' || !NAME.test(name) || (TAKEN_NAMES.has(name) && name !== reserved)) {
    throw new SetupError(
      `A catalog has the name ${show(name)}. Use lower case letters, digits and dashes, as in 'my-shop'; 'http' and 'fields' are taken.`,
    )
  }
  const where = `Catalog ${name}`
  checkKeys(where, given, Object.keys(FIELDS))
  if (typeof envelope !== 'string' || !Object.hasOwn(ENVELOPES, envelope)) {
    throw new SetupError(
      `${where} has envelope ${show(envelope)}. Known are: ${Object.keys(ENVELOPES).join(', ')}.`,
    )
  }
  const success = checkSuccess(where, givenSuccess)
  const canonicalLocale = checkLocale(where, sourceLocale)
  if (challenge !== undefined && (challenge === '' || headerValue(challenge) === undefined)) {
    throw new SetupError(`${where} has challenge ${show(challenge)}. Give a header value such as 'Bearer'.`)
  }
  if (!STACK_POLICIES.includes(stack)) {
    throw new SetupError(`${where} has stack ${show(stack)}. Known are: ${STACK_POLICIES.join(', ')}.`)
  }
  const modules = parseModules(where, givenModules)
  const entries = defineEntries(where, definition, success.code, modules)

  return {
    name,
    size: entries.size,
    modules,
    envelope,
    success,
    sourceLocale: canonicalLocale,
    locales: definition.locales,
    challenge,
    framesFrom: framesFrom(stack),
    get: (key) => entries.get(key),
    byCode(code) {
      const entry = entries.get(code)
      return entry === undefined ? [] : [entry]
    },
    ...createMeanings(where, entries, definition.foreign),
    ok: (data) => ENVELOPES[envelope].success(success, data),
    [Symbol.iterator]: () => entries.values(),
  }
}

function checkSuccess(where: string, given: SuccessDefinition): SuccessDefinition {
  if (typeof given !== 'object' || given === null) {
    throw new SetupError(`${where} has success ${show(given)}. Give { code, message }.`)
  }
  const success = ownOptions(`${where}, success`, given, ['code', 'message'])
  if (!isCode(success.code) || typeof success.message !== 'string') {
    throw new SetupError(
      `${where} has success { code: ${show(success.code)}, message: ${show(success.message)} }. Give a code and a message.`,
    )
  }
  return { code: success.code, message: success.message }
}

function checkLocale(where: string, locale: string): string {
  try {
    return new Intl.Locale(locale).toString()
  } catch {
    throw new SetupError(
      `${where} has sourceLocale ${show(locale)}. Give a BCP 47 tag such as 'en' or 'zh-CN'.`,
    )
  }
}

function defineEntries(
  where: string,
  definition: CatalogDefinition,
  successCode: Code,
  modules: ReadonlyMap<string, Module>,
): ReadonlyMap<Code, Entry> {
  const entries = new Map<Code, Entry>()
  const seen = new Set<string>()
  for (const part of partsOf(where, definition.errors)) {
    for (const [key, entryDefinition] of Object.entries(part)) {
      const code = parseCode(where, key)
      // Codes that differ only in case are one code to a person, and one key to a case-insensitive store.
      // Stryker disable next-line MethodExpression: codes are ASCII, and so are the same in upper case.
      if (seen.size === seen.add(key.toLowerCase()).size) {
        throw new SetupError(`${where} defines code ${show(code)} twice. Remove one of the two.`)
      }
      entries.set(code, defineEntry(code, entryDefinition, { name: definition.name, successCode, modules }))
    }
  }
  if (entries.size === 0) throw new SetupError(`${where} has no errors. Define at least one.`)
  for (const entry of entries.values()) checkParent(where, entry, entries)
  return entries
}

function partsOf(
  where: string,
  errors: ErrorsDefinition,
): readonly Readonly<Record<string, EntryDefinition>>[] {
  const parts: readonly unknown[] = Array.isArray(errors) ? errors : [errors]
  return parts.map((part) => {
    if (typeof part !== 'object' || part === null) {
      throw new SetupError(`${where} has errors ${show(part)}. Give an object of code: { status, message }.`)
    }
    const prototype = Object.getPrototypeOf(part) as object | null
    if (prototype !== null && prototype !== Object.prototype) {
      if (Object.hasOwn(prototype, 'constructor')) {
        throw new SetupError(
          `${where} has errors in a class of its own. Give an object of code: { status, message }.`,
        )
      }
      throw new SetupError(`${where} defines the code "__proto__", which is a reserved name. Rename it.`)
    }
    return part as Readonly<Record<string, EntryDefinition>>
  })
}

const NUMBER = /^(?:0|[1-9]\d{0,14})$/
const WORD = /^[A-Za-z][\w.:/-]{0,127}$/

/** An object's keys are strings: those that read as a whole number are number codes. */
function parseCode(where: string, key: string): Code {
  // A function of the name `then` would make a promise of `errors`, which never resolves.
  if (RESERVED_NAMES.has(key) || key === 'prototype' || key === 'then') {
    throw new SetupError(`${where} defines the code ${show(key)}, which is a reserved name. Rename it.`)
  }
  if (NUMBER.test(key)) return Number(key)
  if (WORD.test(key)) return key
  throw new SetupError(
    `${where} defines the code ${show(key)}. Use a whole number such as 1006, or a word such as 'token_expired'.`,
  )
}

function isCode(code: unknown): code is Code {
  return typeof code === 'number'
    ? Number.isSafeInteger(code) && code >= 0
    : typeof code === 'string' && code !== ''
}

function checkParent(where: string, entry: Entry, entries: ReadonlyMap<Code, Entry>): void {
  if (entry.parent === undefined) return
  const parent = entries.get(entry.parent)
  if (parent === undefined || parent.parent !== undefined || parent.status === 200) {
    const problem =
      parent === undefined
        ? 'which is not a code of the catalog'
        : parent.status === 200
          ? 'which is its success'
          : 'which has a parent itself'
    throw new SetupError(
      `${where}, code ${show(entry.code)} has parent ${show(entry.parent)}, ${problem}. Name a common code.`,
    )
  }
}
