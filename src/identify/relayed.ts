import type { BizError } from '../error/biz-error.ts'
import { isCatalog, type Catalog } from '../catalog/catalog.ts'
import type { Code } from '../catalog/code.ts'
import { isAnswerable, type Entry } from '../catalog/entry.ts'
import { rootCode } from '../catalog/parents.ts'
import type { EnvelopeName } from '../catalog/envelope.ts'
import { ignoreRejection, read } from '../guard/read.ts'
import { SetupError, show } from '../guard/setup-error.ts'
import { retryAfterOf } from './families/upstream-retry-after.ts'

/** A catalog with its BizError, whatever its codes are. */
type RelayedCatalog = Catalog & { readonly BizError: new (...args: never[]) => BizError }

/**
 * Makes a rule for `identify`: what another server answered with a code of its catalog is answered with the same code,
 * with the status and the words that we have for it. Without it, that is an upstream that failed. Retry-After is kept,
 * message and details are not: a code whose message needs params is answered as the nearest one that it
 * refines, if there is one.
 *
 * The answer is looked for where HTTP clients keep it: in `response.data` (axios), `response.body` (got, superagent),
 * or `data` and `body` of the error itself (undici), parsed or as text. A Response of `fetch` or ky cannot be read
 * here: throw what was read as the cause, `new Error('…', { cause: { status, headers, body: await response.json() } })`.
 *
 * Relay servers that judge the client's own request: a 401 for a key of ours would tell the client to log in.
 *
 * @param catalog - that of the other server, in whose envelope it answers
 * @throws SetupError - when `catalog` is not a catalog
 * @example
 * app.use(errorHandler({ catalog: shop, identify: relayed(billing) }))
 */
export function relayed(catalog: RelayedCatalog): (thrown: unknown) => BizError | undefined {
  if (!isCatalog(catalog) || typeof catalog.BizError !== 'function') {
    throw new SetupError(`relayed was called with ${show(catalog)}. Give what defineCatalog returned.`)
  }
  const { name, envelope } = catalog
  if (typeof envelope === 'object' && typeof envelope.read !== 'function') {
    throw new SetupError(
      `relayed was called with catalog ${name}, whose envelope has no read. Give it one: (body) => ({ code }).`,
    )
  }
  const BizErrorOfCatalog = catalog.BizError as new (key: Code, options: object) => BizError

  return function relayed(thrown) {
    for (const body of bodiesOf(thrown)) {
      const entry = entryOf(parsed(body), statusOf(thrown), catalog)
      if (entry) return new BizErrorOfCatalog(entry.key, { cause: thrown, retryAfter: retryAfterOf(thrown) })
    }
    return undefined
  }
}

function bodiesOf(thrown: unknown): readonly unknown[] {
  const response = read(thrown, 'response')
  const answers = [read(response, 'data'), read(response, 'body'), read(thrown, 'data')]
  // On a body parser's error, which has no headers, it is what our own client sent.
  const isParsers = typeof read(thrown, 'stack') === 'string' && typeof read(thrown, 'headers') !== 'object'
  return isParsers ? answers : [...answers, read(thrown, 'body')]
}

// Our own answers are no longer than this.
const MAX_BODY_LENGTH = 65_536

/** What is no JSON stays a text: that of an envelope of one's own may be XML. */
function parsed(body: unknown): unknown {
  if (typeof body !== 'string') return body
  if (body.length > MAX_BODY_LENGTH) return undefined
  try {
    return JSON.parse(body)
  } catch {
    return body
  }
}

/** The status of what another server answered, where HTTP clients keep it. */
function statusOf(thrown: unknown): unknown {
  const response = read(thrown, 'response')
  return (
    read(response, 'status') ??
    read(response, 'statusCode') ??
    read(thrown, 'status') ??
    read(thrown, 'statusCode')
  )
}

/** The entry that a body names, in the envelope of the catalog or as a problem document. */
function entryOf(body: unknown, status: unknown, catalog: Catalog): Entry | undefined {
  const named = [...readerOf(catalog)(body), ...CODES.problem(body)]
  for (const { key, code, parent } of named) {
    const keyed = catalog.get(key as Code)
    const sharing = catalog
      .byCode(code as Code)
      .filter((entry) => parent === undefined || rootCode(catalog, entry) === parent)
    const entries = keyed === undefined ? ofStatus(sharing, status) : [keyed]
    const entry = entries.find(isAnswerable) ?? commonOf(entries, catalog)
    if (entry !== undefined) return entry
  }
  return undefined
}

/** Of several errors that have one code, those of the status that was answered are meant, if there are such. */
function ofStatus(entries: readonly Entry[], status: unknown): readonly Entry[] {
  const meant = entries.length > 1 ? entries.filter((entry) => entry.status === status) : entries
  return meant.length > 0 ? meant : entries
}

/** The nearest error that one of these refines, and that needs nothing of a throw. */
function commonOf(entries: readonly Entry[], catalog: Catalog): Entry | undefined {
  return entries.flatMap(({ parents }) => parents.map((key) => catalog.get(key))).find(isAnswerable)
}

type Reader = (body: unknown) => readonly Named[]

function readerOf({ envelope }: Catalog): Reader {
  // A catalog of another version of this package may name an envelope that this one does not have.
  if (typeof envelope === 'string') return CODES[Object.hasOwn(CODES, envelope) ? envelope : 'flat']
  return (body) => {
    if (typeof body !== 'string' && (typeof body !== 'object' || body === null)) return []
    const named = envelope.read?.(body)
    ignoreRejection(named)
    const [key, code, parent] = [read(named, 'key'), read(named, 'code'), read(named, 'parent')]
    if (parent === undefined) return key === undefined && code === undefined ? [] : [{ key, code }]
    return [{ key, code, parent }, { code: parent }]
  }
}

/** A code that a body seems to hold, and the common code that stands beside it. */
interface Named {
  /** Tells several errors of one code apart. */
  readonly key?: unknown
  readonly code: unknown
  readonly parent?: unknown
}

/** Reads codes, the finer first: one that a newer server has added is its common code to us. */
const CODES: Readonly<Record<EnvelopeName, Reader>> = {
  flat: (body) => codeBeside('message', body),

  nested: (body) => codeBeside('message', read(body, 'error')),

  composite(body) {
    const common = codeBeside('message', body)
    return [...common.flatMap(({ code: parent }) => codeInside(read(body, 'message'), parent)), ...common]
  },

  'two-level'(body) {
    const common = codeBeside('message', body)
    return [...common.map(({ code: parent }) => ({ code: read(body, 'sub_code'), parent })), ...common]
  },

  problem: (body) => codeBeside('detail', body),
}

function codeBeside(text: string, body: unknown): readonly Named[] {
  return typeof read(body, text) === 'string' ? [{ code: read(body, 'code') }] : []
}

/** `(2130) Refund refused`: as a text, a number code looks like a word. */
function codeInside(message: unknown, parent: unknown): readonly Named[] {
  const text = typeof message === 'string' ? /^\(([^()]{1,128})\)/.exec(message)?.[1] : undefined
  if (text === undefined) return []
  const number = Number(text)
  const codes = String(number) === text ? [number, text] : [text]
  return codes.map((code) => ({ code, parent }))
}
