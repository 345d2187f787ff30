import { CATALOG_NAME } from '../../catalog/catalog.ts'
import { isCode, MAX_CODE_LENGTH, type Code } from '../../catalog/code.ts'
import { isEnvelopeName } from '../../catalog/own-envelope.ts'
import { TEXT_FIELDS } from '../../catalog/entry.ts'
import { readOwn, RESERVED_NAMES } from '../../guard/own.ts'
import { isArray, isRecord } from '../../guard/read.ts'
import { SetupError, show } from '../../guard/setup-error.ts'
import { isByType } from './by-type.ts'
import {
  FORMAT_VERSION,
  type Dump,
  type DumpConceal,
  type DumpEntry,
  type DumpEnvelope,
  type DumpForeignAnswer,
  type DumpHandler,
  type DumpModule,
} from './dump.ts'

/** A catalog of more is none that a person reads. */
const MAX_ENTRIES = 200_000
const MAX_DEPTH = 64
const MAX_NAME_LENGTH = 100
const MAX_CHARS = 268_435_456

/** Whether a value looks like a dump, of whatever version. */
export function isDump(value: unknown): boolean {
  return (
    isRecord(value) && typeof readOwn(value, 'formatVersion') === 'number' && Object.hasOwn(value, 'entries')
  )
}

/**
 * Reads a dump, which anybody may have written. What this version does not know is left out.
 *
 * @param where - names the file in what a SetupError says
 * @throws SetupError - for what is no dump, is one of a later format, or does not hold together
 */
export function parseDump(text: string, where: string): Dump {
  if (text.length > MAX_CHARS)
    throw new SetupError(`${where} is too large for a dump. Give what bizerror dump wrote.`)
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    const problem = (error as Error).message.replaceAll(/[\s\p{C}]+/gu, ' ')
    throw new SetupError(`${where} is no JSON: ${problem}. Write the dump anew.`)
  }
  return readDump(value, where)
}

/** @throws SetupError - as `parseDump` does */
export function readDump(value: unknown, where: string): Dump {
  if (!isDump(value)) {
    throw new SetupError(
      `${where} is no dump: it has no formatVersion and entries. Give what bizerror dump wrote.`,
    )
  }
  const reader = createReader(where)
  const version = readOwn(value, 'formatVersion')
  if (!Number.isInteger(version) || (version as number) < 1 || (version as number) > FORMAT_VERSION) {
    throw new SetupError(
      `${where} has formatVersion ${show(version)}; this version of bizerror reads up to ${FORMAT_VERSION}. Update bizerror.`,
    )
  }
  if (isDeeper(value, MAX_DEPTH)) {
    throw new SetupError(`${where} is nested deeper than ${MAX_DEPTH} levels. Give what bizerror dump wrote.`)
  }
  const dump = dumpOf(reader, value)
  checkTogether(dump, where)
  return dump
}

type At = string
type Read<TValue> = (value: unknown, at: At) => TValue

interface Reader {
  readonly fail: (at: At, value: unknown, remedy: string) => never
}

function createReader(where: string): Reader {
  return {
    fail(at, value, remedy) {
      throw new SetupError(`${where}, ${at} is ${show(value)}. Give ${remedy}, or write the dump anew.`)
    },
  }
}

