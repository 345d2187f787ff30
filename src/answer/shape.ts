import type { Catalog } from '../catalog/catalog.ts'
import {
  ENVELOPES,
  JSON_TYPE,
  type EnvelopeFunction,
  type EnvelopeMap,
  type EnvelopeName,
} from '../catalog/envelope.ts'
import { checkPlain, SetupError, show } from '../guard/setup-error.ts'
import { preferredType } from './accept.ts'

/** An envelope, and how its bodies are labeled. */
export interface Shape<TEnvelope = EnvelopeName | EnvelopeFunction> {
  readonly envelope: TEnvelope
  readonly contentType: string
}

export type NamedShape = Shape<EnvelopeName>

/** Our envelopes under their own media types. */
const NAMED = Object.fromEntries(
  Object.entries(ENVELOPES).map(([envelope, { contentType }]) => [envelope, { envelope, contentType }]),
) as Readonly<Record<EnvelopeName, NamedShape>>

/** The shape of a catalog. One of another version of this package may name an envelope that this one does not have. */
export function shapeOf({ envelope }: Catalog): NamedShape {
  return NAMED[Object.hasOwn(NAMED, envelope) ? envelope : 'flat']
}

/** Whether a shape needs no function of the app's. */
export function isNamed(shape: Shape | undefined): shape is NamedShape {
  return typeof shape?.envelope === 'string'
}

export function isCustom(shape: Shape | undefined): shape is Shape<EnvelopeFunction> {
  return typeof shape?.envelope === 'function'
}

/** The shapes that an app answers in. */
export interface Shapes {
  /** The shape for clients that ask for none. Undefined: the shape of the error's catalog. */
  readonly first: Shape | undefined
  /** Chooses by Accept. Undefined where there is nothing to choose. */
  readonly choose: ((accept: string | undefined) => Shape) | undefined
}

/**
 * Reads the `envelope` option.
 *
 * @throws SetupError - for a map with a media type or a value that cannot be sent
 */
export function createShapes(option: EnvelopeName | EnvelopeFunction | EnvelopeMap | undefined): Shapes {
  if (option === undefined) return { first: undefined, choose: undefined }
  if (typeof option === 'string') return { first: NAMED[option], choose: undefined }
  if (typeof option === 'function') {
    return { first: { envelope: option, contentType: JSON_TYPE }, choose: undefined }
  }
  checkPlain('Option envelope', option)
  const entries = Object.entries(option)
  const types = entries.map(([type]) => type)
  const shapes = entries.map(([type, envelope]) => ({ envelope, contentType: checkEntry(type, envelope) }))
  const [first] = shapes
  if (first === undefined) {
    throw new SetupError(`Option envelope holds no media type. Give ${MAP}.`)
  }
  return {
    first,
    choose: shapes.length === 1 ? undefined : (accept) => shapes[preferredType(accept, types)] ?? first,
  }
}

const MAP = "a map such as { 'application/json': 'flat', 'application/problem+json': 'problem' }"

// RFC 6838, section 4.2, in lower case; section 4.2.8: what ends in +json is JSON.
const TOKEN = /[a-z0-9][a-z0-9!#$&^_.+-]{0,126}/.source
const JSON_LIKE = new RegExp(`^(?:application/json|${TOKEN}/${TOKEN}\\+json)$`)

/** Returns the Content-Type of an entry. A browser that is told that JSON is a page would run what is in it. */
function checkEntry(type: string, envelope: unknown): string {
  if (!JSON_LIKE.test(type)) {
    throw new SetupError(
      `Option envelope has the media type ${show(type)} for ${show(envelope)}. Bodies are JSON: use application/json, or one in lower case that ends in +json.`,
    )
  }
  if (!isEnvelope(envelope)) {
    throw new SetupError(
      `Option envelope has ${show(envelope)} for ${show(type)}. Give a function or one of ${NAMES}.`,
    )
  }
  return type === 'application/json' ? JSON_TYPE : type
}

const NAMES = Object.keys(ENVELOPES).join(', ')

/** Whether a value is the name of an envelope, or may be one of the app's own. */
export function isEnvelope(value: unknown): value is EnvelopeName | EnvelopeFunction {
  return typeof value === 'function' || (typeof value === 'string' && Object.hasOwn(ENVELOPES, value))
}

/** The values that the option may have, as a message says them. */
export const ENVELOPE_REMEDY = `a function, one of ${NAMES}, or ${MAP}`
