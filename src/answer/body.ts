import type { BriefDescription } from '../catalog/envelope.ts'
import { utf8Length } from '../guard/utf8.ts'
import type { OurShape } from './shape.ts'
import { shorter } from './shorter.ts'

/** A body and what its headers say of it. */
export interface Body {
  readonly contentType: string
  /** Content-Security-Policy, of a page. */
  readonly policy: string | undefined
  readonly text: string
  readonly bytes: number
}

export const MAX_BODY_BYTES = 65_536

/** Writes a body in one of our shapes. What is too large for it is left out. */
export function writeBody(description: BriefDescription, shape: OurShape): Body {
  const { contentType, policy, write } = shape
  const text = write(description)
  const bytes = utf8Length(text)
  const less = bytes > MAX_BODY_BYTES ? shorter(description) : undefined
  return less === undefined ? { contentType, policy, text, bytes } : writeBody(less, shape)
}

/** A body that is the same in every answer but for the request id, if it holds one. */
export interface PrecomposedBody {
  readonly contentType: string
  readonly policy: string | undefined
  readonly before: string
  /** Undefined where there is no request id. */
  readonly after: string | undefined
  /** Without the request id, which is ASCII. */
  readonly bytes: number
}

// It stands in no text, since it is not well-formed Unicode, and all texts are made to be.
const ID_MARK = '\uDFFFid\uD800'
const ID_MARKS = [JSON.stringify(ID_MARK).slice(1, -1), ID_MARK]

/** Writes a body in one of our shapes once for many answers. `describe` is given what stands for the request id. */
export function precompose(
  shape: OurShape,
  describe: (requestId: string) => BriefDescription,
): PrecomposedBody {
  const { contentType, policy, text } = writeBody(describe(ID_MARK), shape)
  const mark = ID_MARKS.find((mark) => text.includes(mark)) ?? ID_MARK
  const [before = '', after] = text.split(mark)
  return { contentType, policy, before, after, bytes: utf8Length(before + (after ?? '')) }
}

/** Fills the request id in. */
export function insertRequestId(
  { contentType, policy, before, after, bytes }: PrecomposedBody,
  requestId: string,
): Body {
  return after === undefined
    ? { contentType, policy, text: before, bytes }
    : { contentType, policy, text: before + requestId + after, bytes: bytes + requestId.length }
}
