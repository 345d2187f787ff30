import { ENVELOPES, type EnvelopeName } from '../../catalog/envelope.ts'
import { isJsonType } from '../../guard/media-type.ts'
import { isByType } from '../dump/by-type.ts'
import type { Dump, DumpEnvelope } from '../dump/dump.ts'
import { pascal } from './names.ts'
import type { OpenapiSchema } from './schema.ts'

/** The bodies that an API answers with under a media type. */
export interface BodyShape {
  readonly mediaType: string
  /** Begins the names of its components: `Shop`, `ShopProblem`. Undefined where it has none: a text. */
  readonly prefix: string | undefined
  /** By name, or the schema that the app's own declares. Undefined: nothing is known of it. */
  readonly body: EnvelopeName | OpenapiSchema | undefined
}

/** Returns the bodies that clients can ask for, the first of which they get without asking. */
export function shapesOf(dump: Dump): readonly BodyShape[] {
  const envelope = dump.handler?.envelope ?? dump.envelope
  if (!isByType(envelope)) return [shapeOf(undefined, envelope, pascal(dump.catalog))]
  const shapes: BodyShape[] = []
  for (const [mediaType, each] of Object.entries(envelope)) {
    const name = pascal(dump.catalog)
    const same = shapes.find(({ body, prefix }) => body === each && prefix !== undefined)
    const isFirst = shapes.every(({ prefix }) => prefix === undefined)
    const label = typeof each === 'string' && each !== 'custom' ? pascal(each) : pascal(mediaType)
    shapes.push(shapeOf(mediaType, each, same?.prefix ?? (isFirst ? name : name + label)))
  }
  return shapes
}

function shapeOf(mediaType: string | undefined, envelope: DumpEnvelope | 'page', name: string): BodyShape {
  if (typeof envelope === 'string' && Object.hasOwn(ENVELOPES, envelope)) {
    const body = envelope as EnvelopeName
    return { mediaType: mediaType ?? withoutParameters(ENVELOPES[body].contentType), prefix: name, body }
  }
  const { contentType, schema } = typeof envelope === 'object' ? envelope : {}
  const type = mediaType ?? withoutParameters(contentType ?? 'application/json')
  const body = schema as OpenapiSchema | undefined
  const isText = envelope === 'page' || (body === undefined && !isJsonType(type))
  return { mediaType: type, prefix: isText ? undefined : name, body }
}

/** A media type as OpenAPI has it. */
export function withoutParameters(contentType: string): string {
  return contentType.split(';', 1)[0]!.trim().toLowerCase()
}
