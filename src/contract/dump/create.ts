import type { DocsUrl } from '../../answer/docs.ts'
import type { ConcealDefinition } from '../../answer/conceal.ts'
import type { EnvelopeOption } from '../../answer/shape.ts'
import type { Catalog, Locales } from '../../catalog/catalog.ts'
import type { Code } from '../../catalog/code.ts'
import { CONDITIONS, type Condition } from '../../catalog/condition.ts'
import type { Entry } from '../../catalog/entry.ts'
import type { EnvelopeObject, ErrorDescription } from '../../catalog/envelope.ts'
import type { Module } from '../../catalog/module.ts'
import { MISSING, paramText, type ParamValue } from '../../catalog/template.ts'
import { STATUS_TEXTS } from '../../catalog/http-status.ts'
import { conditionState, statusState, type BizErrorState } from '../../error/state.ts'
import { isArray, read } from '../../guard/read.ts'
import { describeError } from '../../handler/describe-error.ts'
import type { HandlerOptions } from '../../handler/options.ts'
import { allTextsOf, type AllTexts } from '../../locale/all-texts.ts'
import { isByType } from './by-type.ts'
import {
  FORMAT_VERSION,
  type Dump,
  type DumpApi,
  type DumpConceal,
  type DumpEntry,
  type DumpEnvelope,
  type DumpForeign,
  type DumpForeignAnswer,
  type DumpHandler,
  type DumpModule,
  type DumpTexts,
} from './dump.ts'

/** What a catalog does not say itself. */
export interface DumpOptions {
  /** Translations beside those of the catalog, as the handler's option. */
  readonly locales?: Locales | undefined
  /** The options of the app's handler: what they change of the answers is part of the contract. */
  readonly handler?: HandlerOptions<Catalog, never> | undefined
  /** The API that has these errors. */
  readonly api?: DumpApi | undefined
  /** Told of texts that stand in the translations and are not sent. @default nothing */
  readonly onFault?: (fault: string) => void
  /** Told of translations that cannot be read, and are left out. @default it is thrown */
  readonly onBroken?: ((fault: string) => void) | undefined
}

/** The address of the format's JSON Schema, as a package that is installed beside a dump has it. */
export const SCHEMA = './node_modules/bizerror/dist/schema/catalog-1.json'

/**
 * Makes a catalog's dump: all that clients can see of it, and its texts in every language.
 *
 * @throws SetupError - when translations cannot be read
 * @example
 * createDump(shop, { handler: options }).entries
 */
export function createDump(catalog: Catalog, options: DumpOptions = {}): Dump {
  const { handler = {}, locales = handler.locales, api, onFault = () => {}, onBroken } = options
  const texts = allTextsOf(
    catalog,
    { ...handler, locales, i18n: locales === undefined ? handler.i18n : undefined },
    onFault,
    onBroken,
  )
  const entries = [...catalog].map((entry) => dumpEntry(catalog, entry, texts, handler))
  return {
    $schema: SCHEMA,
    formatVersion: FORMAT_VERSION,
    catalog: catalog.name,
    ...(api === undefined ? {} : { api: defined({ title: api.title, version: api.version }) }),
    sourceLocale: catalog.sourceLocale,
    locales: [...texts.keys()].sort(),
    envelope: envelopeOf(catalog.envelope),
    ...(catalog.httpStatus === 200 ? { httpStatus: 200 as const } : {}),
    success: { code: catalog.success.code, message: catalog.success.message },
    ...defined({ challenge: catalog.challenge, handler: handlerOf(handler) }),
    modules: [...catalog.modules.values()].map(dumpModule),
    entries: inOrder(entries),
    retired: catalog.retired,
    foreign: foreignOf(catalog),
  }
}

/** Numbers ascending, then words as written. */
function inOrder(entries: readonly DumpEntry[]): readonly DumpEntry[] {
  const numbers = entries.filter(isNumber).sort((a, b) => Number(a.code) - Number(b.code))
  return [...numbers, ...entries.filter((entry) => !isNumber(entry))]
}

function isNumber({ code }: DumpEntry): boolean {
  return typeof code === 'number'
}

/** Leaves out what is not there: a dump says what is. */
function defined<TMembers extends object>(
  members: TMembers,
): { readonly [TName in keyof TMembers]?: Exclude<TMembers[TName], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as never
}

function dumpModule({ name, title, description, ranges }: Module): DumpModule {
  return { name, ...defined({ title, description }), ranges }
}

function dumpEntry(
  catalog: Catalog,
  entry: Entry,
  texts: AllTexts,
  handler: HandlerOptions<Catalog, never>,
): DumpEntry {
  const described = describedByFunctions(catalog, entry, handler)
  return {
    key: entry.key,
    code: entry.code,
    status: entry.status,
    ...defined({
      httpStatus: described === undefined || described.status === entry.status ? undefined : described.status,
      module: entry.module,
      parent: entry.parent,
    }),
    retryable: entry.retryable,
    ...defined({
      retryAfter: entry.retryAfter,
      deprecated: entry.deprecated === false ? undefined : entry.deprecated,
      challenge: entry.challenge,
      headers: entry.headers,
      meta: entry.meta,
      docsUrl: described?.docs,
      examples: entry.examples?.map(plainExample),
    }),
    params: [...entry.params].sort(),
    texts: textsOf(entry.key, texts),
  }
}

