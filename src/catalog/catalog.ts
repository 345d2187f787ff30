import { isCode, type Code } from './code.ts'
import { defineEntries } from './entries.ts'
import { checkChallenge, type Entry, type ErrorsDefinition } from './entry.ts'
import type { EnvelopeName, EnvelopeObject, HttpStatus, SuccessDefinition } from './envelope.ts'
import { createMeanings, type ForeignDefinition, type Meanings } from './meanings.ts'
import { checkEnvelope, checkHttpStatus } from './own-envelope.ts'
import { checkInheritedStatus, parseModules, type Module, type ModuleDefinition } from './module.ts'
import type { Check } from '../guard/options.ts'
import { getOrMake } from '../guard/memo.ts'
import { bare } from '../guard/own.ts'
import { isArray, read } from '../guard/read.ts'
import { successBody } from './success-body.ts'
import { framesFrom, STACK_POLICIES, type StackPolicy } from './stack.ts'
import { checkKeys, checkPlain, ownOptions, SetupError, show } from '../guard/setup-error.ts'

/** A `URL`, by what all have: a catalog's file is also compiled where the types neither of Node nor of the DOM are. */
export interface FileUrl {
  readonly protocol: string
  readonly href: string
  readonly pathname: string
}

/**
 * Texts by locale, namespace (catalog name) and code, as i18next's `resources`; or the path of a folder of such files,
 * `<lng>/<ns>.json`; or a path that holds `{{lng}}`, and may hold `{{ns}}`, as i18next's `loadPath` does.
 */
export type Locales = string | FileUrl | Readonly<Record<string, Readonly<Record<string, object>>>>

/** An API's error codes, as its author writes them. What is left out is that of the catalog that it extends. */
export interface CatalogDefinition {
  /** Lower case, digits and dashes. Names the translators' files: `<lng>/<name>.json`. */
  readonly name: string
  /** All errors by key: one object, or an array of them, one per module for instance. */
  readonly errors: ErrorsDefinition
  /**
   * A catalog whose errors, modules, foreign errors and translations are this one's as well. Errors of its own go before
   * those of the same key.
   */
  readonly extends?: Catalog
  /** The HTTP status of errors that have none, nor their parent or module. */
  readonly status?: number
  /** Codes that were removed, and may never mean anything else. */
  readonly retired?: readonly Code[]
  /** The modules: a range such as `'10000-10999'`, several with commas, or an object with more. */
  readonly modules?: Readonly<Record<string, string | ModuleDefinition>>
  /** The shape of the body: by name, or `{ body, success, read }` of one's own. @default 'flat' */
  readonly envelope?: EnvelopeName | EnvelopeObject
  /** The HTTP status of the answers: 200 of all, or a function of the error. @default that of the error */
  readonly httpStatus?: HttpStatus
  /** The code and message of a success. @default { code: 0, message: 'OK' } */
  readonly success?: SuccessDefinition
  /** The language of the texts in `errors`, a BCP 47 tag. @default 'en' */
  readonly sourceLocale?: string
  /** The catalog's own translations: a folder with `<lng>/<name>.json`, a path that holds `{{lng}}`, or i18next resources. */
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
  readonly envelope: EnvelopeName | EnvelopeObject
  /** The HTTP status of the answers, unless the handler says otherwise. Undefined: that of the error. */
  readonly httpStatus: HttpStatus | undefined
  /** The code and message that a success carries. */
  readonly success: SuccessDefinition
  /** The language of the texts in the definition. */
  readonly sourceLocale: string
  /** The catalog's own translations. */
  readonly locales: Locales | undefined
  /** The catalog whose errors are this one's as well. */
  readonly extends: Catalog | undefined
  /** The HTTP status of errors that have none, nor their parent or module. */
  readonly status: number | undefined
  /** Codes that were removed, and may never mean anything else. */
  readonly retired: readonly Code[]
  /** WWW-Authenticate of every 401. */
  readonly challenge: string | undefined
  /** The lowest status whose BizErrors keep the frames of their stack. */
  readonly framesFrom: number
  /** Returns the entry of a key, or undefined. */
  get(key: Code): Entry | undefined
  /** Returns the entries that clients are told as this code. */
  byCode(code: Code): readonly Entry[]
  /**
   * Returns the body of a success, in the catalog's envelope.
   *
   * @param request - handed to `success` of an envelope of its own, which may need its id
   */
  ok(data?: unknown, request?: unknown): object
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
  extends: true,
  status: true,
  retired: true,
  modules: true,
  envelope: true,
  httpStatus: true,
  success: true,
  sourceLocale: true,
  locales: true,
  foreign: true,
  challenge: true,
  stack: true,
}
// Stryker restore BooleanLiteral

