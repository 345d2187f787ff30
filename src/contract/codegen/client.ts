import type { Code } from '../../catalog/code.ts'
import type { EnvelopeName } from '../../catalog/envelope.ts'
import { isEnvelopeName } from '../../catalog/own-envelope.ts'
import { isMediaType } from '../../guard/media-type.ts'
import { getOrMake } from '../../guard/memo.ts'
import { SetupError, show } from '../../guard/setup-error.ts'
import type { Dump, DumpConceal, DumpEntry, DumpHandler } from '../dump/dump.ts'
import { onOneLine } from './comment.ts'

/** What is generated, whatever the language. */
export interface Client {
  /** The name of the catalog. */
  readonly catalog: string
  /** What people call the API. */
  readonly title: string
  readonly kind: CodeKind
  /** The code of a success, which no error has. */
  readonly successCode: Code
  /** Whether errors have the status 200 of successes. */
  readonly isAlways200: boolean
  /** The errors that a client can be told, in the order of the dump. */
  readonly errors: readonly ClientError[]
  readonly codes: readonly ClientCode[]
  /** The shapes of a body that can be read. None where all are the app's own. */
  readonly bodies: readonly ClientBody[]
}

/** `mixed`: whole numbers and texts. */
export type CodeKind = 'number' | 'text' | 'mixed'

/** An error that has a constant. */
export interface ClientError {
  readonly key: Code
  readonly code: Code
  readonly status: number
  readonly retryable: boolean
  /** Seconds. */
  readonly retryAfter: number | undefined
  /** What it is, on one line. */
  readonly text: string
  /** The key of the error to use instead, or true. */
  readonly deprecated: DumpEntry['deprecated']
}

/** A code, and what is known of it without the status of the answer. */
export interface ClientCode {
  readonly code: Code
  /** The first that has it. */
  readonly error: ClientError
  /** Whether all errors that have it are. */
  readonly retryable: boolean
  /** The statuses with which it is retryable, where not all errors that have it are. */
  readonly retryableAt: readonly number[]
  /** Seconds, where all errors that have it and are retryable agree. */
  readonly retryAfter: number | undefined
}

/** A shape that a body may have, in answers of a media type, or in all. */
export interface ClientBody {
  readonly mediaType: string | undefined
  readonly envelope: EnvelopeName
}

const CATALOG_NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/

// One year, as in src/guard/retry-after.ts: no language counts beyond its numbers.
const MAX_RETRY_AFTER = 31_536_000

/**
 * Says what a client has to know of a catalog.
 *
 * @throws SetupError - for a name that no catalog has
 */
export function clientOf(dump: Dump): Client {
  const { catalog, success, handler } = dump
  // It becomes a part of names and paths, and anybody may have written the dump.
  if (!CATALOG_NAME.test(catalog)) {
    throw new SetupError(
      `A dump is of catalog ${show(catalog)}. Names of catalogs are lower case letters, digits and dashes: write the dump anew.`,
    )
  }
  const errors = dump.entries
    .filter((entry) => entry.code !== success.code && !isConcealed(entry, handler?.conceal))
    .map((entry) => errorOf(entry, dump.sourceLocale))
  return {
    catalog,
    title: onOneLine(dump.api?.title ?? '') || catalog,
    kind: kindOf(errors),
    successCode: success.code,
    isAlways200: (handler?.httpStatus ?? dump.httpStatus) === 200,
    errors,
    codes: codesOf(errors),
    bodies: bodiesOf(handler?.envelope ?? dump.envelope),
  }
}

/** Clients never get it: its constant would tell them what the app hides. */
function isConcealed({ key, status }: DumpEntry, conceal: readonly DumpConceal[] = []): boolean {
  return conceal.some(
    (rule) => rule.as !== key && ('errors' in rule ? rule.errors.includes(key) : rule.status === status),
  )
}

function errorOf(entry: DumpEntry, sourceLocale: string): ClientError {
  const { key, code, status, httpStatus = status, retryable, retryAfter, deprecated, texts } = entry
  const { title, message = '' } = Object.hasOwn(texts, sourceLocale) ? texts[sourceLocale]! : {}
  return {
    key,
    code,
    status: httpStatus,
    retryable,
    retryAfter: retryAfter === undefined ? undefined : Math.min(retryAfter, MAX_RETRY_AFTER),
    text: onOneLine(title ?? message),
    deprecated,
  }
}

function kindOf(errors: readonly ClientError[]): CodeKind {
  const numbers = errors.filter(({ code }) => typeof code === 'number').length
  if (numbers === 0) return 'text'
  return numbers === errors.length ? 'number' : 'mixed'
}

function codesOf(errors: readonly ClientError[]): readonly ClientCode[] {
  const byCode = new Map<Code, ClientError[]>()
  for (const error of errors) getOrMake(byCode, error.code, () => []).push(error)
  return Array.from(byCode, ([code, sharing]) => {
    const [error] = sharing as [ClientError]
    const retryable = sharing.every((each) => each.retryable)
    const refused = new Set(sharing.filter((each) => !each.retryable).map(({ status }) => status))
    const statuses = new Set(sharing.map(({ status }) => status))
    const retryableAt = retryable ? [] : [...statuses].filter((status) => !refused.has(status))
    const waits = new Set(sharing.filter((each) => each.retryable).map(({ retryAfter }) => retryAfter))
    return { code, error, retryable, retryableAt, retryAfter: waits.size === 1 ? [...waits][0] : undefined }
  })
}

/** A media type among its names tells a map of envelopes from one of the app's own. */
function bodiesOf(envelope: NonNullable<DumpHandler['envelope']>): readonly ClientBody[] {
  if (isEnvelopeName(envelope)) return [{ mediaType: undefined, envelope }]
  if (typeof envelope !== 'object') return []
  const bodies = new Map<string, ClientBody>()
  for (const [given, shape] of Object.entries(envelope as Readonly<Record<string, unknown>>)) {
    const mediaType = given.split(';')[0]!.trim().toLowerCase()
    if (isMediaType(mediaType) && isEnvelopeName(shape)) bodies.set(mediaType, { mediaType, envelope: shape })
  }
  return [...bodies.values()]
}
