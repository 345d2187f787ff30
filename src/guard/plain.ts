import { isEverybodys, setMember } from './own.ts'
import { ignoreRejection, read } from './read.ts'
import { bigintText, dateText } from './text.ts'
import { withoutPasswords, withoutUserinfo } from './userinfo.ts'

const MAX_DEPTH = 12
export const MAX_CHARS = 16_384

const CIRCULAR = '[Circular]'
const UNREADABLE = '[Unreadable]'
const CUT = '[Truncated]'
const OBJECT = '[Object]'

export type Plain = null | boolean | number | string | Plain[] | { [key: string]: Plain }

/**
 * Copies any value into plain data that JSON can hold, whatever it is made of: cycles, throwing getters,
 * BigInt, lone surrogates, megabytes. What JSON would leave out (undefined, functions, symbols) is left out.
 * Errors, streams, requests and promises are not data and come out as `[Object]`.
 *
 * @param maxChars - what does not fit into so many characters is cut
 */
export function toPlain(value: unknown, maxChars = MAX_CHARS): Plain | undefined {
  return copy(value, { left: maxChars, depth: MAX_DEPTH, path: [], whole: true })
}

/** Does as `toPlain`, deep enough to hold what that made. Returns undefined for what cannot be copied whole. */
export function toWholePlain(value: unknown, maxChars: number): Plain | undefined {
  const budget = { left: maxChars, depth: 2 * MAX_DEPTH, path: [], whole: true }
  const plain = copy(value, budget)
  return budget.whole ? plain : undefined
}

/**
 * Writes plain data as JSON, on one line for every reader: JSON leaves U+2028 and U+2029 as they are. A toJSON that all
 * objects or arrays have is not called.
 */
export function toJson(value: unknown): string {
  const plain = CONVERTED.some((prototype) => 'toJSON' in prototype) ? withoutPrototypes(value) : value
  return JSON.stringify(plain).replaceAll(LINE_ENDS, (end) => (end === '\u2028' ? '\\u2028' : '\\u2029'))
}

const LINE_ENDS = /[\u2028\u2029]/g

const CONVERTED = [Object.prototype, Array.prototype]

function withoutPrototypes(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).map(([key, member]) => [key, withoutPrototypes(member)] as const)
  const copied: object = Array.isArray(value)
    ? members.map(([, member]) => member)
    : Object.fromEntries(members)
  return Object.setPrototypeOf(copied, null)
}

interface Budget {
  /** Characters that may still be written. */
  left: number
  /** How many objects may stand inside each other. */
  readonly depth: number
  /** The objects from the root to here. */
  readonly path: object[]
  /** Whether nothing was cut, circular or unreadable so far. */
  whole: boolean
}

function copy(value: unknown, budget: Budget): Plain | undefined {
  switch (typeof value) {
    case 'string':
      return copyString(value, budget)
    case 'number':
      budget.left -= 8
      return Number.isFinite(value) ? value : null
    case 'bigint': {
      const digits = bigintText(value)
      return digits === undefined ? marked(CUT, budget) : copyString(digits, budget)
    }
    case 'boolean':
      budget.left -= 4
      return value
    case 'object':
      return value === null ? null : copyObject(value, budget)
    default:
      return undefined
  }
}

function marked(mark: string, budget: Budget): string {
  budget.whole = false
  budget.left -= mark.length
  return mark
}

function copyString(value: string, budget: Budget): string {
  if (value.length > budget.left) budget.whole = false
  const max = Math.max(0, budget.left)
  const text = withoutPasswords(value, max)
  const cut = value.length > max ? `${text.slice(0, max)}…` : text
  budget.left -= cut.length
  return cut.toWellFormed()
}

function copyObject(value: object, budget: Budget): Plain | undefined {
  if (budget.path.includes(value)) return marked(CIRCULAR, budget)
  if (budget.path.length === budget.depth) return marked(CUT, budget)
  budget.path.push(value)
  try {
    const tag = Object.prototype.toString.call(value)
    if (tag === '[object Date]') return copy(dateText(value) ?? null, budget)
    if (BOXED.has(tag)) return copy(value.valueOf(), budget)
    const url = urlOf(value, tag)
    if (url !== undefined) return copyString(withoutUserinfo(url), budget)
    if (isLive(value, tag)) return markLive(value, budget)
    const toJSON = value['toJSON' as keyof typeof value] as unknown
    if (typeof toJSON === 'function' && !isEverybodys(value, 'toJSON'))
      return copyOwnJson(toJSON.call(value), budget)
    return Array.isArray(value) ? copyArray(value, budget) : copyMembers(value, budget)
  } catch {
    return marked(UNREADABLE, budget)
  } finally {
    budget.path.pop()
  }
}

