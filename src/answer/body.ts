import { ENVELOPES, type EnvelopeFunction, type ErrorDescription } from '../catalog/envelope.ts'
import { toJson, toWholePlain } from '../guard/plain.ts'
import { ignoreRejection } from '../guard/read.ts'
import type { NamedShape, Shape } from './shape.ts'

/** A body and what its headers say of it. */
export interface Body {
  readonly contentType: string
  readonly text: string
  readonly bytes: number
}

const MAX_BODY_BYTES = 65_536

/** Writes a body in one of our shapes. Details that are too large for it are left out. */
export function writeBody(description: ErrorDescription, { envelope, contentType }: NamedShape): Body {
  const { error } = ENVELOPES[envelope]
  const text = toJson(error(description))
  const bytes = Buffer.byteLength(text)
  if (bytes <= MAX_BODY_BYTES) return { contentType, text, bytes }
  const cut = toJson(error({ ...description, details: '[Truncated]' }))
  return { contentType, text: cut, bytes: Buffer.byteLength(cut) }
}

/**
 * Writes a body in the app's own shape.
 *
 * @param warn - called when that gives nothing that can be sent; then undefined is returned
 */
export function writeCustomBody(
  description: ErrorDescription,
  { envelope, contentType }: Shape<EnvelopeFunction>,
  warn: (message: string, error?: unknown) => void,
): Body | undefined {
  try {
    const shape: unknown = envelope(description)
    ignoreRejection(shape)
    const plain = typeof shape === 'object' ? toWholePlain(shape, MAX_BODY_BYTES) : undefined
    if (typeof plain === 'object' && plain !== null) {
      const text = toJson(plain)
      const bytes = Buffer.byteLength(text)
      if (bytes <= MAX_BODY_BYTES) return { contentType, text, bytes }
    }
    warn('The envelope function returned no object that can be sent; the default envelope was used')
  } catch (error) {
    warn('The envelope function failed; the default envelope was used', error)
  }
  return undefined
}

/** A body that is the same in every answer but for the request id, if it holds one. */
export interface PrecomposedBody {
  readonly status: number
  readonly shape: NamedShape
  readonly before: string
  /** Undefined where there is no request id. */
  readonly after: string | undefined
  /** Without the request id, which is ASCII. */
  readonly bytes: number
}

// It stands in no text, since it is not well-formed Unicode, and all texts are made to be.
const ID_MARK = '\uDFFFid\uD800'
const ID_MARK_IN_JSON = JSON.stringify(ID_MARK).slice(1, -1)

/** Writes a body once for many answers. `describe` is given what stands for the request id. */
export function precompose(
  status: number,
  shape: NamedShape,
  describe: (requestId: string) => ErrorDescription,
): PrecomposedBody {
  const { text } = writeBody(describe(ID_MARK), shape)
  const [before = '', after] = text.split(ID_MARK_IN_JSON)
  return { status, shape, before, after, bytes: Buffer.byteLength(before + (after ?? '')) }
}

/** Fills the request id in. */
export function insertRequestId(
  { shape: { contentType }, before, after, bytes }: PrecomposedBody,
  requestId: string,
): Body {
  return after === undefined
    ? { contentType, text: before, bytes }
    : { contentType, text: before + requestId + after, bytes: bytes + requestId.length }
}
