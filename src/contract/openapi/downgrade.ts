import { isSchema, mapSubschemas, type OpenapiSchema } from './schema.ts'

// OpenAPI 3.0.4, section 4.7.24: the keywords that its Schema Object has. Others are not allowed.
const KEYWORDS: ReadonlySet<string> = new Set([
  '$ref',
  'title',
  'multipleOf',
  'maximum',
  'exclusiveMaximum',
  'minimum',
  'exclusiveMinimum',
  'maxLength',
  'minLength',
  'pattern',
  'maxItems',
  'minItems',
  'uniqueItems',
  'maxProperties',
  'minProperties',
  'required',
  'enum',
  'type',
  'allOf',
  'oneOf',
  'anyOf',
  'not',
  'items',
  'properties',
  'additionalProperties',
  'description',
  'format',
  'default',
  'nullable',
  'discriminator',
  'readOnly',
  'writeOnly',
  'xml',
  'externalDocs',
  'example',
  'deprecated',
])

/** Keywords that say nothing of what is valid. */
const REMARKS: ReadonlySet<string> = new Set([
  '$schema',
  '$id',
  '$comment',
  '$anchor',
  '$dynamicAnchor',
  '$vocabulary',
  '$defs',
  'definitions',
  'examples',
  'contentMediaType',
  'contentEncoding',
  'contentSchema',
])

/**
 * Says in OpenAPI 3.0 what a schema of 3.1 says. What 3.0 has no words for is left out, so that the same values are
 * valid as before, and more.
 */
export function downgrade(schema: OpenapiSchema): OpenapiSchema {
  return written(schema).schema
}

interface Written {
  readonly schema: OpenapiSchema
  /** Whether more is valid than was. */
  readonly isLooser: boolean
}

function written(given: unknown): Written {
  if (given === false) return { schema: { not: {} }, isLooser: false }
  if (!isSchema(given)) return { schema: {}, isLooser: false }
  // What it refers to may be looser.
  let isLooser = '$ref' in given
  const looserBy = new Set<string>()
  const inner = mapSubschemas(given, (subschema, keyword) => {
    // Both forms are the same here.
    if (keyword === 'additionalProperties' && typeof subschema === 'boolean') return subschema
    const made = written(subschema)
    if (made.isLooser) {
      isLooser = true
      looserBy.add(keyword)
    }
    return made.schema
  })
  const { $ref, ...rest } = inner
  if ($ref !== undefined && Object.keys(given).length === 1) return { schema: { $ref }, isLooser }
  const members: Record<string, unknown> = {}
  // What stands beside a $ref is not read.
  const also: OpenapiSchema[] = $ref === undefined ? [] : [{ $ref }]
  for (const [keyword, value] of Object.entries(rest)) {
    switch (keyword) {
      case 'type':
        addType(members, also, value)
        break
      case 'const':
        if (value !== null) members['enum'] = [value]
        else if (rest['type'] !== 'null') also.push(NULL)
        break
      case 'enum':
        members['enum'] ??= value
        break
      case 'exclusiveMinimum':
      case 'exclusiveMaximum':
        bound(members, keyword, value, rest)
        break
      case 'minimum':
      case 'maximum':
        members[keyword] ??= value
        break
      case 'not':
        // What is not valid must not become more.
        if (!looserBy.has('not')) members['not'] = value
        break
      case 'oneOf':
        // One that is looser may be valid beside another one.
        if (looserBy.has('oneOf')) also.push({ anyOf: value })
        else members['oneOf'] = value
        break
      case 'additionalProperties':
        // What had a pattern would be additional.
        if (!('patternProperties' in rest)) members['additionalProperties'] = value
        break
      case 'items':
        // A list says something of each item.
        if (isSchema(value) && !('prefixItems' in rest)) members['items'] = value
        else isLooser = true
        break
      case 'examples':
        if (Array.isArray(value) && value.length > 0) members['example'] = value[0] as unknown
        break
      default:
        if (KEYWORDS.has(keyword) || keyword.startsWith('x-')) members[keyword] = value
        else if (!REMARKS.has(keyword)) isLooser = true
    }
  }
  // The type of a list is said with its items.
  if (members['type'] === 'array') members['items'] ??= {}
  if (also.length === 0) return { schema: members, isLooser }
  if (also.length === 1 && $ref === undefined && Object.keys(members).every((name) => !(name in also[0]!))) {
    return { schema: { ...also[0], ...members }, isLooser }
  }
  const { allOf, ...others } = members
  return {
    schema: { ...others, allOf: [...(Array.isArray(allOf) ? (allOf as unknown[]) : []), ...also] },
    isLooser,
  }
}

/** OpenAPI 3.0 has no type of null. */
const NULL: OpenapiSchema = { type: 'string', nullable: true, enum: [null] }

function addType(members: Record<string, unknown>, also: OpenapiSchema[], type: unknown): void {
  const types = Array.isArray(type) ? (type as unknown[]) : type === undefined ? [] : [type]
  const isNullable = types.includes('null')
  const others = types.filter((each) => each !== 'null')
  if (others.length === 0) {
    if (isNullable) also.push(NULL)
    return
  }
  if (others.length === 1) {
    members['type'] = others[0]
    if (isNullable) members['nullable'] = true
    return
  }
  also.push({ anyOf: others.map((each) => typed(each, isNullable)) })
}

function typed(type: unknown, isNullable: boolean): OpenapiSchema {
  return {
    type,
    ...(type === 'array' ? { items: {} } : {}),
    ...(isNullable ? { nullable: true } : {}),
  }
}

/** A bound that is not valid itself stands in a keyword of its own since JSON Schema's draft 6. */
function bound(
  members: Record<string, unknown>,
  exclusive: 'exclusiveMinimum' | 'exclusiveMaximum',
  value: unknown,
  given: OpenapiSchema,
): void {
  const inclusive = exclusive === 'exclusiveMinimum' ? 'minimum' : 'maximum'
  const other = given[inclusive]
  if (typeof value !== 'number') {
    members[exclusive] = value
    return
  }
  const isTighter =
    typeof other !== 'number' || (exclusive === 'exclusiveMinimum' ? value >= other : value <= other)
  if (!isTighter) return
  members[inclusive] = value
  members[exclusive] = true
}
