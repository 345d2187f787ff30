import type { Catalog } from '../catalog/catalog.ts'
import {
  ENVELOPES,
  JSON_TYPE,
  type BriefDescription,
  type EnvelopeFunction,
  type EnvelopeMap,
  type EnvelopeName,
  type EnvelopeObject,
  type ErrorDescription,
} from '../catalog/envelope.ts'
import { checkEnvelopeObject, isEnvelopeName } from '../catalog/own-envelope.ts'
import { isJsonType, isMediaType } from '../guard/media-type.ts'
import { getOrMake } from '../guard/memo.ts'
import { toJson } from '../guard/plain.ts'
import { isObject } from '../guard/options.ts'
import { isArray, read } from '../guard/read.ts'
import { checkPlain, SetupError, show } from '../guard/setup-error.ts'
import { preferredType } from './accept.ts'
import { PAGE_POLICY, PAGE_TYPE, writePage } from './page.ts'

/** A shape that comes with the package. */
export interface OurShape {
  readonly isOurs: true
  readonly contentType: string
  /** Content-Security-Policy, of a page. */
  readonly policy: string | undefined
  readonly write: (error: BriefDescription) => string
}

/** A shape of the app's own. */
export interface OwnShape {
  readonly isOurs: false
  readonly contentType: string
  /** Whether a text is a body, too: its type is known. */
  readonly takesText: boolean
  /** Whether the body tells nothing but the error. */
  readonly isOfErrorAlone: boolean
  readonly body: (error: ErrorDescription, request: unknown) => unknown
}

/** An envelope, and how its bodies are labeled. */
export type Shape = OurShape | OwnShape

/** Our envelopes under their own media types. */
const NAMED = Object.fromEntries(
  Object.entries(ENVELOPES).map(([name, { contentType, error }]) => [
    name,
    { isOurs: true, contentType, policy: undefined, write: (description) => toJson(error(description)) },
  ]),
) as Readonly<Record<EnvelopeName, OurShape>>

const PAGE: OurShape = { isOurs: true, contentType: PAGE_TYPE, policy: PAGE_POLICY, write: writePage }

/** The shape of a catalog. */
export function shapeOf({ envelope }: Catalog): Shape {
  return isObject(envelope) ? getOrMake(ownShapes, envelope, shapeOfOwn) : ourShapeOf(envelope)
}

/** Takes the place of what an app's own envelope did not make. */
export function defaultShapeOf({ envelope }: Catalog): OurShape {
  return isObject(envelope) ? NAMED.flat : ourShapeOf(envelope)
}

/** One of another version of this package may name an envelope that this one does not have. */
function ourShapeOf(name: EnvelopeName): OurShape {
  return NAMED[Object.hasOwn(NAMED, name) ? name : 'flat']
}

const ownShapes = new WeakMap<EnvelopeObject, Shape>()

/** Another version may also have other envelopes. */
function shapeOfOwn(envelope: EnvelopeObject): Shape {
  const { contentType } = envelope
  return typeof read(envelope, 'body') === 'function'
    ? ownShape(envelope, isMediaType(contentType) ? contentType : JSON_TYPE)
    : NAMED.flat
}

function ownShape(envelope: EnvelopeObject, contentType: string, takesText = false): OwnShape {
  const isOfErrorAlone = envelope.body.length < 2
  return {
    isOurs: false,
    contentType,
    takesText,
    isOfErrorAlone,
    // One that names no second argument may still take it, as a default or among the rest: never, so that it is noticed.
    body: (error, request) => envelope.body(error, isOfErrorAlone ? undefined : request),
  }
}

function functionShape(
  body: (error: ErrorDescription, request: never) => unknown,
  contentType: string,
  takesText: boolean,
): OwnShape {
  return {
    isOurs: false,
    contentType,
    takesText,
    isOfErrorAlone: false,
    body: body as OwnShape['body'],
  }
}

/** The shapes that an app answers in. */
export interface Shapes {
  /** The shape for clients that ask for none. Undefined: the shape of the error's catalog. */
  readonly first: Shape | undefined
  /** Chooses by Accept. Undefined where there is nothing to choose. */
  readonly choose: ((accept: string | undefined) => Shape) | undefined
  /** The shape of an answer that is made beforehand. Undefined: the shape of the catalog. */
  readonly last: Shape | undefined
}

/** The `envelope` option. */
export type EnvelopeOption<TRequest = unknown> =
  EnvelopeName | EnvelopeFunction<TRequest> | EnvelopeObject<TRequest> | EnvelopeMap<TRequest>