/** The names that a catalog may have. */
export const CATALOG_NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/
// The namespaces of our own texts.
const TAKEN_NAMES = new Set(['http', 'fields', 'reference'])
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
  const own = bare(given)
  const { name } = own
  if (typeof name !== 'string' || !CATALOG_NAME.test(name) || (TAKEN_NAMES.has(name) && name !== reserved)) {
    throw new SetupError(
      `A catalog has the name ${show(name)}. Use lower case letters, digits and dashes, as in 'my-shop'; 'http', 'fields' and 'reference' are taken.`,
    )
  }
  const where = `Catalog ${name}`
  checkKeys(where, given, Object.keys(FIELDS))
  const base = baseOf(where, own)
  const { challenge = base?.challenge, status = base?.status } = own
  const envelope =
    own.envelope === undefined ? (base?.envelope ?? 'flat') : checkEnvelope(where, own.envelope)
  if (own.stack !== undefined && !STACK_POLICIES.includes(own.stack)) {
    throw new SetupError(`${where} has stack ${show(own.stack)}. Known are: ${STACK_POLICIES.join(', ')}.`)
  }
  if (status !== undefined) checkInheritedStatus(where, status)
  const success = checkSuccess(
    where,
    own.success === undefined ? (base?.success ?? DEFAULT_SUCCESS) : own.success,
  )
  const retired = checkRetired(where, own.retired, base)
  const modules = new Map([
    ...(base?.modules ?? []),
    ...parseModules(where, own.modules === undefined ? {} : own.modules),
  ])
  const { errors } = own
  const entries = defineEntries(where, {
    name,
    errors,
    status,
    retired,
    modules,
    successCode: success.code,
    inherited: base ?? [],
  })
  // An envelope of one's own may tell a success by other means.
  if (own.success === undefined && base === undefined && typeof envelope === 'string') {
    checkNoForgottenSuccess(where, entries, success.code)
  }

  return {
    name,
    size: entries.size,
    modules,
    envelope,
    httpStatus: checkHttpStatus(where, own.httpStatus) ?? base?.httpStatus,
    success,
    sourceLocale: sourceLocaleOf(where, own, base),
    locales: own.locales,
    extends: base,
    status,
    retired,
    challenge: checkChallenge(where, challenge),
    framesFrom:
      own.stack === undefined && base !== undefined ? base.framesFrom : framesFrom(own.stack ?? 'auto'),
    get: (key) => entries.get(key),
    byCode: createByCode(entries),
    ...createMeanings(where, entries, foreignOf(where, own.foreign, base)),
    ok: (data, request) => successBody(envelope, success, data, request),
    [Symbol.iterator]: () => entries.values(),
  }
}

/** @throws SetupError - for what no catalog is, such as one of a file that imports this one */
function baseOf(where: string, own: CatalogDefinition): Catalog | undefined {
  if (!Object.hasOwn(own, 'extends')) return undefined
  const base = own.extends
  if (!isCatalog(base)) {
    const advice = base === undefined ? ' Do two files import each other?' : ''
    throw new SetupError(`${where} extends ${show(base)}. Give what defineCatalog returned.${advice}`)
  }
  // None that defineCatalog returned does.
  if (withExtended(base).at(-1)!.extends !== undefined) {
    throw new SetupError(
      `${where} extends ${base.name}, which extends itself. Give what defineCatalog returned, as it is.`,
    )
  }
  return base
}

/** Returns a catalog and those that it extends, the nearest first, each once. */
export function withExtended(catalog: Catalog): readonly Catalog[] {
  const line = new Set<Catalog>()
  for (let each: Catalog | undefined = catalog; each !== undefined && !line.has(each); each = each.extends) {
    line.add(each)
  }
  return [...line]
}

/** Makes what finds errors by the code that clients see. Where every code is its key, that is the same. */
function createByCode(entries: ReadonlyMap<Code, Entry>): Catalog['byCode'] {
  let byCode: Map<Code, Entry[]> | undefined
  return (code) => {
    if (byCode === undefined) {
      byCode = new Map()
      for (const entry of entries.values()) getOrMake(byCode, entry.code, newEntries).push(entry)
    }
    return byCode.get(code) ?? NO_ENTRIES
  }
}

const newEntries = (): Entry[] => []
const NO_ENTRIES: readonly Entry[] = Object.freeze([])

function checkRetired(where: string, given: unknown, base: Catalog | undefined): readonly Code[] {
  if (given !== undefined && !(isArray(given) && given.every(isCode))) {
    throw new SetupError(`${where} has retired ${show(given)}. Give an array of codes, such as [1007].`)
  }
  return Object.freeze([...(base?.retired ?? []), ...(given ?? [])])
}

/** An error that is answered with 200 can be told from a success by its code alone. */
function checkNoForgottenSuccess(where: string, entries: ReadonlyMap<Code, Entry>, successCode: Code): void {
  const entry = [...entries.values()].find(({ status, isSuccess }) => status === 200 && !isSuccess)
  if (entry === undefined) return
  throw new SetupError(
    `${where}, error ${show(entry.key)} has status 200, and the code of the success is the default, ${show(successCode)}. Set success: { code, message } of the catalog: to ${show(entry.code)}, if that is the success.`,
  )
}

/** The lines of both tables, one's own first. */
function foreignOf(
  where: string,
  own: ForeignDefinition | undefined,
  base: Catalog | undefined,
): ForeignDefinition | undefined {
  if (base?.foreign === undefined || own === null || (own !== undefined && typeof own !== 'object'))
    return own
  const { byStatus, byCondition } = ownOptions(`${where}, foreign`, own ?? {}, ['byStatus', 'byCondition'])
  return {
    byStatus: { ...base.foreign.byStatus, ...byStatus },
    byCondition: { ...base.foreign.byCondition, ...byCondition },
  }
}

/** Errors that come from another catalog are written in its language. */
function sourceLocaleOf(where: string, own: CatalogDefinition, base: Catalog | undefined): string {
  const locale = checkLocale(where, own.sourceLocale ?? base?.sourceLocale ?? 'en')
  if (base !== undefined && base.sourceLocale !== locale) {
    throw new SetupError(
      `${where} has sourceLocale ${show(locale)}, but extends ${base.name}, whose texts are in ${base.sourceLocale}. Write both in one language, and put the other into locales.`,
    )
  }
  return locale
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