function dumpOf({ fail }: Reader, value: unknown): Dump {
  const text: Read<string> = (given, at) => (typeof given === 'string' ? given : fail(at, given, 'a text'))
  // It names files.
  const catalog: Read<string> = (given, at) =>
    typeof given === 'string' && CATALOG_NAME.test(given) && given.length <= MAX_NAME_LENGTH
      ? given
      : fail(at, given, 'lower case letters, digits and dashes')
  const code: Read<Code> = (given, at) =>
    isCode(given) ? given : fail(at, given, `an integer, or a text of at most ${MAX_CODE_LENGTH} characters`)
  const status: Read<number> = (given, at) =>
    Number.isInteger(given) && (given as number) >= 100 && (given as number) <= 599
      ? (given as number)
      : fail(at, given, 'an HTTP status')
  const flag: Read<boolean> = (given, at) =>
    typeof given === 'boolean' ? given : fail(at, given, 'true or false')
  const seconds: Read<number> = (given, at) =>
    Number.isSafeInteger(given) && (given as number) >= 0
      ? (given as number)
      : fail(at, given, 'whole seconds')
  const object: Read<object> = (given, at) => (isRecord(given) ? given : fail(at, given, 'an object'))
  const always200: Read<200> = (given, at) => (given === 200 ? 200 : fail(at, given, '200'))
  const alwaysTrue: Read<true> = (given, at) => (given === true ? true : fail(at, given, 'true'))

  function list<TItem>(item: Read<TItem>): Read<readonly TItem[]> {
    return (given, at) =>
      isArray(given) ? given.map((each, index) => item(each, `${at}[${index}]`)) : fail(at, given, 'an array')
  }
  function record<TItem>(item: Read<TItem>): Read<Readonly<Record<string, TItem>>> {
    return (given, at) =>
      Object.fromEntries(
        Object.entries(object(given, at)).map(([name, each]) => {
          if (RESERVED_NAMES.has(name)) fail(at, name, 'other names')
          return [name, item(each, `${at}.${name}`)]
        }),
      )
  }
  function member<TValue>(of: unknown, name: string, at: At, read: Read<TValue>): TValue {
    return read(readOwn(of, name), at === '' ? name : `${at}.${name}`)
  }
  /** A member that may be missing. */
  function maybe<TName extends string, TValue>(
    of: unknown,
    name: TName,
    at: At,
    read: Read<TValue>,
  ): { readonly [K in TName]?: TValue } {
    const given = readOwn(of, name)
    return (given === undefined ? {} : { [name]: read(given, at === '' ? name : `${at}.${name}`) }) as never
  }

  const envelope: Read<DumpEnvelope> = (given, at) => {
    if (given === 'custom' || isEnvelopeName(given)) return given
    if (typeof given === 'string') return fail(at, given, 'an envelope that this version of bizerror knows')
    object(given, at)
    return { ...maybe(given, 'contentType', at, text), ...maybe(given, 'schema', at, object) }
  }
  const envelopes: Read<NonNullable<DumpHandler['envelope']>> = (given, at) =>
    isByType(given)
      ? record<DumpEnvelope | 'page'>((each, where) => (each === 'page' ? each : envelope(each, where)))(
          given,
          at,
        )
      : envelope(given, at)
  const conceal: Read<DumpConceal> = (given, at) => {
    const as = member(given, 'as', at, code)
    return readOwn(given, 'status') === undefined
      ? { errors: member(given, 'errors', at, list(code)), as }
      : { status: member(given, 'status', at, status), as }
  }
  const handler: Read<DumpHandler> = (given, at) => ({
    ...maybe(object(given, at), 'envelope', at, envelopes),
    ...maybe(given, 'httpStatus', at, always200),
    ...maybe(given, 'docsUrl', at, text),
    ...maybe(given, 'conceal', at, list(conceal)),
    ...maybe(given, 'revealParams', at, alwaysTrue),
  })
  const range: Read<readonly [number, number]> = (given, at) =>
    isArray(given) && given.length === 2 && given.every(Number.isSafeInteger)
      ? (given as unknown as readonly [number, number])
      : fail(at, given, 'the first and the last code')
  const module: Read<DumpModule> = (given, at) => ({
    name: member(given, 'name', at, text),
    ...maybe(given, 'title', at, text),
    ...maybe(given, 'description', at, text),
    ranges: member(given, 'ranges', at, list(range)),
  })
  const deprecated: Read<true | { readonly use: Code }> = (given, at) =>
    given === true ? true : { use: member(object(given, at), 'use', at, code) }
  const texts: Read<Readonly<Record<string, string>>> = (given, at) => {
    for (const name of Object.keys(object(given, at))) {
      if (!TEXT_NAME.test(name)) fail(at, name, `texts by name: ${TEXT_FIELDS.join(', ')}`)
    }
    return record(text)(given, at)
  }
  const example = record((given, at) =>
    typeof given === 'string' || typeof given === 'number' ? given : fail(at, given, 'a text or a number'),
  )
  const entry: Read<DumpEntry> = (given, at) => ({
    key: member(object(given, at), 'key', at, code),
    code: member(given, 'code', at, code),
    status: member(given, 'status', at, status),
    ...maybe(given, 'httpStatus', at, status),
    ...maybe(given, 'module', at, text),
    ...maybe(given, 'parent', at, code),
    retryable: member(given, 'retryable', at, flag),
    ...maybe(given, 'retryAfter', at, seconds),
    ...maybe(given, 'deprecated', at, deprecated),
    ...maybe(given, 'challenge', at, text),
    ...maybe(given, 'headers', at, record(text)),
    ...maybe(
      given,
      'meta',
      at,
      record((each) => each),
    ),
    ...maybe(given, 'docsUrl', at, text),
    ...maybe(given, 'examples', at, list(example)),
    params: member(given, 'params', at, list(text)),
    texts: member(given, 'texts', at, record(texts)),
  })
  const answer: Read<DumpForeignAnswer> = (given, at) => ({
    ...maybe(object(given, at), 'key', at, code),
    code: member(given, 'code', at, code),
    status: member(given, 'status', at, status),
  })
  const entries: Read<readonly DumpEntry[]> = (given, at) => {
    if (isArray(given) && given.length > MAX_ENTRIES)
      fail(at, `${given.length} entries`, `at most ${MAX_ENTRIES}`)
    return list(entry)(given, at)
  }
  const api = (given: unknown, at: At): NonNullable<Dump['api']> => ({
    ...maybe(object(given, at), 'title', at, text),
    ...maybe(given, 'version', at, text),
  })
  const success = (given: unknown, at: At): Dump['success'] => ({
    code: member(object(given, at), 'code', at, code),
    message: member(given, 'message', at, text),
  })
  const foreign = (given: unknown, at: At): Dump['foreign'] => ({
    byStatus: member(object(given, at), 'byStatus', at, record(answer)),
    byCondition: member(given, 'byCondition', at, record(answer)),
  })
  return {
    ...maybe(value, '$schema', '', text),
    formatVersion: FORMAT_VERSION,
    catalog: member(value, 'catalog', '', catalog),
    ...maybe(value, 'api', '', api),
    sourceLocale: member(value, 'sourceLocale', '', text),
    locales: member(value, 'locales', '', list(text)),
    envelope: member(value, 'envelope', '', envelope),
    ...maybe(value, 'httpStatus', '', always200),
    success: member(value, 'success', '', success),
    ...maybe(value, 'challenge', '', text),
    ...maybe(value, 'handler', '', handler),
    modules: member(value, 'modules', '', list(module)),
    entries: member(value, 'entries', '', entries),
    retired: member(value, 'retired', '', list(code)),
    foreign: member(value, 'foreign', '', foreign),
  }
}

const TEXT_NAME = new RegExp(`^(?:${TEXT_FIELDS.join('|')})(?:_(?:zero|one|two|few|many|other))?$`)

/** What one member says of another. */
function checkTogether(dump: Dump, where: string): void {
  const keys = new Set<Code>()
  for (const { key, texts } of dump.entries) {
    if (keys.has(key)) throw new SetupError(`${where} has the error ${show(key)} twice. Write the dump anew.`)
    keys.add(key)
    const own = texts[dump.sourceLocale]
    if (own === undefined || !Object.hasOwn(own, 'message')) {
      throw new SetupError(
        `${where}, error ${show(key)} has no message in ${show(dump.sourceLocale)}, its source language. Write the dump anew.`,
      )
    }
  }
}

function isDeeper(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return depth === 0 || Object.values(value).some((each) => isDeeper(each, depth - 1))
}