/** What functions of the app's say of an error, which a dump cannot hold. */
function describedByFunctions(
  catalog: Catalog,
  { key, isSuccess, params }: Entry,
  handler: HandlerOptions<Catalog, never>,
): ErrorDescription | undefined {
  const httpStatus = handler.httpStatus ?? catalog.httpStatus
  const hasFunction = [httpStatus, handler.docsUrl].some((option) => typeof option === 'function')
  const BizError = read(catalog, 'BizError')
  if (!hasFunction || isSuccess || typeof BizError !== 'function') return undefined
  const error: unknown = Reflect.construct(BizError, [
    key,
    { params: Object.fromEntries(params.map((name) => [name, MISSING])) },
  ])
  const docsUrl: DocsUrl | undefined = typeof handler.docsUrl === 'function' ? handler.docsUrl : undefined
  return describeError(error, {
    catalog,
    httpStatus: typeof httpStatus === 'function' ? httpStatus : undefined,
    docsUrl,
  })
}

/** JSON has no dates and large integers: these are told as they are shown. */
function plainExample(example: Readonly<Record<string, ParamValue>>): Readonly<Record<string, ParamValue>> {
  return Object.fromEntries(Object.entries(example).map(([name, value]) => [name, paramText(value)]))
}

function textsOf(key: Code, texts: AllTexts): Readonly<Record<string, DumpTexts>> {
  const locales = [...texts.keys()].sort()
  return Object.fromEntries(
    locales.flatMap((locale) => {
      const own = texts.get(locale)?.get(key)
      if (own === undefined || Object.keys(own).length === 0) return []
      return [[locale, Object.fromEntries(Object.entries(own).sort(([a], [b]) => place(a) - place(b)))]]
    }),
  )
}

const NAMES = ['message', 'title', 'description', 'action'].flatMap((field) =>
  ['', '_zero', '_one', '_two', '_few', '_many', '_other'].map((form) => field + form),
)

function place(name: string): number {
  return NAMES.indexOf(name)
}

function envelopeOf(envelope: unknown): DumpEnvelope {
  if (typeof envelope === 'string') return envelope as DumpEnvelope
  const { schema, contentType } = envelope as Partial<EnvelopeObject>
  return schema === undefined && contentType === undefined ? 'custom' : defined({ contentType, schema })
}

function handlerOf(handler: HandlerOptions<Catalog, never>): DumpHandler | undefined {
  const { envelope, httpStatus, docsUrl, conceal, reveal } = handler
  const told: DumpHandler = defined({
    envelope: envelope === undefined ? undefined : envelopesOf(envelope),
    httpStatus: httpStatus === 200 ? (200 as const) : undefined,
    docsUrl: typeof docsUrl === 'string' ? docsUrl : undefined,
    conceal: conceal === undefined ? undefined : concealOf(conceal),
    revealParams: reveal?.params === true ? (true as const) : undefined,
  })
  return Object.keys(told).length === 0 ? undefined : told
}

function envelopesOf(envelope: EnvelopeOption<never>): NonNullable<DumpHandler['envelope']> {
  if (!isByType(envelope)) return envelopeOf(envelope)
  return Object.fromEntries(Object.entries(envelope).map(([type, each]) => [type, envelopeOf(each)]))
}

function concealOf(conceal: ConcealDefinition): readonly DumpConceal[] {
  return isRules(conceal)
    ? conceal.map(({ errors, as }) => ({ errors, as }))
    : Object.entries(conceal).map(([status, as]) => ({ status: Number(status), as }))
}

function isRules(conceal: ConcealDefinition): conceal is Extract<ConcealDefinition, readonly unknown[]> {
  return isArray(conceal)
}

function foreignOf(catalog: Catalog): DumpForeign {
  const statuses = [
    ...new Set([...Object.keys(STATUS_TEXTS), ...Object.keys(catalog.foreign.byStatus ?? {})].map(Number)),
  ].sort((a, b) => a - b)
  const conditions = Object.keys(CONDITIONS) as Condition[]
  return {
    byStatus: Object.fromEntries(statuses.map((status) => [status, answerOf(statusState(catalog, status))])),
    byCondition: Object.fromEntries(
      conditions.map((condition) => [condition, answerOf(conditionState(catalog, { condition }))]),
    ),
  }
}

function answerOf({ catalog, entry, status }: BizErrorState): DumpForeignAnswer {
  const { key, code } = entry
  return entry.namespace === catalog.name ? { key, code, status } : { code, status }
}
