/** A JSON Schema of the dialect of OpenAPI 3.1 (2020-12), or what OpenAPI 3.0 has of it. */
export type OpenapiSchema = Readonly<Record<string, unknown>>

/** The versions of OpenAPI that components are written for. */
export type OpenapiVersion = '3.0' | '3.1'

/** What a document of a version calls itself. */
export const OPENAPI: Readonly<Record<OpenapiVersion, string>> = { '3.0': '3.0.4', '3.1': '3.1.1' }

/** Keywords whose value is a schema. */
export const OF_ONE: ReadonlySet<string> = new Set([
  'additionalProperties',
  'unevaluatedProperties',
  'unevaluatedItems',
  'propertyNames',
  'contains',
  'contentSchema',
  'not',
  'if',
  'then',
  'else',
])

/** Keywords whose value is a list of schemas. */
export const OF_LIST: ReadonlySet<string> = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems'])

/** Keywords whose value has schemas as members. */
export const OF_MEMBERS: ReadonlySet<string> = new Set([
  'properties',
  'patternProperties',
  'dependentSchemas',
  '$defs',
  'definitions',
])

/** Whether a value is a schema with keywords. `true` and `false` are schemas without. */
export function isSchema(value: unknown): value is OpenapiSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * Makes a schema of another one by its subschemas, each with its keyword and its place. Data that looks like a schema,
 * such as an example, is left alone.
 */
export function mapSubschemas(
  schema: OpenapiSchema,
  change: (subschema: unknown, keyword: string, path: readonly string[]) => unknown,
): OpenapiSchema {
  return mapMembers(schema, (value, keyword) => {
    if (OF_ONE.has(keyword)) return change(value, keyword, [keyword])
    if (OF_LIST.has(keyword) && Array.isArray(value)) return changeEach(value, keyword)
    if (OF_MEMBERS.has(keyword) && isSchema(value)) {
      return mapMembers(value, (member, name) => change(member, keyword, [keyword, name]))
    }
    // Of a list before 2020-12.
    if (keyword === 'items')
      return Array.isArray(value) ? changeEach(value, keyword) : change(value, keyword, [keyword])
    return value
  })

  function changeEach(list: readonly unknown[], keyword: string): readonly unknown[] {
    return list.map((each, index) => change(each, keyword, [keyword, String(index)]))
  }
}

/** Makes an object with the same members and other values. Safe for members of any name. */
export function mapMembers(
  object: Readonly<Record<string, unknown>>,
  change: (value: unknown, name: string) => unknown,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value, name)]))
}

/** The address of a component in its document. */
export function refTo(section: Section, name: string): { readonly $ref: string } {
  return { $ref: `#/components/${section}/${name}` }
}

/** The parts of `components` that are written, in the order in which they stand. */
export const SECTIONS = ['schemas', 'responses', 'headers', 'examples'] as const
export type Section = (typeof SECTIONS)[number]
