import { isBizError } from '../error/biz-error.ts'
import { callOf } from '../error/factories.ts'
import { aggregatedErrors, causeOf } from '../identify/causes.ts'
import { read, readItems } from '../guard/read.ts'
import { bigintText } from '../guard/text.ts'
import { clean, cut, headline, MAX_TEXT, withoutJson } from './log-text.ts'
import { wordsOf } from './words.ts'

const MAX_CAUSES = 10
const MAX_ERRORS = 10

/** A thrown value as a log needs it: plain data, read with care, bounded, causes nested. */
export interface ThrownDescription {
  readonly type: string
  readonly message: string
  /** Left out where there are no frames, unless it is what tells the types of a chain: pino joins stacks alone. */
  readonly stack?: string
  readonly code?: string | number
  readonly cause?: ThrownDescription
  /** The errors of an AggregateError, or the further ones of a BizError, without their causes. Pino uses the same name. */
  readonly aggregateErrors?: readonly ThrownDescription[]
}

/**
 * Describes a thrown value for the log. Its own properties stay out, but for the words of what is no
 * Error: drivers keep queries and tokens there.
 *
 * @param framed - whether foreign errors keep their frames; those of a BizError are its catalog's affair @default true
 */
export function describeThrown(thrown: unknown, framed = true): ThrownDescription {
  const chain = [thrown]
  for (let cause = causeOf(thrown); cause !== undefined; cause = causeOf(cause)) {
    if (chain.length === MAX_CAUSES || chain.includes(cause)) break
    chain.push(cause)
  }
  const describe = (value: unknown): ThrownDescription =>
    Object.assign(describeOne(value, framed, chain.length > 1), errorsOf(value, framed))
  return chain.map(describe).reduceRight((cause, described) => Object.assign(described, { cause }))
}

// Pino asks for the constructor's name, and for the name of what has no constructor.
const NO_CONSTRUCTOR = Object.freeze(Object.create(null) as object)

function describeOne(value: unknown, framed: boolean, isChained: boolean): ThrownDescription {
  const type = typeOf(value)
  const message = messageOf(value)
  const described = Object.assign(
    Object.create(NO_CONSTRUCTOR) as object,
    { type, message },
    stackOf(value, type, message, framed || isBizError(value), isChained),
    codeOf(value),
  )
  return Object.defineProperty(described, 'name', { value: type })
}

type Part<TKey extends keyof ThrownDescription> = Pick<ThrownDescription, TKey> | undefined

function errorsOf(value: unknown, framed: boolean): Part<'aggregateErrors'> {
  const errors = isBizError(value)
    ? readItems(read(value, 'errors'), MAX_ERRORS)
    : aggregatedErrors(value, MAX_ERRORS)
  if (errors.length === 0) return undefined
  return { aggregateErrors: errors.map((error) => describeOne(error, framed, false)) }
}

function codeOf(value: unknown): Part<'code'> {
  const code = read(value, 'code')
  if (typeof code === 'string') return { code: clean(code) }
  return typeof code === 'number' ? { code } : undefined
}

/** The name, or that of the class where it gives its errors none of their own. */
function typeOf(value: unknown): string {
  if (!isObject(value)) return value === null ? 'null' : typeof value
  const name = nameOf(value)
  if (name === 'Error') return nameOf(read(value, 'constructor')) || name
  return name || typeof value
}

function nameOf(value: unknown): string {
  const name = read(value, 'name')
  return typeof name === 'string' ? headline(clean(name)) : ''
}

function messageOf(value: unknown): string {
  if (typeof value === 'bigint') return bigintText(value) ?? 'A long BigInt'
  if (quotesBody(value)) return 'Malformed body'
  if (quotesToken(value)) return 'Refused token'
  const message = isObject(value) ? read(value, 'message') : String(value)
  if (typeof message === 'string') return clean(withoutJson(message))
  if (typeof value === 'function') return adviceOn(value)
  return typeof read(value, 'stack') === 'string' ? '' : wordsOf(value)
}

/** Says what was forgotten where a function was thrown: the compiler lets one through. */
function adviceOn(thrown: unknown): string {
  const call = callOf(thrown)
  return call === undefined
    ? 'A function was thrown, which is no error. Call it, or make an error of the class with new'
    : `A function was thrown, which is no error. Call it: ${call}`
}

function isObject(value: unknown): boolean {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
}

/** JSON parsers put the body on their errors, and quote it in the message: neither may be logged. */
function quotesBody(value: unknown): boolean {
  return typeof read(value, 'body') === 'string' && read(value, 'name') === 'SyntaxError'
}

/** Hono quotes the token, or what it holds: https://hono.dev/docs/helpers/jwt#custom-error-types */
function quotesToken(value: unknown): boolean {
  const name = read(value, 'name')
  return typeof name === 'string' && /^Jwt(?:Token|Header|Payload)/.test(name)
}

function stackOf(
  value: unknown,
  type: string,
  message: string,
  framed: boolean,
  isChained: boolean,
): Part<'stack'> {
  const stack = read(value, 'stack')
  if (typeof stack !== 'string') return undefined
  const frames = framed ? framesOf(stack, value) : ''
  if (frames === '' && !isChained) return undefined
  const said = headline(message)
  return { stack: `${said === '' ? type : `${type}: ${said}`}${frames}` }
}

// More than is logged, since other lines stand between.
const MAX_RAW = 4 * MAX_TEXT
const FRAME = /^\s+at /
const ONLY_FRAMES = /^(?:\n {4}at [\x20-\x7E]+)+$/

/** The frames of a stack, each after a line break. What stands before is the message, which may have many lines. */
function framesOf(stack: string, value: unknown): string {
  const message = read(value, 'message')
  const start = typeof message === 'string' ? stack.indexOf(message) : -1
  const isKnown = start !== -1 && !stack.slice(0, start).includes('\n')
  if (!isKnown && quotesBody(value)) return ''
  const rest = isKnown
    ? withoutJson(stack.slice(start + String(message).length)).slice(0, MAX_RAW)
    : withoutJson(stack).slice(-MAX_RAW)
  // Nearly every stack, for a third of the bytes.
  if (rest.length < MAX_TEXT && ONLY_FRAMES.test(rest)) return rest
  const frames = rest.split('\n').filter((line) => FRAME.test(line))
  return cut(frames.map((line) => `\n    ${clean(line)}`).join(''), MAX_TEXT)
}
