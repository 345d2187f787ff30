import { codePart } from './names.ts'
import { isSchema, mapSubschemas, refTo, type OpenapiSchema } from './schema.ts'

/**
 * Makes components of a schema that an app's own envelope declares. What it defines for itself becomes a component, too,
 * since `#` is another document there. References to other files stay as they are: nothing is followed.
 *
 * @param name - of the component that is the schema as a whole
 */
export function ownComponents(name: string, schema: OpenapiSchema): ReadonlyMap<string, OpenapiSchema> {
  const places: Places = { components: new Map(), anchors: new Map(), id: schema['$id'] }
  const parts = new Map<string, OpenapiSchema>()
  collect(name, schema, '')
  return new Map([...parts].map(([part, given]) => [part, rewritten(given, places)]))

  /** Finds the definitions and anchors of a part of the schema, which begins at `start`. */
  function collect(part: string, given: unknown, start: string): void {
    places.components.set(start, part)
    const whole = isSchema(given) ? given : given === false ? { not: {} } : {}
    parts.set(part, whole)
    walk(whole, start)
  }

  function walk(given: OpenapiSchema, at: string): void {
    if (typeof given['$anchor'] === 'string') places.anchors.set(given['$anchor'], at)
    mapSubschemas(given, (subschema, keyword, path) => {
      const place = `${at}/${path.map(pointerPart).join('/')}`
      if (DEFINITIONS.has(keyword)) collect(`${name}_${codePart(path[1]!)}`, subschema, place)
      else if (isSchema(subschema)) walk(subschema, place)
      return subschema
    })
  }
}

interface Places {
  /** The names of components by the place that they had in the schema: a JSON Pointer. */
  readonly components: Map<string, string>
  /** The places of anchors. */
  readonly anchors: Map<string, string>
  readonly id: unknown
}

const DEFINITIONS: ReadonlySet<string> = new Set(['$defs', 'definitions'])

/** What says what a document is, and is none any more; and what is a component of its own now. */
const LEFT_OUT: ReadonlySet<string> = new Set(['$schema', '$id', '$anchor', ...DEFINITIONS])

function rewritten(given: OpenapiSchema, places: Places): OpenapiSchema {
  const kept = Object.fromEntries(Object.entries(given).filter(([keyword]) => !LEFT_OUT.has(keyword)))
  const inner = mapSubschemas(kept, (each) => (isSchema(each) ? rewritten(each, places) : each))
  return typeof inner['$ref'] === 'string' ? { ...inner, $ref: newAddress(inner['$ref'], places) } : inner
}

/** The address of what stood at another one. */
function newAddress(ref: string, { components, anchors, id }: Places): string {
  const local = typeof id === 'string' && ref.startsWith(`${id}#`) ? ref.slice(id.length) : ref
  if (!local.startsWith('#')) return ref
  const fragment = decoded(local.slice(1))
  const place = anchors.get(fragment) ?? fragment
  // The longest beginning that is a component.
  for (let end = place.length; ; end = place.lastIndexOf('/', end - 1)) {
    const component = components.get(place.slice(0, end))
    if (component !== undefined) return refTo('schemas', component).$ref + encodeURI(place.slice(end))
    if (end <= 0) return ref
  }
}

// RFC 6901, section 3.
function pointerPart(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}

function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment)
  } catch {
    return fragment
  }
}