/**
 * Reads the `envelope` option.
 *
 * @throws SetupError - for an object without a body, and for a map with a media type or a value that cannot be sent
 */
export function createShapes(option: EnvelopeOption<never> | undefined): Shapes {
  if (option === undefined) return { first: undefined, choose: undefined, last: undefined }
  if (typeof option === 'string') return always(NAMED[option])
  // It may count its calls, or need its request.
  if (typeof option === 'function') {
    return { ...always(functionShape(option, JSON_TYPE, false)), last: undefined }
  }
  checkPlain('Option envelope', option)
  const entries = Object.entries(option) as [string, unknown][]
  if (entries.length === 0) throw new SetupError(`Option envelope holds no media type. Give ${MAP}.`)
  if (isEnvelopeObject(option)) {
    const envelope = checkEnvelopeObject('Option envelope', option)
    return always(ownShape(envelope, envelope.contentType ?? JSON_TYPE))
  }
  const types = entries.map(([type]) => type)
  const shapes = entries.map(([type, envelope]) => shapeFor(type, envelope))
  const first = shapes[0]!
  return {
    first,
    choose: shapes.length === 1 ? undefined : (accept) => shapes[preferredType(accept, types)] ?? first,
    last: typeof entries[0]![1] === 'function' ? undefined : first,
  }
}

function always(shape: Shape): Shapes {
  return { first: shape, choose: undefined, last: shape }
}

/** Tells an envelope from a map, whose keys are media types and whose values may be names. */
function isEnvelopeObject(option: object): option is EnvelopeObject<never> {
  const entries = Object.entries(option)
  return !entries.some(([key]) => key.includes('/')) && entries.some(([, value]) => typeof value !== 'string')
}

const MAP = "a map such as { 'application/json': 'flat', 'application/problem+json': 'problem' }"

// RFC 6838, section 4.2, in lower case.
const NAME = /[a-z0-9][a-z0-9!#$&^_.+-]{0,126}/.source
const TYPE = new RegExp(`^${NAME}/${NAME}$`)

/** Reads an entry of a map. A browser that is told that JSON is a page would run what is in it. */
function shapeFor(type: string, envelope: unknown): Shape {
  if (!TYPE.test(type)) {
    throw new SetupError(
      `Option envelope has the media type ${show(type)} for ${show(envelope)}. Write it in lower case and without parameters, as in 'application/json'.`,
    )
  }
  const contentType = typeFor(type)
  if (typeof envelope === 'function') {
    return functionShape(envelope as EnvelopeFunction<never>, contentType, true)
  }
  if (isObject(envelope) && !isArray(envelope)) {
    const own = checkEnvelopeObject(`Option envelope, ${type}`, envelope)
    const given = own.contentType ?? contentType
    if (given.split(';', 1)[0]!.trim().toLowerCase() !== type) {
      throw new SetupError(
        `Option envelope, ${type} has contentType ${show(given)}. Leave it out, or let it stand in the map in place of ${type}.`,
      )
    }
    return ownShape(own, given, true)
  }
  if (envelope === 'page' && type === 'text/html') return PAGE
  if (!isEnvelopeName(envelope)) {
    const page = envelope === 'page' ? 'A page is text/html. ' : ''
    throw new SetupError(
      `Option envelope has ${show(envelope)} for ${show(type)}. ${page}Give a function or one of ${NAMES}.`,
    )
  }
  if (isJsonType(type)) return { ...NAMED[envelope], contentType }
  const page = type === 'text/html' ? "'page', or " : ''
  throw new SetupError(
    `Option envelope has the media type ${show(type)} for ${show(envelope)}, which is JSON. Give ${page}a function that returns a text.`,
  )
}

/** All bodies are UTF-8: what is read as another encoding by default says so. `+json` and others have no charset. */
function typeFor(type: string): string {
  return type.startsWith('text/') || type === 'application/json' || type === 'application/xml'
    ? `${type}; charset=utf-8`
    : type
}

const NAMES = Object.keys(ENVELOPES).join(', ')

/** Whether a value is the name of an envelope, or may be one of the app's own. */
export function isEnvelope(value: unknown): value is EnvelopeName | EnvelopeFunction {
  return typeof value === 'function' || isEnvelopeName(value)
}

/** The values that the option may have, as a message says them. */
export const ENVELOPE_REMEDY = `a function, one of ${NAMES}, or ${MAP}`
