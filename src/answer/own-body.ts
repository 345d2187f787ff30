import type { ErrorDescription } from '../catalog/envelope.ts'
import { isJsonType, isMarkupType, isMediaType, isXmlType } from '../guard/media-type.ts'
import { toJson, toWholePlain } from '../guard/plain.ts'
import { ignoreRejection, isArray, read } from '../guard/read.ts'
import { utf8Length } from '../guard/utf8.ts'
import { MAX_BODY_BYTES, type Body } from './body.ts'
import { newRequestId } from './request-id.ts'
import type { OwnShape } from './shape.ts'

/** Called when an app's own function failed and a default took its place. */
export type Warn = (message: string, error?: unknown) => void

/**
 * Writes a body in the app's own shape.
 *
 * @param warn - called when that gives nothing that can be sent; then undefined is returned
 */
export function writeOwnBody(
  description: ErrorDescription,
  shape: OwnShape,
  request: unknown,
  warn: Warn,
): Body | undefined {
  try {
    const made = shape.body(description, request)
    ignoreRejection(made)
    const body = bodyOf(made, shape)
    if (body !== undefined) return body
    warn('The envelope function returned no object that can be sent; the default envelope was used')
  } catch (error) {
    warn('The envelope function failed; the default envelope was used', error)
  }
  return undefined
}

function bodyOf(made: unknown, { contentType, takesText }: OwnShape): Body | undefined {
  if (typeof made === 'string') return takesText ? textBody(contentType, made) : undefined
  if (typeof made !== 'object' || made === null) return undefined
  const typed = typedText(made)
  if (typed !== undefined) {
    return isMediaType(typed.contentType) ? textBody(typed.contentType, typed.text) : undefined
  }
  // A Map or a Set would be told without what it holds.
  if (!isArray(made) && typeof read(made, Symbol.iterator) === 'function') return undefined
  // A browser that is told that JSON is a page would run what is in it.
  if (isMarkupType(contentType)) return undefined
  const plain = toWholePlain(made, MAX_BODY_BYTES)
  return typeof plain === 'object' && plain !== null ? sized(contentType, toJson(plain)) : undefined
}

/** A text with its type: exactly these two. */
function typedText(made: object): { readonly contentType: string; readonly text: string } | undefined {
  if (Object.keys(made).length !== 2) return undefined
  const { contentType, text } = made as Readonly<Record<string, unknown>>
  return typeof contentType === 'string' && typeof text === 'string' ? { contentType, text } : undefined
}

// XML 1.0, section 2.2: the characters that no document can hold, not even escaped.
const NOT_IN_XML = /(?![\t\n\r\u007f-\u009f])\p{Cc}|[\ufffe\uffff]/gu

function textBody(contentType: string, given: string): Body | undefined {
  if (given.length > MAX_BODY_BYTES) return undefined
  const text = given.toWellFormed()
  if (isXmlType(contentType)) return sized(contentType, text.replaceAll(NOT_IN_XML, '\uFFFD'))
  // What cannot be parsed throws.
  if (isJsonType(contentType)) JSON.parse(text)
  return sized(contentType, text)
}

function sized(contentType: string, text: string): Body | undefined {
  const bytes = utf8Length(text)
  return bytes <= MAX_BODY_BYTES ? { contentType, policy: undefined, text, bytes } : undefined
}

/** A body of the app's own that is the same in every answer but for the request id, as often as it holds that. */
export interface PrecomposedOwnBody {
  readonly contentType: string
  readonly parts: readonly string[]
  /** Without the request id, which is ASCII. */
  readonly bytes: number
}

/**
 * Makes what stands for the request id where a body is written for many: ids of several kinds, the first of all
 * characters. They have nothing in common, so that a piece of one is found in no other.
 */
export function createIdMarks(): readonly [string, ...string[]] {
  // Nobody can guess them: a client's own id may be any word of a text.
  return [
    `${newRequestId().replaceAll('-', '')}~.:;=+/|@#_-`,
    `_Z${newRequestId()}~.:;=+/|@#_`,
    newRequestId(),
  ]
}

/**
 * Calls a function for many answers: once for each mark.
 *
 * @returns undefined where another id cannot be filled in, since the function makes something else of it, counts, or
 *   fails: it is to be called for each answer
 */
export function precomposeOwn(
  shape: OwnShape,
  describe: (requestId: string) => ErrorDescription,
  marks: readonly string[],
): PrecomposedOwnBody | undefined {
  const [body, ...others] = marks.map((mark) => bodyAround(mark, shape, describe(mark)))
  return body !== undefined && others.every((other) => other !== undefined && isSame(body, other))
    ? body
    : undefined
}

function bodyAround(
  mark: string,
  shape: OwnShape,
  description: ErrorDescription,
): PrecomposedOwnBody | undefined {
  const body = writeOwnBody(description, shape, undefined, ignore)
  if (body === undefined) return undefined
  const parts = body.text.split(mark)
  const { contentType, bytes } = body
  return { contentType, parts, bytes: bytes - (parts.length - 1) * mark.length }
}

function isSame(a: PrecomposedOwnBody, b: PrecomposedOwnBody): boolean {
  return (
    a.contentType === b.contentType &&
    a.parts.length === b.parts.length &&
    a.parts.every((part, index) => part === b.parts[index])
  )
}

function ignore(): void {}

/** Fills the request id in. */
export function insertOwnRequestId(
  { contentType, parts, bytes }: PrecomposedOwnBody,
  requestId: string,
): Body {
  return {
    contentType,
    policy: undefined,
    text: parts.length === 1 ? parts[0]! : parts.join(requestId),
    bytes: bytes + (parts.length - 1) * requestId.length,
  }
}