/** Copies the result of a toJSON, whose own toJSON is not called again. */
function copyOwnJson(value: unknown, budget: Budget): Plain | undefined {
  if (typeof value !== 'object' || value === null) return copy(value, budget)
  const tag = Object.prototype.toString.call(value)
  const url = urlOf(value, tag)
  if (url !== undefined) return copyString(withoutUserinfo(url), budget)
  if (isLive(value, tag)) return markLive(value, budget)
  return Array.isArray(value) ? copyArray(value, budget) : copyMembers(value, budget)
}

function copyArray(value: readonly unknown[], budget: Budget): Plain[] {
  const copied: Plain[] = []
  for (let index = 0; index < value.length; index++) {
    if (budget.left <= 0) {
      copied.push(marked(CUT, budget))
      break
    }
    budget.left -= 2
    copied.push(copyMember(value, index, budget) ?? null)
  }
  return copied
}

function copyMembers(value: object, budget: Budget): { [key: string]: Plain } {
  const copied: { [key: string]: Plain } = {}
  for (const key of Object.keys(value)) {
    if (key === '__proto__') continue
    if (budget.left <= 0) {
      setMember(copied, marked(CUT, budget), true)
      break
    }
    // Paid for before the member, and for one that comes out as nothing, too.
    const name = copyString(key, budget)
    const member = copyMember(value, key, budget)
    if (member !== undefined) setMember(copied, name, member)
  }
  return copied
}

function copyMember(value: object, key: string | number, budget: Budget): Plain | undefined {
  let member: unknown
  try {
    member = (value as Record<string | number, unknown>)[key]
  } catch {
    return marked(UNREADABLE, budget)
  }
  return copy(member, budget)
}

function markLive(value: object, budget: Budget): string {
  ignoreRejection(value)
  return marked(OBJECT, budget)
}

const BOXED = new Set(['[object String]', '[object Number]', '[object Boolean]', '[object BigInt]'])

/** The text of a URL, or of what Node's old `url.parse` makes of one. */
function urlOf(value: object, tag: string): string | undefined {
  const isParsed = typeof read(value, 'protocol') === 'string' && typeof read(value, 'auth') === 'string'
  const href = tag === '[object URL]' || isParsed ? read(value, 'href') : undefined
  return typeof href === 'string' ? href : undefined
}

/** Requests and responses of `fetch`, and the headers of axios, whose toJSON tells them all. */
const OF_HTTP = new Set(['[object Request]', '[object Response]', '[object AxiosHeaders]'])

/**
 * Errors, event emitters (requests, sockets, streams), what wraps them (Koa's context), answers of HTTP clients,
 * thenables and binary data.
 */
function isLive(value: object, tag: string): boolean {
  return (
    tag === '[object Error]' ||
    OF_HTTP.has(tag) ||
    isWrittenError(value) ||
    isAxiosResponse(value) ||
    value instanceof Error ||
    value instanceof ArrayBuffer ||
    ArrayBuffer.isView(value) ||
    typeof read(value, 'on') === 'function' ||
    typeof read(value, 'then') === 'function' ||
    (Object.getPrototypeOf(value) !== Object.prototype &&
      typeof read(read(value, 'req'), 'on') === 'function')
  )
}

/** Recognizes the plain object that a logger or axios makes of an error. */
function isWrittenError(value: object): boolean {
  const stack = read(value, 'stack')
  return typeof stack === 'string' && /\n\s+at /.test(stack)
}

/** A plain object, beside whose data stand the request's headers and password. */
function isAxiosResponse(value: object): boolean {
  return (
    typeof read(value, 'config') === 'object' &&
    typeof read(value, 'headers') === 'object' &&
    typeof read(value, 'statusText') === 'string'
  )
}
